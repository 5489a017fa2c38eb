"""Find works that stand in forms instead of tables: a label, and what belongs to it.

"1. Tên mô hình: …; 2. Nội dung thực hiện: …", one work after the other, as lines or as
a table of two columns, becomes a table with the labels as its heading. What the labels
mean is told by `parsers.wordings`, whether the table counts by `parsers.pieces`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from parsers import sections
from parsers.kinds import said_kind
from parsers.labelled import parted_line
from parsers.letterhead import begins_letterhead, is_title
from parsers.readers.listing import NUMBER_HEADING
from parsers.readers.places import item_name, list_name
from parsers.unheaded import is_list
from parsers.values.table import QUOTATION, Cell, Document, Paragraph, Table
from parsers.vietnamese.fold import fold, skeleton
from parsers.wordings import BEGINNING, WHOLE, Wordings

_ENUMERATOR = re.compile(
    r"(?:\(?(?P<arabic>\d{1,2})\s?[.)/:-]|(?P<roman>[IVX]{1,4})\s?[.)/:-]"
    r"|(?P<letter>[a-zđA-ZĐ])\s?[.)]|(?P<dash>[-–+•*]))\s*(?=\S)"
)
_LABEL = re.compile(r"([^:]{1,100}?)\s*:(?!//)\s*(.*)", re.DOTALL)
_COUNTED = re.compile(r"(\D{2,40}?)\s*(?:số\s*)?(\d{1,2})")
_FAREWELL = re.compile(
    r"(?:tran trong|xin cam on|xin tran trong|cam on|kinh chao|than chao|rat mong"
    r"|don vi xin|kinh mong|best regards|sent from|da gui tu)\b"
)
_LONGEST_LABEL = 12
_SUPPORT = frozenset(
    {
        *("method", "time", "expected_result", "goal", "pace", "content", "outcome"),
        *("effect", "field", "result", "progress"),
    }
)
_LEAST_SUPPORT = 2
#: No honest form has more lines; beyond it nothing is looked for.
_MOST_LINES = 3000
_PARTED, _ACROSS = 0.9, 0.95
_WORKS = re.compile(r"\b(?:cong trinh|mo hinh|viec co y nghia|dan van kheo)\b")
_LESS = (0.9, "a label that is longer than the words known")


class _Line(NamedTuple):
    """A line outside of tables, the block that it stands in, and how sure it is.

    `closed`: it is a part of a line, and no further line goes on with it.
    """

    text: str
    block: int
    certainty: float
    closed: bool = False


class _Label(NamedTuple):
    """A line that begins with a label: what it means, and the text behind it."""

    style: str
    heading: str
    key: str | None
    text: str
    sure: bool
    number: str = ""
    counted: bool = False


@dataclass(slots=True)
class _Entry:
    heading: str
    key: str | None
    lines: list[str]
    certainty: float


@dataclass(slots=True)
class _Form:
    """The entries of one work; lines `first` to `last` hold it, ends included."""

    first: int
    last: int
    entries: list[_Entry] = field(default_factory=list)
    number: str = ""
    counted: bool = False

    @property
    def keys(self) -> set[str]:
        return {e.key for e in self.entries if e.key is not None}

    def is_work(self) -> bool:
        titles = [e for e in self.entries if e.key == "title" and any(e.lines)]
        # "Công trình 1: …" says more than a label that any form may have.
        least = 1 if self.counted else _LEAST_SUPPORT
        return bool(titles) and len(self.keys & _SUPPORT) >= least


def with_forms(document: Document, words: Wordings, path: tuple[str, ...]) -> Document:
    """Return the document with every form as a table of one row a work."""
    blocks: list[Table | Paragraph] = []
    run: list[Table | Paragraph] = []
    lists = 0
    for block in (*document.blocks, None):
        if (isinstance(block, Paragraph) and block.place != QUOTATION) or (
            isinstance(block, Table) and is_list(block)
        ):
            run.append(block)
        else:
            shaped = list(_of_run(run, words, path, lists))
            lists += sum(isinstance(one, Table) for one in shaped)
            blocks.extend(shaped)
            run = []
            if isinstance(block, Table):
                blocks.extend(_turned(block, words))
            elif block is not None:
                blocks.append(block)
    if blocks == list(document.blocks):
        return document
    return replace(document, blocks=tuple(blocks))


def _of_run(
    run: Sequence[Table | Paragraph],
    words: Wordings,
    path: tuple[str, ...],
    number: int,
) -> Iterator[Table | Paragraph]:
    """Yield the blocks, with the lines that forms are made of as tables."""
    whole = [line for i, block in enumerate(run) for line in _lines(block, i)]
    lines = list(_parted(whole, words)) if len(whole) <= _MOST_LINES else whole
    forms = _forms(lines, words) if len(lines) <= _MOST_LINES else []
    if not forms:
        yield from run
        return
    first, last = forms[0].first, forms[-1].last
    yield from _rest(run, lines[:first])
    yield _table(forms, path, number + 1)
    yield from _rest(run, lines[last + 1 :])


def _parted(lines: Sequence[_Line], words: Wordings) -> Iterator[_Line]:
    """Yield the lines, those that hold a whole work as one line for each label."""
    announced = False
    for line in lines:
        text = line.text
        parts = parted_line(text, words, announced) if ":" in text else []
        yield from (
            _Line(part, line.block, min(_PARTED, line.certainty), True)
            for part in parts
        )
        if not parts:
            yield line
        if is_title(text):
            announced = said_kind([text]) is not None
        announced = announced or bool(_WORKS.search(skeleton(text)))


def _rest(
    run: Sequence[Table | Paragraph], lines: Sequence[_Line]
) -> Iterator[Paragraph]:
    for index in dict.fromkeys(line.block for line in lines):
        texts = [line.text for line in lines if line.block == index]
        yield Paragraph("\n".join(texts))


def _lines(block: Table | Paragraph, index: int) -> Iterator[_Line]:
    if isinstance(block, Paragraph):
        for text in block.text.split("\n"):
            if text:
                yield _Line(text, index, block.certainty)
        return
    for number, item in block.rows:
        text = item.text if item is not None else ""
        lead = f"{number.text}. " if number is not None else ""
        for line in f"{lead}{text}".split("\n"):
            yield _Line(line, index, item.certainty if item is not None else 1.0)


def _forms(lines: Sequence[_Line], words: Wordings) -> list[_Form]:
    labels = [_label(line.text, words) for line in lines]
    for style in dict.fromkeys(x.style for x in labels if x and x.key == "title"):
        forms = _of_style(lines, labels, style)
        if forms:
            return forms
    return []


def _of_style(
    lines: Sequence[_Line], labels: Sequence[_Label | None], style: str
) -> list[_Form]:
    # "1. Tên công trình: …" may go on with "- Thời gian: …", in a style of its own; but
    # "a) Mục tiêu" within "4. Mục tiêu và nội dung" is no label.
    others = dict.fromkeys(x.style for x in labels if x and x.style != style)
    for styles in ({style}, *({style, other} for other in others)):
        forms = _of_styles(lines, labels, styles)
        if forms:
            return forms
    return []


def _of_styles(
    lines: Sequence[_Line], labels: Sequence[_Label | None], styles: set[str]
) -> list[_Form]:
    forms: list[_Form] = []
    form: _Form | None = None
    for index, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label is not None and label.style in styles:
            if form is None or (label.key and label.key in form.keys):
                form = _Form(index, index)
                forms.append(form)
            if label.key == "title":
                form.number, form.counted = label.number, label.counted
            certainty = line.certainty if label.sure else min(_LESS[0], line.certainty)
            form.entries.append(
                _Entry(label.heading, label.key, [label.text], certainty)
            )
            form.last = index
        elif form is not None and (_ends(line.text) or lines[index - 1].closed):
            form = None
        elif form is not None:
            form.entries[-1].lines.append(line.text)
            form.entries[-1].certainty = min(form.entries[-1].certainty, line.certainty)
            form.last = index
    works = [form for form in forms if form.is_work()]
    counted = [str(n) for n in range(1, len(works) + 1)]
    said = len(styles) > 1 or all(form.counted for form in works)
    if said and [form.number for form in works] == counted:
        for form in works:
            form.entries.insert(0, _Entry(NUMBER_HEADING, "number", [form.number], 1.0))
    return works


def _ends(line: str) -> bool:
    """Tell whether a line stands below a form, never in it."""
    return (
        sections.is_footer(line)
        or begins_letterhead(line)
        or _FAREWELL.match(skeleton(line)) is not None
    )


def _label(line: str, words: Wordings) -> _Label | None:
    """Return what a line's label says; None where it begins with no label."""
    found = _ENUMERATOR.match(line)
    style = found.lastgroup or "" if found else ""
    rest = line[found.end() :] if found else line
    parted = _LABEL.match(rest)
    heading, text = (parted[1], parted[2]) if parted else (rest, "")
    if len(heading.split()) > _LONGEST_LABEL:
        return None
    counted = _COUNTED.fullmatch(heading)
    number = (found["arabic"] or "") if found else ""
    counts = counted is not None and not number
    if counted and counts:
        heading, number = counted[1], str(int(counted[2]))
    meaning = words.meaning(heading.strip())
    least = BEGINNING if parted else WHOLE
    if meaning is not None and meaning.score >= least:
        sure = meaning.score >= WHOLE
        return _Label(style, heading, meaning.key, text, sure, number, counts)
    # Among numbered labels one that is not known still ends the one before.
    if style in ("arabic", "roman") and parted:
        return _Label(style, heading, None, text, True)
    return None


