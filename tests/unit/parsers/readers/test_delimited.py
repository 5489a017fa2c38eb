"""Tables in plain text are read whatever parts their columns."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.filetype import found_type
from parsers.values.limits import Limits
from parsers.vietnamese.fold import nfc_text
from tests.builders.old_letters import WESTERN
from tests.builders.reading import all_texts, codes, outline, read_as

ROWS = [
    ["STT", "Tên công trình", "Tỷ lệ", "Ghi chú"],
    ["1", "Sửa nhà; cho hộ nghèo", "92,5", "dòng một\ndòng hai"],
    ["2", 'Trồng "cây xanh", hoa', "7,5", ""],
    ["3", "Phường 9", "1,0", "x | y"],
]


def written(rows: list[list[str]], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_delimiter_and_encoding_are_found(delimiter: str, encoding: str) -> None:
    payload = written(ROWS, delimiter).encode(encoding)
    kind = found_type(payload, "bang.csv")
    assert kind == ("tsv" if delimiter == "\t" else "csv")
    document = read_as(kind, payload)
    assert all_texts(document) == [ROWS]
    (table,) = document.tables
    assert (table.place, table.rows[1][1]) == ("bảng 1", table.rows[1][1])
    assert [c.place for c in table.rows[1] if c] == ["A2", "B2", "C2", "D2"]


def test_excels_own_line_says_what_parts_the_columns() -> None:
    payload = b"sep=|\r\na,b|c\r\nd,e|f\r\n"
    assert found_type(payload, None) == "csv"
    assert all_texts(read_as("csv", payload)) == [[["a,b", "c"], ["d,e", "f"]]]


def test_decimal_commas_part_no_columns() -> None:
    document = read_as("csv", "1,5;2,5;3,5\n4,5;5,5;6,5\n")
    assert all_texts(document) == [[["1,5", "2,5", "3,5"], ["4,5", "5,5", "6,5"]]]


def test_vietnamese_of_windows_is_decoded() -> None:
    payload = "STT;Tên công tri\u0300nh\n1;Sư\u0309a nha\u0300\n".encode("cp1258")
    expected = [["STT", "Tên công trình"], ["1", "Sửa nhà"]]
    assert all_texts(read_as("csv", payload)) == [expected]


def test_text_without_the_shape_of_a_table_stays_text() -> None:
    document = read_as("csv", "Kính gửi Ban,\nĐơn vị gửi bảng\n\nTrân trọng.\n")
    assert not document.tables
    assert "Kính gửi Ban" in str(outline(document))


def test_a_mark_that_is_never_closed_does_not_swallow_the_rows() -> None:
    document = read_as("csv", 'a;b;c\n1;"x;y\n2;d;e\n3;d;e\n')
    assert all_texts(document) == [
        [["a", "b", "c"], ["1", '"x', "y"], ["2", "d", "e"], ["3", "d", "e"]]
    ]
    (table,) = document.tables
    assert {c.certainty for row in table.rows for c in row if c} == {0.9}


def test_lines_above_the_table_are_rows_of_it() -> None:
    text = "ĐẢNG ỦY PHƯỜNG 9\n\nSTT;Tên\n1;a\n2;b\n3;c\n"
    assert all_texts(read_as("csv", text))[0][:3] == [
        ["ĐẢNG ỦY PHƯỜNG 9", ""],
        ["", ""],
        ["STT", "Tên"],
    ]


def test_rows_beyond_the_limit_are_cut_and_said() -> None:
    text = "".join(f"{i};a\n" for i in range(50))
    document = read_as("csv", text, Limits(rows=10))
    assert len(document.tables[0].rows) == 10
    assert codes(document) == ["rows_cut"]


CELLS = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"),
        exclude_characters=WESTERN,
    ),
    min_size=1,
    max_size=20,
).filter(lambda t: bool(nfc_text(t)))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=4, max_size=8),
    st.sampled_from("\t;"),
)
def test_any_table_comes_back(rows: list[list[str]], delimiter: str) -> None:
    document = read_as("csv", written([["a", "b", "c"], *rows], delimiter))
    expected = [["a", "b", "c"], *([nfc_text(t) for t in row] for row in rows)]
    assert all_texts(document) == [expected]
