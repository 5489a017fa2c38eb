import hashlib

import pytest

from storage.digests import header_sha256, receipt_code, same_bytes, sha256

CHUNK = 1 << 20


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_line_ends_do_not_make_another_mail(end: bytes) -> None:
    lines = [b"Subject: x", b"", b"one", b"two", b""]
    expected = hashlib.sha256(b"\r\n".join(lines)).hexdigest()
    assert same_bytes(end.join(lines)) == expected
    assert same_bytes(end.join(lines), sha256(end.join(lines))) == expected


@pytest.mark.parametrize("gap", range(-3, 4))
@pytest.mark.parametrize("ending", [b"\r\n", b"\r\r\n", b"\r\r", b"\n\r\n"])
def test_a_line_end_across_the_edge_of_a_piece_counts_once(
    gap: int, ending: bytes
) -> None:
    raw = b"x" * (CHUNK + gap) + ending + b"y" * 5
    whole = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    wire = whole.replace(b"\n", b"\r\n")
    assert same_bytes(raw) == hashlib.sha256(wire).hexdigest()


@pytest.mark.parametrize("ends", [b"a\r\nb\n", b"a\n\r", b"\r\n\r\r\n\n", b"a\rb\r\n"])
def test_mixed_line_ends_are_not_taken_for_wire_form(ends: bytes) -> None:
    levelled = ends.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    wire = levelled.replace(b"\n", b"\r\n")
    assert same_bytes(ends, "not this") == hashlib.sha256(wire).hexdigest()


def test_one_letter_more_is_another_mail() -> None:
    assert same_bytes(b"a\r\n") != same_bytes(b"a\r\n\r\n")
    assert same_bytes(b"") != same_bytes(b"\n")


def test_a_header_is_known_again_with_and_without_its_body() -> None:
    header = b"Message-ID: <1@x>\r\nSubject: y\r\n\r\n"
    assert header_sha256(header) == header_sha256(header + b"body\r\n\r\nmore")
    assert header_sha256(header) == header_sha256(header.replace(b"\r\n", b"\n"))
    assert header_sha256(header) != header_sha256(header.replace(b"y", b"z"))


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: y\r\n\r\n",
        b"Message-ID:\r\nSubject: y\r\n\r\n",
        b"Message-ID:   \r\n\r\n",
        b"Subject: y\r\n\r\nMessage-ID: <in-the-body@x>\r\n",
        b"X-Message-ID: <1@x>\r\n\r\n",
        b"",
    ],
)
def test_a_header_without_a_message_id_tells_no_mails_apart(header: bytes) -> None:
    assert header_sha256(header) == ""


def test_a_folded_message_id_counts() -> None:
    assert header_sha256(b"message-id:\r\n <1@x>\r\n\r\n") != ""


def test_a_receipt_code_has_ten_characters_that_nobody_mistakes() -> None:
    codes = [receipt_code(same_bytes(str(n).encode())) for n in range(2000)]
    assert len(set(codes)) == 2000
    assert {len(code) for code in codes} == {10}
    assert set("".join(codes)) == set("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    assert receipt_code(same_bytes(b"1")) == receipt_code(same_bytes(b"1"))
