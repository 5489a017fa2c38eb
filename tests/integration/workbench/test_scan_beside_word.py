"""The signed scan of a Word file beside the file: no second rows, and what differs.

The Word file is printed by LibreOffice, signed, sealed, scanned, and read by the real
recognisers.
"""

from pathlib import Path

import pytest

from daemon.commands.arguments import Common
from daemon.commands.office import read_desk
from daemon.demo.documents import word
from daemon.demo.works import rows
from daemon.workbench import Job, Workbench
from parsers.values.reading import Reading, Rules
from tests.accuracy.pictures.ink import Picture
from tests.builders.printed_by_word import (
    as_scan,
    changed_by_hand,
    place_of,
    printed,
    signed,
)
from tests.integration.workbench.conftest import WARD
from tests.integration.workbench.test_conversions import a_mail

ROWS = rows(4)
FILE = word(WARD, ROWS, "Lê Minh Tuấn")


@pytest.fixture(scope="module")
def rules() -> Rules:
    common = Common(None, "2021-06-08T09:00:00+07:00", "test", None)
    return read_desk(common, shipped=True).rules


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("printed")


@pytest.fixture(scope="module")
def page(folder: Path) -> Picture:
    (page,) = printed(FILE, folder)
    left, top, right, _ = place_of("Lê Minh Tuấn", folder)
    return signed(page, (left + right) // 2, top - 60)


def read(rules: Rules, *files: tuple[str, bytes]) -> Reading:
    with Workbench(rules, 2) as bench:
        (outcome,) = bench.read([Job(1, a_mail(*files))])
    assert outcome.reading is not None, outcome.failure
    return outcome.reading


def differences(reading: Reading) -> list[dict[str, str]]:
    return [dict(f.parameters) for f in reading.findings if f.code == "copy_differs"]


def test_the_signed_scan_of_the_word_file_gives_no_second_rows(
    rules: Rules, page: Picture
) -> None:
    scan = as_scan([page])
    reading = read(rules, ("bang-ky.pdf", scan), ("bang.docx", FILE))
    assert [r.title for r in reading.registrations] == [row[1] for row in ROWS]
    assert all(r.certainty == 1.0 for r in reading.registrations)
    roles = {a.path[-1]: a.role for a in reading.attachments}
    assert roles == {"bang-ky.pdf": "copy", "bang.docx": "table"}
    assert differences(reading) == []
    assert reading.confirmation == "signed"


def test_a_number_that_was_changed_by_hand_on_the_paper_is_told(
    rules: Rules, page: Picture, folder: Path
) -> None:
    left, top, right, bottom = place_of("đặt 20", folder)
    digits = (right - (right - left) // 3, top, right, bottom)
    scan = as_scan([changed_by_hand(page, digits, "35")])
    reading = read(rules, ("bang.docx", FILE), ("bang-ky.pdf", scan))
    assert [r.title for r in reading.registrations] == [row[1] for row in ROWS]
    told = differences(reading)
    assert [(d["number"], d["column"]) for d in told] == [("2", "title")]
    assert told[0]["text"] == ROWS[1][1]


def test_a_number_that_was_printed_otherwise_is_told_with_both_texts(
    rules: Rules, tmp_path: Path
) -> None:
    other = [list(row) for row in ROWS]
    other[2][1] = other[2][1].replace("30 suất", "80 suất")
    (page,) = printed(word(WARD, [tuple(r) for r in other], "Lê Minh Tuấn"), tmp_path)
    reading = read(rules, ("bang.docx", FILE), ("bang-ky.pdf", as_scan([page])))
    assert len(reading.registrations) == len(ROWS)
    told = differences(reading)
    assert [(d["number"], d["column"]) for d in told] == [("3", "title")]
    assert (told[0]["text"], told[0]["other"]) == (ROWS[2][1], other[2][1])
