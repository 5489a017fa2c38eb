"""Files in the old encodings, made by the libraries that others write files with."""

import io
from collections.abc import Callable

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from parsers.values.table import Cell, Document
from tests.builders.message import read as read_mail
from tests.builders.old_letters import (
    CAPITAL_FONT,
    FONTS,
    encodable,
    encoded,
    office_lines,
    stored,
)
from tests.builders.package import a_workbook
from tests.builders.reading import codes, read_as

ENCODINGS = ("vni", "tcvn3", "viscii", "vps")
Lines = list[tuple[str, str]]


def lines_of(encoding: str) -> Lines:
    """Return lines that the encoding can store, and how; none with a lone dash."""
    return [
        (line, stored(line, encoding))
        for line in office_lines()
        if encodable(line, encoding) and not line.startswith("Ở ")
    ][:120]


def workbook(lines: Lines, font: str | None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, (_, text) in enumerate(lines, start=1):
        cell = sheet.cell(number, 1, text)
        if font:
            cell.font = Font(name=font)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word(lines: Lines, font: str | None) -> bytes:
    document = docx.Document()
    table = document.add_table(len(lines), 1)
    for cell, (_, text) in zip(table.column_cells(0), lines, strict=True):
        run = cell.paragraphs[0].add_run(text)
        if font:
            run.font.name = font
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def web(lines: Lines, font: str | None) -> bytes:
    mark = f'<font face="{font}">' if font else "<font>"
    rows = "".join(f"<tr><td>{mark}{text}</font></td></tr>" for _, text in lines)
    return f"<table>{rows}</table>".encode()


def cells(document: Document) -> list[Cell]:
    rows = [row for table in document.tables for row in table.rows]
    return [cell for row in rows for cell in row if cell and cell.text]


WRITERS: dict[str, Callable[[Lines, str | None], bytes]] = {
    "xlsx": workbook,
    "docx": word,
    "html": web,
}


@pytest.mark.parametrize("kind", list(WRITERS))
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("named", [True, False])
def test_a_table_in_one_encoding_is_read_whole(
    kind: str, encoding: str, named: bool
) -> None:
    lines = lines_of(encoding)
    font = FONTS[encoding] if named else None
    document = read_as(kind, WRITERS[kind](lines, font))
    found = cells(document)
    assert [c.text for c in found] == [line for line, _ in lines]
    assert {c.certainty for c in found} == {1.0}
    assert document.encoding == encoding
    assert codes(document) == ["text_converted"]
    assert document.findings[0].parameters == (("encoding", encoding),)


@pytest.mark.parametrize("encoding", ["vni", "tcvn3"])
def test_a_letter_in_plain_text_is_read_whole(encoding: str) -> None:
    lines = lines_of(encoding)
    document = read_as("text", "\n\n".join(text for _, text in lines))
    shown = [b.text for b in document.blocks if not hasattr(b, "rows")]
    assert "\n".join(shown) == "\n".join(line for line, _ in lines)
    assert document.encoding == encoding


def test_a_table_pasted_into_plain_text_is_decoded_before_it_is_parted() -> None:
    rows = ["STT\tTên công trình\tThời gian thực hiện", "1\tSửa chữa nhà\tQuý III"]
    text = "\n".join(stored(row, "vni") for row in rows)
    found = [c.text for c in cells(read_as("text", text))]
    assert found == "\t".join(rows).split("\t")


def test_runs_of_one_cell_are_decided_by_their_own_fonts() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = CellRichText(
        TextBlock(InlineFont(rFont=CAPITAL_FONT), stored("đảng ủy", "tcvn3")),
        TextBlock(InlineFont(rFont=".VnTime"), stored(" phường ", "tcvn3")),
        TextBlock(InlineFont(rFont="Times New Roman"), "Võ Thị Sáu"),
    )
    sheet["A2"] = stored("danh sách hộ nghèo", "tcvn3")
    sheet["A2"].font = Font(name=".VnArial NarrowH")
    document = read_as("xlsx", saved(book))
    shown = ["ĐẢNG ỦY phường Võ Thị Sáu", "DANH SÁCH HỘ NGHÈO"]
    assert [c.text for c in cells(document)] == shown
    assert document.encoding == "mixed"


def test_one_string_in_two_fonts_is_decided_for_each_cell() -> None:
    # Both cells share one string; in Times it is what it says.
    strings = "<si><t>hoà</t></si><si><t>Töø thieän cho ngöôøi ngheøo</t></si>"
    styles = (
        '<fonts><font><name val="Times New Roman"/></font>'
        '<font><name val="VNI-Times"/></font></fonts>'
        '<cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs>'
    )
    rows = (
        '<sheetData><row r="1"><c r="A1" s="0" t="s"><v>0</v></c>'
        '<c r="B1" s="1" t="s"><v>0</v></c>'
        '<c r="C1" s="1" t="s"><v>1</v></c></row></sheetData>'
    )
    payload = a_workbook(rows, strings=strings, styles=styles)
    found = [c.text for c in cells(read_as("xlsx", payload))]
    assert found == ["hoà", "hồ", "Từ thiện cho người nghèo"]


def test_fonts_of_word_come_from_styles_too() -> None:
    document = docx.Document()
    style = document.styles.add_style("Cu", 1)
    style.font.name = "VNI-Times"
    child = document.styles.add_style("Con", 1)
    child.base_style = style
    document.add_paragraph(stored("Số 7", "vni"), style="Con")
    document.add_paragraph("Toà án", style="Con")
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert defaults is not None
    out = io.BytesIO()
    document.save(out)
    read = read_as("docx", out.getvalue())
    assert [getattr(b, "text", None) for b in read.blocks] == ["Số 7", "Toà án"]


def test_the_soft_hyphen_of_word_is_a_letter_of_tcvn3() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("§¶ng ñy Ph")
    run.font.name = ".VnTime"
    run._element.append(run._element.makeelement(qn("w:softHyphen")))
    run._element.append(run._element.makeelement(qn("w:t")))
    run._element[-1].text = "êng 9"
    out = io.BytesIO()
    document.save(out)
    (block,) = read_as("docx", out.getvalue()).blocks
    assert getattr(block, "text", None) == "Đảng ủy Phường 9"


def test_classes_name_fonts_as_excel_writes_web_pages() -> None:
    page = (
        "<style><!-- .xl65 {font-size:12.0pt; font-family:VNI-Times, serif;} -->"
        f"</style><table><tr><td class=xl65>{stored('Số 7', 'vni')}</td>"
        f"<td class=xl65>{stored('Thực hiện', 'vni')}</td>"
        "<td>Toà án</td></tr></table>"
    )
    found = [c.text for c in cells(read_as("html", page))]
    assert found == ["Số 7", "Thực hiện", "Toà án"]


def test_letters_that_are_lost_are_told_and_leave_their_cells_uncertain() -> None:
    document = read_as(
        "html", "<table><tr><td>Tr??ng THCS</td><td>Số 7</td></tr></table>"
    )
    lost, sound = cells(document)
    assert codes(document) == ["text_lost"]
    assert (lost.text, sound.text) == ("Tr??ng THCS", "Số 7")
    assert lost.certainty < 1.0 == sound.certainty
    assert lost.evidence


def test_sound_files_are_read_once_and_stay_as_they_are() -> None:
    lines = [(line, line) for line in office_lines()]
    for kind, write in WRITERS.items():
        for font in (None, ".VnTime"):
            document = read_as(kind, write(lines, font))
            assert [c.text for c in cells(document)] == list(office_lines())
            assert (codes(document), document.encoding) == ([], "unicode")


@pytest.mark.parametrize("encoding", ["vni", "tcvn3"])
def test_subject_sender_and_name_of_a_file_are_decoded(encoding: str) -> None:
    name, subject = "Ủy ban nhân dân Phường 9", "Đăng ký công trình dân vận khéo"
    raw = (
        b"From: " + encoded(name, encoding, folded=True) + b" <p9@example.vn>\r\n"
        b"Subject: " + encoded(subject, encoding) + b"\r\n"
        b"Date: Wed, 2 Jun 2021 09:00:00 +0700\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: application/octet-stream; name="'
        + encoded("Bảng đăng ký công trình.bin", encoding)
        + b'"\r\n\r\nx\r\n'
    )
    found = read_mail(raw)
    assert found.message.subject == subject
    assert found.message.senders[0].name is not None
    assert found.message.senders[0].name.casefold() == name.casefold()
    assert found.parts[-1].path == ("Bảng đăng ký công trình.bin",)
