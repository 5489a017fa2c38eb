"""What strangers put into name, subject, file name and cell stays text on the page."""

import io
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from daemon.commands.arguments import Common
from daemon.commands.office import open_office
from daemon.commands.page_readers import PageReaders
from daemon.commands.served import parts_of
from daemon.demo.documents import Letterhead, workbook
from daemon.demo.samples import Letter, Sender, at, attached, write
from daemon.page.app import make_app
from storage.mails import message_lines
from tests.builders.paged_office import NOW, seeded
from tests.builders.site import Browser

EVENTS = ("onerror", "onload", "onmouseover", "onfocus", "ontoggle", "onbegin")
TAGS = ("img src=x", "svg", "body", "iframe srcdoc=x", "details open", "video src=x")
#: Fifty strings, each put into four places: two hundred in all.
HOSTILE = (
    *(f"<{tag} {event}=alert(1)>" for tag in TAGS for event in EVENTS),
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    '" onfocus=alert(1) autofocus x="',
    "' onfocus=alert(1) autofocus x='",
    "<a href=javascript:alert(1)>x</a>",
    "<a hx-get=/outbox hx-trigger=load>x</a>",
    "{{ 7 * 7 }}{% include 'x' %}",
    "<style>*{display:none}</style>",
)
#: Elements of our own pages; a stranger's would be seen among them.
OURS = frozenset(
    re.findall(
        r"\S+",
        """html head body meta title link script style nav main header section form
        input button select option datalist label textarea table thead tbody tr th td
        h1 h2 h3 p a ul li dl dt dd div span small br bdi time details summary figure
        figcaption svg line rect text polyline del ins iframe pre progress""",
    )
)
OFFICE_ADDRESS = "danguy.p9@quan3.example"


def a_mail(number: int, text: str) -> bytes:
    row = [str(number), text, text, "Tháng 6/2021", text]
    head = Letterhead(("ĐẢNG BỘ QUẬN 3", "ĐẢNG ỦY PHƯỜNG 9", "*"), state=False)
    book = workbook(head, [tuple(row)], text)
    name = re.sub(r"[/\r\n]", "_", text) + ".xlsx"
    letter = Letter(text, text, html=f"<p>{text}</p>")
    sender = Sender(text, OFFICE_ADDRESS if number % 2 else f"a{number}@la.example")
    time = at(3, number % 24, number % 60)
    return write(sender, letter, time, [attached(name, book)])


def a_secret_mail() -> bytes:
    head = Letterhead(("ĐẢNG BỘ QUẬN 3", "ĐẢNG ỦY PHƯỜNG 10", "MẬT"), state=False)
    row = ("1", "Công trình không ai được đọc", "x", "Tháng 6/2021", "x")
    files = [attached("dang-ky.xlsx", workbook(head, [row], "An"))]
    sender = Sender("Phường 10", "vanthu.p10@quan3.example")
    return write(sender, Letter("Đăng ký", "Gửi đăng ký."), at(7, 8), files)


def a_scan() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (640, 400), "white").save(picture, "JPEG")
    files = [attached("quét.jpg", picture.getvalue(), "jpeg")]
    sender = Sender("Phường 10", "vanthu.p10@quan3.example")
    return write(sender, Letter("Bản quét", "Gửi bản quét."), at(7, 9), files)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("hostile")
    mails = [a_mail(number, text) for number, text in enumerate(HOSTILE, 1)]
    configuration = seeded(folder, mails=[*mails, a_secret_mail(), a_scan()])
    common = Common(str(configuration), NOW, "test", None)
    with open_office(common) as office:
        readers = PageReaders(office)
        found = Browser(make_app(parts_of(office, readers)))
        found.log_in("lan", "mot")
        with office.database.read() as connection:
            assert len(message_lines(connection)) == len(HOSTILE) + 2
        yield found
        readers.close()


