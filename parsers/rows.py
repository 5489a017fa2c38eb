"""Read the rows below a heading into works; say which rows were none, and why.

It does not know what kind of table it reads: keys are those of the settled heading.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from parsers import sections
from parsers.headings import numbers_columns
from parsers.works import Draft, Skipped, Stretch, Why, Work, finished

#: How sure it is that a title without its number goes on with the one above.
_GOES_ON = 0.9
#: A column known only by what stands in it.
_BY_CONTENT = 0.9


@dataclass(slots=True)
class _Row:
    """What of one row is filled: columns with own text that says something."""

    index: int
    filled: tuple[int, ...]
    number: str
    title: str
    others: tuple[int, ...]
    count: int | None


def read_works(stretch: Stretch) -> tuple[list[Work], list[Skipped], int | None]:
    """Return the works, the rows not taken, and the field that the last section gave.

    Wholly empty rows, numbered or not, are none of these: templates end with them.
    """
    reader = _Reader(stretch)
    for index in range(stretch.start, stretch.end):
        reader.take(index)
    reader.close()
    return reader.works, reader.skipped, reader.field


def last_number(stretch: Stretch) -> int | None:
    """Return the last plain number in the stretch's STT column, None without one."""
    columns = stretch.heading.columns_of("number")
    for row in range(stretch.end - 1, stretch.start - 1, -1):
        for column in columns:
            number = sections.arabic(stretch.grid.text(row, column))
            if number is not None:
                return number
    return None


