"""Find numbered lists of works among paragraphs, and make them tables.

A list whose items carry labels (`Hình thức: …`) has its labels as heading; any other
has two columns, number and text. Whether it is about works is not decided here.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from parsers.readers.places import item_name, list_name
from parsers.values.table import Cell, Paragraph, Table
from parsers.vietnamese.fold import fold

#: The words of a heading that the list itself lacks: number, and the text that comes
#: first without a label. The second is a guess.
NUMBER_HEADING = "STT"
TITLE_HEADING = "Tên công trình"
_GUESSED = 0.9
_GUESS = "first part of a list item, without a label"

_JOINED = (0.95, "lines that the mail program broke")

_ITEM = re.compile(r"^(\d{1,3})\s?(?:[.)](?!\d)|/(?!\d)|-(?=\s)|:(?=\s))\s*(.*)$")
_LABELLED = re.compile(r"^[-–+•*]?\s*([^\W\d_][^:;]{1,60}?)\s*:(?!//)\s*(.*)$")
_BULLET = re.compile(r"^[-–+•*]\s")
_PART = re.compile(r"\s*;\s*|\s+\((?=[^():;]{2,40}:)")
_LONGEST_LABEL = 9
_LEAST_LABELS, _MOST_LABELS = 3, 40
#: A longer line is a text, whatever colons stand in it.
_LONGEST_LINE = 5000


@dataclass(slots=True)
class _Line:
    """A line of a paragraph: whether that begins with it, and its ends were guessed."""

    text: str
    first: bool
    guessed: bool = False


@dataclass(slots=True)
class _Item:
    number: str
    lines: list[str] = field(default_factory=list)
    guessed: bool = False

    def cell(self, text: str, untitled: bool = False) -> Cell:
        """Return a cell of this item's row, as certain as its text."""
        place = item_name(self.number)
        if untitled:
            return Cell(text, _GUESSED, _GUESS, place)
        if self.guessed:
            return Cell(text, *_JOINED, place)
        return Cell(text, place=place)


def with_lists(
    blocks: Sequence[Table | Paragraph],
    path: tuple[str, ...],
    guessed: Set[str] = frozenset(),
) -> tuple[Table | Paragraph, ...]:
    """Return `blocks` with every numbered list among the paragraphs as a Table.

    A list is at least two consecutive numbers from 1, or one item with three labels.
    Rows made of lines in `guessed` are less than certain.
    """
    done: list[Table | Paragraph] = []
    lines: list[_Line] = []
    lists = 0
    for block in [*blocks, None]:
        if isinstance(block, Paragraph) and not block.place:
            pieces = block.text.split("\n")
            lines += [_Line(t, i == 0, t in guessed) for i, t in enumerate(pieces)]
            continue
        for found in _split(lines, path, lists):
            lists += isinstance(found, Table)
            done.append(found)
        lines = []
        if block is not None:
            done.append(block)
    return tuple(done)


def _split(
    lines: list[_Line], path: tuple[str, ...], lists: int
) -> Iterator[Table | Paragraph]:
    """Yield what `lines` hold: paragraphs as they were, lists as tables."""
    start = at = 0
    while at < len(lines):
        found = _ITEM.match(lines[at].text)
        items, end = _items(lines, at) if found and int(found[1]) == 1 else ([], at)
        table = _table(items, path, lists + 1) if items else None
        if table is None:
            at += 1
            continue
        yield from _paragraphs(lines[start:at])
        yield table
        lists += 1
        start = at = end
    yield from _paragraphs(lines[start:])


def _paragraphs(lines: list[_Line]) -> Iterator[Paragraph]:
    text: list[str] = []
    for line in lines:
        if line.first and text:
            yield from _paragraph(text)
            text = []
        text.append(line.text)
    yield from _paragraph(text)


def _paragraph(text: list[str]) -> Iterator[Paragraph]:
    joined = "\n".join(text).strip()
    if joined:
        yield Paragraph(joined)


