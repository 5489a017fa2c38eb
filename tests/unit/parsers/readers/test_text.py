"""Plain text gives back the tables pasted into it, and says what it guessed."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.readers.text import unwrap
from parsers.values.limits import Limits
from tests.builders.old_letters import VIETNAMESE
from tests.builders.reading import all_texts, codes, outline, read_as

HEADING = ["STT", "Tên công trình", "Hình thức", "Thời gian"]
ROWS = [["1", "Sửa nhà", "vận động", "tháng 6"], ["2", "Trồng cây", "ra quân", "quý 3"]]
TABLE = [HEADING, *ROWS]


def certainties(text: str) -> set[float]:
    tables = read_as("text", text).tables
    return {c.certainty for t in tables for row in t.rows for c in row if c}


def test_tab_separated_lines_are_a_table_and_certain() -> None:
    text = "Kính gửi:\n" + "\n".join("\t".join(row) for row in TABLE) + "\n\nTrân trọng"
    assert outline(read_as("text", text)) == ["Kính gửi:", TABLE, "Trân trọng"]
    assert certainties(text) == {1.0}
    cell = read_as("text", text).tables[0].rows[1][0]
    assert cell is not None
    assert cell.place == "dòng 3"


def test_a_cell_that_excel_quotes_goes_on_over_lines() -> None:
    text = 'STT\tTên\tGhi chú\n1\t"Sửa ""nhà""\ndòng hai"\tx\n2\tb\tc'
    assert all_texts(read_as("text", text))[0][1] == ["1", 'Sửa "nhà"\ndòng hai', "x"]


def test_a_row_that_was_broken_is_joined_and_less_certain() -> None:
    text = "STT\tTên công trình\tHình thức\n1\tSửa nhà cho\nhộ nghèo\tvận động\n2\ta\tb"
    assert all_texts(read_as("text", text))[0][1] == [
        *("1", "Sửa nhà cho hộ nghèo", "vận động")
    ]
    assert certainties(text) == {0.9, 1.0}


def test_empty_cells_of_a_tabbed_row_stay() -> None:
    text = "STT\tTên\tx\n1\t\tb\n\tc\t\n"
    assert all_texts(read_as("text", text)) == [
        [["STT", "Tên", "x"], ["1", "", "b"], ["", "c", ""]]
    ]


@pytest.mark.parametrize("ruler", ["--- | --- | --- | ---", "|---|---|---|---|", ""])
def test_bars_part_columns(ruler: str) -> None:
    lines = [" | ".join(row) for row in TABLE]
    lines[1:1] = [ruler] if ruler else []
    assert all_texts(read_as("text", "\n".join(lines))) == [TABLE]


def test_a_text_of_nothing_but_rulers_is_no_table() -> None:
    text = "\n".join(["|---|---|"] * 1_000)
    document = read_as("text", text)
    assert (outline(document), codes(document)) == ([text], [])


def test_a_drawn_grid_has_cells_of_several_lines() -> None:
    text = (
        "+----+-----+\n| STT | Tên |\n+====+=====+\n| 1 | Sửa |\n|  | nhà |\n"
        "+----+-----+\n| 2 | Trồng |\n+----+-----+"
    )
    assert all_texts(read_as("text", text)) == [
        [["STT", "Tên"], ["1", "Sửa\nnhà"], ["2", "Trồng"]]
    ]


def test_aligned_columns_are_a_table_and_a_guess() -> None:
    text = "\n".join("".join(f"{v:<20}" for v in row) for row in TABLE)
    assert all_texts(read_as("text", text)) == [TABLE]
    assert certainties(text) == {0.95}


def test_an_aligned_row_may_lack_a_cell_and_go_on_below() -> None:
    lines = [*TABLE[:2], ["", "cho hộ nghèo", "", "2021"], ["2", "Trồng", "", "quý 3"]]
    text = "\n".join("".join(f"{v:<20}" for v in row).rstrip() for row in lines)
    assert all_texts(read_as("text", text)) == [
        [
            HEADING,
            ["1", "Sửa nhà cho hộ nghèo", "vận động", "tháng 6 2021"],
            ["2", "Trồng", "", "quý 3"],
        ]
    ]
    assert certainties(text) == {0.9}


@pytest.mark.parametrize("joint", ["\n", "\n\n"])
def test_one_cell_a_line_is_a_table(joint: str) -> None:
    cells = joint.join(v for row in TABLE for v in row)
    text = f"Gửi Ban:\n\n{cells}{joint}Trân trọng"
    assert outline(read_as("text", text)) == ["Gửi Ban:", TABLE, "Trân trọng"]


def test_stacked_cells_may_have_lines_where_blanks_part_them() -> None:
    text = "STT\n\nTên\n\n1\n\nSửa nhà\ncho hộ nghèo\n\n2\n\nTrồng"
    assert all_texts(read_as("text", text)) == [
        [["STT", "Tên"], ["1", "Sửa nhà\ncho hộ nghèo"], ["2", "Trồng"]]
    ]


def test_a_stacked_row_that_lacks_a_cell_is_far_from_certain() -> None:
    text = "STT\nTên\nHình thức\n1\na\nb\n2\nc\n3\nd\ne"
    document = read_as("text", text)
    assert all_texts(document)[0][2] == ["2", "c", ""]
    row = document.tables[0].rows[2]
    assert {c.certainty for c in row if c} == {0.5}


def test_labelled_items_are_a_table_with_their_labels_as_heading() -> None:
    text = (
        "1. Tên công trình: Sửa nhà; Hình thức: vận động; Thời gian: tháng 6\n"
        "2. Tên công trình: Trồng cây; Hình thức: ra quân; cùng dân; Thời gian: quý 3\n"
        "Trân trọng"
    )
    assert outline(read_as("text", text)) == [
        [HEADING, ROWS[0], ["2", "Trồng cây", "ra quân; cùng dân", "quý 3"]],
        "Trân trọng",
    ]
    assert certainties(text) == {1.0}


def test_labels_may_stand_in_lines_of_their_own() -> None:
    text = "\n\n".join(
        f"{n}) Sửa nhà {n}\n- Hình thức: vận động\n- Thời gian: tháng {n}"
        for n in (1, 2)
    )
    assert all_texts(read_as("text", text + "\n\nTrân trọng")) == [
        [
            HEADING,
            ["1", "Sửa nhà 1", "vận động", "tháng 1"],
            ["2", "Sửa nhà 2", "vận động", "tháng 2"],
        ]
    ]
    assert certainties(text) == {0.9, 1.0}


def test_a_bare_list_is_a_table_of_number_and_text() -> None:
    text = "Đăng ký:\n1. Sửa nhà\n2. Trồng cây\nTrân trọng"
    assert outline(read_as("text", text)) == [
        *("Đăng ký:", [["1", "Sửa nhà"], ["2", "Trồng cây"]], "Trân trọng")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. Chỉ một mục",
        "2. Không từ một\n3. Nên không",
        "1.200.000 đồng\n2.300.000 đồng",
        "10/6 nộp\n11/6 họp",
    ],
)
def test_what_does_not_count_from_one_is_no_list(text: str) -> None:
    assert read_as("text", text).tables == ()


def test_quoted_lines_come_after_the_marker_without_their_signs() -> None:
    words = "Vào Th 2, 7 thg 6 2021 lúc 09:12 Ban <a@b.example> đã\nviết:"
    text = f"Đã sửa\n\n{words}\n\n> a\n> STT\tb\n> 1\tc"
    assert outline(read_as("text", text)) == [
        "Đã sửa",
        ("quotation", words.replace("\n", " ")),
        "a",
        [["STT", "b"], ["1", "c"]],
    ]


def test_an_original_message_is_a_quotation() -> None:
    text = "mới\n-----Original Message-----\nFrom: a\nSent: b\nTo: c\n\ncũ"
    found = outline(read_as("text", text))
    assert found[:2] == ["mới", ("quotation", "-----Original Message-----")]


def test_lines_that_a_program_wrapped_are_joined() -> None:
    lines = [
        "Đơn vị chúng tôi xin gửi bảng đăng ký công trình việc có ý nghĩa giúp",
        "dân năm 2021.",
        "Trân trọng.",
    ]
    assert unwrap(lines) == [f"{lines[0]} {lines[1]}", lines[2]]


def test_short_lines_and_items_are_not_joined() -> None:
    lines = ["Kính gửi Ban", "Đơn vị gửi", "x" * 70, "- một mục", "1. hai mục"]
    assert unwrap(lines) == lines


def test_lines_of_format_flowed_are_joined() -> None:
    first = "Kính gửi Ban Dân vận Quận ủy Quận 3, đơn vị chúng tôi xin gửi "
    assert unwrap([first, "bảng."]) == [f"{first}bảng."]


@pytest.mark.parametrize(
    "text",
    [
        "abc def\n" * 8_000,
        "a\tb\n" * 8_000,
        "a  b  c\n" * 8_000,
        "stt\n" * 8_000,
        "stt\na\n1\nb\n" * 3_000,
        '\t"\n' * 8_000,
        "1. a: b;" * 8_000,
        "1. " + "a: b; " * 8_000,
        "|" * 200_000,
        " " * 200_000 + "x",
    ],
    ids=lambda s: repr(s[:8]),
)
def test_hostile_texts_cost_bounded_time(text: str) -> None:
    start = time.process_time()
    read_as("text", text)
    assert time.process_time() - start < 2


def test_rows_and_lines_beyond_the_limits_are_told() -> None:
    document = read_as("text", "a\tb\n" * 9, Limits(rows=4))
    assert (len(all_texts(document)[0]), codes(document)) == (4, ["rows_cut"])
    assert "limit_exceeded" in codes(read_as("text", "a\n" * 60_000))


words = st.text(VIETNAMESE, min_size=1, max_size=8)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(words, min_size=3, max_size=3), min_size=2, max_size=6))
@pytest.mark.parametrize("joint", ["\t", " | ", "   "])
def test_what_was_pasted_is_read(joint: str, rows: list[list[str]]) -> None:
    text = "\n".join(joint.join(row) for row in rows)
    assert all_texts(read_as("text", text)) == [rows]


def test_a_list_item_joined_of_broken_lines_is_less_than_certain() -> None:
    text = (
        "1. Sửa chữa nhà cho hộ nghèo hẻm 12 đường Vườn Chuối, phường có hoàn\n"
        "cảnh khó khăn\n2. Trồng cây"
    )
    (table,) = read_as("text", text).tables
    first, second = table.rows
    assert [c.certainty for c in (*first, *second) if c] == [1.0, 0.95, 1.0, 1.0]
    assert first[1] is not None
    assert first[1].text.endswith("có hoàn cảnh khó khăn")
