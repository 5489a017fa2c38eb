"""The shipped plan, units and headings; and what a file of units may look like."""

from datetime import date
from pathlib import Path

import pytest

from config.campaign import load_campaign
from config.headings_file import load_headings
from config.settings import SHIPPED_CAMPAIGN, SHIPPED_HEADINGS, SHIPPED_UNITS
from config.units_file import load_units
from parsers.values.unit import Unit

CATEGORIES = ("phong_ban", "mttq_doan_the", "phuong", "dang_bo_co_so", "chi_bo_co_so")


def _units(folder: Path, text: str) -> tuple[Unit, ...]:
    file = folder / "units.csv"
    file.write_bytes(text.encode())
    return load_units(file, CATEGORIES)


def test_the_shipped_plan_is_the_plan() -> None:
    plan = load_campaign(SHIPPED_CAMPAIGN)
    assert plan.number == "41-KH/QU"
    assert plan.period == (date(2021, 5, 1), date(2021, 10, 31))
    quotas = {c.code: c.quota for c in plan.categories}
    assert quotas == dict(zip(CATEGORIES, (1, 2, 10, 2, 1), strict=True))
    registration, results = plan.phases
    assert (registration.deadline, registration.named) == (
        date(2021, 6, 10),
        date(2021, 6, 9),
    )
    assert results.deadline == date(2021, 10, 5)
    assert [field.number for field in plan.fields] == [1, 2, 3, 4, 5]
    headings = {column.key: column.heading for column in plan.columns}
    assert (
        headings["expected_result"] == "Dự kiến kết quả (hiệu quả, số lượng đạt được)"
    )
    required = {column.key for column in plan.columns if column.required}
    assert required == {"title", "method", "time", "expected_result"}


def test_no_heading_of_the_shipped_plan_means_two_columns() -> None:
    plan = load_campaign(SHIPPED_CAMPAIGN)
    words = [w.casefold() for c in plan.columns for w in (c.heading, *c.also)]
    assert len(words) == len(set(words))


def test_the_shipped_units_owe_what_the_plan_says() -> None:
    plan = load_campaign(SHIPPED_CAMPAIGN)
    units = load_units(SHIPPED_UNITS, CATEGORIES)
    assert len(units) == 97
    assert sum(plan.quota(unit.code, unit.category) or 0 for unit in units) == 216


def test_the_shipped_headings_load() -> None:
    columns = load_headings(SHIPPED_HEADINGS).columns
    assert "Tên công trình" in columns["title"]


def test_headings_may_stand_in_a_table_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "headings.toml"
    file.write_text('[columns]\ntitle = ["Te\u0302n"]\n')
    assert load_headings(file).columns == {"title": ("Tên",)}


def test_units_columns_stand_in_any_order_and_others_are_ignored(
    tmp_path: Path,
) -> None:
    text = (
        "\ufeffnote,Category,x,aliases,code,name,addresses,leader\r\n"
        ',phuong,1,"P.1; P1 ;;Phu\u031bo\u031b\u0300ng 01",P01," Phường 1 ",'
        "a@x.vn;B@x.vn,Nguyễn Văn A\r\n"
        ",,,,,,,\r\n"
        "ghi chú,phong_ban,,,NV,Phòng Nội vụ\r\n"
    )
    first, second = _units(tmp_path, text)
    assert first == Unit(
        code="P01",
        name="Phường 1",
        category="phuong",
        aliases=("P.1", "P1", "Phường 01"),
        addresses=("a@x.vn", "B@x.vn"),
        leader="Nguyễn Văn A",
    )
    assert (second.code, second.note, second.addresses) == ("NV", "ghi chú", ())


def test_a_text_with_commas_and_lines_stands_in_quotes(tmp_path: Path) -> None:
    text = 'code,name,category,note\nP01,"Phường 1, Quận 3",phuong,"a\nb"\n'
    (unit,) = _units(tmp_path, text)
    assert (unit.name, unit.note) == ("Phường 1, Quận 3", "a\nb")


def test_one_address_may_belong_to_several_units(tmp_path: Path) -> None:
    text = "code,name,category,addresses\nA,A,phong_ban,x@x.vn\nB,B,phong_ban,x@x.vn\n"
    assert [unit.addresses for unit in _units(tmp_path, text)] == [("x@x.vn",)] * 2


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_read(tmp_path: Path, line_end: str) -> None:
    text = line_end.join(["code,name,category", "P01,Phường 1,phuong", ""])
    assert [unit.code for unit in _units(tmp_path, text)] == ["P01"]


def test_exceptions_and_days_of_a_plan_are_read(tmp_path: Path) -> None:
    text = SHIPPED_CAMPAIGN.read_text("utf-8")
    text = text.replace("[calendar]", "[quota_exceptions]\nP09 = 12\n[calendar]")
    text = text.replace("work = []", "work = [2021-05-08]")
    file = tmp_path / "plan.toml"
    file.write_text(text, "utf-8")
    plan = load_campaign(file)
    assert plan.quota("P09", "phuong") == 12
    assert plan.quota("P10", "phuong") == 10
    assert (plan.off, plan.work) == ((date(2021, 5, 3),), (date(2021, 5, 8),))
