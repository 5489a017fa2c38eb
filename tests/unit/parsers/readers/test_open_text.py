"""An OpenDocument text is read as shown: spans, lists, boxes, what was deleted."""

import pytest

from parsers.errors import DamagedFileError, EncryptedFileError
from parsers.filetype import found_type
from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from tests.builders.open_text import (
    MIMETYPE,
    a_fodt,
    an_odt,
    o_cell,
    o_p,
    o_row,
    o_table,
    root,
)
from tests.builders.package import a_zip
from tests.builders.reading import all_texts, codes, outline, read_as

COVERED = "<table:covered-table-cell/>"
LIST = (
    '<text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-suffix="."'
    ' style:num-format="1"/>'
    '<text:list-level-style-number text:level="2" style:num-suffix=")"'
    ' style:num-format="a" text:display-levels="2"/>'
    "</text:list-style>"
    '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"'
    ' text:bullet-char="-"/></text:list-style>'
)


def listed(*items: str, attributes: str = 'text:style-name="L1"') -> str:
    inner = "".join(f"<text:list-item>{i}</text:list-item>" for i in items)
    return f"<text:list {attributes}>{inner}</text:list>"


def test_paragraphs_and_tables_come_in_order_in_both_kinds_of_file() -> None:
    body = o_p("trước") + o_table(o_row("a", "b")) + o_p("") + o_p("sau")
    for kind, payload in (("odt", an_odt(body)), ("fodt", a_fodt(body))):
        assert found_type(payload, None) == kind
        assert outline(read_as(kind, payload)) == ["trước", [["a", "b"]], "sau"]


def test_spans_cover_what_the_file_says_they_cover() -> None:
    table = o_table(
        "<table:table-header-rows>",
        o_row(
            o_cell("STT", 'table:number-rows-spanned="2"'),
            o_cell("Thời gian", 'table:number-columns-spanned="2"'),
            COVERED,
            "KQ",
        ),
        o_row(COVERED, "từ", "đến", ""),
        "</table:table-header-rows>",
        o_row("1", o_cell("x", 'table:number-columns-repeated="2"'), "y"),
    )
    (read,) = read_as("odt", an_odt(table)).tables
    assert all_texts(read_as("odt", an_odt(table))) == [
        [
            ["STT", "Thời gian", None, "KQ"],
            [None, "từ", "đến", ""],
            ["1", "x", "x", "y"],
        ]
    ]
    assert set(read.merged) == {(0, 0, 2, 1), (0, 1, 1, 3)}


def test_repeated_rows_are_counted_and_cut_at_the_limit() -> None:
    row = o_row("a", attributes='table:number-rows-repeated="1000000"')
    document = read_as("odt", an_odt(o_table(row)), Limits(rows=3))
    assert all_texts(document) == [[["a"]] * 3]
    assert codes(document) == ["rows_cut"]


def test_a_table_in_a_cell_and_text_boxes_follow_the_table_around_them() -> None:
    box = (
        "<draw:frame><draw:text-box>" + o_p("hộp") + "</draw:text-box>"
        "<draw:text-box>" + o_p("thay thế") + "</draw:text-box></draw:frame>"
    )
    shape = "<draw:custom-shape>" + o_p("hình") + "</draw:custom-shape>"
    inner = o_table(o_row("trong"))
    body = o_table(o_row(o_cell(o_p("ngoài" + box) + inner), "b")) + o_p(shape + "x")
    assert outline(read_as("odt", an_odt(body))) == [
        *([["ngoài", "b"]], [["trong"]], "hộp", "x", "hình")
    ]


def test_what_was_deleted_and_remarked_is_left_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        + o_p("đã bỏ")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
        + o_p('giữ<text:change text:change-id="1"/> lại')
        + o_p("<office:annotation>" + o_p("ghi chú") + "</office:annotation>chữ")
        + o_p(
            "a<text:note><text:note-body>" + o_p("b") + "</text:note-body></text:note>"
        )
    )
    assert outline(read_as("odt", an_odt(body))) == ["giữ lại", "chữ", "a"]


def test_lists_number_as_shown_and_continue_only_when_told() -> None:
    inner = listed(o_p("b"), o_p("c"), attributes="")
    body = (
        listed(o_p("a") + inner, o_p("d") + o_p("e"))
        + listed(o_p("mới"))
        + listed(
            o_p("tiếp"),
            attributes='text:style-name="L1" text:continue-numbering="true"',
        )
        + listed(o_p("gạch"), attributes='text:style-name="L2"')
    )
    assert outline(read_as("odt", an_odt(body, LIST))) == [
        *("1. a", "1.a) b", "1.b) c", "2. d", "e"),
        *("1. mới", "2. tiếp", "- gạch"),
    ]


def test_lists_in_cells_give_their_numbers() -> None:
    rows = [
        o_row(
            o_cell(
                listed(
                    o_p(""),
                    attributes='text:style-name="L1" text:continue-numbering="true"',
                )
            ),
            name,
        )
        for name in ("a", "b")
    ]
    assert all_texts(read_as("odt", an_odt(o_table(*rows), LIST))) == [
        [["1.", "a"], ["2.", "b"]]
    ]


def test_blanks_are_those_that_the_file_counts() -> None:
    body = o_p('a\n   b<text:s text:c="3"/>c<text:tab/>d<text:line-break/>e')
    assert outline(read_as("odt", an_odt(body))) == ["a b c d\ne"]


def test_hidden_text_is_not_shown() -> None:
    style = (
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    body = o_p('a<text:span text:style-name="T1">ẩn</text:span>b')
    assert outline(read_as("odt", an_odt(body, style))) == ["ab"]


def test_headers_come_first_and_footers_last_of_the_pages_that_are_used() -> None:
    def page(name: str, inside: str) -> str:
        return f'<style:master-page style:name="{name}">{inside}</style:master-page>'

    masters = page(
        "Khác", "<style:header>" + o_p("không dùng") + "</style:header>"
    ) + page(
        "Standard",
        "<style:header>" + o_p("đầu") + "</style:header>"
        "<style:header-left>" + o_p("trái") + "</style:header-left>"
        '<style:header-first style:display="false">'
        + o_p("x")
        + "</style:header-first><style:footer>"
        + o_p("cuối")
        + "</style:footer>",
    )
    styles = f"<office:master-styles>{masters}</office:master-styles>"
    document = read_as("odt", an_odt(o_p("giữa"), styles=styles))
    assert outline(document) == ["đầu", "giữa", "cuối"]


def test_a_file_with_a_password_and_one_without_text_are_told_apart() -> None:
    locked = a_zip(
        {
            "mimetype": MIMETYPE,
            "content.xml": b"\x8f\x02",
            "META-INF/manifest.xml": "<m><manifest:encryption-data/></m>",
        }
    )
    with pytest.raises(EncryptedFileError):
        READERS["odt"](locked, (), Limits())
    empty = a_zip({"mimetype": MIMETYPE, "content.xml": root("document-content", "")})
    with pytest.raises(DamagedFileError):
        READERS["odt"](empty, (), Limits())


def test_styles_whose_parents_run_in_circles_end() -> None:
    style = "".join(
        f'<style:style style:name="{own}" style:family="paragraph"'
        f' style:parent-style-name="{parent}"/>'
        for own, parent in (("A", "B"), ("B", "A"))
    )
    body = o_p("chữ", 'text:style-name="A"')
    assert outline(read_as("odt", an_odt(body, style))) == ["chữ"]
