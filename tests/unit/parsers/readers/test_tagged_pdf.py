"""PDF tables told by tags: believed where the letters stand so, and only there."""

from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from parsers.values.table import Document, Table
from tests.builders.tagged_pdf import Marked, tagged_pdf


def tables_of(payload: bytes) -> tuple[Table, ...]:
    document = READERS["pdf"](payload, ("a.pdf",), Limits())
    assert isinstance(document, Document)
    return document.tables


def texts(table: Table) -> list[list[str | None]]:
    return [[c.text if c else None for c in row] for row in table.rows]


def certainties(tables: tuple[Table, ...]) -> set[float]:
    return {c.certainty for t in tables for row in t.rows for c in row if c}


def test_rows_and_cells_of_tags_are_certain_where_the_letters_stand_so() -> None:
    # Two lines of one row stand where two rows of an untagged table would.
    (table,) = tables_of(
        tagged_pdf(
            (
                (
                    Marked(60, 700, "STT"),
                    Marked(120, 700, "Ten"),
                    Marked(300, 700, "A"),
                ),
                (Marked(60, 686, "1"), None, Marked(300, 686, "hai")),
                (Marked(60, 672, "2"), Marked(120, 672, "ba"), None),
            )
        )
    )
    assert texts(table) == [["STT", "Ten", "A"], ["1", "", "hai"], ["2", "ba", ""]]
    assert certainties((table,)) == {1.0}


def test_merges_of_tags_are_kept() -> None:
    (table,) = tables_of(
        tagged_pdf(
            (
                (
                    Marked(60, 700, "1"),
                    Marked(120, 700, "mot"),
                    Marked(300, 693, "T6", 2),
                ),
                (Marked(60, 686, "2"), Marked(120, 686, "hai")),
            )
        )
    )
    assert table.merged == ((0, 2, 2, 3),)
    assert texts(table) == [["1", "mot", "T6"], ["2", "hai", None]]


def test_tags_that_change_two_rows_about_are_not_believed() -> None:
    tables = tables_of(
        tagged_pdf(
            (
                (Marked(60, 700, "1"), Marked(120, 686, "hai"), Marked(300, 700, "x")),
                (Marked(60, 686, "2"), Marked(120, 700, "mot"), Marked(300, 686, "y")),
            )
        )
    )
    for row in (row for table in tables for row in texts(table)):
        assert "hai" not in row or "2" in row


def test_tags_that_change_two_columns_about_are_not_believed() -> None:
    tables = tables_of(
        tagged_pdf(
            (
                (Marked(60, 700, "1"), Marked(120, 700, "mot"), Marked(300, 700, "x")),
                (Marked(60, 686, "2"), Marked(300, 686, "y"), Marked(120, 686, "hai")),
            )
        )
    )
    for row in (row for table in tables for row in texts(table)):
        assert row != ["2", "y", "hai"]


def test_a_table_with_other_letters_in_it_is_not_believed() -> None:
    rows = (
        (Marked(60, 700, "1"), Marked(200, 700, "mot"), Marked(300, 700, "x")),
        (Marked(60, 600, "2"), Marked(200, 600, "hai"), Marked(300, 600, "y")),
    )
    assert certainties(tables_of(tagged_pdf(rows))) == {1.0}
    tables = tables_of(tagged_pdf(rows, loose="chen vao giua"))
    assert (
        texts(tables[0]) != [["1", "mot", "x"], ["2", "hai", "y"]] if tables else True
    )
