"""A document is read as Word shows it: order, merges, lists, what was tracked."""

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.errors import DamagedFileError
from parsers.values.limits import Limits
from parsers.vietnamese.fold import nfc_text
from tests.builders.old_letters import WESTERN
from tests.builders.package import a_document, a_zip, relations, w_p, w_tbl, w_tc, w_tr
from tests.builders.reading import all_texts, codes, outline, read_as, texts

DECIMAL = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="4"/>'
    '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1-"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def numbered(number: int, text: str = "", level: int = 0) -> str:
    properties = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )
    return w_p(text, properties)


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_paragraphs_and_tables_come_in_order() -> None:
    body = w_p("trước") + w_tbl(w_tr("a", "b")) + w_p() + w_p("sau")
    document = read_as("docx", a_document(body))
    assert outline(document) == ["trước", [["a", "b"]], "sau"]
    assert document.tables[0].place == "bảng 1"
    cell = document.tables[0].rows[0][1]
    assert cell is not None
    assert (cell.place, cell.certainty) == ("hàng 1, cột 2", 1.0)


def test_cells_that_span_stand_once() -> None:
    span, down = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    table = w_tbl(
        w_tr(w_tc("STT", down), w_tc("Thời gian", span), w_tc("Kết quả", down)),
        w_tr(w_tc("", "<w:vMerge/>"), "từ", "đến", w_tc("bị che", "<w:vMerge/>")),
        w_tr("1", "5", "10", "x"),
    )
    (found,) = read_as("docx", a_document(table)).tables
    assert texts(found) == [
        ["STT", "Thời gian", None, "Kết quả"],
        [None, "từ", "đến", None],
        ["1", "5", "10", "x"],
    ]
    assert set(found.merged) == {(0, 0, 2, 1), (0, 1, 1, 3), (0, 3, 2, 4)}


def test_rows_that_begin_late_keep_their_columns() -> None:
    late = '<w:gridBefore w:val="1"/>'
    table = w_tbl(w_tr("1", "a", "b"), w_tr("c", "d", properties=late), w_tr("2"))
    assert all_texts(read_as("docx", a_document(table))) == [
        [["1", "a", "b"], [None, "c", "d"], ["2", None, None]]
    ]


def test_a_late_row_beside_a_vertical_merge_keeps_its_columns() -> None:
    late, down = '<w:gridBefore w:val="1"/>', '<w:vMerge w:val="restart"/>'
    table = w_tbl(
        w_tr("1", w_tc("chung", down), "b"),
        w_tr(w_tc("", "<w:vMerge/>"), "d", properties=late),
    )
    assert all_texts(read_as("docx", a_document(table))) == [
        [["1", "chung", "b"], [None, None, "d"]]
    ]


def test_a_table_in_a_cell_follows_the_table_around_it() -> None:
    inner = w_tbl(w_tr("trong"))
    table = w_tbl(w_tr(w_tc(w_p("ngoài") + inner + w_p("nữa")), "b"))
    document = read_as("docx", a_document(table + w_p("sau")))
    assert outline(document) == [[["ngoài\nnữa", "b"]], [["trong"]], "sau"]
    assert [t.place for t in document.tables] == ["bảng 1", "bảng 2"]


def test_a_text_box_is_read_once_despite_its_fallback() -> None:
    box = f"<w:txbxContent>{w_p('trong khung')}{w_tbl(w_tr('x'))}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>neo</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    found = outline(read_as("docx", a_document(body + w_p("sau"))))
    assert found == ["neo", "trong khung", [["x"]], "sau"]


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        f"<w:p>{run('giữ ')}<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        f"<w:ins>{run('thêm')}</w:ins><w:moveFrom>{run('cũ')}</w:moveFrom>"
        f"<w:moveTo>{run(' mới')}</w:moveTo></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('nối ')}</w:p>{w_p('liền')}"
    )
    table = w_tbl(w_tr("a"), w_tr("bỏ", properties="<w:del/>"), w_tr("b"))
    assert outline(read_as("docx", a_document(body + table))) == [
        *("giữ thêm mới", "nối liền", [["a"], ["b"]])
    ]


