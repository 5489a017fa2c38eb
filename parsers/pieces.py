"""Find the stretches of tables that hold works, and what stands around each.

It reads no row; whether a stretch registers or reports is settled here, because the
lines around it say so.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from parsers import sections
from parsers.bodytext import plan_numbers
from parsers.grid import Grid
from parsers.headings import Heading, find_headings, with_numbers, with_times
from parsers.kinds import TableKind, names_works, said_kind, settle, table_kind
from parsers.letterhead import (
    Letterhead,
    Line,
    begins_letterhead,
    block_lines,
    is_title,
    letterhead_of,
    row_lines,
    without_former,
)
from parsers.read_back import is_read_back
from parsers.rows import last_number
from parsers.unheaded import (
    announces,
    guessed,
    introduces_works,
    is_list,
    lists_documents,
    looks_headless,
)
from parsers.values.table import QUOTATION, Document, Paragraph, Table
from parsers.wordings import Wordings
from parsers.works import Stretch

#: A letterhead, a title and a heading were never met below this row.
_HEAD_ROWS = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """One table of works: where it stands, under which heading, of which kind.

    `table` counts the document's tables from 0. `kind` is None where it is unclear;
    `heading` is then settled as a registration's. `joined` says that it goes on from
    the piece before it, `listed` that it is a list without headings, which counts only
    where the mail holds no table of works.
    """

    document: int
    table: int
    stretch: Stretch
    raw: Heading
    kind: TableKind | None
    words: Wordings
    letterhead: Letterhead
    joined: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What one document holds: its pieces, and tables that lost their heading."""

    pieces: tuple[Piece, ...]
    headless: tuple[int, ...]


@dataclass(slots=True)
class _Open:
    """A piece whose lines below are still being gathered."""

    piece: Piece
    before: list[Line]
    after: list[Line]


def find_pieces(
    number: int,
    path: tuple[str, ...],
    document: Document,
    words: Sequence[Wordings],
    hints: Sequence[str] = (),
    forwarded: bool = False,
) -> Found:
    """Return the pieces of one document; what it quotes counts only when forwarded.

    `number` is the document's among those of the mail, `hints` are lines that may say
    which kind it is where the document does not.
    """
    return _Finder(number, path, hints).find(document, words, forwarded)


