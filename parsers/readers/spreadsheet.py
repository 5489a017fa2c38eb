"""Read .xlsx and .xlsm workbooks: every sheet that holds text becomes one Table.

Drawings, their text boxes, comments and charts are left out; hidden columns are read
like others; other spreadsheet formats are read elsewhere.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from parsers.readers.letters import Letters, settled
from parsers.readers.package import Package, open_package
from parsers.readers.places import column_letters, inside
from parsers.readers.second_count import SecondCount
from parsers.readers.sheet import Range, Sheet, read_sheet
from parsers.readers.spans import rows_cut
from parsers.readers.workbook import SheetEntry, Workbook, read_workbook
from parsers.values.finding import Finding, finding
from parsers.values.limits import Limits
from parsers.values.table import Cell, Document, Table

#: Blank rows within a sheet are kept, but not by the thousand: longer gaps shrink.
_LONGEST_GAP = 50
#: What a cell is worth where two readers saw different numbers of filled cells.
_DISPUTED = 0.9


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the tables of the workbook `payload`, one a sheet that holds text.

    Rows and columns run from the first to the last that hold text. Raises
    DamagedFileError, EncryptedFileError and LimitExceededError; rows left out are the
    finding `rows_cut`, rows and sheets that the program does not show `hidden_rows`.
    """
    return settled(lambda letters: _read(payload, path, limits, letters), path)


def _read(
    payload: bytes, path: tuple[str, ...], limits: Limits, letters: Letters
) -> Document:
    package = open_package(payload, limits)
    book = read_workbook(package, letters)
    second = SecondCount(payload)
    tables: list[Table] = []
    findings: list[Finding] = []
    left = limits.rows
    for entry, sheet in _sheets(package, book, limits.rows):
        if len(sheet.rows) > left:
            sheet.cut = True
            sheet.rows = {row: sheet.rows[row] for row in sorted(sheet.rows)[:left]}
        left -= len(sheet.rows)
        findings += _findings(path, entry, sheet, limits)
        if sheet.rows:
            doubt = None if sheet.cut else second.doubt(entry.name, sheet)
            tables.append(_table(path, entry, sheet, doubt))
    return Document(tuple(tables), tuple(findings), "unicode" if tables else None)


def _sheets(
    package: Package, book: Workbook, most_rows: int
) -> Iterator[tuple[SheetEntry, Sheet]]:
    for entry in book.sheets:
        data = package.read(entry.part)
        if data is not None:
            yield entry, read_sheet(data, book, most_rows)


def _findings(
    path: tuple[str, ...], entry: SheetEntry, sheet: Sheet, limits: Limits
) -> Iterator[Finding]:
    place = inside(path, entry.name)
    if sheet.cut:
        yield rows_cut(place, limits)
    hidden = [r for r in sorted(sheet.rows) if entry.hidden or sheet.is_hidden(r)]
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


def _table(
    path: tuple[str, ...], entry: SheetEntry, sheet: Sheet, doubt: str | None
) -> Table:
    numbers = _kept_rows(sorted(sheet.rows))
    left = min(min(texts) for texts in sheet.rows.values())
    right = max(max(texts) for texts in sheet.rows.values())
    certainty = 1.0 if doubt is None else _DISPUTED
    named = [(c, column_letters(c)) for c in range(left, right + 1)]
    rows: list[list[Cell | None]] = []
    for number in numbers:
        texts = sheet.rows.get(number, {})
        rows.append([
            Cell(texts[column], certainty, doubt, f"{name}{number}")
            if column in texts
            else _blank(f"{name}{number}")
            for column, name in named
        ])  # fmt: skip
    merged = tuple(_merge(rows, numbers, left, sheet.merges()))
    return Table(
        path,
        f"{entry.name}!{named[0][1]}{numbers[0]}",
        tuple(tuple(row) for row in rows),
        merged,
        tuple(i for i, number in enumerate(numbers) if sheet.is_hidden(number)),
        entry.hidden,
    )


@lru_cache(maxsize=8192)
def _blank(place: str) -> Cell:
    """Return the empty cell of `place`: the same places are empty in most files."""
    return Cell("", place=place)


def _kept_rows(filled: list[int]) -> list[int]:
    """Return the numbers of all rows from first to last, long gaps shortened.

    The blank rows that are kept are never more than the filled ones and one gap.
    """
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
