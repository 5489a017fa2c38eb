"""Leave out what only the page says: page numbers, repeated headers and footers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.readers.pdf.aligned import Block
from parsers.readers.pdf.laid import LaidTable, Prose
from parsers.readers.pdf.marks import Line, line_text

#: A page from 0, its blocks from the top, its height in points.
Page = tuple[int, list[Block], float]
#: Of a page's height: headers and footers stand outside of this.
_TOP, _BOTTOM = 0.09, 0.92
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:trang|page|p\.)\s*)?\d{1,4}\s*(?:(?:/|of|trên)\s*\d{1,4})?[-–—\s]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


def without_furniture(pages: Sequence[Page]) -> list[tuple[int, list[Block]]]:
    """Return the pages without page numbers; of what repeats the first one stays."""
    counted = Counter(key for page in pages for key in set(_keys(page)))
    seen: set[str] = set()
    out = []
    for number, blocks, height in pages:
        kept: list[Block] = []
        for block in blocks:
            if isinstance(block, LaidTable):
                kept.append(block)
                continue
            lines = tuple(
                line
                for line in block.lines
                if not _is_furniture(line, height, counted, seen)
            )
            if lines:
                kept.append(replace(block, lines=lines))
        out.append((number, kept))
    return out


def _keys(page: Page) -> Iterator[str]:
    _, blocks, height = page
    for block in blocks:
        if isinstance(block, Prose):
            for line in block.lines:
                if _is_outside(line, height):
                    yield _key(line)


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line_text(line))


def _is_outside(line: Line, height: float) -> bool:
    return line.base < height * _TOP or line.base > height * _BOTTOM


def _is_furniture(
    line: Line, height: float, counted: Counter[str], seen: set[str]
) -> bool:
    if not _is_outside(line, height):
        return False
    if _PAGE_NUMBER.fullmatch(line_text(line)):
        return True
    key = _key(line)
    again = key in seen and counted[key] > 1
    seen.add(key)
    return again
