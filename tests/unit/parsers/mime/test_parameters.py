import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mime.parameters import read_structured
from tests.builders.message import a_message, a_part, read

NAME = "Bảng đăng ký Phường 9.xlsx"
CODED = "B%E1%BA%A3ng%20%C4%91%C4%83ng%20k%C3%BD%20Ph%C6%B0%E1%BB%9Dng%209.xlsx"


def _name(*fields: str, encoding: str = "utf-8") -> str:
    raw = a_message(b"\r\n".join(f.encode(encoding) for f in fields) + b"\r\n\r\nx")
    (part,) = read(raw).parts
    return part.path[-1]


@pytest.mark.parametrize(
    "value",
    [
        f"filename*=utf-8''{CODED}",
        f"filename*=UTF-8'vi'{CODED}",
        # Cut within one letter.
        "filename*0*=utf-8''B%E1; filename*1*=%BA%A3ng%20%C4%91%C4%83ng%20k%C3%BD;"
        ' filename*2*=%20Ph%C6%B0%E1%BB; filename*3*=%9Dng; filename*4=" 9.xlsx"',
        # Cut between a percent sign and its digits.
        "filename*0*=utf-8''B%E1%BA%A; filename*1*=3ng%20%C4%91%C4%83ng%20k%C3%BD%;"
        " filename*2*=20Ph%C6%B0%E1%BB%9Dng%209.xlsx",
        # In another order, and the first piece alone with its charset.
        "filename*1*=%20Ph%C6%B0%E1%BB%9Dng%209.xlsx;"
        " filename*0*=utf-8''B%E1%BA%A3ng%20%C4%91%C4%83ng%20k%C3%BD",
        # The plain one is a fallback for old programs.
        f"filename=\"Bang.xlsx\"; filename*=utf-8''{CODED}",
        # Without the star, without a charset, and in quotes.
        'filename="B%E1%BA%A3ng %C4%91%C4%83ng k%C3%BD Ph%C6%B0%E1%BB%9Dng 9.xlsx"',
        f"filename*={CODED}",
        f"filename*=\"utf-8''{CODED}\"",
        # Encoded words, against RFC 2047; cut within one letter.
        'filename="=?UTF-8?B?QuG6o25nIMSRxINuZyBrw70gUGjGsOG7nW5nIDkueGxzeA==?="',
        'filename="=?UTF-8?Q?B=E1=BA=A3ng_=C4=91=C4=83ng_k=C3=BD?='
        '\r\n =?UTF-8?Q?_Ph=C6=B0=E1=BB?= =?UTF-8?Q?=9Dng_9=2Exlsx?="',
        'filename*0="=?UTF-8?B?QuG6o25nIMSRxINuZyBrw70gUGj";'
        ' filename*1="GsOG7nW5nIDkueGxzeA==?="',
        # Raw letters, with and without quotes.
        f'filename="{NAME}"',
        f"filename={NAME}",
        # Decomposed, as macOS sends it.
        'filename="Ba\u0309ng đa\u0306ng ky\u0301 Phu\u031bo\u031b\u0300ng 9.xlsx"',
        f'filename="{NAME}',
    ],
)
def test_a_name_is_read_however_it_is_written(value: str) -> None:
    fields = (
        "Content-Type: application/zip",
        f"Content-Disposition: attachment; {value}",
    )
    assert _name(*fields) == NAME


@pytest.mark.parametrize("codec", ["cp1258"])
def test_raw_letters_of_windows_vietnamese_are_known(codec: str) -> None:
    written = "Ba\u0309ng đăng ky\u0301 Ph\u01b0\u01a1\u0300ng 9.xlsx"
    field = f'Content-Type: application/zip; name="{written}"'
    assert _name(field, encoding=codec) == NAME


def test_the_disposition_names_the_part_before_the_type_does() -> None:
    fields = (
        "Content-Type: application/zip; name=cu.zip",
        "Content-Disposition: attachment; filename=moi.zip",
    )
    assert _name(*fields) == "moi.zip"


def test_a_name_with_lost_letters_gives_way_to_a_sound_one() -> None:
    fields = (
        "Content-Type: application/zip; name*=utf-8''B%E1%BA%A3ng.zip",
        "Content-Disposition: attachment; filename*=utf-8''B%E1%BA%A3%E1%BA%A3%E1n",
    )
    assert _name(*fields) == "Bảng.zip"


@pytest.mark.parametrize(
    "name",
    ["../../etc/x.xlsx", "100%.xlsx", "a" * 300 + ".xlsx", "C:\\Tai lieu\\bang.xlsx"],
)
def test_a_name_is_text_and_stays_as_it_is(name: str) -> None:
    field = f'Content-Type: application/zip; name="{name}"'
    assert _name(field) == name


def test_what_cannot_be_seen_is_taken_out_of_a_name() -> None:
    field = 'Content-Type: application/zip; name="bang\u202excod.\u200bexe"'
    assert _name(field) == "bangxcod.exe"


@pytest.mark.parametrize(
    ("value", "main", "name"),
    [
        ("text/plain", "text/plain", None),
        ("TEXT/Plain; Name = a.txt", "text/plain", "a.txt"),
        ('text/plain; name="a;b.txt"; charset=x', "text/plain", "a;b.txt"),
        ('text/plain; name="a\\"b.txt"', "text/plain", 'a"b.txt'),
        ("text/plain (van ban); name=a", "text/plain", "a"),
        ("text/plain;;; name=a", "text/plain", "a"),
        ("text/plain; name", "text/plain", None),
        ("text/plain; name=a; name=b", "text/plain", "a"),
        ("; name=a", "", "a"),
        ("name=a", "", "a"),
        ("", "", None),
    ],
)
def test_odd_values_are_read_as_far_as_they_go(
    value: str, main: str, name: str | None
) -> None:
    structured = read_structured(value)
    assert (structured.main, structured.get("name")) == (main, name)


@given(st.text(max_size=200))
def test_no_value_makes_it_raise(value: str) -> None:
    assert isinstance(read_structured(value).main, str)


@pytest.mark.parametrize(
    "value",
    [
        "a/b" + '; n="' * 12_000,
        "a/b" + ";" * 60_000,
        "a/b; n*" + "0" * 60_000 + "=x",
        "a/b; " + "=" * 60_000,
        "a/b; n=" + "(" * 60_000,
        'a/b; n="' + "\\" * 60_001,
        "a/b; " + " " * 60_000,
        "".join(f"; n*{n}*=%E1" for n in range(5000)),
    ],
)
def test_long_values_cost_linear_time(value: str) -> None:
    assert read_structured(value) is not None


def test_a_lost_semicolon_behind_the_first_word_loses_no_name() -> None:
    found = read_structured('attachment filename="a b.xlsx"; size=3')
    assert (found.main, found.get("filename")) == ("attachment", "a b.xlsx")


def test_a_part_without_any_name_has_none() -> None:
    raw = a_part(b"x", "application/pdf; name=")
    header_only = a_message(raw)
    (part,) = read(header_only).parts
    assert part.path == ("phan-1.pdf",)
