"""PDF tables of which only some rules are drawn: rows, merges, and what stays open."""

from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from parsers.values.table import Document, Table
from tests.builders.pdf import a_pdf

_XS = (60.0, 110.0, 260.0, 400.0, 530.0)
Lines = Sequence[Sequence[str]]


def drawn(rows: Sequence[Lines], rules: Callable[[Canvas, list[float]], None]) -> bytes:
    """Draw rows of cells of lines, cell by cell; `rules` gets the y between them."""

    def draw(canvas: Canvas) -> None:
        y = 700.0
        ys = [y]
        for row in rows:
            for x, lines in zip(_XS, row, strict=False):
                for number, line in enumerate(lines):
                    canvas.drawString(x + 3, y - 13 - 14 * number, line)
            y -= 14 * max(map(len, row)) + 4
            ys.append(y)
        rules(canvas, ys)

    return a_pdf(draw)


def level(canvas: Canvas, ys: list[float]) -> None:
    for y in ys:
        canvas.line(_XS[0], y, _XS[-1], y)


def upright(canvas: Canvas, ys: list[float]) -> None:
    for x in _XS:
        canvas.line(x, ys[0], x, ys[-1])
    for y in (ys[0], ys[1], ys[-1]):
        canvas.line(_XS[0], y, _XS[-1], y)


def table_of(payload: bytes) -> Table:
    document = READERS["pdf"](payload, ("a.pdf",), Limits())
    assert isinstance(document, Document)
    (table,) = document.tables
    return table


def texts(table: Table) -> list[list[str | None]]:
    return [[c.text if c else None for c in row] for row in table.rows]


HEAD = (("STT",), ("Tên công trình",), ("Hình thức",), ("Thời gian",))
ONE = (("1",), ("Hẻm văn minh", "khu phố 2"), ("Vận động",), ("Tháng 6",))
TWO = (("2",), ("Đường sạch",), ("Ra quân", "mỗi tuần"), ("Tháng 7",))


def test_level_rules_are_the_rows_and_nothing_is_certain() -> None:
    table = table_of(drawn((HEAD, ONE, TWO), level))
    assert [row[0] for row in texts(table)] == ["STT", "1", "2"]
    assert texts(table)[1][3] == "Tháng 6"
    assert all(c.certainty < 1 for row in table.rows for c in row if c)


def test_a_rule_that_leaves_a_column_out_leaves_its_cell_merged() -> None:
    shared = (*TWO[:3], ("",))

    def rules(canvas: Canvas, ys: list[float]) -> None:
        for y in (*ys[:2], ys[-1]):
            canvas.line(_XS[0], y, _XS[-1], y)
        canvas.line(_XS[0], ys[2], _XS[3], ys[2])

    table = table_of(drawn((HEAD, ONE, shared, TWO), rules_with(rules)))
    assert (1, 3, 3, 4) in table.merged
    assert texts(table)[2][3] is None


def rules_with(
    rules: Callable[[Canvas, list[float]], None],
) -> Callable[[Canvas, list[float]], None]:
    """Return `rules`, and one below the third row as well."""

    def both(canvas: Canvas, ys: list[float]) -> None:
        rules(canvas, ys)
        canvas.line(_XS[0], ys[3], _XS[-1], ys[3])

    return both


def test_rows_between_upright_rules_are_told_by_the_order_of_their_cells() -> None:
    table = table_of(drawn((HEAD, ONE, TWO), upright))
    assert [row[0] for row in texts(table)] == ["STT", "1", "2"]
    assert all(c.certainty < 1 for row in table.rows[1:] for c in row if c)


def test_one_tall_row_that_may_be_several_is_not_certain() -> None:
    # Nothing but the white between them says that a total stands below the work.
    tall = ((), ("Hẻm văn minh", "Tổng cộng"), ("Vận động", "toàn dân"), ("Tháng 6",))
    table = table_of(drawn((HEAD, tall), upright))
    assert all(c.certainty < 1 for row in table.rows[1:] for c in row if c)


def test_three_rules_of_a_table_are_not_its_rows() -> None:
    rows = [((str(n),), (f"Phường {n}",), (f"{n * 7}",), (f"{n}%",)) for n in (1, 2, 3)]

    def booktabs(canvas: Canvas, ys: list[float]) -> None:
        for y in (ys[0], ys[1], ys[-1]):
            canvas.line(_XS[0], y, _XS[-1], y)

    table = table_of(drawn((HEAD, *rows), booktabs))
    assert [row[0] for row in texts(table)] == ["STT", "1", "2", "3"]
