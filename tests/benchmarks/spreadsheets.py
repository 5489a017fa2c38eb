"""What one workbook costs, in CPU, beside the plain library's call on the same file.

    python -m tests.benchmarks spreadsheets

The reader's figure holds both readings, its own and the second one that checks it. The
files have the size of a registration table, and of a long one.
"""

import gc
import io
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
import xlwt
from python_calamine import CalamineWorkbook
from pyxlsbwriter import XlsbWriter

from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from parsers.values.table import Document
from tests.benchmarks.marks import Mark, Scale, figure
from tests.benchmarks.place import WrongError
from tests.builders.package import a_zip

_HEADING = ("STT", "Tên công trình", "Hình thức", "Thời gian", "Dự kiến kết quả")
_SIZES = (30, 1000)


def run(scale: Scale) -> list[Mark]:
    """Return CPU milliseconds a file by format and size, and how many times a plain
    library's call that is.
    """
    rounds = scale.pick(5, 2, 9)
    marks = []
    for size in _SIZES:
        rows = _rows(size)
        for kind, write in _WRITERS.items():
            payload = write(rows, scale.folder)
            _check(kind, payload, size)
            marks += _measured(kind, payload, size, rounds)
    return marks


def _rows(count: int) -> list[list[Any]]:
    rows: list[list[Any]] = [list(_HEADING)]
    for i in range(1, count + 1):
        rows.append([
            i,
            f"Công trình số {i}: sửa nhà cho hộ nghèo, Phường {i % 14 + 1}",
            ("Vận động nhân dân", "Phối hợp các đoàn thể", "Ra quân")[i % 3],
            f"Tháng {i % 12 + 1} năm 2021",
            f"{i * 3} hộ dân được hưởng lợi",
        ])  # fmt: skip
    return rows


def _measured(kind: str, payload: bytes, size: int, rounds: int) -> list[Mark]:
    times = max(3, 1000 // size)
    ours = _costs(lambda: READERS[kind](payload, ("a",), Limits()), rounds, times)
    theirs = _costs(lambda: _by_calamine(payload), rounds, times)
    what = f"{kind}, {size} rows"
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    marks = [
        Mark("", f"{what}: read, CPU", "", *figure(ours, " ms", 2)),
        Mark("", "  times of calamine's call", "4.0", *figure(ratios)),
    ]
    if kind == "xlsx":
        slow = _costs(lambda: _by_openpyxl(payload), rounds, times)
        share = f"{statistics.median(ours) / statistics.median(slow):.2f}"
        marks.append(Mark("", "  times of openpyxl read-only", "1.0", share))
    return marks


def _costs(what: Callable[[], object], rounds: int, times: int) -> list[float]:
    """Return CPU milliseconds of one call, one a round."""
    what()
    gc.collect()
    # As the child does: what was built is never looked through again.
    gc.freeze()
    costs = []
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(times):
            what()
        costs.append((time.process_time() - start) * 1000 / times)
    gc.unfreeze()
    return costs


def _by_calamine(payload: bytes) -> int:
    book = CalamineWorkbook.from_filelike(io.BytesIO(payload))
    return sum(len(book.get_sheet_by_name(n).to_python()) for n in book.sheet_names)


def _by_openpyxl(payload: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(payload), read_only=True)
    return sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))


def _check(kind: str, payload: bytes, size: int) -> None:
    document = READERS[kind](payload, ("a",), Limits())
    rows = (
        [len(t.rows) for t in document.tables] if isinstance(document, Document) else []
    )
    if rows != [size + 1]:
        raise WrongError(f"{kind}: {rows} rows of {size + 1} were read")


def _xlsx(rows: list[list[Any]], folder: Path) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def _xls(rows: list[list[Any]], folder: Path) -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("a")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(out)
    return out.getvalue()


def _xlsb(rows: list[list[Any]], folder: Path) -> bytes:
    path = folder / "bang.xlsb"
    with XlsbWriter(str(path)) as book:
        book.add_sheet("a")
        book.write_sheet(rows)
    return path.read_bytes()


def _ods(rows: list[list[Any]], folder: Path) -> bytes:
    """Return a workbook with cells shaped as LibreOffice shapes them."""
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = "".join(
        f' xmlns:{s}="{name}{s}:1.0"' for s in ("office", "table", "text", "style")
    )
    body = "".join(
        f'<table:table-row table:style-name="ro1">{"".join(map(_ods_cell, row))}'
        "</table:table-row>"
        for row in rows
    )
    return a_zip({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": f"<office:document-content{spaces}><office:body>"
        f'<office:spreadsheet><table:table table:name="a">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>",
    })  # fmt: skip


def _ods_cell(value: Any) -> str:
    kind = 'office:value-type="string"'
    if isinstance(value, int):
        kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"


_WRITERS: dict[str, Callable[[list[list[Any]], Path], bytes]] = {
    "xlsx": _xlsx,
    "xls": _xls,
    "xlsb": _xlsb,
    "ods": _ods,
}
