import base64
import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mime.transfer import decode_transfer

DATA = b"PK\x03\x04" + bytes(range(251)) * 3
LINES = base64.encodebytes(DATA).replace(b"\n", b"\r\n")


def _decode(raw: bytes, encoding: str = "base64") -> bytes:
    return decode_transfer(raw, 0, len(raw), encoding)


@given(st.binary(max_size=600), st.integers(1, 80))
def test_sound_base64_of_any_width_comes_back(data: bytes, width: int) -> None:
    text = base64.b64encode(data)
    lines = [text[n : n + width] for n in range(0, len(text), width)]
    raw = b"\r\n".join(lines)
    if not raw.startswith((b"%PDF-", b"Rar!", b"PK\x03\x04")):
        assert _decode(raw) == data


@given(st.binary(max_size=300))
def test_base64_without_its_padding_comes_back(data: bytes) -> None:
    assert _decode(base64.b64encode(data).rstrip(b"=")) == data


@pytest.mark.parametrize("encoding", ["base64", "BASE64 ", "base64 (yes)", " Base64;"])
def test_the_name_of_the_encoding_may_be_odd(encoding: str) -> None:
    assert _decode(LINES, encoding) == DATA


@pytest.mark.parametrize(
    "junk",
    [
        b"\r\n_____________________\r\nq3 mailing list\r\nq3@lists.example.vn\r\n",
        b"\r\n--\r\nSent from my phone\r\n",
        b"====\r\n",
        b"\r\n\r\n",
        b"\0\0",
    ],
)
@pytest.mark.parametrize("data", [DATA, DATA + b"1", DATA + b"12"])
def test_junk_behind_base64_is_left_out(junk: bytes, data: bytes) -> None:
    raw = base64.encodebytes(data).rstrip(b"\n") + junk
    assert _decode(raw) == data


def test_pieces_that_are_padded_each_are_joined() -> None:
    raw = b"\r\n".join(
        base64.encodebytes(DATA[n : n + 100]) for n in range(0, 757, 100)
    )
    assert _decode(raw) == DATA


def test_a_stray_letter_costs_no_line() -> None:
    lines = LINES.splitlines()
    lines[1] = lines[1][:30] + b"*" + lines[1][30:]
    assert _decode(b"\r\n".join(lines)) == DATA


def test_a_file_that_was_never_encoded_stays() -> None:
    assert _decode(DATA) == DATA


def test_text_under_a_wrong_label_stays() -> None:
    text = "Kính gửi Ban Dân vận, đây là thư thường.\r\n".encode()
    assert _decode(text) == text


def test_a_file_in_base64_without_its_label_is_decoded() -> None:
    assert _decode(LINES, "") == DATA


def test_text_that_only_begins_like_a_file_stays_text() -> None:
    text = b"UEsD la chu dau cua mot tep nen\r\n"
    assert _decode(text, "7bit") == text


@given(st.binary(max_size=400))
def test_quoted_printable_comes_back(data: bytes) -> None:
    raw = binascii.b2a_qp(data, istext=False)
    assert _decode(raw, "quoted-printable") == data


def test_blanks_behind_a_soft_break_do_not_count() -> None:
    assert _decode(b"k=E1=BA=BF  = \t\r\nt", "quoted-printable") == "kế  t".encode()


def test_a_uuencoded_part_is_decoded() -> None:
    pieces = [DATA[n : n + 45] for n in range(0, len(DATA), 45)]
    body = b"".join(binascii.b2a_uu(piece) for piece in pieces)
    raw = b"begin 644 bang.xlsx\n" + body + b"`\nend\n"
    assert _decode(raw, "x-uuencode") == DATA


@given(st.binary(max_size=300), st.sampled_from(["base64", "x-uuencode", "q", ""]))
def test_no_bytes_make_it_raise(raw: bytes, encoding: str) -> None:
    assert isinstance(_decode(raw, encoding), bytes)
