"""Put the rows of RTF tables on one grid: cells are told by where they end.

What stands in the cells is read before.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

from parsers.readers.letters import Run
from parsers.readers.spans import MOST_COLUMNS, Spanning

#: Edges nearer than this are one (twips; 2 points): no column is so narrow, and
#: writers round.
_NEAR = 40


@dataclass(slots=True)
class Edge:
    """The right end of a cell, in twips, and how the cell is merged."""

    right: int
    down: str | None = None
    across: str | None = None


@dataclass(slots=True)
class RowForm:
    """The form of a row: where it begins and where its cells end."""

    left: int = 0
    edges: list[Edge] = field(default_factory=list)
    last: bool = False


@dataclass(slots=True)
class RtfCell:
    """The paragraphs of a cell and the tables among them."""

    lines: list[list[Run]] = field(default_factory=list)
    tables: list["RtfTable"] = field(default_factory=list)

    @property
    def runs(self) -> list[Run]:
        """Return all its letters, a line end between paragraphs."""
        runs: list[Run] = []
        for number, line in enumerate(self.lines):
            if number:
                runs.append(("\n", None))
            runs.extend(line)
        return runs


@dataclass(slots=True)
class RtfTable:
    """Rows with their forms; the cells of the row that is being read."""

    rows: list[tuple[RowForm, list[RtfCell]]] = field(default_factory=list)
    cells: list[RtfCell] = field(default_factory=list)
    cell: RtfCell = field(default_factory=RtfCell)

    def end_cell(self) -> None:
        """Close the cell that is being read."""
        self.cells.append(self.cell)
        self.cell = RtfCell()

    def end_row(self, form: RowForm) -> None:
        """Close the row that is being read; one without cells is none."""
        if self.cell.lines or self.cell.tables:
            self.end_cell()
        if self.cells:
            self.rows.append((form, self.cells))
        self.cells = []


def spanning(table: RtfTable, texts: list[list[str]]) -> list[list[Spanning]]:
    """Return the cells of `table` with their spans; `texts` as its rows and cells."""
    columns = _columns(table)
    open_above: dict[int, Spanning] = {}
    laid = []
    for (form, cells), shown in zip(table.rows, texts, strict=True):
        above, open_above = open_above, {}
        line: list[Spanning] = []
        reached = 0
        for left, right, edge, text in _placed(form, cells, shown, columns):
            start = above.get(left)
            if edge.across == "continue" and line and reached == left:
                # The cell before it reaches over this one, whose text is not shown.
                line[-1].columns += right - left
            elif edge.down == "continue" and start and start.columns == right - left:
                start.rows += 1
                open_above[left] = start
                continue
            else:
                line.append(Spanning(text, right - left, 1, left - reached))
                if edge.down is not None:
                    open_above[left] = line[-1]
            reached = right
        laid.append(line)
    return laid


def _columns(table: RtfTable) -> list[int]:
    """Return where the columns begin and end, in twips, near ones taken for one."""
    every = {
        edge
        for form, _ in table.rows
        for edge in (form.left, *(e.right for e in form.edges[:MOST_COLUMNS]))
    }
    columns: list[int] = []
    for edge in sorted(every):
        if not columns or edge - columns[-1] > _NEAR:
            columns.append(edge)
    return columns


def _placed(
    form: RowForm, cells: list[RtfCell], shown: list[str], columns: list[int]
) -> list[tuple[int, int, Edge, str]]:
    """Return (first column, column behind, form, text) of the cells of one row.

    Cells without a form, and those whose form makes no sense, take a column each.
    """
    placed = []
    at = max(0, bisect_right(columns, form.left) - 1)
    for number in range(len(cells)):
        known = number < len(form.edges)
        if not known and form.edges and not shown[number]:
            # QUIRK: LibreOffice ends more cells than there are in a row that holds a
            # table in one of them.
            continue
        edge = form.edges[number] if known else Edge(0)
        end = bisect_right(columns, edge.right) - 1 if known else at + 1
        end = max(end, at + 1)
        placed.append((at, end, edge, shown[number]))
        at = end
    return placed
