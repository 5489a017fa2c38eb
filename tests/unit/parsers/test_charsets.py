import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.charsets import decode_text

TEXT = "Đảng ủy Phường 9 đăng ký"
#: CP1258 has no letters with hook or dot: they are a vowel and a tone.
CP1258 = "Ða\u0309ng u\u0309y Phươ\u0300ng 9 đăng ky\u0301".replace("Ð", "Đ")
VNI = "Ñaûng uûy Phöôøng 9 ñaêng kyù"
TCVN3 = "§¶ng ñy Phêng 9 ®¨ng ký"


@pytest.mark.parametrize(
    "charset",
    [None, "utf-8", "us-ascii", "iso-8859-1", "windows-1258", "x-unknown", '"UTF-8"'],
)
def test_utf8_is_known_whatever_the_label_says(charset: str | None) -> None:
    assert decode_text(TEXT.encode(), charset) == TEXT


@pytest.mark.parametrize("charset", ["windows-1258", "cp1258", None, "utf-8", "ascii"])
def test_windows_vietnamese_is_known_with_and_without_its_label(
    charset: str | None,
) -> None:
    read = decode_text(CP1258.encode("cp1258"), charset)
    assert unicodedata.normalize("NFC", read) == TEXT


@pytest.mark.parametrize("text", [VNI, TCVN3, "café, naïve, 50 °C"])
@pytest.mark.parametrize("charset", [None, "utf-8", "iso-8859-1", "viscii"])
def test_legacy_letters_come_out_as_cp1252(text: str, charset: str | None) -> None:
    assert decode_text(text.encode("cp1252"), charset) == text


def test_control_bytes_that_cp1252_lacks_are_kept_for_viscii_and_vps() -> None:
    assert decode_text(b"a\x81\x8d\xd6", "x-viet-vps") == "a\x81\x8d\xd6"


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        (None, "utf-16"),
        (None, "utf-8-sig"),
        ("iso-8859-1", "utf-8-sig"),
        ("utf-7", "utf-7"),
        ("unicode-1-1-utf-7", "utf-7"),
    ],
)
def test_wide_sets_and_marks_are_read(charset: str | None, codec: str) -> None:
    assert decode_text(TEXT.encode(codec), charset) == TEXT


def test_one_torn_letter_does_not_spoil_the_text() -> None:
    raw = (TEXT * 5).encode()[:-1]
    read = decode_text(raw, "utf-8")
    assert read.startswith(TEXT * 4)
    assert read.endswith("k\ufffd")


def test_east_asian_labels_mean_their_superset() -> None:
    assert decode_text("报名表".encode("gb18030"), "gb2312") == "报名表"


@pytest.mark.parametrize(
    "charset",
    ["zlib", "base64", "rot13", "hex", "idna", "punycode", "undefined", "a\0b", "ñ"],
)
def test_labels_that_are_no_charset_do_no_harm(charset: str) -> None:
    assert decode_text(b"caf\xe9", charset) == "café"


@given(
    st.binary(max_size=200), st.sampled_from(["utf-8", "cp1258", "utf-16", "", "hz"])
)
def test_no_bytes_make_it_raise(raw: bytes, charset: str) -> None:
    assert isinstance(decode_text(raw, charset), str)
