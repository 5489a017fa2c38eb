"""Turn the layouts of all pages into one document: texts, places, findings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.readers.letters import Letters
from parsers.readers.pdf.aligned import Block
from parsers.readers.pdf.continued import without_split_rows
from parsers.readers.pdf.furniture import without_furniture
from parsers.readers.pdf.joints import tells_spaces
from parsers.readers.pdf.laid import LaidCell, LaidTable, Prose
from parsers.readers.pdf.layout import PageLayout
from parsers.readers.pdf.wording import (
    holds_lost,
    is_recognised,
    joints_of,
    overlaps,
    runs_of,
    sureness,
)
from parsers.readers.picture.numbering import with_numbers
from parsers.readers.places import cell_name, inside, page_name, table_name
from parsers.readers.spans import MOST_COLUMNS, rows_cut
from parsers.values.finding import Finding, finding
from parsers.values.limits import Limits
from parsers.values.scan import ScannedMark
from parsers.values.table import Cell, Document, Paragraph, Table

#: How far a cell is believed, by what was guessed.
_CERTAINTY = {
    "letters_unknown": 0.1,
    "text_crosses_rule": 0.8,
    "recognised_from_picture": 0.9,
    "row_without_rule": 0.9,
    "columns_uneven": 0.9,
    "row_cut_by_page": 0.9,
    "letters_overlap": 0.5,
}
_GUESSED = 0.95
_JOINT = "word_joined"
#: The same on a page that was looked at: places are measured, not told.
_DOUBTED, _UNRULED, _EMPTY = 0.8, 0.85, 0.95
#: Of a page without a table: what stands above this is its letterhead.
_HEAD = 0.2
#: Points that a seal reaches below a table's end when it stands over it.
_OVER = 12.0


@dataclass(frozen=True, slots=True)
class PageFound:
    """One page from 0: its layout, None without text; whether it is a picture.

    `lost`: it has text, but so many of its letters are not told that it must be looked
    at. `marks` are the seals and strokes that were seen on it, `failed` is the code of
    why it could not be looked at; `seen` says that it was.
    """

    number: int
    layout: PageLayout | None
    picture: bool
    cut: bool
    height: float = 0.0
    lost: bool = False
    marks: tuple[ScannedMark, ...] = ()
    failed: str | None = None
    seen: bool = False

    @property
    def wanting(self) -> bool:
        """Tell whether it must be looked at as a picture."""
        return self.picture or self.lost


def document_of(
    pages: Sequence[PageFound],
    path: tuple[str, ...],
    letters: Letters,
    limits: Limits,
    cut: bool,
) -> Document:
    """Return the document of all pages; `cut` says that pages were left out."""
    writer = _Writer(path, letters, limits.rows)
    writer.seen = {page.number for page in pages if page.seen}
    shown = [
        (page.number, list(page.layout.blocks), page.height)
        for page in pages
        if page.layout is not None
    ]
    whole = list(without_split_rows(without_furniture(shown)))
    writer.spaces_told = tells_spaces(_cells(whole))
    for number, blocks in whole:
        writer.page(number, blocks)
    findings = list(writer.findings())
    if shown:
        findings.extend(
            finding("type_unsupported", inside(path, page_name(page.number + 1)))
            for page in pages
            if page.picture
        )
    findings.extend(
        finding(page.failed, inside(path, page_name(page.number + 1)))
        for page in pages
        if page.failed
    )
    if cut or writer.cut:
        findings.append(rows_cut(inside(path), limits))
    encoding = "unicode" if writer.blocks else None
    marks = tuple(mark for page in pages for mark in _below(page))
    return Document(tuple(writer.blocks), tuple(findings), encoding, marks)


def _below(page: PageFound) -> Iterator[ScannedMark]:
    """Yield the seals and strokes below the tables of a page, or over their end.

    A seal at the top of a page makes it a part of something, and confirms nothing.
    """
    blocks = page.layout.blocks if page.layout is not None else ()
    ends = [b.box.y1 for b in blocks if isinstance(b, LaidTable) and len(b.rows) > 2]
    end = max(ends, default=page.height * _HEAD)
    yield from (mark for mark in page.marks if mark.y1 > end + _OVER)


def _cells(pages: Sequence[tuple[int, Sequence[Block]]]) -> Iterator[LaidCell]:
    for _, blocks in pages:
        for block in blocks:
            if isinstance(block, LaidTable):
                yield from (c for row in block.rows for c in row if c is not None)
            else:
                yield _as_cell(block)


def _as_cell(block: Prose) -> LaidCell:
    return LaidCell(block.lines, block.right - block.left)


def _certainty(doubt: str | None) -> float:
    return 1.0 if doubt is None else _CERTAINTY.get(doubt, _GUESSED)


def _paragraphs(cell: LaidCell, told: bool) -> Iterator[tuple[LaidCell, bool]]:
    """Yield each paragraph of prose, and whether its beginning or end was guessed.

    Letters are undone by the paragraph: what stands in one is of one encoding.
    """
    between = joints_of(cell, told)
    start, before = 0, False
    for number, (joint, guessed) in enumerate([*between, ("\n", False)], 1):
        if joint == "\n":
            yield replace(cell, lines=cell.lines[start:number]), before or guessed
            start, before = number, guessed


def _of_scan(seen: float | None, doubt: str | None, ruled: bool) -> float:
    """Return the certainty of a cell of a page that was looked at; None: it is empty.

    That nothing stands in it was seen as well, and is no more certain than letters.
    """
    sure = _EMPTY if seen is None else seen
    if doubt:
        sure = min(sure, _DOUBTED)
    return sure if ruled else min(sure, _UNRULED)


class _Writer:
    """Writes blocks down page by page."""

    def __init__(self, path: tuple[str, ...], letters: Letters, rows: int) -> None:
        self.blocks: list[Table | Paragraph] = []
        self.cut = False
        self.spaces_told = False
        self.seen: set[int] = set()
        self._path = path
        self._letters = letters
        self._rows = rows
        self._lost: dict[int, None] = {}
        self._recognised: dict[int, None] = {}

    def page(self, number: int, blocks: Sequence[Block]) -> None:
        tables = 0
        for block in blocks:
            if isinstance(block, LaidTable):
                tables += 1
                name = f"{page_name(number + 1)}, {table_name(tables)}"
                self._table(block, name, number)
            else:
                self._prose(block, number)

    def findings(self) -> Iterator[Finding]:
        """Yield what pages hold that is not certain."""
        for number in self._lost:
            yield finding("text_lost", inside(self._path, page_name(number + 1)))
        for number in self._recognised:
            place = inside(self._path, page_name(number + 1))
            yield finding("recognised_from_picture", place)

    def _prose(self, block: Prose, number: int) -> None:
        for cell, guessed in _paragraphs(_as_cell(block), self.spaces_told):
            text, doubt = self._text(cell, number)
            seen = sureness(cell.lines)
            sure = _certainty(doubt or (_JOINT if guessed else None))
            sure = sure if seen is None else round(seen, 3)
            self.blocks.extend(
                Paragraph(line, certainty=sure) for line in text.split("\n") if line
            )

    def _table(self, table: LaidTable, name: str, number: int) -> None:
        rows = table.rows[: self._rows]
        self._rows -= len(rows)
        self.cut = self.cut or len(rows) < len(table.rows)
        if not rows:
            return
        cells = tuple(
            tuple(
                None
                if cell is None
                else self._cell(cell, number, (row, column), table.ruled)
                for column, cell in enumerate(line[:MOST_COLUMNS])
            )
            for row, line in enumerate(rows)
        )
        merged = tuple(
            (top, left, min(bottom, len(rows)), right)
            for top, left, bottom, right in table.merged
            if top < len(rows)
        )
        whole = Table(self._path, name, cells, merged, continues=table.continues)
        self.blocks.append(with_numbers(whole) if number in self.seen else whole)

    def _cell(
        self, cell: LaidCell, number: int, place: tuple[int, int], ruled: bool
    ) -> Cell:
        row, column = place
        text, doubt = self._text(cell, number)
        certainty = _certainty(doubt)
        seen = sureness(cell.lines)
        if seen is not None or number in self.seen:
            certainty = round(_of_scan(seen, cell.doubt, ruled), 3)
        return Cell(text, certainty, doubt, cell_name(row + 1, column + 1))

    def _text(self, cell: LaidCell, number: int) -> tuple[str, str | None]:
        """Return the text of a cell, and what of it was guessed."""
        if not cell.lines:
            return "", cell.doubt
        runs, joined = runs_of(cell, self.spaces_told)
        text = self._letters.shown_runs(runs)
        if holds_lost(cell.lines):
            self._lost[number] = None
            return text, "letters_unknown"
        if is_recognised(cell.lines):
            self._recognised[number] = None
            return text, "recognised_from_picture"
        if overlaps(cell.lines):
            return text, "letters_overlap"
        return text, cell.doubt or (_JOINT if joined else None)
