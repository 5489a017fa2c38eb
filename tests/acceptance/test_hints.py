"""The same work of two units, found in one batch and across batches."""

from pathlib import Path
from typing import Any

from tests.acceptance.world import World, a_world, smtp
from tests.builders.letters import Posted, a_letter


def _repeated(world: World, ident: int) -> list[str]:
    shown: Any = world.json("show", "show", str(ident))
    (version,) = shown["submissions"]
    codes = [f for f in version["findings"] if f["code"] == "duplicate_elsewhere"]
    assert {f["audience"] for f in codes} <= {"staff"}
    return [f["text"] for f in codes]


def test_the_second_of_two_units_with_one_work_is_hinted_at(tmp_path: Path) -> None:
    world = a_world(tmp_path, more=smtp(1))
    world.mail("1.eml", a_letter(Posted("P09", files=["xlsx P09 3"])))
    world.mail("2.eml", a_letter(Posted("P10", files=["docx P10 2 2"])))
    assert world.run("ingest", world.folder / "mails").code == 0
    assert _repeated(world, 1) == []
    (text,) = _repeated(world, 2)
    assert "Phường 9" in text

    world.mail("3.eml", a_letter(Posted("P11", files=["xlsx P11 1 3"])), into="later")
    assert world.run("ingest", world.folder / "later").code == 0
    (text,) = _repeated(world, 3)
    assert "Phường 10" in text
    # The same unit again is no other unit.
    again = Posted("P11", subject="Gửi lại", files=["xlsx P11 1 3"])
    world.mail("4.eml", a_letter(again), into="again")
    assert world.run("ingest", world.folder / "again").code == 0
    assert world.json("show", "show", "4")["reason"] == "nothing_changed"


def test_a_title_that_staff_amend_is_hinted_at_as_any_other(tmp_path: Path) -> None:
    world = a_world(tmp_path, more=smtp(1))
    world.mail("1.eml", a_letter(Posted("P09", files=["xlsx P09 1"])))
    world.mail("2.eml", a_letter(Posted("P10", files=["docx P10 2 4"])))
    assert world.run("ingest", world.folder / "mails").code == 0
    first = world.json("unit", "units", "show", "P09")["submissions"][0]
    title = first["rows"][0]["title"]
    why = ("--why", "đơn vị báo qua điện thoại")
    assert world.run("amend", "P10", "2", "title", title, *why).code == 0
    version = world.json("unit", "units", "show", "P10")["submissions"][-1]
    told = [f for f in version["findings"] if f["code"] == "duplicate_elsewhere"]
    assert ["Phường 9" in found["text"] for found in told] == [True]
