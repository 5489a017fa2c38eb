"""HTML is read as a browser shows it, in bounded time."""

import html
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.errors import LimitExceededError
from parsers.values.limits import Limits
from parsers.vietnamese.fold import nfc_text
from tests.builders.old_letters import WESTERN
from tests.builders.reading import all_texts, codes, outline, read_as, texts


def test_blocks_are_paragraphs_and_breaks_are_lines() -> None:
    page = (
        "<body>Kính gửi&nbsp;Ban,<br>đơn vị\n  gửi<p>b<b>ả</b>ng</p><div>x<div>y</div>"
    )
    assert outline(read_as("html", page)) == [
        "Kính gửi Ban,\nđơn vị gửi",
        "bảng",
        "x",
        "y",
    ]


def test_spans_are_laid_out() -> None:
    page = (
        "<table><thead><tr><th rowspan=2>STT<th colspan=2>Thời gian</thead>"
        "<tr><td>từ<td>đến<tr><td>1<td rowspan=9>a<td>b<tr><td>2<td>c</table>"
    )
    (table,) = read_as("html", page).tables
    assert texts(table) == [
        ["STT", "Thời gian", None],
        [None, "từ", "đến"],
        ["1", "a", "b"],
        ["2", None, "c"],
    ]
    assert table.merged == ((0, 0, 2, 1), (0, 1, 1, 3), (2, 1, 4, 2))


def test_a_table_in_a_cell_follows_the_table_around_it() -> None:
    page = "<p>trước<table><tr><td>a<table><tr><td>trong</table>b<td>c</table>sau"
    found = outline(read_as("html", page))
    assert found == ["trước", [["ab", "c"]], [["trong"]], "sau"]


def test_what_is_not_shown_is_not_read() -> None:
    page = (
        "<head><title>t</title><style>td{}</style></head><!-- c --><script>s</script>"
        "<div style='DISPLAY: none'>ẩn</div><span style='mso-hide:all'>ẩn</span>"
        "<p hidden>ẩn</p><!--[if mso]><table><tr><td>m</table><![endif]-->"
        "<table><tr style='display:none'><td>ẩn<tr><td>hiện<o:p></o:p></table>"
    )
    assert outline(read_as("html", page)) == [[["hiện"]]]


def test_words_own_list_labels_stay() -> None:
    page = (
        "<p class=MsoListParagraph><![if !supportLists]>1.<span>&nbsp;&nbsp; </span>"
        "<![endif]>Sửa nhà</p>"
    )
    assert outline(read_as("html", page)) == ["1. Sửa nhà"]


def test_a_list_of_works_is_a_table_of_number_and_text() -> None:
    page = (
        "<p>Đăng ký:</p><ol><li>Sửa nhà</li><li>Trồng <b>cây</b></li></ol><p>Trân trọng"
    )
    assert outline(read_as("html", page)) == [
        *("Đăng ký:", [["1", "Sửa nhà"], ["2", "Trồng cây"]], "Trân trọng")
    ]


def test_lists_keep_the_numbers_and_letters_that_are_shown() -> None:
    page = "<ol start=3 type=a><li>x<li value=7>y</ol><ul><li>z</ul>"
    assert outline(read_as("html", page)) == ["c. x", "g. y", "- z"]


def test_a_caption_comes_before_its_table() -> None:
    page = "<table><caption>Bảng đăng ký</caption><tr><td>a</table>"
    assert outline(read_as("html", page)) == ["Bảng đăng ký", [["a"]]]


def test_preformatted_lines_stay_lines() -> None:
    assert outline(read_as("html", "<pre>a\nb</pre><p>c\nd")) == ["a\nb", "c d"]


