import email
from email.encoders import encode_base64, encode_quopri
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders.message import a_message, a_multipart, a_part, codes, read

XLSX = b"PK\x03\x04" + bytes(range(256)) * 9
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_body_and_attachment_are_told_apart() -> None:
    parsed = read(
        a_message(
            a_multipart(
                a_part(),
                a_part(XLSX, XLSX_TYPE + '; name="bang.xlsx"', encoding="base64"),
            )
        )
    )
    body, table = parsed.parts
    assert (body.path, body.body, body.charset) == ((), "text", "utf-8")
    assert (table.path, table.body, table.payload) == (("bang.xlsx",), None, XLSX)
    assert codes(parsed) == []


@pytest.mark.parametrize(
    "fields",
    [
        (),
        ("Content-Disposition: inline",),
        ("Content-Disposition: form-data",),
        ("Content-ID: <logo>",),
        ("Content-Disposition: attachment",),
    ],
)
def test_a_nameless_leaf_is_kept_whatever_its_disposition(
    fields: tuple[str, ...],
) -> None:
    table = a_part(XLSX, XLSX_TYPE, *fields, encoding="base64")
    parsed = read(a_message(a_multipart(a_part(), table)))
    assert [p.path for p in parsed.parts] == [(), ("phan-2.xlsx",)]
    assert parsed.parts[1].payload == XLSX


def test_a_nameless_text_that_is_attached_is_no_body() -> None:
    attached = a_part(b"a;b", "text/plain", "Content-Disposition: attachment")
    parsed = read(a_message(a_multipart(a_part(), attached)))
    assert [(p.path, p.body) for p in parsed.parts] == [
        ((), "text"),
        (("phan-2.txt",), None),
    ]


def test_the_second_of_equal_names_has_its_number() -> None:
    twin = a_part(b"1", "application/pdf; name=bang.pdf")
    parsed = read(a_message(a_multipart(twin, twin, twin)))
    assert [p.path[0] for p in parsed.parts] == ["bang.pdf", "bang.pdf#2", "bang.pdf#3"]


def test_a_name_that_looks_like_a_number_of_another_stays_unique() -> None:
    parts = [
        a_part(b"1", f"application/pdf; name={name}")
        for name in ("a.pdf#2", "a.pdf", "a.pdf")
    ]
    paths = [p.path for p in read(a_message(a_multipart(*parts))).parts]
    assert len(set(paths)) == 3


def test_a_mail_in_the_mail_stands_before_its_leaves() -> None:
    parts = (a_part(), a_part(XLSX, "image/png; name=a.png"))
    inner = a_message(a_multipart(*parts, boundary="inner"))
    mail = a_part(inner, "message/rfc822; name=thu.eml")
    parsed = read(a_message(a_multipart(a_part(), mail)))
    assert [(p.path, p.body, p.container, p.depth) for p in parsed.parts] == [
        ((), "text", False, 0),
        (("thu.eml",), None, True, 0),
        (("thu.eml",), "text", False, 1),
        (("thu.eml", "a.png"), None, False, 1),
    ]
    assert parsed.parts[1].payload == inner


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_mail_in_the_mail_may_be_encoded(encoding: str) -> None:
    inner = a_message(a_part(b"%PDF-1", "application/pdf; name=a.pdf"))
    if encoding == "quoted-printable":
        sent = inner.replace(b"=", b"=3D")
        mail = a_part(sent, "message/rfc822", encoding=encoding)
    else:
        mail = a_part(inner, "message/rfc822", encoding=encoding)
    parsed = read(a_message(a_multipart(a_part(), mail)))
    assert [p.path for p in parsed.parts] == [
        (),
        ("phan-2.eml",),
        ("phan-2.eml", "a.pdf"),
    ]


def test_a_mail_saved_as_a_file_is_opened() -> None:
    inner = a_message(a_part(b"%PDF-1", "application/pdf; name=a.pdf"))
    mail = a_part(inner, "application/octet-stream; name=Fwd.eml", encoding="base64")
    parsed = read(a_message(a_multipart(a_part(), mail)))
    assert [p.path for p in parsed.parts][1:] == [("Fwd.eml",), ("Fwd.eml", "a.pdf")]


def test_a_digest_holds_mails_without_saying_so() -> None:
    inner = b"\r\n" + a_message(a_part(b"mot"))
    parsed = read(a_message(a_multipart(inner, inner, kind="digest")))
    assert [(p.path, p.container) for p in parsed.parts] == [
        (("phan-1.eml",), True),
        (("phan-1.eml",), False),
        (("phan-2.eml",), True),
        (("phan-2.eml",), False),
    ]


@pytest.mark.parametrize("kind", ["message/partial", "message/external-body"])
def test_pieces_and_references_are_leaves(kind: str) -> None:
    entity = a_part(a_message(), f"{kind}; id=1; number=1; total=2")
    parsed = read(a_message(entity))
    assert [(p.declared_type, p.container) for p in parsed.parts] == [(kind, False)]


def test_the_text_that_html_says_again_is_marked() -> None:
    html = a_part(b"<p>Kinh gui</p>", "text/html")
    related = a_multipart(html, a_part(b"1", "image/png"), kind="related", boundary="r")
    entity = a_multipart(a_part(), related, kind="alternative", boundary="a")
    parsed = read(a_message(entity))
    assert [(p.body, p.alternative) for p in parsed.parts] == [
        ("text", True),
        ("html", False),
        (None, False),
    ]


@pytest.mark.parametrize("html", [b"", b" \r\n"])
def test_the_text_counts_where_its_html_is_empty(html: bytes) -> None:
    entity = a_multipart(a_part(), a_part(html, "text/html"), kind="alternative")
    assert [p.alternative for p in read(a_message(entity)).parts] == [False, False]


