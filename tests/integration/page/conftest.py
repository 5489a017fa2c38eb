"""One office and one browser for the module: each test looks at what it changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.builders.paged_office import page_of, seeded
from tests.neighbours.browsing import browsing, log_in


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return seeded(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def address(office: Path) -> Iterator[str]:
    with page_of(office) as served:
        yield served


def is_fault(message: ConsoleMessage) -> bool:
    # htmx calls it an error that a newer request took an older one's place.
    given_up = message.text.startswith(("htmx:afterRequest", "htmx:sendAbort"))
    return message.type == "error" and not given_up


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Yield a tab in which `lan` is logged in; faults of the page fail the test."""
    context = browser.new_context()
    tab = context.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda m: faults.append(m.text) if is_fault(m) else None)
    log_in(tab, address)
    yield tab
    context.close()
    assert faults == []