def _table(forms: Sequence[_Form], path: tuple[str, ...], number: int) -> Table:
    columns: dict[str, str] = {}
    for form in forms:
        for entry in form.entries:
            columns.setdefault(fold(entry.heading), entry.heading)
    rows = [tuple(Cell(heading) for heading in columns.values())]
    for count, form in enumerate(forms, start=1):
        place = item_name(str(count))
        entries = {fold(entry.heading): entry for entry in form.entries}
        rows.append(tuple(_cell(entries.get(key), place) for key in columns))
    return Table(path, list_name(number), tuple(rows))


def _cell(entry: _Entry | None, place: str) -> Cell:
    if entry is None:
        return Cell("", place=place)
    text = "\n".join(line for line in entry.lines if line).strip()
    evidence = _LESS[1] if entry.certainty < 1 else None
    return Cell(text, entry.certainty, evidence, place)


def _turned(table: Table, words: Wordings) -> Iterator[Table]:
    """Yield the table; where labels and texts are one work, that turned to a row.

    What stands above and below, as a sheet holds it, is a table of its own.
    """
    for column in (0, 1):
        if not table.rows or len(table.rows[0]) < column + 2:
            continue
        form = _Form(0, 0)
        for index, row in enumerate(table.rows):
            _take_row(form, index, row, column, words)
        titles = sum(e.key == "title" for e in form.entries)
        if titles == 1 and form.is_work() and not _heads(table, form, words):
            heads = tuple(Cell(e.heading) for e in form.entries)
            works = list(_works_across(form))
            yield from _part_of(table, 0, form.first)
            yield replace(
                table,
                place=_place(table, form.first),
                rows=(heads, *works),
                merged=(),
                hidden_rows=(),
            )
            yield from _part_of(table, form.last + 1, len(table.rows))
            return
    yield table