class _Reader:
    """Goes down the rows once, with at most one work open."""

    def __init__(self, stretch: Stretch) -> None:
        self.stretch = stretch
        self.grid = stretch.grid
        self.numbers = stretch.heading.columns_of("number")
        self.titles = stretch.heading.columns_of("title")
        self.numbered = last_number(stretch) is not None
        self.field = stretch.field
        self.section = stretch.section
        self.works: list[Work] = []
        self.skipped: list[Skipped] = []
        self.draft: Draft | None = None
        self.group: Skipped | None = None
        self.in_footer = False
        self.last_count = 0

    def take(self, index: int) -> None:
        row = self._look(index)
        if not row.filled:
            self._pass_blank(index)
            return
        if self._only_numbered(row) or numbers_columns(self.grid, index):
            return
        why = self._why_not(row)
        if why is not None:
            self._skip(row, why)
        elif self.draft is not None and self._goes_on(row, self.draft):
            self._append(row, self.draft)
        elif self._is_section(row):
            self._open_section(row)
        elif self._is_rest(row):
            self._begin(row, rest=True)
        elif not row.title and not row.number:
            self._skip(row, "after_gap" if self.works else "no_title")
        elif not row.number and not row.others and self.numbered:
            self._skip(row, "no_number")
            # It may part the works below by units; they are not those above's then.
            self.section = row.title
        else:
            self._begin(row)

    def _is_rest(self, row: _Row) -> bool:
        """Tell whether the first row only ends the last work of the table before."""
        first = not self.works and self.draft is None and not self.skipped
        if sections.names_body(row.title) or sections.names_field(row.title):
            return False
        return self.stretch.continues and first and self.numbered and not row.number

    def close(self) -> None:
        self._finish()
        self._drop_group()

    def _look(self, index: int) -> _Row:
        grid = self.grid
        filled = tuple(
            c for c in grid.filled(index) if not sections.is_blank(grid.text(index, c))
        )
        number = next((grid.text(index, c) for c in self.numbers if c in filled), "")
        title = next((grid.text(index, c) for c in self.titles if c in filled), "")
        fixed = self.numbers + self.titles
        others = tuple(c for c in filled if c not in fixed)
        return _Row(index, filled, number, title, others, sections.arabic(number))

    def _pass_blank(self, index: int) -> None:
        """Let a gap end the open work, unless its merge reaches over the gap."""
        fixed = self.numbers + self.titles
        if self.draft and not self._covered_since(index, fixed, self.draft.first):
            self._finish()

    def _only_numbered(self, row: _Row) -> bool:
        """Tell whether a row holds its number and nothing else, as templates do."""
        if row.title or row.others or row.count is None:
            return False
        return not any(self.grid.from_above(row.index, c) for c in self.titles)

    def _why_not(self, row: _Row) -> Why | None:
        texts = [self.grid.text(row.index, c) for c in row.filled]
        first = row.title or texts[0]
        if sections.is_example(first) or sections.is_example(texts[0]):
            return "example"
        if row.count is None:
            # In another column "Tổng 20 suất" goes on with the work above.
            labelled = row.number or row.title or sections.is_bare_total(first)
            if labelled and any(map(sections.is_total, (texts[0], first))):
                return "total"
            beside = row.title and row.others
            ends = sections.is_closing if beside else sections.is_footer
            if any(map(ends, texts)) or all(map(sections.is_footer, texts)):
                return "footer"
        if self.in_footer and not self._resumes(row):
            return "footer"
        return None

    def _resumes(self, row: _Row) -> bool:
        """Tell whether the count of works goes on after what looked like the end."""
        return row.count == self.last_count + 1 and bool(row.title and row.others)

    def _goes_on(self, row: _Row, draft: Draft) -> bool:
        """Tell whether the row belongs to the work above it."""
        if self._covered_since(row.index, self.titles, draft.first):
            return True
        if row.number:
            return False
        if self._covered_since(row.index, self.numbers, draft.first):
            return True
        if not row.title:
            return bool(row.others)
        if not row.others and (row.title[0] == "*" or sections.names_field(row.title)):
            return False
        if not row.others and self._parts_units(row.title):
            return False
        # A new work begins with a capital; a bullet or a small letter goes on.
        return row.title[0] in "-+•*–(" or row.title[0].islower()

    def _parts_units(self, text: str) -> bool:
        """Tell whether "- Trường …" parts the works as such a line did above them."""
        bullets = text[0] in "-+•*–" and self.section[:1] == text[0]
        return (
            bullets and sections.names_body(text) and sections.names_body(self.section)
        )

    def _covered_since(self, row: int, columns: Sequence[int], first: int) -> bool:
        tops = [self.grid.origin(row, c)[0] for c in columns]
        return any(first <= top < row for top in tops)

    def _is_section(self, row: _Row) -> bool:
        if row.others and len(row.filled) > 1:
            return False
        text = row.title or self.grid.text(row.index, row.filled[0])
        if row.count is not None:
            return not row.others and self._is_counted_section(row, text)
        if sections.names_field(text) or sections.is_enumerated(text):
            return not row.others or self._is_wide(row)
        if sections.is_enumerator(row.number) and row.title:
            return True
        if row.number and not row.title:
            return True
        named = sections.field_of(text, self.stretch.campaign) is not None
        return self._is_wide(row) or (named and not row.number and not row.others)

    def _is_counted_section(self, row: _Row, text: str) -> bool:
        if sections.names_field(text):
            return sections.field_of(text, self.stretch.campaign) is not None
        if row.index + 1 < self.stretch.end:
            below = self._look(row.index + 1)
            return below.number.startswith(f"{row.count}.") and bool(below.title)
        return False

    def _is_wide(self, row: _Row) -> bool:
        """Tell whether one merged cell reaches beyond the title."""
        if len(row.filled) > 1 and row.others:
            return False
        column = row.filled[-1]
        end = column + self.grid.span(row.index, column)[1]
        return end > max(self.titles) + 1 and end - column > 1

    def _open_section(self, row: _Row) -> None:
        self._finish()
        self._drop_group()
        text = row.title or self.grid.text(row.index, row.filled[0])
        field = sections.field_of(text, self.stretch.campaign)
        if field is None and text[:1] in ("-", "+", "•"):
            # A bullet parts what stands under the section above.
            self.section = text
            return
        self.field = field
        known = sections.names_field(text) or sections.is_enumerated(text)
        if self.field is None and not sections.names_field(text):
            self.section = text
        if self.field is None and not known and not sections.is_enumerator(row.number):
            self.group = Skipped(row.index, row.index, "note", self._text(row))

    def _drop_group(self) -> None:
        """Name a lone merged line below which no work came."""
        if self.group is not None:
            self.skipped.append(self.group)
        self.group = None

    def _begin(self, row: _Row, rest: bool = False) -> None:
        self._finish()
        self.group = None
        self.in_footer = False
        self.last_count = row.count if row.count is not None else self.last_count
        width = self.grid.width
        draft = Draft(
            row.index,
            row.index,
            self.field,
            [[] for _ in range(width)],
            [1.0] * width,
            self.section,
            rest,
        )
        for column in range(width):
            top, left = self.grid.origin(row.index, column)
            cell = self.grid.rows[top][left]
            # What a merge from the left covers belongs to the left; what one from
            # above covers (a time for several works) belongs to each row.
            if cell is None or left != column:
                continue
            # An empty cell is as much of a claim as a full one.
            draft.least[column] = cell.certainty
            if cell.text:
                draft.lines[column].append(cell.text)
                if column in self.stretch.heading.guessed:
                    draft.least[column] = min(cell.certainty, _BY_CONTENT)
        self.draft = draft

    def _append(self, row: _Row, draft: Draft) -> None:
        draft.last = row.index
        for column in row.filled:
            cell = self.grid.rows[row.index][column]
            if cell is not None:
                draft.lines[column].append(cell.text)
                sure = min(draft.least[column], cell.certainty)
                # That a title without its number goes on with the one above is a guess.
                guessed = column in self.titles and self.grid.text(draft.last, column)
                draft.least[column] = min(sure, _GOES_ON) if guessed else sure

    def _skip(self, row: _Row, why: Why) -> None:
        self._finish()
        self._drop_group()
        self.in_footer = self.in_footer or why == "footer"
        before = self.skipped[-1] if self.skipped else None
        text = self._text(row)
        if why == "footer" and before is not None and before.why == "footer":
            merged = f"{before.text}\n{text}"
            self.skipped[-1] = Skipped(before.first, row.index, why, merged)
        else:
            self.skipped.append(Skipped(row.index, row.index, why, text))

    def _text(self, row: _Row) -> str:
        return " | ".join(self.grid.text(row.index, c) for c in row.filled)

    def _finish(self) -> None:
        if self.draft is not None:
            self.works.append(finished(self.draft, self.stretch))
        self.draft = None
