"""The filled places of a sheet, whatever the format, and the tables made of them.

How a cell is read and how its value shows is the business of each format's reader.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat

from parsers.readers.places import column_letters, inside, table_name
from parsers.readers.second_count import SecondCount
from parsers.readers.spans import MOST_COLUMNS, rows_cut
from parsers.values.finding import Finding, finding
from parsers.values.limits import Limits
from parsers.values.table import Cell, Document, Table, certain_cells

#: A hostile sheet may list merges without end; honest ones have a few a row.
MOST_MERGES = 20_000
#: Blank rows within a sheet are kept, but not by the thousand: longer gaps shrink.
_LONGEST_GAP = 50
#: What a cell is worth where two readers saw different numbers of filled cells.
_DISPUTED = 0.9
#: And one that shows what its formula gives, where that is not in the file.
_NOT_WORKED_OUT = 0.5
NOT_STORED = "a formula whose result is not in the file"
WORKED_OUT_ANEW = "a formula that the program works out anew"

#: Top, left, bottom, right, from 1, ends included.
Range = tuple[int, int, int, int]


@dataclass(slots=True)
class Sheet:
    """The filled places of a sheet; rows and columns are counted from 1.

    `filled` counts all cells that hold something, those left out as well, `errors`
    those of them that hold one, and `area` is the rectangle around them. `cut` says
    that rows or columns were left out. Where rows are `hidden_by_default`, `shown_rows`
    are those that are not. `regular` says that places are written as programs write
    them. `doubts` are reasons for less certainty by row and column. `missing` says that
    the workbook lists it and does not hold it.
    """

    name: str
    hidden: bool = False
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    shown_rows: set[int] = field(default_factory=set)
    hidden_by_default: bool = False
    filled: int = 0
    errors: int = 0
    area: int = 0
    cut: bool = False
    regular: bool = True
    doubt: str | None = None
    doubts: dict[tuple[int, int], str] = field(default_factory=dict)
    missing: bool = False

    def is_hidden(self, row: int) -> bool:
        """Say whether the program does not show `row`."""
        if self.hidden_by_default and row not in self.shown_rows:
            return True
        return row in self.hidden_rows

    def row(self, number: int, most_rows: int) -> dict[int, str] | None:
        """Return the texts of row `number`; None where no more rows are taken."""
        row = self.rows.get(number)
        if row is None:
            if len(self.rows) >= most_rows:
                self.cut = True
                return None
            row = self.rows[number] = {}
        return row

    def close(self, across: tuple[int, int] | None, down: tuple[int, int]) -> None:
        """Note the outermost filled columns and rows; drop columns not taken."""
        if across is None:
            return
        self.area = (across[1] - across[0] + 1) * (down[1] - down[0] + 1)
        if across[1] > MOST_COLUMNS:
            self.cut = True
            for number, row in self.rows.items():
                self.rows[number] = {c: t for c, t in row.items() if c <= MOST_COLUMNS}

    def drop_empty(self) -> None:
        """Drop the rows that show nothing."""
        if not all(self.rows.values()):
            self.rows = {number: row for number, row in self.rows.items() if row}


def document_of(
    sheets: Iterable[Sheet],
    path: tuple[str, ...],
    limits: Limits,
    second: SecondCount | None = None,
) -> Document:
    """Return the tables of `sheets`, one a sheet that holds text.

    Rows and columns run from the first to the last that hold text. Rows left out are
    the finding `rows_cut`, rows and sheets that the program does not show
    `hidden_rows`, sheets that are not there `file_damaged`. Where `second` counts other
    numbers of cells, they are not certain.
    """
    tables: list[Table] = []
    findings: list[Finding] = []
    left = limits.rows
    for sheet in sheets:
        # Rows may be there that turned out to hold empty strings alone.
        sheet.drop_empty()
        if len(sheet.rows) > left:
            sheet.cut = True
            sheet.rows = {row: sheet.rows[row] for row in sorted(sheet.rows)[:left]}
        left -= len(sheet.rows)
        findings += _findings(path, sheet, limits)
        if sheet.rows:
            doubt = sheet.doubt
            if second is not None and sheet.regular and not sheet.cut:
                # The second reader shows an error as nothing.
                seen = sheet.filled - sheet.errors
                doubt = second.doubt(sheet.name, seen, sheet.area)
            tables.append(_table(path, sheet, doubt))
    return Document(tuple(tables), tuple(findings), "unicode" if tables else None)


def _findings(path: tuple[str, ...], sheet: Sheet, limits: Limits) -> Iterator[Finding]:
    place = inside(path, sheet.name) if sheet.name else inside(path)
    if sheet.missing:
        yield finding("file_damaged", place, **({"name": path[-1]} if path else {}))
    if sheet.cut:
        yield rows_cut(place, limits)
    hidden = [r for r in sorted(sheet.rows) if sheet.hidden or sheet.is_hidden(r)]
    if hidden:
        yield finding("hidden_rows", place, rows=_spans(hidden), count=str(len(hidden)))


def _spans(rows: list[int]) -> str:
    """Return row numbers as people write them: `3, 5-9`."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