def _items(lines: list[_Line], at: int) -> tuple[list[_Item], int]:
    """Return the items of the list that begins at line `at`, and where it ends."""
    items: list[_Item] = []
    loose = False
    ends = at
    tail = at
    while at < len(lines):
        line = lines[at]
        found = _ITEM.match(line.text)
        if found and int(found[1]) == len(items) + 1:
            # What followed the item before belongs to it after all.
            loose = loose or tail < at
            items.append(_Item(found[1], [found[2]], line.guessed))
        elif _goes_on(line):
            items[-1].lines.append(line.text)
            items[-1].guessed = items[-1].guessed or line.guessed
        elif line.first or found:
            break
        else:
            items[-1].lines.append(line.text)
            at += 1
            continue
        at += 1
        ends, tail = at, at
    if not loose:
        surplus = at - ends
        if surplus:
            del items[-1].lines[-surplus:]
        return items, ends
    return items, at


def _goes_on(line: _Line) -> bool:
    """Say whether a line plainly belongs to the item above: a bullet or a label."""
    return bool(_BULLET.match(line.text)) or _label(line.text) is not None


def _label(text: str) -> tuple[str, str] | None:
    found = _LABELLED.match(text)
    if found is None or len(found[1].split()) > _LONGEST_LABEL:
        return None
    return found[1].strip(), found[2]


def _table(items: list[_Item], path: tuple[str, ...], number: int) -> Table | None:
    parts = [_parts(item) for item in items]
    labels: dict[str, str] = {}
    for item in parts:
        for label, _ in item[1:] if not item[0][0] else item:
            labels.setdefault(fold(label), label)
    counted = sum(1 for item in parts if sum(bool(label) for label, _ in item) > 1)
    labelled = counted * 2 >= len(items) and 1 < len(labels) <= _MOST_LABELS
    # Where no label comes twice the items are the labels: one form, not a list.
    labelled = labelled and (len(items) < 2 or _recurs(parts))
    if len(items) < 2 and not (labelled and len(labels) >= _LEAST_LABELS):
        return None
    rows = _labelled(items, parts, labels) if labelled else _bare(items)
    return Table(path, list_name(number), tuple(rows))


def _recurs(parts: list[list[tuple[str, str]]]) -> bool:
    """Say whether some label stands in more than one item."""
    seen: set[str] = set()
    for item in parts:
        labels = {fold(label) for label, _ in item if label}
        if labels & seen:
            return True
        seen |= labels
    return False


def _parts(item: _Item) -> list[tuple[str, str]]:
    """Return the item as pairs of label and text; the first may have no label."""
    parts: list[tuple[str, str]] = []
    for line in item.lines:
        for index, piece in enumerate(_pieces(line)):
            found = _label(piece)
            if found is not None:
                parts.append(found)
            elif parts:
                label, text = parts[-1]
                joint = "; " if index else "\n"
                parts[-1] = (label, f"{text}{joint}{piece}" if text else piece)
            else:
                parts.append(("", piece))
    return parts or [("", "")]


def _pieces(line: str) -> list[str]:
    """Return the line cut at those semicolons after which a label stands."""
    if len(line) > _LONGEST_LINE:
        return [line]
    pieces: list[str] = []
    start = 0
    for found in _PART.finditer(line):
        if _label(line[found.end() :].split(";", 1)[0]) is not None:
            pieces.append(line[start : found.start()])
            start = found.end()
    last = line[start:]
    if pieces and last.count(")") > last.count("("):
        last = last.rstrip(". ").removesuffix(")")
    return [*pieces, last]


def _labelled(
    items: list[_Item], parts: list[list[tuple[str, str]]], labels: dict[str, str]
) -> Iterator[tuple[Cell, ...]]:
    untitled = any(not item[0][0] and item[0][1] for item in parts)
    heading = [Cell(NUMBER_HEADING)]
    if untitled:
        heading.append(Cell(TITLE_HEADING, _GUESSED, _GUESS))
    yield (*heading, *(Cell(label) for label in labels.values()))
    for item, pairs in zip(items, parts, strict=True):
        cells = [Cell(item.number, place=item_name(item.number))]
        if untitled:
            title = pairs[0][1] if not pairs[0][0] else ""
            cells.append(item.cell(title, untitled=True))
        texts: dict[str, list[str]] = {}
        for label, text in pairs:
            texts.setdefault(fold(label), []).append(text)
        cells += [item.cell("\n".join(texts.get(key, []))) for key in labels]
        yield tuple(cells)


def _bare(items: list[_Item]) -> Iterator[tuple[Cell, ...]]:
    for item in items:
        text = "\n".join(item.lines).strip()
        yield Cell(item.number, place=item_name(item.number)), item.cell(text)
