from dataclasses import replace

from parsers.registrations import Recognition, recognise
from parsers.values.table import Cell, Table
from tests.builders.tables import FORM, a_document, a_table, a_work, codes, some_rules

ROWS = tuple(a_work(n) for n in range(1, 6))


def _mail(*tables: Table, letters: tuple[str, ...] = ()) -> Recognition:
    heads = letters or ("",) * len(tables)
    documents = [
        (table.attachment, a_document(*([head] if head else []), table))
        for table, head in zip(tables, heads, strict=True)
    ]
    return recognise(documents, some_rules())


def _xlsx(*rows: tuple[str, ...]) -> Table:
    return a_table(FORM, *rows, path=("bang.xlsx",))


def _docx(*rows: tuple[str, ...]) -> Table:
    return a_table(FORM, *rows, path=("bang.docx",), place="bảng 1")


def test_the_same_table_in_two_formats_counts_once() -> None:
    found = _mail(_xlsx(*ROWS), _docx(*ROWS))
    assert len(found.registrations) == 5
    assert found.roles == {("bang.xlsx",): "table", ("bang.docx",): "copy"}
    assert codes(found) == []


def test_the_attachment_counts_before_the_body_that_repeats_it() -> None:
    body = a_table(FORM, *ROWS, path=(), place="bảng 1")
    found = _mail(body, _xlsx(*ROWS))
    assert {r.attachment for r in found.registrations} == {("bang.xlsx",)}
    assert found.roles == {(): "copy", ("bang.xlsx",): "table"}


def test_text_and_html_of_one_body_are_one_table() -> None:
    plain = a_table(FORM, *ROWS, path=(), place="bảng 1")
    wrapped = a_work(1, method="Vận động một\nmạnh thường quân")
    html = a_table(FORM, wrapped, *ROWS[1:], path=(), place="bảng 1")
    found = _mail(plain, html)
    assert len(found.registrations) == 5
    assert codes(found) == []


def test_a_cell_that_differs_is_told_with_both_texts() -> None:
    other = (a_work(1, time="Tháng 7/2021"), *ROWS[1:])
    found = _mail(_xlsx(*ROWS), _docx(*other))
    assert len(found.registrations) == 5
    assert codes(found) == ["copy_differs"]
    told = dict(found.findings[0].parameters)
    assert (told["column"], told["text"], told["other"]) == (
        "time",
        "Tháng 6/2021",
        "Tháng 7/2021",
    )
    assert found.findings[0].place == "bang.docx › bảng 1 › hàng 2"


def test_a_title_that_differs_is_paired_by_its_number() -> None:
    found = _mail(_xlsx(*ROWS), _docx(*ROWS[:4], a_work(5, "Trao 6 suất")))
    assert len(found.registrations) == 5
    assert codes(found) == ["copy_differs"]


def test_a_doubtful_reading_never_counts_before_a_sure_one() -> None:
    scan = _docx(*ROWS)
    rows = [list(row) for row in scan.rows]
    rows[1][1] = Cell("Trao 1 suất học bống", certainty=0.8, place="hàng 2, cột 2")
    doubtful = replace(scan, rows=tuple(map(tuple, rows)))
    found = _mail(doubtful, _xlsx(*ROWS))
    assert found.roles == {("bang.docx",): "copy", ("bang.xlsx",): "table"}
    assert found.registrations[0].title == "Trao 1 suất học bổng"


def test_different_tables_both_count() -> None:
    others = tuple(a_work(n, f"Trồng {n} cây xanh") for n in range(1, 6))
    found = _mail(_xlsx(*ROWS), _docx(*others))
    assert len(found.registrations) == 10
    assert set(found.roles.values()) == {"table"}


def test_a_table_with_works_of_its_own_is_no_copy() -> None:
    found = _mail(_xlsx(*ROWS), _docx(*ROWS[:4], a_work(6, "Trồng cây")))
    assert len(found.registrations) == 10


def test_the_shorter_table_is_the_copy_of_the_longer() -> None:
    found = _mail(_docx(*ROWS[:4]), _xlsx(*ROWS))
    assert found.roles == {("bang.docx",): "copy", ("bang.xlsx",): "table"}
    assert len(found.registrations) == 5


def test_the_same_works_of_two_schools_are_no_copies() -> None:
    found = _mail(
        _xlsx(*ROWS), _docx(*ROWS), letters=("TRƯỜNG MẦM NON 6", "TRƯỜNG MẦM NON 7")
    )
    assert len(found.registrations) == 10


def test_a_sheet_copied_within_its_workbook_counts_once_only_when_equal() -> None:
    first = a_table(FORM, *ROWS, place="Sheet1!A1")
    again = a_table(FORM, *ROWS, place="Sheet1 (2)!A1")
    found = recognise([(("bang.xlsx",), a_document(first, again))], some_rules())
    assert len(found.registrations) == 5
    assert found.roles == {("bang.xlsx",): "table"}
    other = a_table(FORM, a_work(1, time="Quý III"), *ROWS[1:], place="P10!A1")
    found = recognise([(("bang.xlsx",), a_document(first, other))], some_rules())
    assert len(found.registrations) == 10
