"""Every kind of reminder on a telephone and on a desk, in a real browser."""

from base64 import b64encode
from collections.abc import Iterator

import pytest

from tests.builders.answer import bodies, composed
from tests.builders.reminder_facts import KINDS, reminder_facts
from tests.neighbours.chromium import Chromium

#: All that is not text, or leads or asks elsewhere.
FOREIGN = "document.querySelectorAll('img, script, link, a, iframe').length"
#: Text that stands outside of the window.
OUTSIDE = """[...document.querySelectorAll('p, li')].filter(
    e => e.getBoundingClientRect().right > innerWidth).length"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    opened = Chromium()
    yield opened
    opened.close()


@pytest.mark.parametrize("width", [360, 800])
@pytest.mark.parametrize("name", [*sorted(KINDS), "one-long-word"])
def test_a_reminder_fits_its_window_and_asks_for_nothing_from_elsewhere(
    browser: Chromium, name: str, width: int
) -> None:
    long = reminder_facts(unit_name="P" * 180, salutation=None, campaign="K" * 180)
    facts = KINDS.get(name, long)
    html = bodies(composed(facts, kind="reminder", purpose=None, key=name))[1]
    page = b64encode(html.encode()).decode()
    browser.open(f"data:text/html;charset=utf-8;base64,{page}", width)
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    assert browser.evaluate(OUTSIDE) == 0
    assert browser.evaluate(FOREIGN) == 0
    shown = browser.evaluate("document.body.innerText")
    assert "Kính gửi" in shown
    assert "Trân trọng." in shown
    size = "parseFloat(getComputedStyle(document.querySelector('p')).fontSize)"
    assert browser.evaluate(size) >= 16
