"""Golden mails in a real browser, as wide as a telephone and as a window."""

from collections.abc import Iterator

import pytest

from tests.builders.golden_mails import FOLDER, cases
from tests.neighbours.chromium import Chromium

#: The right edge of the rightmost word, and the height of the smallest letters.
_SEEN = """(() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let right = 0, least = 99, words = 0;
  while (walk.nextNode()) {
    if (!walk.currentNode.data.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    right = Math.max(right, range.getBoundingClientRect().right);
    const style = getComputedStyle(walk.currentNode.parentElement);
    least = Math.min(least, parseFloat(style.fontSize));
    words += 1;
  }
  const wide = document.documentElement.scrollWidth;
  const fetched = performance.getEntriesByType("resource").length;
  return [Math.max(right, wide), least, words, fetched];
})()"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    found = Chromium()
    yield found
    found.close()


@pytest.mark.parametrize("width", [360, 800])
@pytest.mark.parametrize("name", cases())
def test_a_mail_fits_its_window_is_legible_and_fetches_nothing(
    browser: Chromium, name: str, width: int
) -> None:
    browser.open((FOLDER / name / "mail.html").as_uri(), width)
    right, smallest, words, fetched = browser.evaluate(_SEEN)
    assert right <= width
    assert smallest >= 13
    assert words > 5
    assert fetched == 0
