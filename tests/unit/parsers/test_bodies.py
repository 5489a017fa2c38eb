"""A body that costs too much: named, and its plain text read in its place."""

from parsers.attachments import Opened, Opener
from parsers.values.limits import Limits
from parsers.values.message import Part

DEEP = b"<div>" * 40_000 + "Kính gửi".encode() + b"</div>" * 40_000


def opened(*parts: Part) -> Opened:
    return Opener(Limits(), {}, lambda path: None).open_all(parts)


def a_body(kind: str, payload: bytes, alternative: bool = False) -> Part:
    return Part(
        (),
        f"text/{kind}",
        payload,
        body="html" if kind == "html" else "text",
        charset="utf-8",
        alternative=alternative,
    )


def test_a_body_that_cannot_be_read_is_named_and_does_not_break_the_mail() -> None:
    found = opened(a_body("html", DEEP))
    assert [f.code for f in found.findings] == ["limit_exceeded"]
    assert found.documents == []


def test_the_plain_text_is_read_where_the_html_that_says_it_again_cannot_be() -> None:
    text = a_body("plain", "Đơn vị không có công trình đăng ký.".encode(), True)
    found = opened(text, a_body("html", DEEP))
    assert found.body is not None
    assert "không có công trình" in str(found.body)


def test_the_plain_text_is_left_alone_where_the_html_says_it_again() -> None:
    text = a_body("plain", "Một".encode(), True)
    found = opened(text, a_body("html", b"<p>Hai</p>"))
    assert "Hai" in str(found.body)
    assert len(found.documents) == 1


def test_a_body_of_six_megabytes_is_named_and_not_passed_over_in_silence() -> None:
    found = opened(a_body("plain", b"a " * (3 * 1024 * 1024 + 1)))
    assert [f.code for f in found.findings] == ["limit_exceeded"]
