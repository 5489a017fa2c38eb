"""A stranger's mail marks the version that stands until staff have settled it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.world import World, a_world, smtp
from tests.builders.letters import Posted, a_letter

WHY = ("--why", "đã gọi điện hỏi đơn vị")
STRANGER = "binh.nguyen1980@gmail.com"


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = a_world(tmp_path, more=smtp(1))
    own = Posted("P09", files=["xlsx P09 4"])
    later = own.received + timedelta(hours=2)
    other = Posted("P09", sender=STRANGER, files=["xlsx P09 2 5"], received=later)
    assert made.run("ingest", made.mail("1.eml", a_letter(own))).code == 0
    assert made.run("ingest", made.mail("2.eml", a_letter(other))).code == 1
    return made


def _version(world: World, message: str = "1") -> Any:
    return world.json("show", "show", message)["submissions"][-1]


def _codes(version: Any) -> list[str]:
    return [found["code"] for found in version["findings"]]


def _findings(world: World) -> int:
    units = world.json("status", "status")["units"]
    return int(next(unit["findings"] for unit in units if unit["code"] == "P09"))


def test_a_contested_version_counts_on_and_says_so(world: World) -> None:
    version = _version(world)
    assert version["in_force"] is True
    assert _codes(version).count("unit_contested") == 1
    told = [f for f in version["findings"] if f["severity"] != "info"]
    assert _findings(world) == len(told)


def test_a_claim_that_staff_reject_marks_nothing_any_more_and_again_when_undone(
    world: World,
) -> None:
    before = _findings(world)
    assert world.run("reject", "2", *WHY).code == 0
    assert "unit_contested" not in _codes(_version(world))
    assert _findings(world) == before - 1
    events = world.json("show", "show", "2")["events"]
    (event,) = [e["id"] for e in events if e["what"] == "reject"]
    world.run("undo", str(event), *WHY)
    assert _codes(_version(world)).count("unit_contested") == 1
    assert _findings(world) == before


def test_a_claim_that_staff_accept_is_the_version_and_contests_nothing(
    world: World,
) -> None:
    assert world.run("accept", "2", "--mode", "replacement").code == 0
    assert world.json("show", "show", "2")["state"] == "processed"
    for message in ("1", "2"):
        assert "unit_contested" not in _codes(_version(world, message))


def test_a_claim_stands_against_the_version_that_staff_amended_meanwhile(
    world: World,
) -> None:
    amended = ("amend", "P09", "1", "title", "Sửa 3 căn nhà tình thương", *WHY)
    assert world.run(*amended).code == 0
    unit = world.json("unit", "units", "show", "P09")
    (force,) = [one for one in unit["submissions"] if one["in_force"]]
    assert (force["kind"], _codes(force).count("unit_contested")) == ("amended", 1)
    world.run("reject", "2", *WHY)
    unit = world.json("unit", "units", "show", "P09")
    (force,) = [one for one in unit["submissions"] if one["in_force"]]
    assert "unit_contested" not in _codes(force)
