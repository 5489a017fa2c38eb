"""Tables of works without headings: one that lost them, or a list in the mail's text.

What stands around them, and so whether they count, is asked by `parsers.pieces`.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from parsers import sections
from parsers.grid import Grid
from parsers.kinds import names_works, said_kind
from parsers.letterhead import is_title
from parsers.readers.listing import with_lists
from parsers.values.table import Document, Paragraph, Table
from parsers.vietnamese.fold import skeleton

#: So many rows of consecutive numbers look like a table whose heading was lost.
_LEAST_HEADLESS_ROWS = 2
_LEAST_HEADLESS_COLUMNS = 4
#: A numbered list without labels: its number and its text.
_LIST_COLUMNS = 2
_LISTED = 0.9
_DOCUMENT = re.compile(
    r"(?:bang|ban|bien ban|danh sach|danh muc|bao cao|ke hoach|cong van|to trinh|file"
    r"|tep|phieu|quyet dinh|van ban|hinh anh|mau|don|giay|phu luc|thong bao)\b"
)
_LONGEST_ANNOUNCEMENT = 250
_FIRST_ITEM = re.compile(r"0?1\s?[.)/:-]")
_TITLE = re.compile(
    r"(?:(?:bang|ban|phieu|danh sach|danh muc|noi dung) )?dang ki\b.*"
    r"\b(?:cong trinh|mo hinh|viec co y nghia|dan van kheo)"
)
_INTRODUCTION = re.compile(
    r"\b(?:cong trinh|mo hinh|viec co y nghia).*\b(?:sau|gom|nhu sau|cu the)$"
    r"|\bdang ki.*\b(?:cong trinh|mo hinh|sau|gom)\b"
)


def is_list(table: Table) -> bool:
    """Tell whether a table is a numbered list: 1, 2, … and a text each."""
    if not table.rows or len(table.rows[0]) != _LIST_COLUMNS:
        return False
    numbers = [row[0].text if row[0] is not None else "" for row in table.rows]
    return numbers == [str(n) for n in range(1, len(numbers) + 1)]


def introduces_works(line: str) -> bool:
    """Tell whether a line announces the works: "đăng ký các công trình sau:"."""
    return _INTRODUCTION.search(skeleton(line)) is not None


def lists_documents(table: Table) -> bool:
    """Tell whether a list counts what a letter sends along, not works."""
    texts = [skeleton(row[1].text) for row in table.rows if row[1] is not None]
    return sum(_DOCUMENT.match(text) is not None for text in texts) * 2 >= len(texts)


def with_introduced_list(document: Document, path: tuple[str, ...]) -> Document:
    """Return the document with the numbered list below its announcement as a table.

    A word processor's paragraphs are otherwise left as they are: most number something
    else.
    """
    blocks = document.blocks
    for index, (block, below) in enumerate(itertools.pairwise(blocks)):
        if not isinstance(block, Paragraph) or not isinstance(below, Paragraph):
            continue
        lines = block.text.split("\n")
        if any(map(_is_other_title, lines)) and not _reports(block.text):
            # A plan or a guide counts who registers, and what might be registered.
            return document
        if _FIRST_ITEM.match(below.text) and announces(block.text.split("\n")):
            # Only the first list is looked at: it is what the document is about.
            listed = with_lists(blocks[index + 1 :], path)
            return replace(document, blocks=(*blocks[: index + 1], *listed))
        if _FIRST_ITEM.match(below.text) and _reports(block.text):
            listed = with_lists(blocks[index + 1 :], path)
            if any(isinstance(b, Table) and len(b.rows[0]) > 2 for b in listed[:1]):
                return replace(document, blocks=(*blocks[: index + 1], *listed))
    return document


def _reports(text: str) -> bool:
    """Tell whether it is the title of a report of works, which labels then tell."""
    return said_kind([text]) == "results" and names_works(text)


def _is_other_title(line: str) -> bool:
    return is_title(line) and said_kind([line]) != "registration"


def announces(lines: Sequence[str]) -> bool:
    """Tell whether the last line says that works follow: a sentence, or a title."""
    if not lines or any(map(_is_other_title, lines)):
        return False
    last = lines[-1]
    if len(last) > _LONGEST_ANNOUNCEMENT:
        return False
    return introduces_works(last) or _TITLE.match(skeleton(last)) is not None


def guessed(table: Table) -> Table:
    """Return the list with its texts uncertain: that they are titles is a guess."""
    rows = tuple(
        tuple(
            replace(cell, certainty=min(cell.certainty, _LISTED), evidence="listed")
            if cell is not None and column
            else cell
            for column, cell in enumerate(row)
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def looks_headless(grid: Grid) -> bool:
    """Tell whether rows count 1, 2, … beside texts, as works do."""
    if grid.width < _LEAST_HEADLESS_COLUMNS:
        return False
    expected = 1
    for row in range(grid.height):
        filled = grid.filled(row)
        first = grid.text(row, filled[0]) if len(filled) > 2 else ""
        if first and expected == 1 and sections.arabic(first) is None:
            # It has headings, only not ours.
            return False
        expected += sections.arabic(first) == expected
    return expected > _LEAST_HEADLESS_ROWS
