"""What is attached in place of the table is named, each with what can be done."""

import io

import pytest
from PIL import Image

from daemon.compose import sentence
from parsers.attachments import Opener
from parsers.values.limits import Limits
from parsers.values.message import Part

_NAME = b"\x05Thanh"
LOCK = _NAME.ljust(54, b" ") + b"\x05\0T\0h\0a\0n\0h\0".ljust(108, b" \0"[:1])


@pytest.mark.parametrize(
    ("name", "payload", "words"),
    [
        ("~$bang.docx", LOCK, "gửi chính tệp bảng"),
        ("bang.xlsx.lnk", b"\x4c\0\0\0\x01\x14\x02\0" + bytes(80), "chỉ là lối tắt"),
        ("bang.url", b"[InternetShortcut]\r\nURL=https://x.example\r\n", "lối tắt"),
        ("quay màn hình.mp4", b"\0\0\0\x18ftypisom" + bytes(90), "Word hoặc Excel"),
    ],
)
def test_what_came_for_the_table_is_named(
    name: str, payload: bytes, words: str
) -> None:
    part = Part((name,), "application/octet-stream", payload)
    opened = Opener(Limits(), {}, lambda path: None).open_all((part,))
    assert [a.role for a in opened.attachments] == ["unreadable"]
    assert [(f.code, f.place) for f in opened.findings] == [("type_unsupported", name)]
    told = sentence(opened.findings[0])
    assert words in told
    assert name in told


def _a_page(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (1200, 1600), shade).save(out, "PNG")
    return out.getvalue()


def test_of_the_pictures_of_a_mail_only_so_many_pages_are_asked_for() -> None:
    parts = tuple(Part((f"{n}.png",), "image/png", _a_page(200 + n)) for n in range(4))
    opened = Opener(Limits(pictures=2), {}, lambda path: None).open_all(parts)
    assert [(need.conversion, need.pages) for need in opened.needs] == [
        ("scan", (0,)),
        ("scan", (0,)),
    ]
    told = [(f.code, f.place) for f in opened.findings if f.code == "rows_cut"]
    assert told == [("rows_cut", "2.png"), ("rows_cut", "3.png")]
