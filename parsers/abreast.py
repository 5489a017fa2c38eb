"""Put two tables of works that stand side by side one below the other.

What their columns mean is told by `parsers.headings`, whether they count by
`parsers.pieces`.
"""

from collections.abc import Iterator
from dataclasses import replace

from parsers import sections
from parsers.values.table import Cell, Document, Table
from parsers.vietnamese.fold import fold
from parsers.wordings import WHOLE, Wordings

Row = tuple[Cell | None, ...]

#: The heading stands no lower than this, and has at least so many columns.
_HEAD_ROWS, _LEAST_COLUMNS = 25, 2
#: That the right half goes on with the left one is a guess.
_MOVED = (0.9, "the right one of two tables side by side")


def with_abreast(document: Document, words: Wordings) -> Document:
    """Return the document with the right half of such a table below the left one."""
    blocks = [
        _one_below_other(block, words) if isinstance(block, Table) else block
        for block in document.blocks
    ]
    if blocks == list(document.blocks):
        return document
    return replace(document, blocks=tuple(blocks))


def _one_below_other(table: Table, words: Wordings) -> Table:
    for index, row in enumerate(table.rows[:_HEAD_ROWS]):
        if sum(cell is not None and bool(cell.text) for cell in row) < 4:
            continue
        split = _split(row, words)
        if split is None or _merged_below(table, index):
            continue
        end = _end(table, index + 1)
        width = max(split, len(row) - split)
        rows = [_wide(r, width) for r in _halves(table, index, end, split)]
        return replace(table, rows=tuple(rows), merged=(), hidden_rows=())
    return table


def _split(row: Row, words: Wordings) -> int | None:
    """Return where the same headings begin again, None where they do not."""
    texts = [fold(cell.text) if cell is not None else "" for cell in row]
    filled = [(column, text) for column, text in enumerate(texts) if text]
    half = len(filled) // 2
    if len(filled) % 2 or half < _LEAST_COLUMNS:
        return None
    if [t for _, t in filled[:half]] != [t for _, t in filled[half:]]:
        return None
    means = [words.meaning(text) for _, text in filled[:half]]
    known = {m.key for m in means if m is not None and m.score >= WHOLE}
    return filled[half][0] if "title" in known and len(known) > 1 else None


def _merged_below(table: Table, row: int) -> bool:
    return any(bottom > row for _, _, bottom, _ in table.merged)


def _end(table: Table, start: int) -> int:
    """Return the first row that is empty or stands below every table."""
    for index in range(start, len(table.rows)):
        texts = [c.text for c in table.rows[index] if c is not None and c.text]
        if not texts or any(map(sections.is_footer, texts)):
            return index
    return len(table.rows)


def _halves(table: Table, heading: int, end: int, split: int) -> Iterator[Row]:
    yield from (_joined(row) for row in table.rows[:heading])
    yield from (row[:split] for row in table.rows[heading:end])
    for row in table.rows[heading + 1 : end]:
        right = row[split:]
        if any(cell is not None and cell.text for cell in right):
            yield tuple(_moved(cell) for cell in right)
    yield from (_joined(row) for row in table.rows[end:])


def _joined(row: Row) -> Row:
    """Return the filled cells of a row outside the works, left and right."""
    return tuple(cell for cell in row if cell is not None and cell.text)


def _moved(cell: Cell | None) -> Cell | None:
    if cell is None:
        return None
    return replace(cell, certainty=min(cell.certainty, _MOVED[0]), evidence=_MOVED[1])


def _wide(row: Row, width: int) -> Row:
    if len(row) > width:
        return row[:width]
    return (*row, *[Cell("")] * (width - len(row)))