def _table(path: tuple[str, ...], sheet: Sheet, doubt: str | None) -> Table:
    numbers = _kept_rows(sorted(sheet.rows))
    left = min(min(texts) for texts in sheet.rows.values())
    right = max(max(texts) for texts in sheet.rows.values())
    names = [column_letters(column) for column in range(left, right + 1)]
    rows = _cells(sheet, numbers, left, names)
    if doubt is not None:
        rows = [[_doubtful(cell, doubt) for cell in row] for row in rows]
    _put_doubts(rows, numbers, left, sheet.doubts)
    merged = tuple(_merge(rows, numbers, left, sheet.merges[:MOST_MERGES]))
    corner = f"{names[0]}{numbers[0]}"
    return Table(
        path,
        f"{sheet.name}!{corner}" if sheet.name else table_name(1),
        tuple(tuple(row) for row in rows),
        merged,
        tuple(i for i, number in enumerate(numbers) if sheet.is_hidden(number)),
        sheet.hidden,
    )


def _cells(
    sheet: Sheet, numbers: list[int], left: int, names: list[str]
) -> list[list[Cell | None]]:
    """Return the cells of the rows `numbers`, from the column `left` on."""
    columns = range(left, left + len(names))
    texts: list[str] = []
    places: list[str] = []
    none: dict[int, str] = {}
    blank = repeat("")
    for number in numbers:
        texts += map(sheet.rows.get(number, none).get, columns, blank)
        digits = str(number)
        places += [name + digits for name in names]
    cells: list[Cell | None] = [*certain_cells(texts, places)]
    width = len(names)
    return [cells[at : at + width] for at in range(0, len(cells), width)]


def _doubtful(cell: Cell | None, doubt: str) -> Cell | None:
    if cell is None or not cell.text:
        return cell
    return Cell(cell.text, _DISPUTED, doubt, cell.place)


def _put_doubts(
    rows: list[list[Cell | None]],
    numbers: list[int],
    left: int,
    doubts: dict[tuple[int, int], str],
) -> None:
    """Lower the certainty of the cells in `doubts`, which may lie outside of `rows`."""
    for (number, column), reason in doubts.items():
        row, at = bisect_left(numbers, number), column - left
        if row < len(numbers) and numbers[row] == number and 0 <= at < len(rows[0]):
            cell = rows[row][at]
            if cell is not None:
                rows[row][at] = Cell(cell.text, _NOT_WORKED_OUT, reason, cell.place)


def _kept_rows(filled: list[int]) -> list[int]:
    """Return the numbers of all rows from first to last, long gaps shortened.

    The blank rows that are kept are never more than the filled ones and one gap.
    """
    if filled[-1] - filled[0] + 1 == len(filled):
        return filled
    kept, spare = [filled[0]], len(filled) + _LONGEST_GAP
    for row in filled[1:]:
        gap = min(row - kept[-1] - 1, _LONGEST_GAP, max(1, spare))
        kept.extend(range(kept[-1] + 1, kept[-1] + 1 + gap))
        spare -= gap
        kept.append(row)
    return kept


def _merge(
    rows: list[list[Cell | None]], numbers: list[int], left: int, merges: list[Range]
) -> Iterator[Range]:
    """Yield the merges as indexes into `rows`, and empty the cells that they cover."""
    for top, first, bottom, last in merges:
        inner = range(bisect_left(numbers, top), bisect_right(numbers, bottom))
        columns = range(max(0, first - left), min(len(rows[0]), last - left + 1))
        if len(inner) * len(columns) < 2:
            continue
        if any(rows[r][c] is None for r in (inner[0], inner[-1]) for c in columns):
            # Merges that overlap are no merges that a program would show.
            continue
        for r in inner:
            for c in columns:
                if (r, c) != (inner[0], columns[0]):
                    rows[r][c] = None
        yield inner[0], columns[0], inner[-1] + 1, columns[-1] + 1
