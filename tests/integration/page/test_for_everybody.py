"""The page for people who see little, use no mouse, hold a telephone or print it."""

from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.builders.paged_office import page_paths

#: What axe-core calls these would keep somebody out.
GRAVE = ("serious", "critical")
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"


def grave(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("name", ["status", "unit", "held", "mail", "messages"])
def test_axe_finds_nothing_grave(page: Page, address: str, name: str) -> None:
    page.goto(address + page_paths(page, address)[name])
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert grave(page) == []


@pytest.mark.parametrize("name", ["outbox", "item", "health", "filtered"])
def test_axe_finds_nothing_grave_on_the_others(
    page: Page, address: str, name: str
) -> None:
    page.goto(address + page_paths(page, address)[name])
    assert grave(page) == []


def test_axe_finds_nothing_grave_before_the_login(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    for path in ("/login", "/nothing"):
        page.goto(address + path)
        assert grave(page) == []
    context.close()


@pytest.mark.parametrize("width", [320, 360, 800])
def test_no_page_scrolls_sideways(page: Page, address: str, width: int) -> None:
    paths = page_paths(page, address)
    page.set_viewport_size({"width": width, "height": 800})
    for path in paths.values():
        page.goto(address + path)
        assert page.evaluate(SIDEWAYS) <= 0, path


def test_the_keyboard_reaches_the_content_first(page: Page, address: str) -> None:
    page.goto(f"{address}/messages")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Đến nội dung chính"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Tab")
    style = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(style) == "solid"


def test_the_table_prints_on_a4_landscape(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}/")
    pdf = page.pdf(prefer_css_page_size=True, path=tmp_path / "table.pdf")
    assert pdf.startswith(b"%PDF")
    document = pypdfium2.PdfDocument(pdf)
    sizes = {tuple(round(x) for x in sheet.get_size()) for sheet in document}
    assert sizes == {(842, 595)}
    text = document[0].get_textpage().get_text_range()
    assert "Tình hình đăng ký công trình" in text
    assert "Đăng xuất" not in text
