"""Find the rows of a table that say what its columns mean, wherever they stand.

It does not read the rows below, and leaves meanings that depend on the document's kind
(`pace`, `goal`, `outcome`, `effect`, `content`) for `parsers.kinds` to settle.
"""

import itertools
import re
from dataclasses import dataclass, replace

from parsers import sections
from parsers.grid import Grid
from parsers.vietnamese.fold import skeleton
from parsers.vietnamese.spans import looks_dated
from parsers.wordings import BEGINNING, Meaning, Wordings

#: Two rows of headings are usual, three were met in wide landscape forms.
_MOST_HEADING_ROWS = 3
_LONGEST_CELL = 200
#: A longer text with a date in it is no time.
_LONGEST_TIME = 60

_PLANNED = ("method", "time", "expected_result", "goal", "effect")
_REPORTED = ("result", "progress", "share", "outcome", "pace", "field")
_SUPPORT = frozenset([*_PLANNED, *_REPORTED])
_COLUMN_NUMBER = re.compile(r"[(\[]?(?:(\d{1,2})(?:\s*=[\d\s+\-x:()]*)?|[A-H])[)\]]?")
_REGISTERED = re.compile(r"noi dung dang ki(?: thuc hien)?")
_NOTHING = frozenset([None, "other", "foreign", "person"])


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of one table.

    `rows` are row indexes, a row of column numbers included. `keys` and `texts` have
    one entry for each column of the table; a text is "" where no heading stands.
    `score` says how well it fits the words that found it, `guessed` are columns known
    only by what stands in them.
    """

    rows: tuple[int, ...]
    keys: tuple[str | None, ...]
    texts: tuple[str, ...]
    score: float
    guessed: tuple[int, ...] = ()

    @property
    def end(self) -> int:
        """Return the index of the first row below."""
        return self.rows[-1] + 1

    def columns_of(self, *keys: str) -> tuple[int, ...]:
        """Return the columns that have one of the keys, in order."""
        return tuple(i for i, key in enumerate(self.keys) if key in keys)


def find_headings(
    grid: Grid, words: Wordings, titled: bool = False, named: bool = True
) -> tuple[Heading, ...]:
    """Return every heading in the table, from the top; each begins a table of its own.

    `titled` says that the document calls itself a registration or a report of works:
    then less is asked of the headings. `named`: it says so of works such as ours, not
    of a campaign of others.
    """
    found: list[Heading] = []
    row = 0
    while row < grid.height:
        heading = _heading_at(grid, row, words, titled)
        if heading is not None and not (named or "title" in heading.keys):
            heading = None
        if heading is None or (found and not _begins_anew(grid, heading, found[-1])):
            row += 1
            continue
        found.append(heading)
        row = heading.end
    return tuple(found)


def numbers_columns(grid: Grid, row: int) -> bool:
    """Tell whether the row is "(1) (2) …", also with A, B in front or "5=3+4"."""
    texts = [grid.text(row, c) for c in grid.filled(row)]
    found = [_COLUMN_NUMBER.fullmatch(text) for text in texts]
    numbers = [int(m[1]) for m in found if m is not None and m[1]]
    rising = all(a < b for a, b in itertools.pairwise(numbers))
    return all(found) and len(texts) > 2 and len(numbers) > 1 and rising


def with_numbers(grid: Grid, heading: Heading, end: int) -> Heading:
    """Return the heading with the column named that counts the works without heading.

    It stands before the title and holds 1, 2, … from the heading's end to row `end`.
    """
    titles = heading.columns_of("title", "title_if_titled", "content")
    if "number" in heading.keys or not titles:
        return heading
    for column in range(titles[0]):
        texts = (grid.text(row, column) for row in range(heading.end, end))
        counts = [sections.arabic(text) for text in texts if text]
        steps = itertools.pairwise([0, *(c or 0 for c in counts)])
        counted = bool(counts) and all(b in (a + 1, 1) for a, b in steps)
        if not heading.texts[column] and counted:
            keys = (*heading.keys[:column], "number", *heading.keys[column + 1 :])
            return replace(heading, keys=keys)
    return heading


def with_times(grid: Grid, heading: Heading, end: int) -> Heading:
    """Return the heading with the one column named that has none and holds times."""
    unnamed = [c for c, text in enumerate(heading.texts) if not text]
    titles = heading.columns_of("title", "title_if_titled", "content")
    if {"time", "pace"} & set(heading.keys) or not titles:
        return heading
    dated: list[int] = []
    for column in unnamed:
        texts = [grid.text(row, column) for row in range(heading.end, end)]
        filled = [text for text in texts if text]
        times = sum(len(t) < _LONGEST_TIME and looks_dated(t) for t in filled)
        if filled and times * 3 >= len(filled) * 2 and column > titles[0]:
            dated.append(column)
    if len(dated) != 1:
        return heading
    keys = tuple("time" if c == dated[0] else k for c, k in enumerate(heading.keys))
    return replace(heading, keys=keys, guessed=(*heading.guessed, dated[0]))


def _begins_anew(grid: Grid, heading: Heading, former: Heading) -> bool:
    """Tell a further heading from a work whose cells happen to hold words of one.

    "Mô hình | Vận động | Hoàn thành" may be a row of works; with "STT" it is none.
    """
    if "number" in heading.keys or heading.keys == former.keys:
        return True
    top = heading.rows[0]
    apart = len(grid.filled(top - 1)) < min(3, len(grid.filled(top)))
    means = sum(key is not None for key in heading.keys)
    return apart and means > 2 and means == len([t for t in heading.texts if t])


def _heading_at(grid: Grid, row: int, words: Wordings, titled: bool) -> Heading | None:
    if not _may_be_heading(grid, row):
        return None
    meanings = [words.meaning(grid.text(row, c)) for c in grid.filled(row)]
    if not any(meanings):
        return None
    for height in range(1, _MOST_HEADING_ROWS + 1):
        rows = range(row, min(row + height, grid.height))
        if len(rows) < height or (height > 1 and not _joins(grid, rows)):
            return None
        heading = _read_block(grid, rows, words)
        if _accept(heading, words, titled):
            return _widen(grid, rows, words)
    return None


def _may_be_heading(grid: Grid, row: int) -> bool:
    """Tell cheaply that a row is none: a bare number, long text, or one cell only."""
    texts: list[str] = []
    for cell in grid.rows[row]:
        if cell is None or not cell.text:
            continue
        if len(cell.text) > _LONGEST_CELL or sections.arabic(cell.text) is not None:
            return False
        texts.append(cell.text.rstrip())
    # "Đơn vị: | Phường 9" is a label and what it names.
    labelled = len(texts) == 2 and texts[0][-1:] == ":" != texts[1][-1:]
    return len(texts) > 1 and not labelled


def _joins(grid: Grid, rows: range) -> bool:
    """Tell whether merges tie the rows together as one heading."""
    for row in rows[:-1]:
        spans = [grid.span(row, c) for c in grid.filled(row)]
        grouped = any(1 < wide < grid.width for _, wide in spans)
        if not grouped and not any(high > 1 for high, _ in spans):
            return False
    return all(_may_be_subheading(grid, row) for row in rows[1:])


def _may_be_subheading(grid: Grid, row: int) -> bool:
    filled = grid.filled(row)
    texts = [grid.text(row, c) for c in filled]
    if not texts or any(len(t) > _LONGEST_CELL for t in texts):
        return False
    if numbers_columns(grid, row):
        return False
    # One merged row below a heading is a section, not a heading's second row.
    single_span = grid.span(row, filled[0])[1] if len(filled) == 1 else 0
    return single_span <= grid.width // 2 and not any(
        t.rstrip(".").isdigit() for t in texts
    )


def _read_block(grid: Grid, rows: range, words: Wordings) -> Heading:
    keys: list[str | None] = []
    texts: list[str] = []
    score = 0.0
    for column in range(grid.width):
        stack = _stack(grid, rows, column)
        meaning = _meaning(stack, words)
        keys.append(meaning.key if meaning else None)
        texts.append(" - ".join(" ".join(t.split()) for t in stack))
        score += meaning.score if meaning and meaning.key not in _NOTHING else 0
    return Heading(tuple(rows), tuple(keys), tuple(texts), score)


def _stack(grid: Grid, rows: range, column: int) -> list[str]:
    """Return the different texts over a column, group title first."""
    stack: list[str] = []
    for row in rows:
        text = grid.text_over(row, column)
        if not text and row < rows[-1]:
            text = _group_to_the_left(grid, rows, row, column)
        if text and text not in stack:
            stack.append(text)
    return stack


def _group_to_the_left(grid: Grid, rows: range, row: int, column: int) -> str:
    """Return the group title that stands unmerged over the first of its columns."""
    below = range(row + 1, rows[-1] + 1)
    if grid.own(row, column) is None or not any(grid.text(r, column) for r in below):
        return ""
    for left in range(column - 1, -1, -1):
        if not any(grid.text(r, left) for r in below):
            return ""
        if grid.text_over(row, left):
            return grid.text_over(row, left)
    return ""


def _meaning(stack: list[str], words: Wordings) -> Meaning | None:
    if not stack:
        return None
    whole = words.meaning(" ".join(stack))
    if len(stack) == 1:
        return whole
    leaf = words.meaning(stack[-1])
    group = words.meaning(" ".join(stack[:-1]))
    if whole and whole.score > BEGINNING:
        return whole
    if leaf and leaf.score > BEGINNING and leaf.key != "other":
        return leaf
    return next((m for m in (whole, leaf, group) if m is not None), None)


def _accept(heading: Heading, words: Wordings, titled: bool) -> bool:
    keys = set(heading.keys)
    required = words.required()
    foreign = sum(key in ("foreign", "person") for key in heading.keys)
    persons = _lists_persons(heading)
    if len(required) > 1 and required <= keys and "title" in required:
        # Someone's post beside the name: what persons sign up for is another list.
        return not (persons and foreign > 1)
    support = keys & _SUPPORT
    if foreign > 1 or persons:
        return False
    if "title" in keys:
        return _works(heading, support, foreign, titled)
    weak = keys & {"title_if_titled", "content"}
    return bool(titled and weak and len(support) > 1)


def _works(
    heading: Heading, support: set[str | None], foreign: int, titled: bool
) -> bool:
    """Tell whether a heading with a title column heads works, not all of the form."""
    at = heading.columns_of("title")[0]
    registered = _REGISTERED.fullmatch(skeleton(heading.texts[at])) is not None
    if registered and support <= {"time", "pace", "field"}:
        # A course or a meeting room is registered for as well.
        return False
    if foreign and not titled and len(support) < 2:
        return False
    return bool(support) or (titled and len(set(heading.keys) - _NOTHING) > 1)


def _lists_persons(heading: Heading) -> bool:
    """Tell whether persons are listed, each with what he signs up for."""
    persons, titles = heading.columns_of("person"), heading.columns_of("title")
    return bool(persons) and (not titles or persons[0] < titles[0])


def _widen(grid: Grid, rows: range, words: Wordings) -> Heading:
    """Take in the rows above and below that belong to the heading just found."""
    top, bottom = rows[0], rows[-1] + 1
    if top > 0 and _groups_above(grid, top, words):
        top -= 1
    title = _read_block(grid, range(top, bottom), words)
    while bottom < grid.height and bottom - top < _MOST_HEADING_ROWS:
        if not _subheads_below(grid, bottom, title):
            break
        bottom += 1
    heading = _read_block(grid, range(top, bottom), words)
    if bottom < grid.height and numbers_columns(grid, bottom):
        numbered = (*heading.rows, bottom)
        return Heading(numbered, heading.keys, heading.texts, heading.score)
    return heading


def _groups_above(grid: Grid, row: int, words: Wordings) -> bool:
    """Tell whether the row above holds group titles without any merge.

    Each must stand where this row goes on, and one must have a meaning.
    """
    above = grid.filled(row - 1)
    if not 0 < len(above) < len(grid.filled(row)) or not _may_be_heading(grid, row - 1):
        return False
    means = [words.meaning(grid.text(row - 1, c)) for c in above]
    sure = [m for m in means if m is not None and m.score > BEGINNING]
    return bool(sure) and len(sure) == len(above)


def _subheads_below(grid: Grid, row: int, heading: Heading) -> bool:
    """Tell whether the row parts a group: nothing stands below number and title."""
    if not _may_be_subheading(grid, row):
        return False
    filled = grid.filled(row)
    fixed = heading.columns_of("number", "title")
    under_group = all(_grouped(grid, row - 1, c) for c in filled)
    if any(c in fixed for c in filled):
        # A lone text below a wide title is the first section, not a part of it.
        return under_group and len(filled) > 1
    return under_group or any(grid.from_above(row, c) for c in fixed)


def _grouped(grid: Grid, row: int, column: int) -> bool:
    """Tell whether a group title of the row above reaches over this column."""
    top, left = grid.origin(row, column)
    wide = grid.span(top, left)[1]
    if 1 < wide < grid.width:
        return True
    if not grid.text_over(row, column):
        return column > 0 and bool(grid.text_over(row, column - 1))
    return column + 1 < grid.width and not grid.text_over(row, column + 1)
