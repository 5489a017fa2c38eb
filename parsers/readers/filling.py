"""Put texts into the places of a sheet, and note which places hold something.

What a cell's text is has been found out before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from parsers.readers.sheet import Sheet


@dataclass(slots=True)
class Filling:
    """A sheet while it is filled; rows and columns are counted from 1.

    `columns` and `rows` are those of cells that hold something.
    """

    sheet: Sheet
    most_rows: int
    columns: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, text: str) -> None:
        """Put the text of a cell that holds something, though it may show nothing."""
        self.sheet.filled += 1
        self.columns.add(column)
        self.rows.add(row)
        texts = self.sheet.row(row, self.most_rows)
        if texts is not None and text:
            texts[column] = text

    def put_all(self, cells: Iterable[tuple[int, int, str | None]]) -> None:
        """Put row, column and text of many cells; None is a cell that holds nothing."""
        sheet, columns = self.sheet, self.columns
        filled, last = 0, -1
        texts: dict[int, str] | None = None
        for row, column, text in cells:
            if text is None:
                continue
            if row != last:
                last, texts = row, sheet.row(row, self.most_rows)
                self.rows.add(row)
            filled += 1
            columns.add(column)
            if text and texts is not None:
                texts[column] = text
        sheet.filled += filled

    def done(self) -> Sheet:
        """Return the sheet, complete."""
        if self.rows:
            across = (min(self.columns), max(self.columns))
            self.sheet.close(across, (min(self.rows), max(self.rows)))
        return self.sheet
