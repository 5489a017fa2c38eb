import pytest

from tests.builders.message import a_message, a_part, codes, read

PDF = a_part(b"%PDF-1", "application/pdf; name=a.pdf")


def _body(boundary: bytes, *parts: bytes, end: bytes = b"--") -> bytes:
    pieces = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return pieces + b"--" + boundary + end + b"\r\n"


def _mail(content_type: str, body: bytes) -> bytes:
    return a_message(f"Content-Type: {content_type}\r\n\r\n".encode() + body)


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ('"=_related 0012\r\n 45="', b"=_related 0012 45="),
        ('"=_related 0012\r\n\t45="', b"=_related 0012 45="),
        ('"=_related 0012\r\n 45="', b"=_related 001245="),
        ('\r\n\t"=_mixed 00"', b"=_mixed 00"),
    ],
)
def test_notes_folds_the_boundary_inside_its_quotes(written: str, used: bytes) -> None:
    raw = _mail(f"multipart/mixed; boundary={written}", _body(used, a_part(), PDF))
    assert [p.path for p in read(raw).parts] == [(), ("a.pdf",)]


def test_a_boundary_that_had_to_be_mended_is_told() -> None:
    raw = _mail('multipart/mixed; boundary="a\r\n\tb"', _body(b"a b", PDF))
    assert codes(read(raw)) == ["boundary_repaired"]


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/mixed",
        "multipart/mixed; boundary=another",
        "multipart/mixed; boundary=",
    ],
)
def test_a_missing_or_wrong_boundary_is_found_in_the_body(content_type: str) -> None:
    raw = _mail(content_type, b"preamble\r\n" + _body(b"x-y", a_part(), PDF))
    parsed = read(raw)
    assert [p.path for p in parsed.parts] == [(), ("a.pdf",)]
    assert codes(parsed) == ["boundary_repaired"]


def test_a_multipart_without_any_delimiter_is_kept_as_text() -> None:
    parsed = read(_mail("multipart/mixed; boundary=b", b"Kinh gui\r\n"))
    assert [(p.body, p.payload) for p in parsed.parts] == [("text", b"Kinh gui\r\n")]
    assert codes(parsed) == ["boundary_repaired"]


def test_a_boundary_that_begins_another_does_not_cut_it() -> None:
    inner = b'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n' + _body(b"b1", PDF)
    raw = _mail('multipart/mixed; boundary="b"', _body(b"b", a_part(), inner))
    assert [p.path for p in read(raw).parts] == [(), ("a.pdf",)]


def test_a_missing_end_takes_the_last_part_to_the_end() -> None:
    raw = _mail(
        "multipart/mixed; boundary=b", b"--b\r\n" + a_part() + b"\r\n--b\r\n" + PDF
    )
    assert [p.payload for p in read(raw).parts][1] == b"%PDF-1"


def test_a_part_behind_the_end_is_not_lost() -> None:
    body = _body(b"b", a_part()) + b"--b\r\n" + PDF + b"\r\n--b--\r\n"
    raw = _mail("multipart/mixed; boundary=b", body)
    assert [p.path for p in read(raw).parts] == [(), ("a.pdf",)]


def test_delimiters_in_a_row_hold_no_part() -> None:
    body = b"--b\r\n--b\r\n" + _body(b"b", a_part(), PDF)
    raw = _mail("multipart/mixed; boundary=b", body)
    assert [p.path for p in read(raw).parts] == [(), ("a.pdf",)]


def test_a_boundary_used_on_two_levels_loses_nothing() -> None:
    inner = b"Content-Type: multipart/alternative; boundary=b\r\n\r\n" + _body(
        b"b", a_part(), a_part(b"<p>x", "text/html")
    )
    raw = _mail("multipart/mixed; boundary=b", _body(b"b", inner, PDF))
    assert [p.path for p in read(raw).parts] == [(), (), ("a.pdf",)]


def test_blanks_behind_a_delimiter_do_not_hide_it() -> None:
    body = _body(b"b", a_part(), PDF).replace(b"--b\r\n", b"--b \t\r\n")
    assert len(read(_mail("multipart/mixed; boundary=b", body)).parts) == 2


def test_text_that_only_resembles_the_delimiter_stays_text() -> None:
    body = _body(b"b", a_part(b"x --b\r\n--bc\r\n --b\r\n--b y"))
    (part,) = read(_mail("multipart/mixed; boundary=b", body)).parts
    assert part.payload == b"x --b\r\n--bc\r\n --b\r\n--b y"


def test_preamble_and_epilogue_are_no_parts() -> None:
    body = b"preamble\r\n" + _body(b"b", a_part(b"x")) + b"epilogue\r\n"
    parsed = read(_mail("multipart/mixed; boundary=b", body))
    assert [p.payload for p in parsed.parts] == [b"x"]
