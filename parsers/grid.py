"""A Table seen through its merges: which text stands over a place.

It knows nothing of what a cell means.
"""

from parsers.values.table import Cell, Table

#: A hostile file may merge the whole sheet a thousand times: beyond this many times
#: the number of cells the remaining merges are ignored.
_MERGED_SHARE = 4

Place = tuple[int, int]


class Grid:
    """One table, indexed from 0 by row and column."""

    __slots__ = ("_covered", "_filled", "_span", "height", "rows", "table", "width")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rows = table.rows
        self.height = len(table.rows)
        self.width = len(table.rows[0]) if table.rows else 0
        self._filled: list[tuple[int, ...] | None] = [None] * self.height
        self._covered: dict[Place, Place] = {}
        self._span: dict[Place, Place] = {}
        self._index_merges()

    def _index_merges(self) -> None:
        left_over = self.height * self.width * _MERGED_SHARE
        for top, left, bottom, right in self.table.merged:
            area = (bottom - top) * (right - left)
            if area > left_over:
                continue
            left_over -= area
            self._span[top, left] = (bottom - top, right - left)
            for row in range(top, min(bottom, self.height)):
                for column in range(left, min(right, self.width)):
                    self._covered[row, column] = (top, left)

    def own(self, row: int, column: int) -> Cell | None:
        """Return the cell that stands exactly there; None where it is covered."""
        return self.rows[row][column]

    def text(self, row: int, column: int) -> str:
        """Return the text that stands exactly there, "" for none."""
        cell = self.rows[row][column]
        return cell.text if cell is not None else ""

    def origin(self, row: int, column: int) -> Place:
        """Return where the cell over this place begins: itself, or a merge's corner."""
        return self._covered.get((row, column), (row, column))

    def over(self, row: int, column: int) -> Cell | None:
        """Return the cell that is seen there, through a merge if need be."""
        top, left = self.origin(row, column)
        return self.rows[top][left]

    def text_over(self, row: int, column: int) -> str:
        """Return the text that is seen there, "" for none."""
        cell = self.over(row, column)
        return cell.text if cell is not None else ""

    def span(self, row: int, column: int) -> Place:
        """Return how many rows and columns the cell that begins there takes."""
        return self._span.get((row, column), (1, 1))

    def from_above(self, row: int, column: int) -> bool:
        """Tell whether a merge that began in an earlier row covers this place."""
        return self.origin(row, column)[0] < row

    def filled(self, row: int) -> tuple[int, ...]:
        """Return the columns whose own cell has text."""
        found = self._filled[row]
        if found is None:
            cells = enumerate(self.rows[row])
            found = tuple([i for i, cell in cells if cell is not None and cell.text])
            self._filled[row] = found
        return found