@pytest.mark.parametrize(
    "quoting",
    [
        "<div class='gmail_quote'>cũ</div>",
        "<blockquote type=cite>cũ</blockquote>",
        "<div id=divRplyFwdMsg>cũ</div>",
        "<div class=yahoo_quoted>cũ</div>",
    ],
)
def test_a_quotation_begins_with_its_marker(quoting: str) -> None:
    found = outline(read_as("html", f"<p>mới</p>{quoting}<p>nữa"))
    assert found == ["mới", ("quotation", ""), "cũ", "nữa"]


@pytest.mark.parametrize(
    "words",
    [
        "-----Original Message-----",
        "---------- Forwarded message ---------",
        "From: A<br>Sent: Monday<br>To: B<br>Subject: C",
        "Từ: A<br>Đã gửi: Thứ Hai<br>Đến: B<br>Chủ đề: C",
        "Vào Th 2, 7 thg 6, 2021 vào lúc 09:12 A &lt;a@b.example&gt; đã viết:",
        "On Mon, Jun 7, 2021 at 9:12 AM A wrote:",
    ],
)
def test_programs_introduce_quotations_in_words(words: str) -> None:
    document = read_as("html", f"<p>mới<p>{words}<p>cũ")
    assert [getattr(b, "place", "") for b in document.blocks] == ["", "quotation", ""]


def test_an_indented_paragraph_is_no_quotation() -> None:
    page = "<blockquote style='margin:0 0 0 40px;border:none'>bảng</blockquote>"
    assert outline(read_as("html", page)) == ["bảng"]


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 10_000 + "x",
        "<table><tr><td>" * 10_000 + "x",
        "<table>" + "<tr><td>abc</td><td style='x'>d</td></tr>" * 12_000,
        "<p>Xin chào " * 40_000,
        "<table><tr>" + "<td colspan=1000 rowspan=65534>a" * 6_000,
        "<ol>" + "<li>a" * 20_000,
    ],
    ids=["divs", "tables", "rows", "paragraphs", "spans", "items"],
)
def test_hostile_pages_cost_bounded_time(page: str) -> None:
    start = time.process_time()
    read_as("html", page)
    assert time.process_time() - start < 2


def test_nesting_by_the_hundred_thousand_is_refused() -> None:
    with pytest.raises(LimitExceededError):
        read_as("html", "<div>" * 100_000)


def test_rows_and_paragraphs_beyond_the_limits_are_told() -> None:
    page = "<table>" + "<tr><td>a" * 9 + "</table><p>sau"
    document = read_as("html", page, Limits(rows=4))
    assert [len(t) for t in all_texts(document)] == [4]
    assert codes(document) == ["rows_cut"]
    assert outline(document)[-1] == "sau"
    assert codes(read_as("html", "<p>a" * 30_000)) == ["limit_exceeded"]


letters = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cs", "Cc", "Co", "Cn"),
        exclude_characters=WESTERN,
    ),
    max_size=12,
)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(letters, min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_was_written_is_read(rows: list[list[str]]) -> None:
    lines = "".join(
        "<tr>" + "".join(f"<td>{html.escape(v)}</td>" for v in row) + "</tr>"
        for row in rows
    )
    (table,) = read_as("html", f"<table>{lines}</table>").tables
    assert texts(table) == [[nfc_text(v) for v in row] for row in rows]


def test_a_paragraph_in_a_list_item_stands_beside_its_number() -> None:
    page = (
        "<ol start=4>\n<li>\n<p>Sửa nhà</p>\n<li><li><div>Trồng</div><p>cây</ol><p>hết"
    )
    assert outline(read_as("html", page)) == [
        "4. Sửa nhà",
        "5.",
        "6. Trồng",
        "cây",
        "hết",
    ]


def test_the_marker_takes_the_words_that_introduce_what_is_quoted() -> None:
    page = (
        "mới<div class=gmail_quote><div class=gmail_attr>---------- Forwarded message "
        "---------</div>cũ</div>"
    )
    words = "---------- Forwarded message ---------"
    assert outline(read_as("html", page)) == ["mới", ("quotation", words), "cũ"]