def _works_across(form: _Form) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of each work: one, or one a column if every row has as many."""
    known = [e for e in form.entries if e.key == "title" or e.key in _SUPPORT]
    counts = {len(e.lines) for e in known}
    across = counts.pop() if len(counts) == 1 else 1
    if across < 2:
        yield tuple(_cell(e, item_name("1")) for e in form.entries)
        return
    for index in range(across):
        parts = (
            replace(
                e,
                lines=e.lines[index : index + 1] if len(e.lines) == across else e.lines,
                certainty=min(_ACROSS, e.certainty),
            )
            for e in form.entries
        )
        yield tuple(_cell(e, item_name(str(index + 1))) for e in parts)


def _heads(table: Table, form: _Form, words: Wordings) -> bool:
    """Tell whether the row of the first label is a heading, and no label and text."""
    texts = [c.text for c in table.rows[form.first] if c is not None and c.text]
    means = [words.meaning(text) for text in texts]
    return sum(m is not None and m.score >= WHOLE for m in means) > 1


def _part_of(table: Table, start: int, end: int) -> Iterator[Table]:
    """Yield the rows `start` to `end` as a table, nothing where there are none."""
    if start >= end:
        return
    merged = tuple(
        (top - start, left, bottom - start, right)
        for top, left, bottom, right in table.merged
        if start <= top and bottom <= end
    )
    hidden = tuple(r - start for r in table.hidden_rows if start <= r < end)
    place, rows = _place(table, start), table.rows[start:end]
    yield replace(table, place=place, rows=rows, merged=merged, hidden_rows=hidden)


def _place(table: Table, row: int) -> str:
    """Return the place of the table that begins at a row of another."""
    sheet, mark, _ = table.place.rpartition("!")
    corner = next((c.place for c in table.rows[row] if c is not None), "")
    return f"{sheet}!{corner}" if mark and corner.isalnum() else table.place


def _take_row(
    form: _Form,
    index: int,
    row: Sequence[Cell | None],
    column: int,
    words: Wordings,
) -> None:
    label = row[column]
    texts = [c.text for c in row[column + 1 :] if c is not None and c.text]
    sure = min((c.certainty for c in row if c is not None), default=1.0)
    heading = label.text if label is not None else ""
    stripped = _ENUMERATOR.sub("", heading, count=1).rstrip(" :")
    closing = _ends(heading) or (not heading and any(map(_ends, texts)))
    if (form.last and form.last < index - 1) or closing:
        return
    if not heading and texts and form.entries:
        form.entries[-1].lines.extend(texts)
        form.last = index
        return
    meaning = words.meaning(stripped)
    key = None
    if meaning is not None and (
        meaning.score >= WHOLE
        or (meaning.score >= BEGINNING and meaning.key == "title")
    ):
        key = meaning.key
    known = key is not None and (texts or form.entries)
    if known or (heading and texts and form.entries):
        form.first = form.first if form.entries else index
        form.last = index
        form.entries.append(_Entry(stripped, key, texts, sure))