class _Finder:
    """Goes through the blocks of one document, from the top."""

    def __init__(self, number: int, path: tuple[str, ...], hints: Sequence[str]):
        self.number = number
        self.path = path
        self.hints = [line for text in hints for line in text.split("\n") if line]
        self.found: list[_Open] = []
        self.headless: list[int] = []
        self.between: list[Line] = []

    def find(
        self, document: Document, words: Sequence[Wordings], forwarded: bool = False
    ) -> Found:
        index = 0
        for block in document.blocks:
            if isinstance(block, Paragraph) and block.place == QUOTATION:
                if not forwarded:
                    break
            elif isinstance(block, Paragraph):
                self.between.extend(block_lines(block))
            elif is_read_back(block):
                index += 1
            else:
                if self._introduces_list(block):
                    self._take_list(block, index, words[0])
                else:
                    self._take(block, index, words)
                index += 1
        if self.found:
            self.found[-1].after.extend(self.between)
        self._give_back()
        pieces = [self._closed(one) for one in self.found]
        return Found(tuple(pieces), tuple(self.headless))

    def _give_back(self) -> None:
        """Give what stands below a further page of a table to its beginning."""
        begun: _Open | None = None
        for one in self.found:
            if one.piece.joined and begun is not None:
                begun.after.extend(one.after)
            else:
                begun = one

    def _introduces_list(self, table: Table) -> bool:
        """Tell whether the mail's own text says that this list is what it registers."""
        if self.found or not self.between or not is_list(table):
            return False
        lines = [line.text for line in self.between]
        said = said_kind([lines[-1], *self.hints])
        if lists_documents(table) or said != "registration":
            return False
        return announces(lines) if self.path else introduces_works(lines[-1])

    def _take_list(self, table: Table, index: int, words: Wordings) -> None:
        heading = Heading((), ("number", "title"), ("", ""), 0.0)
        grid = Grid(guessed(table))
        stretch = Stretch(grid, heading, 0, grid.height, words.campaign)
        piece = Piece(
            document=self.number,
            table=index,
            stretch=stretch,
            raw=heading,
            kind="registration",
            words=words,
            letterhead=Letterhead(),
            listed=True,
        )
        self.found.append(_Open(piece, self._before(), []))

    def _take(self, table: Table, index: int, words: Sequence[Wordings]) -> None:
        grid = Grid(table)
        head = self._head(grid)
        plans = plan_numbers([*head, *self.hints])
        titled = self._titled(head)
        named = bool(plans) or any(map(names_works, (*head, *self.hints, *self.path)))
        find = partial(find_headings, grid, titled=titled, named=named)
        headings, chosen = _best_headings(find, words, plans)
        if not headings or self._only_goes_on(grid, headings):
            self._take_headless(grid, index)
            return
        pairs = itertools.pairwise(headings)
        ends = [_end_before(grid, one.end, other.rows[0]) for one, other in pairs]
        ends.append(grid.height)
        top = 0
        for heading, end in zip(headings, ends, strict=True):
            above = row_lines(grid, range(top, heading.rows[0]))
            known = with_times(grid, with_numbers(grid, heading, end), end)
            stretch = Stretch(grid, known, heading.end, end, chosen.campaign)
            self._open(index, stretch, chosen, above)
            # What stands below the works of a sheet is told apart row by row later.
            top = end
            self.between.extend(_trailing_lines(stretch))

    def _only_goes_on(self, grid: Grid, headings: Sequence[Heading]) -> bool:
        """Tell whether what looks like a heading stands among works of a page before.

        Words of a heading are words of works as well: "Công trình".
        """
        if not grid.table.continues or not self.found:
            return False
        former = self.found[-1].piece
        first = headings[0]
        known = sum(key is not None for key in first.keys)
        asked = sum(key is not None for key in former.raw.keys)
        same = former.stretch.grid.width == grid.width
        return same and first.rows[0] > 0 and known < asked

    def _head(self, grid: Grid) -> list[str]:
        """Return the document's lines above a table's first row of several cells."""
        rows = range(min(_HEAD_ROWS, grid.height))
        top = itertools.takewhile(lambda row: len(grid.filled(row)) < 3, rows)
        return [line.text for line in (*self.between, *row_lines(grid, top))]

    def _titled(self, head: Sequence[str]) -> bool:
        """Tell whether the document, else its name or mail, speaks of our works."""
        if said_kind(head) is not None:
            return True
        if any(map(is_title, head)):
            return False
        names = [name.replace("_", " ") for name in self.path[-1:]]
        return any(said_kind(lines) is not None for lines in (names, self.hints))

    def _open(
        self, index: int, stretch: Stretch, words: Wordings, above: Sequence[Line]
    ) -> None:
        repeated = self._repeats(stretch)
        before = [*self._before(), *above]
        said = self._said(before)
        kind = table_kind(stretch.heading, said)
        if repeated is not None and said is None:
            kind = repeated.kind
        settled = settle(stretch.heading, kind or "registration")
        piece = Piece(
            document=self.number,
            table=index,
            stretch=replace(stretch, heading=settled),
            raw=stretch.heading,
            kind=kind,
            words=words,
            letterhead=Letterhead(),
            joined=repeated is not None,
        )
        self.found.append(_Open(piece, before, []))

    def _before(self) -> list[Line]:
        """Return the lines above the next piece; the former's get theirs too."""
        lines, self.between = self.between, []
        if not self.found:
            return lines
        own = without_former(lines)
        self.found[-1].after.extend(lines[: len(lines) - len(own)])
        return own

    def _repeats(self, stretch: Stretch) -> Piece | None:
        """Return the piece before when this heading only repeats its own on a page."""
        if not self.found:
            return None
        former = self.found[-1].piece
        same = former.raw.texts == stretch.heading.texts
        goes_on = stretch.grid.table.continues or _counts_on(former.stretch, stretch)
        return former if same and goes_on else None

    def _said(self, before: Sequence[Line]) -> TableKind | None:
        names = [name.replace("_", " ") for name in self.path[::-1]]
        for lines in ([line.text for line in before], names, self.hints):
            said = said_kind(lines)
            if said is not None:
                return said
        if self.found and not before:
            return self.found[-1].piece.kind
        return None

    def _take_headless(self, grid: Grid, index: int) -> None:
        if self.found:
            former = self.found[-1].piece
            heading = replace(former.stretch.heading, rows=())
            stretch = Stretch(grid, heading, 0, grid.height, former.stretch.campaign)
            same = former.stretch.grid.width == grid.width
            # Only rows of the same columns can be asked for their numbers.
            if same and (grid.table.continues or _counts_on(former.stretch, stretch)):
                piece = replace(former, table=index, stretch=stretch, joined=True)
                self.found.append(_Open(piece, [], []))
                self.between = _trailing_lines(stretch)
                return
        titled = bool(self.found) or self._titled(self._head(grid))
        if titled and looks_headless(grid):
            self.headless.append(index)
        self.between.extend(row_lines(grid, range(grid.height)))

    def _closed(self, one: _Open) -> Piece:
        letterhead = letterhead_of(one.before, one.after, own_text=not self.path)
        return replace(one.piece, letterhead=letterhead)


def _best_headings(
    find: Callable[[Wordings], tuple[Heading, ...]],
    words: Sequence[Wordings],
    plans: Sequence[str],
) -> tuple[tuple[Heading, ...], Wordings]:
    """Return the headings under the campaign whose words they fit best.

    One whose number the text names goes first, then one whose form is complete.
    """
    options = [(find(one), one) for one in words]

    def rank(option: tuple[tuple[Heading, ...], Wordings]) -> tuple[bool, bool, float]:
        headings, one = option
        best = max(headings, key=lambda h: h.score, default=None)
        if best is None:
            return False, False, 0.0
        named = one.campaign is not None and one.campaign.number.upper() in plans
        return named, one.required() <= set(best.keys), best.score

    return max(options, key=rank)


def _end_before(grid: Grid, start: int, heading: int) -> int:
    """Return where the works above a further heading end: at its own title."""
    for row in range(start, heading):
        filled = grid.filled(row)
        if 0 < len(filled) < 3 and begins_letterhead(grid.text(row, filled[0])):
            return row
    return heading


def _counts_on(former: Stretch, stretch: Stretch) -> bool:
    """Tell whether the numbers of one stretch go on in the next."""
    last = last_number(former)
    if last is None:
        return False
    columns = stretch.heading.columns_of("number")
    for row in range(stretch.start, stretch.end):
        for column in columns:
            first = sections.arabic(stretch.grid.text(row, column))
            if first is not None:
                return first == last + 1
    return False


def _trailing_lines(stretch: Stretch) -> list[Line]:
    """Return the lines from the first footer row on."""
    grid = stretch.grid
    numbers = stretch.heading.columns_of("number")
    for row in range(stretch.start, stretch.end):
        if any(sections.arabic(grid.text(row, c)) is not None for c in numbers):
            continue
        texts = [grid.text(row, c) for c in grid.filled(row)]
        if len(texts) < 3 and any(map(sections.is_footer, texts)):
            return row_lines(grid, range(row, stretch.end))
    return []
