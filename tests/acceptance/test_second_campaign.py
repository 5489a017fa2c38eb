"""Another plan with another form, on the same mailbox, as a file and nothing else."""

import io
from datetime import datetime
from email.mime.base import MIMEBase
from typing import Any

import pytest
from openpyxl import Workbook

from daemon.demo.samples import Letter, Sender, attached, write
from tests.acceptance.world import CAMPAIGN, ROOT, World, a_world, smtp
from tests.builders.filled import fill_workbook
from tests.builders.letters import ZONE, Posted, a_letter, address_of, unit_names

OTHER = ROOT / "tests" / "campaigns" / "dan-van-kheo.toml"
FORM = ("STT", "Tên mô hình", "Nội dung", "Đơn vị thực hiện", "Thời gian", "Ghi chú")
WORKS = (
    (
        *("1", "Tổ phụ nữ giúp nhau vay vốn", "Góp vốn xoay vòng"),
        *("Hội LHPN phường", "Cả năm", ""),
    ),
    (
        *("2", "Camera nhân dân", "Vận động lắp 10 camera"),
        *("Công an phường", "Quý III/2021", "mới"),
    ),
)
JUNE = datetime(2021, 6, 7, 10, tzinfo=ZONE)


def a_form(code: str) -> MIMEBase:
    """The form of the other plan, as a clerk fills it in a sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ĐẢNG BỘ QUẬN 3"])
    sheet.append([f"ĐẢNG ỦY {unit_names()[code].upper()}"])
    sheet.append([])
    sheet.append(["BẢNG ĐĂNG KÝ MÔ HÌNH “DÂN VẬN KHÉO” NĂM 2021"])
    for line in (FORM, *WORKS):
        sheet.append(list(line))
    stream = io.BytesIO()
    book.save(stream)
    return attached("dan-van-kheo.xlsx", stream.getvalue())


def a_mail(
    code: str, text: str, *files: MIMEBase, subject: str = "Gửi Ban Dân vận"
) -> bytes:
    sender = Sender(unit_names()[code], address_of(code))
    return write(sender, Letter(subject, text, None), JUNE, list(files), True, ())


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Two plans at once; wards write for both, a school for the only one it is in."""
    folder = tmp_path_factory.mktemp("two-plans")
    world = a_world(folder, more=smtp(1))
    settings = world.configuration.read_text("utf-8")
    both = f'campaign = ["{CAMPAIGN}", "{OTHER}"]'
    world.configuration.write_text(
        settings.replace(f'campaign = "{CAMPAIGN}"', both), "utf-8"
    )
    first = Posted("P09", subject="Phường 9 đăng ký", files=["xlsx P09 10"])
    nothing = "Đơn vị không có công trình đăng ký."
    mails = {
        "1-first-plan": a_letter(first),
        "2-other-form": a_mail("P09", "Phường 9 gửi bảng.", a_form("P09")),
        "3-nil-of-both": a_mail("P10", nothing),
        "4-nil-by-number": a_mail("P11", f"Theo Kế hoạch số 12-KH/BDV: {nothing}"),
        "5-nil-of-a-school": a_mail("MN-06", nothing),
    }
    for name, raw in mails.items():
        world.mail(f"{name}.eml", raw)
    ran = world.run("ingest", world.folder / "mails", "--json")
    assert ran.code == 1, ran.err
    return world


def units(world: World, plan: str) -> dict[str, Any]:
    found = world.json("status", "--campaign", plan, "status")["units"]
    return {unit["code"]: unit for unit in found}


def shown(world: World, ident: int) -> Any:
    return world.json("show", "show", str(ident))


def test_each_form_goes_to_its_own_plan(world: World) -> None:
    first, other = shown(world, 1), shown(world, 2)
    assert [s["campaign"] for s in first["submissions"]] == ["41-KH/QU"]
    assert [s["campaign"] for s in other["submissions"]] == ["12-KH/BDV"]
    assert units(world, "41-KH/QU")["P09"]["registered"] == 10
    assert units(world, "12-KH/BDV")["P09"]["registered"] == 2


def test_the_other_form_is_read_by_its_own_columns_and_fields(world: World) -> None:
    rows = shown(world, 2)["submissions"][0]["rows"]
    assert [(r["title"], r["method"], r["time"]) for r in rows] == [
        (w[1], w[2], w[4]) for w in WORKS
    ]
    assert [r["field"] for r in rows] == [1, 3]
    assert [r["extra"]["Ghi chú"] for r in rows] == ["", "mới"]
    codes = {f["code"] for f in shown(world, 2)["reading"]["findings"]}
    assert not codes & {"column_missing", "heading_missing", "cell_empty"}


def test_quotas_and_who_takes_part_are_the_plan_s_own(world: World) -> None:
    mine = units(world, "12-KH/BDV")
    assert mine["P09"]["quota"] == 3
    assert mine["P09"]["state"] == "partial"
    assert "MN-06" not in mine


def test_a_statement_that_either_plan_may_have_asked_for_is_held(world: World) -> None:
    third = shown(world, 3)
    assert (third["state"], third["reason"]) == ("held", "campaign_unclear")
    assert third["submissions"] == []


def test_a_plan_s_number_in_the_text_says_which(world: World) -> None:
    fourth = shown(world, 4)
    assert [s["campaign"] for s in fourth["submissions"]] == ["12-KH/BDV"]
    assert units(world, "12-KH/BDV")["P11"]["state"] == "nil"
    assert units(world, "41-KH/QU")["P11"]["state"] == "missing"


def test_a_unit_of_one_plan_alone_speaks_of_that_one(world: World) -> None:
    fifth = shown(world, 5)
    assert [s["campaign"] for s in fifth["submissions"]] == ["41-KH/QU"]
    assert units(world, "41-KH/QU")["MN-06"]["state"] == "nil"


def test_the_other_plans_form_is_filled_in_and_read_as_its_own(world: World) -> None:
    blank = world.folder / "mau.xlsx"
    given = ("--campaign", "12-KH/BDV", "form", blank, "--unit", "P12")
    assert world.run(*given).code == 0
    cells = [row[:5] for row in WORKS]
    filled = world.folder / "gui-lai.xlsx"
    filled.write_bytes(fill_workbook(blank.read_bytes(), cells))
    (line,) = world.run("read", "--json", filled).lines("reading")
    assert line["unit"]["code"] == "P12"
    assert line["unit"]["certainty"] == "certain"
    keys = ("number", "title", "method", "time")
    told = [tuple(row[key] for key in keys) for row in line["registrations"]]
    assert told == [(*row[:3], row[4]) for row in WORKS]
    assert [r["extra"]["Đơn vị thực hiện"] for r in line["registrations"]] == [
        row[3] for row in WORKS
    ]
