"""Documents opened by LibreOffice and printed: words whole, pages a clerk's."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from sqlalchemy import Connection

from config.campaign import load_campaign
from config.settings import SHIPPED_CAMPAIGN, SHIPPED_UNITS
from config.units_file import load_units
from daemon import exporting
from daemon.exporting import Issuer, Order
from storage.campaigns import put_campaigns
from storage.database import open_database
from storage.units import take_in
from tests import neighbours
from tests.builders import season
from tests.builders.documents import ZONE, a_letterhead

NOW = datetime(2021, 10, 8, 9, 0, tzinfo=ZONE)
KINDS = [(what, end) for what in exporting.WHATS for end in ("xlsx", "docx")]
#: The first headings of each document's main table.
HEADS = {
    "registrations": ["STT", "Đơn vị", "Tên công trình"],
    "results": ["STT", "Đơn vị", "Tên công trình"],
    "status": ["STT", "Đơn vị", "Chỉ tiêu"],
    "assessment": ["Thứ hạng", "Đơn vị", "Chỉ tiêu"],
}
SIGNED = "NGƯỜI LẬP BẢNG"


@dataclass(frozen=True, slots=True)
class Page:
    """A printed page: its words in reading order, and its tables' cells."""

    text: str
    tables: tuple[tuple[tuple[str, ...], ...], ...]

    def rows(self) -> Iterator[tuple[str, ...]]:
        for table in self.tables:
            yield from table


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Return the ledger of a season of all units."""
    folder = tmp_path_factory.mktemp("season")
    database = open_database(f"sqlite:///{folder / 'hopthu.db'}")
    database.upgrade()
    plan = load_campaign(SHIPPED_CAMPAIGN)
    units = load_units(SHIPPED_UNITS, {c.code for c in plan.categories})
    with database.write() as writing:
        take_in(writing, units, "d1", NOW)
        put_campaigns(writing, [plan])
        season.fill(writing, plan, units)
    with database.read() as reading:
        yield reading
    database.close()


@pytest.fixture(scope="module")
def printed(
    connection: Connection, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], list[Page]]:
    """Return every document as it is printed."""
    folder = tmp_path_factory.mktemp("printed")
    issuer = Issuer(a_letterhead(), ZONE, NOW)
    files = []
    for what, ending in KINDS:
        path = folder / f"{what}-{ending}.{ending}"
        order = Order(what, since=datetime(2021, 6, 8, tzinfo=ZONE))
        path.write_bytes(exporting.written(connection, order, ending, issuer))
        files.append(path)
    convert(files, folder)
    return {kind: pages(folder / f"{kind[0]}-{kind[1]}.pdf") for kind in KINDS}


def convert(files: list[Path], folder: Path) -> None:
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    program = neighbours.tool("soffice", "LibreOffice")
    words = [program, profile, "--headless", "--convert-to", "pdf"]
    done = subprocess.run(
        [*words, "--outdir", str(folder), *map(str, files)],
        capture_output=True,
        timeout=300,
        check=True,
    )
    assert b"Error" not in done.stderr


def pages(path: Path) -> list[Page]:
    with pdfplumber.open(path) as file:
        return [
            Page(" ".join((page.extract_text() or "").split()), tables_of(page))
            for page in file.pages
        ]


def tables_of(page: Any) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(
        tuple(tuple(" ".join((c or "").split()) for c in row) for row in table)
        for table in page.extract_tables()
    )


def plain(text: object) -> str:
    # LibreOffice breaks lines behind a hyphen too.
    return " ".join(str(text).split()).replace("- ", "-")


@pytest.mark.parametrize(("what", "ending"), KINDS)
def test_every_page_of_the_main_table_has_its_headings(
    printed: dict[tuple[str, str], list[Page]], what: str, ending: str
) -> None:
    found = printed[what, ending]
    main = [p for p in found if any(list(r[:3]) == HEADS[what] for r in p.rows())]
    assert len(main) >= 5
    numbered = [p for p in found if any(r[0].isdigit() for r in p.rows() if len(r) > 6)]
    assert [found.index(p) for p in numbered] == [found.index(p) for p in main]


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_every_cell_of_a_mail_is_printed_whole(
    printed: dict[tuple[str, str], list[Page]], connection: Connection, ending: str
) -> None:
    rows = [r for p in printed["registrations", ending] for r in p.rows()]
    shown = {r[0]: r for r in rows if len(r) == 8 and r[0].isdigit()}
    works = [
        work
        for one in exporting.gathering.given(
            connection, Order("registrations"), "41-KH/QU"
        )
        for work in one.works
    ]
    assert len(shown) == len(works) > 150
    for number, work in enumerate(works, 1):
        told = shown[str(number)]
        wanted = (work.title, work.method, work.time, work.expected_result)
        assert tuple(map(plain, told[2:6])) == tuple(map(plain, wanted)), number


@pytest.mark.parametrize(("what", "ending"), KINDS)
def test_a_signature_block_never_stands_alone(
    printed: dict[tuple[str, str], list[Page]], what: str, ending: str
) -> None:
    signed = [p for p in printed[what, ending] if SIGNED in p.text]
    assert len(signed) == (2 if ending == "xlsx" else 1)
    for page in signed:
        assert sum(1 for row in page.rows() if any(row)) >= 3
        assert "TRƯỞNG BAN" in page.text


@pytest.mark.parametrize("what", exporting.WHATS)
def test_a_unit_that_goes_on_is_named_on_each_page_of_a_workbook(
    printed: dict[tuple[str, str], list[Page]], what: str
) -> None:
    for page in printed[what, "xlsx"]:
        rows = [r for r in page.rows() if len(r) > 6 and r[0].isdigit()]
        # A filled row cuts the shared cell in two for who reads the lines.
        assert not rows or any(row[1] for row in rows[:8])


def test_the_report_is_upright_and_ends_before_its_table(
    printed: dict[tuple[str, str], list[Page]],
) -> None:
    text = " ".join(page.text for page in printed["assessment", "docx"])
    assert "Số -BC/BDVQU Quận 3, ngày 08 tháng 10 năm 2021" in text
    assert text.index("IV. ĐỀ XUẤT KHEN THƯỞNG") < text.index("Nơi nhận:")
    assert text.index("Nơi nhận:") < text.index("Kèm theo Báo cáo")


def test_a_document_of_nothing_is_a_document(
    tmp_path: Path,
) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'hopthu.db'}")
    database.upgrade()
    issuer = Issuer(a_letterhead(), ZONE, NOW)
    files = []
    with database.write() as writing:
        put_campaigns(writing, [load_campaign(SHIPPED_CAMPAIGN)])
    with database.read() as reading:
        for what, ending in KINDS:
            path = tmp_path / f"{what}-{ending}.{ending}"
            order = Order(what)
            path.write_bytes(exporting.written(reading, order, ending, issuer))
            files.append(path)
    database.close()
    convert(files, tmp_path)
    for what, ending in KINDS:
        found = pages(tmp_path / f"{what}-{ending}.pdf")
        assert SIGNED in found[-1].text
        assert date(2021, 10, 8).strftime("ngày %d") in found[0].text