def is_clean(text: str) -> LexborHTMLParser:
    page = LexborHTMLParser(text)
    assert page.root is not None
    for node in page.root.traverse():
        assert str(node.tag) in OURS, node.html
        for name, value in node.attributes.items():
            assert not name.startswith("on"), node.html
            assert "javascript:" not in (value or "") or name == "value", node.html
            if name in ("href", "src", "action", "formaction", "hx-get"):
                assert (value or "").startswith(("/", "#")), node.html
    scripts = page.css("script")
    assert [node.text() for node in scripts] == [""] * len(scripts)
    assert len(page.css("[hx-trigger=load]")) == 0
    return page


def pages(browser: Browser, path: str) -> Iterator[str]:
    """Yield a list's pages."""
    while path:
        text = browser.get(path).text
        yield text
        following = re.search(r'rel="next" href="([^"]+)"', text)
        path = following[1].replace("&amp;", "&") if following else ""


def test_the_lists_hold_the_strings_as_text(browser: Browser) -> None:
    shown = ""
    for text in pages(browser, "/messages"):
        shown += is_clean(text).text()
    for text in HOSTILE:
        assert re.sub(r"\s+", " ", text) in re.sub(r"\s+", " ", shown), text


def test_every_mail_s_page_holds_them_as_text(browser: Browser) -> None:
    for number in range(1, len(HOSTILE) + 1):
        text = browser.get(f"/messages/{number}").text
        page = is_clean(text)
        subject = page.css_first("h1")
        assert subject is not None
        assert subject.text().strip()


def test_units_and_outbox_hold_them_as_text(browser: Browser) -> None:
    is_clean(browser.get("/units/P09").text)
    for text in pages(browser, "/outbox"):
        is_clean(text)
    for number in range(1, 30):
        item = browser.get(f"/outbox/{number}")
        if item.code != 200:
            break
        is_clean(item.text)
        letter = browser.get(f"/outbox/{number}/letter")
        policy = letter.headers["content-security-policy"]
        assert "sandbox" in policy
        assert "default-src 'none'" in policy
        assert "<script" not in letter.text
        assert not LexborHTMLParser(letter.text).css("[onerror], [onload], [onfocus]")


@pytest.mark.parametrize("text", HOSTILE[::7])
def test_what_is_looked_for_comes_back_as_text(browser: Browser, text: str) -> None:
    for path in ("/", "/messages", "/outbox"):
        for name in (
            "q",
            "state",
            "reason",
            "unit",
            "category",
            "sort",
            "said",
            "page",
        ):
            is_clean(browser.get(f"{path}?{urlencode({name: text})}").text)


def test_a_file_is_a_download_under_a_harmless_name(browser: Browser) -> None:
    page = browser.get("/messages/1").text
    found = re.search(r'href="(/messages/1/files/[0-9a-f]{40})"', page)
    assert found
    answer = browser.get(found[1])
    assert answer.code == 200
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    told = answer.headers["content-disposition"]
    assert told.startswith("attachment; ")
    assert not re.search(r"[<>/\\]", told)
    for forced in ("x", "../../etc/passwd", found[1][-40:-1] + "0", "0" * 40):
        assert browser.get(f"/messages/1/files/{forced}").code == 404


def test_what_is_marked_as_secret_is_neither_quoted_nor_handed_out(
    browser: Browser,
) -> None:
    number = len(HOSTILE) + 1
    answer = browser.get(f"/messages/{number}")
    assert "văn bản có dấu mật" in answer.text
    assert "Văn bản có dấu mật: nội dung và tệp không hiển thị" in answer.text
    assert "Công trình không ai được đọc" not in answer.text
    assert "/files/" not in answer.text


def test_a_scan_is_looked_at_as_a_picture_of_ours(browser: Browser) -> None:
    page = browser.get(f"/messages/{len(HOSTILE) + 2}").text
    found = re.search(r'href="(/messages/[0-9]+/files/[0-9a-f]{40})/view"', page)
    assert found
    view = browser.get(f"{found[1]}/view")
    assert view.code == 200
    assert f'src="{found[1]}/pages/1"' in view.text
    drawn = browser.get(f"{found[1]}/pages/1")
    assert (drawn.code, drawn.headers["content-type"]) == (200, "image/png")
    assert "PNG" in drawn.text[:4]
    for number in ("0", "2", "201", "x", "1x", "-1"):
        assert browser.get(f"{found[1]}/pages/{number}").code == 404
