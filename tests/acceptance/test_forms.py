"""Forms as they are handed out, filled in and sent back: read exactly, unit certain."""

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.acceptance.contract import valid_lines
from tests.acceptance.world import NOW, World, a_world, run, smtp
from tests.builders.filled import WORKS, converted, fill_document, fill_workbook
from tests.builders.letters import unit_names

KEYS = ("number", "title", "method", "time", "expected_result")
SEPTEMBER = "2021-09-20T09:00:00+07:00"
LATER = "2021-06-09T10:00:00+07:00"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return a_world(tmp_path, more=smtp(1))


def form(world: World, name: str, *words: str, now: str = NOW) -> Path:
    path = world.folder / name
    done = world.run("form", path, *words, now=now)
    assert (done.code, done.out, done.err) == (0, "", "")
    return path


def reading(world: World, *paths: Path) -> list[Any]:
    done = run(world.home, "read", "--json", *paths)
    return valid_lines("reading", done.out)


def rows(line: Any) -> list[tuple[str, ...]]:
    return [tuple(row[key] for key in KEYS) for row in line["registrations"]]


def is_of(line: Any, code: str) -> None:
    assert line["unit"]["code"] == code
    assert line["unit"]["certainty"] == "certain"
    assert (line["state"], line["reason"]) == ("processed", None)


def test_the_blank_form_has_the_five_columns_and_nobodys_name(world: World) -> None:
    path = form(world, "mau.xlsx")
    sheet = load_workbook(path).active
    assert sheet is not None
    cells = [cell.value for line in sheet.iter_rows() for cell in line]
    heading = next(
        [c.value for c in r] for r in sheet.iter_rows() if r[0].value == "STT"
    )
    assert heading == [
        "STT",
        "Tên công trình",
        "Hình thức thực hiện",
        "Thời gian thực hiện",
        "Dự kiến kết quả (hiệu quả, số lượng đạt được)",
    ]
    assert not any("Phường" in str(text) for text in cells)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    fonts = {c.font.name for r in sheet.iter_rows() for c in r if c.value}
    assert fonts == {"Times New Roman"}


def test_a_form_is_the_same_to_the_byte_whenever_it_is_made(world: World) -> None:
    for name in ("a.xlsx", "a.docx"):
        first = form(world, name, "--unit", "P09").read_bytes()
        again = form(
            world, f"b{name}", "--unit", "p09", now="2021-06-09T10:00:00+07:00"
        )
        assert again.read_bytes() == first


def test_every_units_form_comes_back_as_that_units(world: World) -> None:
    blank = form(world, "mau.xlsx", "--unit", "P09").read_bytes()
    paths = []
    for number, (code, name) in enumerate(unit_names().items()):
        book = load_workbook(io.BytesIO(blank))
        assert book.active is not None
        assert book.active["A1"].value == "PHƯỜNG 9"
        book.active["A1"].value = name.upper()
        stream = io.BytesIO()
        book.save(stream)
        path = world.folder / f"{number}.xlsx"
        path.write_bytes(fill_workbook(stream.getvalue(), WORKS[:1]))
        paths.append((code, path))
    lines = reading(world, *(path for _, path in paths))
    wrong = [
        (code, line["unit"])
        for (code, _), line in zip(paths, lines, strict=True)
        if not line["unit"] or line["unit"]["code"] != code or line["state"] == "held"
    ]
    assert wrong == []


@pytest.mark.parametrize("code", ["P09", "P10", "MN-06", "PB-YTE"])
def test_a_filled_workbook_is_read_as_it_was_typed(world: World, code: str) -> None:
    if code not in unit_names():
        code = next(c for c in unit_names() if c.startswith("PB"))
    blank = form(world, "mau.xlsx", "--unit", code).read_bytes()
    filled = world.folder / "gui.xlsx"
    filled.write_bytes(fill_workbook(blank, WORKS))
    (line,) = reading(world, filled)
    is_of(line, code)
    assert rows(line) == list(WORKS)
    assert {row["certainty"] for row in line["registrations"]} == {1.0}
    assert not any(row["extra"] for row in line["registrations"])


def test_a_filled_form_survives_libreoffice(world: World, tmp_path: Path) -> None:
    book = world.folder / "bang.xlsx"
    book.write_bytes(
        fill_workbook(form(world, "mau.xlsx", "--unit", "P09").read_bytes(), WORKS)
    )
    paper = world.folder / "van.docx"
    paper.write_bytes(
        fill_document(form(world, "mau.docx", "--unit", "P09").read_bytes(), WORKS)
    )
    jobs = [(book, kind) for kind in ("xls", "ods", "pdf")]
    jobs += [(paper, kind) for kind in ("odt", "pdf", "rtf")]
    made = [converted(source, kind, tmp_path) for source, kind in jobs]
    for line in reading(world, book, paper, *made):
        is_of(line, "P09")
        assert rows(line) == list(WORKS), line["path"]


def test_the_form_of_results_holds_what_was_registered(world: World) -> None:
    blank = form(world, "mau.xlsx", "--unit", "P09").read_bytes()
    filled = world.folder / "dang-ky.xlsx"
    filled.write_bytes(fill_workbook(blank, WORKS))
    assert world.run("record", "P09", filled, "--why", "bản giấy").code == 0
    own = form(world, "cua-don-vi.xlsx", "--unit", "P09")
    assert rows(reading(world, own)[0]) == list(WORKS)

    report = form(world, "ket-qua.xlsx", "--unit", "P09", now=SEPTEMBER)
    outcomes = [("Đã xây xong 2 căn", "Đã thực hiện"), ("Đạt 80%", "Đang thực hiện")]
    typed = [(*work[:2], *told) for work, told in zip(WORKS[:2], outcomes, strict=True)]
    back = world.folder / "gui-ket-qua.xlsx"
    back.write_bytes(fill_workbook(report.read_bytes(), typed))
    (line,) = reading(world, back)
    is_of(line, "P09")
    assert line["kind"] == "results"
    told = [(r["number"], r["title"], r["result"]) for r in line["results"]]
    assert told == [(*row[:2], row[2]) for row in (*typed, (*WORKS[2][:2], ""))]
    assert [r["progress"] for r in line["results"]] == ["done", "in_progress", None]


def test_what_cannot_be_written_or_is_not_known_ends_with_two(world: World) -> None:
    for words in (
        ("form", world.folder / "mau.pdf"),
        ("form", world.folder / "mau.xlsx", "--unit", "P99"),
        ("form", world.folder / "nowhere" / "mau.xlsx"),
    ):
        done = world.run(*words)
        assert done.code == 2
        assert done.err
