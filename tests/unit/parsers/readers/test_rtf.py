"""An RTF file is read as Word shows it: letters by their fonts, cells by their ends."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.errors import DamagedFileError, LimitExceededError, ParserError
from parsers.filetype import found_type
from parsers.readers.by_type import READERS
from parsers.readers.rtf_letters import Fonts
from parsers.values.limits import Limits
from tests.builders.reading import all_texts, codes, outline, read_as, texts
from tests.builders.rtf import HEAD, an_rtf, r_row


def shown(body: str) -> list[object]:
    return list(outline(read_as("rtf", an_rtf(body))))


def test_paragraphs_and_tables_come_in_order() -> None:
    body = r"tr\'ceớc\par" + r_row("a", "b") + r"\pard\par sau\par"
    assert found_type(an_rtf(body), "bang.doc") == "rtf"
    assert shown(body) == ["trÎớc", [["a", "b"]], "sau"]


def test_letters_are_read_by_the_code_page_of_their_font() -> None:
    # Windows-1258 writes a vowel with its mark behind it.
    assert shown(r"{\f1 C\'f4ng tri\'eanh \'d0o\'d2}") == ["Công triênh Đỏ"]
    assert shown(r"{\f4\'82\'a0}") == ["あ"]
    assert shown(r"{\f3\'b7\'b3}x") == ["•≥x"]
    # What the code page lacks stays its number: an old encoding may mean it.
    assert Fonts().decoded(b"a\x81b", 0) == ("a\x81b", None)


def test_unicode_letters_leave_out_what_stands_for_them() -> None:
    assert shown(r"\u7899 ?X\uc2\u7899 ab\uc0\u7899 c") == ["ớXớớc"]
    assert shown(r"{\uc1\u272\'44\u7895\'3f}x") == ["Đỗx"]
    assert shown("😀 “ngoặc”") == ["😀 “ngoặc”"]
    assert shown(r"{\upr{\*\bkmk ?}{\*\ud{\u272 ?o}}}\'96\emdash\~\_\{\}\\") == [
        "Đo–— -{}\\"
    ]


def test_what_is_not_shown_is_left_out() -> None:
    body = (
        r"{\*\unheard of}{\info{\title T}}{\pict\pngblip 89504e47}"
        r"{\object{\*\objdata 0105}{\result kết quả }}"
        r"gi{\v ẩn}ữ{\deleted bỏ}{\field{\*\fldinst HYPERLINK}{\fldrslt liên kết}}"
        r"{\footnote chú}{\*\annotation lời}\par {\pict\bin5 }}}}}}x\par"
    )
    assert shown(body) == ["giữliên kết", "x"]


def test_cells_merge_downwards_and_across() -> None:
    down = r"\clvmgf\cellx2000\clmgf\cellx4000\clmrg\cellx6000"
    below = r"\clvmrg\cellx2000\cellx4000\cellx6000"
    table = r_row("STT", "Thời gian", "che", form=down) + r_row(
        "", "từ", "đến", form=below
    )
    (read,) = read_as("rtf", an_rtf(table)).tables
    assert texts(read) == [["STT", "Thời gian", None], [None, "từ", "đến"]]
    assert set(read.merged) == {(0, 0, 2, 1), (0, 1, 1, 3)}


def test_columns_are_told_by_where_cells_end() -> None:
    wide = r_row("a", "rộng", form=r"\cellx2000\cellx6015")
    late = r"\trowd\trleft2005\cellx4000\cellx6000\pard\intbl x\cell y\cell\row"
    (read,) = read_as("rtf", an_rtf(wide + r_row("1", "2", "3") + late)).tables
    assert texts(read) == [["a", "rộng", None], ["1", "2", "3"], [None, "x", "y"]]
    assert read.merged == ((0, 1, 1, 3),)


def test_a_form_may_follow_its_cells_and_serve_the_rows_below() -> None:
    form = r"\trowd\trleft0\cellx2000\cellx4000"
    body = rf"{form}\pard\intbl a\cell b\cell {{{form}\row}}c\cell d\cell\row\pard"
    assert shown(body) == [[["a", "b"], ["c", "d"]]]


def test_a_cell_of_several_paragraphs_keeps_its_lines() -> None:
    assert shown(r_row(r"một\par hai\line ba", "b")) == [[["một\nhai\nba", "b"]]]


def test_a_table_in_a_cell_follows_the_table_around_it() -> None:
    inner = (
        r"ngoài\par\pard\intbl\itap2 trong\nestcell x\nestcell"
        r"{\*\nesttableprops\trowd\cellx900\cellx1800\nestrow}{\nonesttables\par}"
        r"\pard\intbl sau"
    )
    assert shown(r_row(inner, "b")) == [[["ngoài\nsau", "b"]], [["trong", "x"]]]


def test_the_last_row_ends_its_table() -> None:
    first = r_row("a").replace(r"\trleft0", r"\trleft0\lastrow")
    assert shown(first + r_row("b")) == [[["a"]], [["b"]]]


def test_text_boxes_follow_what_they_are_anchored_in() -> None:
    box = (
        r"{\shp{\*\shpinst\shpleft0{\sp{\sn shapeType}{\sv 202}}"
        r"{\shptxt hộp\par " + r_row("ô") + r"}}{\shprslt{\*\do bỏ}}}"
    )
    assert shown(rf"neo {box}đây\par sau\par") == ["neo đây", "hộp", [["ô"]], "sau"]


def test_headers_come_first_and_footers_last() -> None:
    body = (
        r"{\header đầu\par}{\headerl trái\par}{\footer cuối\par}"
        r"\pard giữa\par"
    )
    assert shown(body) == ["đầu", "giữa", "cuối"]


def test_labels_of_lists_are_those_that_the_writer_put_there() -> None:
    body = (
        r"{\listtext\pard\plain\f0 1.\tab}\ls1 a\par"
        r"{\listtext\pard\plain \u61623\'3f\tab}\ls2 b\par"
        r"{\pntext\f3\'b7\tab}{\*\pn\pnlvlblt}c\par"
    )
    assert shown(body) == ["1. a", "• b", "• c"]


def test_a_file_whose_end_is_missing_is_damaged() -> None:
    whole = an_rtf(r_row("a", "b") * 3)
    for length in (len(whole) - 1, len(whole) // 2):
        with pytest.raises(DamagedFileError):
            READERS["rtf"](whole[:length], (), Limits())


def test_what_no_writer_means_ends_within_bounds() -> None:
    with pytest.raises(LimitExceededError):
        READERS["rtf"](b"{\\rtf1" + b"{" * 100_000, (), Limits())
    deep = r"\pard\intbl\itap999999999 a\nestcell"
    assert read_as("rtf", an_rtf(deep)).tables
    many = an_rtf(
        r"\trowd" + r"\cellx1" * 5000 + r"\intbl " + r"a\cell " * 5000 + r"\row"
    )
    assert codes(read_as("rtf", many)) == ["rows_cut"]


def test_rows_beyond_the_limit_are_cut_and_told() -> None:
    document = read_as("rtf", an_rtf(r_row("a") * 5), Limits(rows=3))
    assert all_texts(document) == [[["a"]] * 3]
    assert codes(document) == ["rows_cut"]


PIECES = (r"\pard", r"\intbl", r"\cell", r"\row", r"\trowd", r"\cellx90", r"\itap2")
PIECES += (r"\nestcell", r"\nestrow", "{", "}", r"{\*\nesttableprops", r"\u-1 ?", "a")
PIECES += (r"{\header", r"{\shptxt", r"\'ff", r"\bin3 ", r"\clvmrg", r"\clmrg", r"\par")
PIECES += (r"{\fonttbl", r"\f9", r"{\*\x", r"{\upr", "\\", r"\uc9", r"\lastrow")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_words_in_any_order_are_read_or_refused(words: list[str]) -> None:
    with contextlib.suppress(ParserError):
        READERS["rtf"]((HEAD + "".join(words) + "}").encode(), (), Limits())
