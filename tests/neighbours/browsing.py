"""A real browser that people's clicks are tried in: Chromium, driven by Playwright."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from tests import neighbours


@contextmanager
def browsing() -> Iterator[Browser]:
    """Yield the browser; where Chromium is not installed, whoever asks for it fails."""
    program = neighbours.need("chromium", "Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"]
        )
        neighbours.used(f"Chromium {browser.version}")
        yield browser
        browser.close()


def log_in(page: Page, address: str, name: str = "lan", password: str = "mot") -> None:
    """Log in as that user; the page is then the status table."""
    page.goto(f"{address}/login")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.click("form button[type=submit]")
