"""Pictures through the workbench: its own child looks at them, and may die of them."""

import io
import json
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from daemon.commands.arguments import Common
from daemon.commands.office import read_desk
from daemon.demo.documents import Letterhead, workbook
from daemon.demo.works import rows as works
from daemon.workbench import Eyes, Job, OfficeProgram, Workbench
from parsers.readers.picture.heads import stands_on_head
from parsers.readers.picture.spotted import spotted
from parsers.values.limits import Limits
from parsers.values.reading import Reading, Rules
from tests.builders.scans import (
    WORKS,
    a_form,
    a_jpeg,
    a_scan,
    a_tiff,
    pixels,
    sealed,
)

NOWHERE = OfficeProgram(places=())


@pytest.fixture(scope="module")
def rules() -> Rules:
    common = Common(None, "2021-06-08T09:00:00+07:00", "test", None)
    return read_desk(common, shipped=True).rules


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give each test a folder for what is passing, which must be empty at the end."""
    folder = tmp_path / "passing"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert not list(folder.iterdir())


@pytest.fixture(scope="module")
def page() -> np.ndarray:
    return pixels(a_form())


def limited(rules: Rules, **limits: int) -> Rules:
    return Rules(
        rules.units,
        rules.campaigns,
        rules.headings,
        Limits(**limits),
        rules.own,
        rules.own_domain,
    )


def read(rules: Rules, name: str, raw: bytes, eyes: Eyes | None = None) -> Reading:
    with Workbench(rules, 2, NOWHERE, eyes) as bench:
        (outcome,) = bench.read([Job(1, raw, name)])
    assert outcome.failure is None
    assert outcome.reading is not None
    return outcome.reading


def rows_of(reading: Reading) -> list[tuple[str | None, ...]]:
    return [
        (r.number, r.title, r.method, r.time, r.expected_result)
        for r in reading.registrations
    ]


def codes(reading: Reading) -> set[str]:
    return {f.code for f in reading.findings}


def a_mail(*files: tuple[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"] = "p10@example.org"
    mail["Subject"] = "Phường 10 gửi bảng đăng ký"
    mail.set_content("Kính gửi Ban Dân vận bảng đăng ký công trình.")
    for name, payload in files:
        mail.add_attachment(payload, "application", "octet-stream", filename=name)
    return mail.as_bytes()


def test_a_signed_scan_is_read_row_by_row_and_nothing_of_it_is_certain(
    rules: Rules, page: np.ndarray
) -> None:
    reading = read(rules, "quet.pdf", a_scan(sealed(page, 0.66, 0.36)))
    assert rows_of(reading) == list(WORKS)
    sure = [c for r in reading.registrations for c in r.cells.values()]
    assert max(sure) < 1.0
    assert sum(c >= 0.9 for c in sure) >= 0.7 * len(sure)
    assert reading.candidates[0].code == "P10"
    assert reading.confirmation == "signed"
    assert reading.cutouts[0].kind == "seal"
    with Image.open(io.BytesIO(reading.cutouts[0].jpeg)) as cutout:
        assert min(cutout.size) > 100
    assert codes(reading) >= {"recognised_from_picture"}


def test_a_scan_without_a_seal_has_but_its_block(
    rules: Rules, page: np.ndarray
) -> None:
    reading = read(rules, "quet.jpg", a_jpeg(np.rot90(page, 3)))
    assert rows_of(reading) == list(WORKS)
    assert reading.confirmation == "block_only"


@pytest.mark.parametrize("turn", [0, 2])
def test_a_page_on_its_head_is_known_by_its_letters(
    page: np.ndarray, turn: int
) -> None:
    grey = np.ascontiguousarray(np.rot90(page.min(axis=2), turn))
    assert stands_on_head(grey, spotted(grey)) is (turn == 2)


def test_what_reads_pictures_is_missing_and_nothing_is_lost(
    rules: Rules, page: np.ndarray
) -> None:
    reading = read(rules, "quet.pdf", a_scan(page), Eyes(open=False))
    assert "program_missing" in codes(reading)
    assert reading.attachments[0].role == "unreadable"
    assert not reading.registrations


def test_pages_beyond_the_limit_are_told_as_cut(rules: Rules, page: np.ndarray) -> None:
    blank = np.full((900, 700, 3), 245, np.uint8)
    raw = a_tiff(page, blank, blank, blank)
    reading = read(limited(rules, pictures=2), "quet.tif", raw)
    assert len(reading.registrations) == len(WORKS)
    assert "rows_cut" in codes(reading)


def test_the_time_of_a_mail_ends_its_pictures_and_says_so(
    rules: Rules, page: np.ndarray
) -> None:
    mail = a_mail(("1.jpg", a_jpeg(page)), ("2.jpg", a_jpeg(page[::-1])))
    with Workbench(limited(rules, mail_seconds=1), 2, NOWHERE) as bench:
        (outcome,) = bench.read([Job(1, mail)])
    assert outcome.reading is not None
    assert "rows_cut" in codes(outcome.reading)
    assert not outcome.reading.registrations


def test_a_page_that_takes_too_long_is_left_and_the_next_is_read(
    rules: Rules, page: np.ndarray
) -> None:
    reading = read(limited(rules, picture_seconds=0), "quet.tif", a_tiff(page, page))
    assert "limit_exceeded" in codes(reading)
    assert not reading.registrations


def test_photos_of_two_pages_are_one_table_whatever_their_order(rules: Rules) -> None:
    second = pixels(a_form((("4", "Tủ sách", "Vận động", "Tháng 7", "Có"),), False))
    mail = a_mail(("b.jpg", a_jpeg(second)), ("a.jpg", a_jpeg(pixels(a_form()))))
    with Workbench(rules, 2, NOWHERE) as bench:
        (outcome,) = bench.read([Job(1, mail)])
    assert outcome.reading is not None
    assert [r.number for r in outcome.reading.registrations] == ["1", "2", "3", "4"]
    roles = {a.path[-1]: a.role for a in outcome.reading.attachments}
    assert roles == {"a.jpg": "table", "b.jpg": "table"}


def test_the_scan_beside_the_table_is_its_copy_and_signs_it(rules: Rules) -> None:
    head = Letterhead(("ĐẢNG BỘ QUẬN 3", "ĐẢNG ỦY PHƯỜNG 10", "*"), state=False)
    book = workbook(head, works(3), "Lê Minh Tuấn")
    same = tuple((str(i + 1), *row[1:]) for i, row in enumerate(WORKS))
    scan = sealed(pixels(a_form(same)), 0.66, 0.36)
    mail = a_mail(("bang.pdf", a_form(same)), ("quet.jpg", a_jpeg(scan)))
    assert book
    with Workbench(rules, 2, NOWHERE) as bench:
        (outcome,) = bench.read([Job(1, mail)])
    reading = outcome.reading
    assert reading is not None
    assert len(reading.registrations) == 3
    assert {r.certainty for r in reading.registrations} == {1.0}
    roles = {a.path[-1]: a.role for a in reading.attachments}
    assert roles == {"bang.pdf": "table", "quet.jpg": "copy"}
    assert reading.confirmation == "signed"


def test_a_digital_mail_does_not_wait_for_a_scan(
    rules: Rules, page: np.ndarray
) -> None:
    scans = a_mail(("quet.tif", a_tiff(page, page, page)))
    digital = a_mail(("bang.pdf", a_form()))
    with Workbench(rules, 2, NOWHERE) as bench:
        bench.submit([Job(1, scans)])
        bench.submit([Job(2, digital), Job(3, digital)])
        order = []
        while bench.waiting:
            order += [outcome.id for outcome in bench.outcomes()]
    assert order[-1] == 1
    assert sorted(order) == [1, 2, 3]


@pytest.mark.parametrize("kind", ["blank", "noise", "cut"])
def test_what_holds_no_table_gives_one_finding_and_no_row(
    rules: Rules, page: np.ndarray, kind: str
) -> None:
    shapes = {
        "blank": np.full((1600, 1200, 3), 244, np.uint8),
        "noise": np.random.default_rng(1).integers(0, 255, (900, 700, 3), np.uint8),
        "cut": page,
    }
    raw = a_jpeg(shapes[kind])
    reading = read(rules, "anh.jpg", raw[: len(raw) // 2] if kind == "cut" else raw)
    assert not reading.registrations
    assert not reading.results
    assert len(reading.findings) == 1


def test_every_step_of_a_page_can_be_looked_at(
    rules: Rules, page: np.ndarray, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    read(rules, "quet.jpg", a_jpeg(page), Eyes(keeps=kept))
    names = {p.name.partition("-001-")[2]: p for p in kept.iterdir()}
    assert set(names) == {
        "1-page.jpg",
        "2-straight.jpg",
        "3-grid.jpg",
        "4-certainty.jpg",
        "5-lines.txt",
        "6-cells.html",
    }
    assert "Bếp ăn tình thương" in names["5-lines.txt"].read_text("utf-8")
    with Image.open(names["3-grid.jpg"]) as grid:
        assert grid.size == page.shape[1::-1]


def test_a_reading_with_cutouts_is_kept_as_json(rules: Rules, page: np.ndarray) -> None:
    with Workbench(rules, 2, NOWHERE) as bench:
        raw = a_jpeg(sealed(page, 0.66, 0.36))
        (outcome,) = bench.read([Job(1, raw, "quet.jpg")])
    told = json.loads(outcome.encoded)
    assert told["cutouts"][0]["attachment"] == ["quet.jpg"]
