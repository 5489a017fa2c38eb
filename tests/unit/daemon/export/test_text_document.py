"""Text documents read back: text is text, heads are repeated, cells are merged."""

import io
import re
from zipfile import ZipFile

import docx as python_docx
import pytest

from daemon.export.model import Line, Paragraph
from tests.builders.documents import (
    HOSTILE,
    WORD,
    a_line,
    a_part,
    a_table,
    document,
    docx,
    said,
    unzipped,
)

NOTHING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def rows(raw: bytes) -> list[list[str]]:
    """Return the texts of the main table's cells."""
    tables = document(raw).findall(f".//{WORD}tbl")
    return [[said(cell) for cell in row.iter(f"{WORD}tc")] for row in tables[1]]


@pytest.mark.parametrize("column", range(3))
def test_no_text_of_a_mail_becomes_a_field_or_a_link(column: int) -> None:
    lines = []
    for number, text in enumerate(HOSTILE):
        values = ["x", "y", "z", "hidden"]
        values[column] = text
        lines.append(a_line(*values, group=str(number)))
    raw = docx(a_part(a_table(lines)))
    told = [row[column] for row in rows(raw) if len(row) == 3][1:]
    assert told == [NOTHING.sub("\ufffd", t.replace("\r", "\n")) for t in HOSTILE]
    parts = unzipped(raw)
    for name, part in parts.items():
        assert b"<w:hyperlink" not in part, name
        assert b"relationships/hyperlink" not in part, name
        assert b"fldSimple" not in part
        assert b'TargetMode="External"' not in part
    assert b"instrText" not in parts["word/document.xml"]
    assert "hidden" not in said(document(raw))


def test_the_heading_row_is_repeated_and_rows_are_not_torn() -> None:
    lines = [a_line(n, "P", "ngắn", "", group="a") for n in range(4)]
    lines.append(a_line(5, "P", "dài " * 2000, "", group="b"))
    (_, table, _) = document(docx(a_part(a_table(lines)))).findall(f".//{WORD}tbl")
    found = table.findall(f"{WORD}tr")
    assert [r.find(f".//{WORD}tblHeader") is not None for r in found] == [
        True,
        *[False] * 5,
    ]
    assert [r.find(f".//{WORD}cantSplit") is not None for r in found] == [
        *[True] * 5,
        False,
    ]


def test_lines_of_one_group_share_a_cell_and_a_lone_one_has_its_own() -> None:
    lines = [a_line(n, g, "x", "", group=g) for n, g in enumerate("AAABCC")]
    (_, table, _) = document(docx(a_part(a_table(lines)))).findall(f".//{WORD}tbl")
    merges = []
    for row in table.findall(f"{WORD}tr")[1:]:
        cell = row.findall(f"{WORD}tc")[1]
        mark = cell.find(f".//{WORD}vMerge")
        merges.append((mark.get(f"{WORD}val") if mark is not None else "", said(cell)))
    assert merges == [
        ("restart", "A"),
        ("continue", ""),
        ("continue", ""),
        ("", "B"),
        ("restart", "C"),
        ("continue", ""),
    ]


def test_the_last_two_lines_stay_with_the_signature_block() -> None:
    lines = [a_line(n, str(n), "x", "", group=str(n)) for n in range(5)]
    (_, table, block) = document(docx(a_part(a_table(lines)))).findall(f".//{WORD}tbl")
    kept = [
        all(p.find(f".//{WORD}keepNext") is not None for p in row.iter(f"{WORD}p"))
        for row in table.findall(f"{WORD}tr")[1:]
    ]
    assert kept == [False, False, False, True, True]
    assert all(p.find(f".//{WORD}keepNext") is not None for p in block.iter(f"{WORD}p"))


def test_text_stands_upright_and_its_table_lies_behind_it() -> None:
    part = a_part(
        a_table([a_line(1, "P", "x", "", group="a")]),
        kind="BC",
        heading=("BÁO CÁO",),
        text=(Paragraph("I. CHUNG", heading=True), Paragraph("Có 97 đơn vị.")),
    )
    root = document(docx(part, part))
    turned = [s.get(f"{WORD}orient") for s in root.iter(f"{WORD}pgSz")]
    assert turned == [None, "landscape", None, "landscape"]
    starts = [s.get(f"{WORD}start") for s in root.iter(f"{WORD}pgNumType")]
    assert starts == ["1", None, "1", None]
    text = said(root)
    assert "Số        -BC/BDVQU" in text
    assert text.index("Có 97 đơn vị.") < text.index("Nơi nhận:") < text.index("Cột 0")


def test_the_same_document_is_the_same_bytes_and_opens_in_another_program() -> None:
    def made() -> bytes:
        return docx(a_part(a_table([a_line("a", "b", "c", "d", group="a")])))

    raw = made()
    assert raw == made()
    opened = python_docx.Document(io.BytesIO(raw))
    assert [c.text for c in opened.tables[1].rows[1].cells] == ["a", "b", "c"]
    assert opened.styles["Normal"].font.name == "Times New Roman"


def test_no_part_of_the_package_tells_when_it_was_made() -> None:
    raw = docx(a_part(a_table([a_line("a", "b", "c", "d", group="a")])))
    with ZipFile(io.BytesIO(raw)) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"2000-01-01" in unzipped(raw)["docProps/core.xml"]


def test_marks_are_coloured_in_the_columns_that_changed() -> None:
    lines = [
        Line(("1", "P", "x", ""), group="a", mark="changed", changed=frozenset({2})),
        Line(("2", "Q", "x", ""), group="b", mark="removed"),
    ]
    (_, table, _) = document(docx(a_part(a_table(lines)))).findall(f".//{WORD}tbl")
    fills = [
        [
            (s.get(f"{WORD}fill") if s is not None else "")
            for s in (c.find(f".//{WORD}shd") for c in row.findall(f"{WORD}tc"))
        ]
        for row in table.findall(f"{WORD}tr")[1:]
    ]
    assert fills == [["", "", "FFF2CC"], ["EDEDED", "", "EDEDED"]]
    struck = table.findall(f"{WORD}tr")[2].findall(f".//{WORD}strike")
    assert len(struck) == 2