def test_text_and_html_that_are_no_alternatives_both_count() -> None:
    parsed = read(a_message(a_multipart(a_part(), a_part(b"<p>", "text/html"))))
    assert [p.alternative for p in parsed.parts] == [False, False]


def test_a_thousand_levels_are_cut_without_recursion() -> None:
    entity = a_part(XLSX, "application/pdf; name=sau.pdf")
    for level in range(1000):
        entity = a_multipart(entity, boundary=f"b{level}")
    parsed = read(a_message(a_multipart(a_part(), entity, boundary="top")))
    assert [p.path for p in parsed.parts] == [()]
    assert [(f.code, dict(f.parameters)) for f in parsed.findings] == [
        ("limit_exceeded", {"limit": "mime_depth", "value": "20"})
    ]


def test_levels_within_the_limit_are_read() -> None:
    entity = a_part(XLSX, "application/pdf; name=sau.pdf")
    for level in range(20):
        entity = a_multipart(entity, boundary=f"b{level}")
    parsed = read(a_message(entity))
    assert [p.payload for p in parsed.parts] == [XLSX]
    assert codes(parsed) == []


def test_a_thousand_mails_within_each_other_are_cut() -> None:
    raw = b"Content-Type: message/rfc822\r\n\r\n" * 1000
    parsed = read(a_message(raw))
    assert [p.container for p in parsed.parts] == [True] * 5 + [False]
    assert codes(parsed) == ["limit_exceeded"]


def test_more_parts_than_allowed_keep_the_first() -> None:
    parts = [a_part(b"%d" % n, f"application/pdf; name={n}.pdf") for n in range(30)]
    parsed = read(a_message(a_multipart(*parts)), parts=10)
    assert [p.path[0] for p in parsed.parts] == [f"{n}.pdf" for n in range(10)]
    assert codes(parsed) == ["limit_exceeded"]


def test_exactly_as_many_parts_as_allowed_are_no_fault() -> None:
    parts = [a_part(b"%d" % n, f"application/pdf; name={n}.pdf") for n in range(10)]
    parsed = read(a_message(a_multipart(*parts)), parts=10)
    assert len(parsed.parts) == 10
    assert codes(parsed) == []


def test_a_lost_content_type_loses_no_attachment() -> None:
    entity = a_multipart(a_part(), a_part(XLSX, "application/pdf; name=a.pdf"))
    parsed = read(a_message(entity.split(b"\r\n", 1)[1]))
    assert [p.path for p in parsed.parts] == [(), ("a.pdf",)]
    assert codes(parsed) == ["boundary_repaired"]


def test_a_multipart_sent_in_base64_is_opened() -> None:
    entity = a_multipart(a_part(), a_part(XLSX, "application/pdf; name=a.pdf"))
    head, _, body = entity.partition(b"\r\n\r\n")
    encoded = a_part(
        body, head.decode().removeprefix("Content-Type: "), encoding="base64"
    )
    assert [p.path for p in read(a_message(encoded)).parts] == [(), ("a.pdf",)]


_ENTITY = st.recursive(
    st.tuples(
        st.sampled_from(["text/plain", "text/html", "application/pdf", "image/png"]),
        st.binary(max_size=40),
        st.sampled_from(["base64", "quoted-printable"]),
    ),
    lambda inner: st.lists(inner, min_size=1, max_size=3),
    max_leaves=8,
)


def _standard(entity: Any) -> MIMEBase:
    if isinstance(entity, list):
        multipart = MIMEMultipart("mixed")
        for part in entity:
            multipart.attach(_standard(part))
        return multipart
    kind, payload, encoding = entity
    leaf = MIMEBase(*kind.split("/"), name="a.bin")
    leaf.set_payload(payload)
    (encode_base64 if encoding == "base64" else encode_quopri)(leaf)
    return leaf


@given(st.lists(_ENTITY, min_size=1, max_size=3), st.sampled_from([b"\n", b"\r\n"]))
@settings(max_examples=60, deadline=None)
def test_any_tree_that_the_library_writes_is_read_leaf_by_leaf(
    tree: list[Any], line_end: bytes
) -> None:
    message = _standard(tree)
    message["From"] = "p9@example.vn"
    raw = message.as_bytes().replace(b"\n", line_end)
    expected = _leaves(email.message_from_bytes(raw))
    assert [p.payload for p in read(raw).parts] == expected


def _leaves(message: Message) -> list[bytes]:
    return [
        part.get_payload(decode=True) or b""
        for part in message.walk()
        if not part.is_multipart()
    ]


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
def test_sound_mail_gives_the_same_leaves_as_the_standard_library(
    line_end: bytes,
) -> None:
    alternative = a_multipart(
        a_part("Kính gửi".encode(), encoding="quoted-printable"),
        a_part(b"<p>Kinh gui</p>\r\n", "text/html"),
        kind="alternative",
        boundary="--=_alt",
    )
    raw = a_message(
        a_multipart(
            alternative,
            a_part(XLSX, "application/zip; name=a.zip", encoding="base64"),
            a_part(b"", "text/csv"),
            a_part(b"\r\n\r\n", "application/x-empty"),
        )
    ).replace(b"\r\n", line_end)
    expected = _leaves(email.message_from_bytes(raw))
    assert [p.payload for p in read(raw).parts] == expected


@pytest.mark.parametrize("kind", ["multipart", "text/plain", "application/x-unknown"])
def test_a_boundary_under_a_wrong_type_loses_no_attachment(kind: str) -> None:
    entity = a_multipart(a_part(), a_part(b"x", 'text/plain; name="a.txt"'))
    entity = entity.replace(b"multipart/mixed", kind.encode(), 1)
    tree = read(a_message(entity))
    assert [part.path for part in tree.parts] == [(), ("a.txt",)]