def test_content_controls_are_entered_and_prompts_left_out() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    filled = control.format("", "{}")
    prompt = control.format("<w:showingPlcHdr/>", run("Bấm"))
    body = filled.format(w_p("trong")) + w_tbl(
        filled.format(
            w_tr(
                filled.format(w_tc("ô")),
                w_tc("<w:p>" + prompt + "</w:p>"),
            )
        )
    )
    assert outline(read_as("docx", a_document(body))) == ["trong", [["ô", ""]]]


def test_a_prompt_around_paragraphs_is_left_out_and_around_cells_leaves_the_cell() -> (
    None
):
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        "<w:sdtContent>{}</w:sdtContent></w:sdt>"
    )
    body = prompt.format(w_p("Bấm vào đây")) + w_tbl(
        w_tr(w_tc("a"), prompt.format(w_tc("Bấm")), w_tc("b")),
        w_tr(w_tc(prompt.format(w_p("Bấm"))), w_tc("c"), w_tc("d")),
    )
    assert outline(read_as("docx", a_document(body))) == [
        [["a", "Bấm", "b"], ["", "c", "d"]]
    ]


def test_cells_merged_across_in_the_old_way_stand_once() -> None:
    first, next_one = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    table = w_tbl(
        w_tr(w_tc("STT"), w_tc("Thời gian", first), w_tc("bị che", next_one)),
        w_tr(w_tc("1"), w_tc("từ"), w_tc("đến")),
    )
    (read,) = read_as("docx", a_document(table)).tables
    assert texts(read) == [["STT", "Thời gian", None], ["1", "từ", "đến"]]
    assert read.merged == ((0, 1, 1, 3),)


def test_one_of_several_alternatives_around_blocks_is_read() -> None:
    body = (
        "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback>"
        "</mc:AlternateContent>"
    ).format(w_p("mới") + w_tbl(w_tr("a")), w_p("cũ"))
    assert outline(read_as("docx", a_document(body))) == ["mới", [["a"]]]


def test_a_paragraph_that_was_moved_away_leaves_no_line() -> None:
    gone = "<w:rPr><w:moveFrom/></w:rPr>"
    moved = f"<w:p><w:pPr>{gone}</w:pPr><w:moveFrom>{run('cũ')}</w:moveFrom></w:p>"
    cell = w_tc(w_p("a") + moved + w_p("b"))
    assert all_texts(read_as("docx", a_document(w_tbl(w_tr(cell))))) == [[["a\nb"]]]


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_results_of_fields_inside_the_code_of_another_are_not_shown() -> None:
    inner = mark("begin") + mark("separate") + run("trong") + mark("end")
    body = (
        f"<w:p>{mark('begin')}{inner}{mark('separate')}{run('ngoài')}{mark('end')}"
        f"{run(' sau')}</w:p>"
        # A code whose end was lost costs its own paragraph at most.
        f"<w:p>{run('a')}{mark('begin')}{run('mã')}</w:p>{w_p('b')}"
    )
    assert outline(read_as("docx", a_document(body))) == ["ngoài sau", "a", "b"]


def test_signs_are_read_as_they_look() -> None:
    shown = '<w:vanish w:val="0"/>'
    body = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>"
        "<w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t>"
        '<w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
        f"{run('ẩn', '<w:vanish/>')}{run('hiện', shown)}</w:p>"
    )
    assert outline(read_as("docx", a_document(body))) == ["a b\nc-de✓hiện"]


def test_fields_show_their_result() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>SEQ'
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("7")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:fldSimple w:instr="PAGE">{run("8")}</w:fldSimple>'
        f"<w:hyperlink>{run('9')}</w:hyperlink></w:p>"
    )
    assert outline(read_as("docx", a_document(body))) == ["789"]


def test_numbers_that_word_makes_are_read() -> None:
    rows = [w_tr(w_tc(numbered(1)), t) for t in ("a", "b", "c")]
    document = read_as("docx", a_document(w_tbl(*rows), numbering=DECIMAL))
    assert all_texts(document) == [[["1.", "a"], ["2.", "b"], ["3.", "c"]]]


