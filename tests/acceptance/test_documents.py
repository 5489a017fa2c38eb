"""`hopthu export` as a clerk calls it: three endings, filters, faults in sentences."""

import csv
import io
import stat
from pathlib import Path

import openpyxl
import pytest

from daemon.commands.arguments import Common
from daemon.commands.export import whole
from daemon.commands.office import open_office
from daemon.exporting import ENDINGS, WHATS
from tests.acceptance.world import World, a_world, smtp
from tests.builders import season

OCTOBER = "2021-10-08T09:00:00+07:00"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """An office to which a season was delivered."""
    made = a_world(tmp_path_factory.mktemp("documents"), more=smtp(1))
    common = Common(str(made.configuration), OCTOBER, "lan", None)
    with open_office(common) as office, office.database.write() as connection:
        season.fill(connection, office.campaign, office.desk.units)
    return made


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_database_gives_the_same_bytes(
    world: World, what: str, ending: str
) -> None:
    found = []
    for name in ("one", "two"):
        path = world.folder / f"{name}-{what}.{ending}"
        ran = world.run("export", what, path, now=OCTOBER)
        assert (ran.code, ran.out, ran.err) == (0, "", "")
        found.append(path.read_bytes())
    assert found[0] == found[1]
    assert found[0][:2] == (b"\xef\xbb" if ending == "csv" else b"PK")


def test_the_status_document_says_what_status_says(world: World) -> None:
    path = world.folder / "status.csv"
    world.run("export", "status", path)
    told = {row["code"]: row for row in rows(path)}
    asked = world.json("status", "status")
    assert [*told] == [unit["code"] for unit in asked["units"]]
    for unit in asked["units"]:
        row = told[unit["code"]]
        assert row["late"] == str(unit["late"]).lower()
        assert row["last_received"] == (unit["last_received"] or "")
        assert row["results_state"] == unit["phases"]["results"]["state"]
        for key in ("registered", "versions", "results", "reminders", "findings"):
            assert row[key] == str(unit[key]), key


def test_the_documents_count_the_same_works(world: World) -> None:
    counts = {}
    for what in ("registrations", "results", "assessment"):
        path = world.folder / f"count-{what}.csv"
        world.run("export", what, path, now=OCTOBER)
        counts[what] = rows(path)
    works = len(counts["registrations"])
    assert works == sum(row["registered"] == "true" for row in counts["results"])
    assert works == sum(int(row["registered"]) for row in counts["assessment"])
    reported = sum(
        row["registered"] == row["reported"] == "true" for row in counts["results"]
    )
    assert reported == sum(int(row["results"]) for row in counts["assessment"])


def test_filters_confine_and_are_said_in_the_document(world: World) -> None:
    path = world.folder / "phuong.xlsx"
    words = ("--category", "phuong", "--field", "1")
    assert world.run("export", "registrations", path, *words).code == 0
    sheet = openpyxl.load_workbook(path).worksheets[0]
    texts = [str(c.value) for row in sheet.iter_rows() for c in row if c.value]
    assert "Phạm vi: Phường; lĩnh vực Văn hóa - xã hội" in texts
    fields = {c.value for c in sheet["G"] if c.value} - {"Lĩnh vực"}
    assert fields <= {"Văn hóa - xã hội", "Văn hóa - xã hội (*)"}
    one = world.folder / "mot.csv"
    assert world.run("export", "registrations", one, "--unit", "P09").code == 0
    assert {row["unit"] for row in rows(one)} <= {"P09"}


def test_chosen_works_are_a_document_of_their_own(world: World) -> None:
    path = world.folder / "chon.csv"
    world.run("export", "registrations", path, "--category", "phuong")
    some = rows(path)[:2]
    unit, numbers = some[0]["unit"], [row["number"] for row in some]
    assert world.run("mark", unit, "999").code == 2
    assert world.run("mark", unit, *numbers).code == 0
    assert world.run("export", "registrations", path, "--marked").code == 0
    assert [row["title"] for row in rows(path)] == [row["title"] for row in some]
    told = world.folder / "chon.xlsx"
    assert world.run("export", "results", told, "--marked").code == 0
    sheet = openpyxl.load_workbook(told).worksheets[0]
    texts = {str(c.value) for row in sheet.iter_rows() for c in row if c.value}
    assert {row["title"] for row in some} <= texts
    assert "Phạm vi: công trình được chọn" in texts
    assert world.run("mark", unit, numbers[0], "--off").code == 0
    world.run("export", "registrations", path, "--marked")
    assert [row["number"] for row in rows(path)] == numbers[1:]
    history = world.json("unit", "units", "show", unit)["events"]
    assert [e["what"] for e in history][-3:] == ["mark", "mark", "unmark"]


def test_since_marks_what_is_new_in_a_column_of_its_own(world: World) -> None:
    path = world.folder / "since.csv"
    words = ("--since", "2021-06-06")
    assert world.run("export", "registrations", path, *words).code == 0
    found = rows(path)
    assert list(found[0])[-1] == "change"
    assert {row["change"] for row in found} == {"", "added", "changed", "removed"}
    plain = world.folder / "plain.csv"
    world.run("export", "registrations", plain)
    assert len(rows(plain)) == sum(row["change"] != "removed" for row in found)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("registrations", "a.ods"), ".xlsx, .docx hoặc .csv"),
        (("registrations", "khong-co/a.csv"), "không có thư mục"),
        (("registrations", "home/a.csv/x.csv"), "không có thư mục"),
        (("registrations", "thu-muc.csv"), "là một thư mục"),
        (("registrations", "/sys/a.csv"), "chỉ cho đọc"),
        (("registrations", "x" * 300 + ".csv"), "tên tệp quá dài"),
        (("registrations", "a.csv", "--category", "xa"), "Không có loại đơn vị xa"),
        (("registrations", "a.csv", "--field", "9"), "Không có lĩnh vực số 9"),
        (("registrations", "a.csv", "--unit", "P99"), "Không có đơn vị"),
        (("registrations", "a.csv", "--since", "8/6"), "năm-tháng-ngày"),
        (("status", "a.csv", "--field", "1"), "không lọc theo lĩnh vực"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_what_cannot_be_written_is_said_and_leaves_nothing_behind(
    world: World, words: tuple[str, ...], said: str
) -> None:
    (world.folder / "thu-muc.csv").mkdir(exist_ok=True)
    (world.folder / "home" / "a.csv").touch()
    before = sorted(world.folder.iterdir())
    what, name, *more = words
    ran = world.run("export", what, world.folder / name, *more)
    assert ran.code == 2
    assert said in ran.err
    assert sorted(world.folder.iterdir()) == before


def test_a_file_that_is_there_is_replaced_and_keeps_its_rights(world: World) -> None:
    path = world.folder / "thay.csv"
    path.write_text("cũ")
    path.chmod(0o640)
    assert world.run("export", "status", path).code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert len(rows(path)) == 97


def test_a_writing_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path,
) -> None:
    path = tmp_path / "cu.csv"
    path.write_text("cũ")
    with pytest.raises(OSError, match="full"):
        _fill_up(path)
    assert path.read_text() == "cũ"
    assert list(tmp_path.iterdir()) == [path]


def _fill_up(path: Path) -> None:
    with whole(path) as file:
        file.write(b"half")
        raise OSError("the disk is full")