def test_lists_count_on_by_level_and_restart_when_told() -> None:
    first = [(1, "a", 0), (1, "b", 1), (1, "c", 1), (1, "d", 0), (1, "e", 1)]
    others = [(2, "g", 0), (3, "h", 0), (3, "i", 0), (4, "k", 0), (0, "l", 0)]
    body = "".join(numbered(*item) for item in [*first, *others, (9, "m", 0)])
    assert outline(read_as("docx", a_document(body, numbering=DECIMAL))) == [
        *("1. a", "1.a) b", "1.b) c", "2. d", "2.a) e", "• g", "IV- h", "V- i"),
        *("1. k", "l", "m"),
    ]


def test_a_style_may_number_its_paragraphs() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Danh"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Danh"/>'
        "</w:style>"
    )
    body = w_p("a", '<w:pStyle w:val="Danh"/>') + w_p("b", '<w:pStyle w:val="Con"/>')
    document = a_document(body, numbering=DECIMAL, styles=styles)
    assert outline(read_as("docx", document)) == ["1. a", "2. b"]


def test_headers_come_first_and_footers_last() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rheader"/>'
        '<w:footerReference w:type="default" r:id="rfooter"/></w:sectPr>'
    )
    header = w_tbl(w_tr("ĐẢNG ỦY PHƯỜNG 9", "ĐẢNG CỘNG SẢN VIỆT NAM"))
    document = a_document(w_p("thân") + section, header=header, footer=w_p("chân"))
    assert outline(read_as("docx", document)) == [
        *([["ĐẢNG ỦY PHƯỜNG 9", "ĐẢNG CỘNG SẢN VIỆT NAM"]], "thân", "chân")
    ]


def test_strict_documents_and_other_part_names_are_read() -> None:
    xml = (
        '<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body>'
        "<x:tbl><x:tr><x:tc><x:p><x:r><x:t>ô</x:t></x:r></x:p></x:tc></x:tr></x:tbl>"
        "</x:body></x:document>"
    )
    payload = a_zip(
        {
            "_rels/.rels": relations({"r": ("officeDocument", "/word/document2.xml")}),
            "word/document2.xml": xml,
        }
    )
    assert all_texts(read_as("docx", payload)) == [[["ô"]]]


def test_rows_beyond_the_limit_are_cut_and_told() -> None:
    document = read_as("docx", a_document(w_tbl(*[w_tr("a")] * 9)), Limits(rows=4))
    assert len(document.tables[0].rows) == 4
    assert codes(document) == ["rows_cut"]
    wide = '<w:gridSpan w:val="999999"/>'
    document = read_as("docx", a_document(w_tbl(w_tr(w_tc("a", wide), "b"))))
    assert codes(document) == ["rows_cut"]


def test_a_document_without_text_says_nothing_of_encoding() -> None:
    assert read_as("docx", a_document(w_p())).encoding is None
    with pytest.raises(DamagedFileError):
        read_as("docx", a_document("", more={"word/document.xml": "<a/>"}))


letters = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cs", "Cc", "Co", "Cn"),
        exclude_characters=WESTERN,
    ),
    max_size=12,
)


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.lists(letters, min_size=3, max_size=3), min_size=1, max_size=4),
    st.tuples(st.integers(0, 1), st.integers(0, 1)),
)
def test_what_python_docx_wrote_is_read(
    rows: list[list[str]], corner: tuple[int, int]
) -> None:
    document = docx.Document()
    table = document.add_table(len(rows), 3)
    for row, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    top, left = min(corner[0], len(rows) - 1), corner[1]
    bottom = min(top + 1, len(rows) - 1)
    merged = table.cell(top, left).merge(table.cell(bottom, left + 1))
    merged.text = "gộp"
    out = io.BytesIO()
    document.save(out)
    (found,) = all_texts(read_as("docx", out.getvalue()))
    expected: list[list[str | None]] = [[nfc_text(v) for v in row] for row in rows]
    for row in range(top, bottom + 1):
        for column in (left, left + 1):
            expected[row][column] = None
    expected[top][left] = "gộp"
    assert found == expected
