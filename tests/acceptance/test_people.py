"""What people decide: accept, reject, record, amend, excuse, and each taken back.

Every test has an office of its own, with the mails that it needs.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.world import NOW, World, a_world, smtp
from tests.builders.letters import ZONE, Posted, a_letter

EIGHT = datetime(2021, 6, 7, 8, tzinfo=ZONE)
NINE = datetime(2021, 6, 7, 9, tzinfo=ZONE)
WHY = ("--why", "trao đổi qua điện thoại")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return a_world(tmp_path, more=smtp(1), without=("P14", "P12"))


def ingested(world: World, *mails: Posted) -> list[int]:
    """Take the mails in, in this order; return their numbers."""
    found = []
    for number, posted in enumerate(mails):
        name = f"{posted.unit}{posted.sender}{posted.received:%d%H%M}-{number}.eml"
        path = world.mail(name, a_letter(posted))
        (line,) = world.run("ingest", path, "--json").lines("ingest_line")
        found.append(line["id"])
    return found


def line(world: World, ident: int) -> dict[str, Any]:
    found: dict[str, Any] = world.json("show", "show", str(ident))
    return found


def state(world: World, ident: int) -> tuple[str, str | None]:
    shown = line(world, ident)
    return shown["state"], shown["reason"]


def unit(world: World, code: str) -> dict[str, Any]:
    units = world.json("status", "status")["units"]
    found: dict[str, Any] = next(u for u in units if u["code"] == code)
    return found


def versions(world: World, code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.json("unit", "units", "show", code)[
        "submissions"
    ]
    return found


def event(world: World, where: tuple[str, ...], what: str) -> int:
    """Return the last event of that word, in `show ID` or `units show CODE`."""
    kind = "show" if where[0] == "show" else "unit"
    events = world.json(kind, *where)["events"]
    found: int = [e["id"] for e in events if e["what"] == what][-1]
    return found


STRANGER = Posted(
    sender="vanthu12@gmail.example", files=["xlsx P12 10"], subject="P12 gửi bảng"
)


def test_a_held_mail_that_is_accepted_goes_to_its_first_candidate(
    world: World,
) -> None:
    (ident,) = ingested(world, STRANGER)
    assert state(world, ident) == ("held", "sender_unknown")

    ran = world.run("--as", "Lan", "accept", str(ident))

    assert ran.code == 0, ran.err
    assert state(world, ident) == ("processed", None)
    shown = line(world, ident)
    assert shown["units"] == ["P12"]
    assert [(v["unit"], v["version"], v["in_force"]) for v in shown["submissions"]] == [
        ("P12", 1, True)
    ]
    told = [e for e in shown["events"] if e["what"] == "accept"]
    assert [(e["by"], e["from"], e["reason"]) for e in told] == [
        ("Lan", "held", "sender_unknown")
    ]
    assert unit(world, "P12")["state"] == "complete"


def test_accepting_names_another_unit_where_the_person_does(world: World) -> None:
    (ident,) = ingested(world, STRANGER)

    assert world.run("accept", str(ident), "--unit", "P14").code == 0
    assert line(world, ident)["units"] == ["P14"]
    assert (unit(world, "P12")["state"], unit(world, "P14")["state"]) == (
        "missing",
        "complete",
    )


def test_what_is_accepted_survives_reprocess(world: World) -> None:
    (ident,) = ingested(world, STRANGER)
    world.run("accept", str(ident), "--unit", "P14")
    before = line(world, ident)

    assert world.run("reprocess", "--all").code == 0
    after = line(world, ident)
    assert after["submissions"] == before["submissions"]
    assert (after["state"], after["units"]) == ("processed", ["P14"])


def test_an_accept_that_is_undone_holds_the_mail_again_for_its_reason(
    world: World,
) -> None:
    (ident,) = ingested(world, STRANGER)
    world.run("accept", str(ident))
    number = event(world, ("show", str(ident)), "accept")

    ran = world.run("undo", str(number), *WHY)

    assert ran.code == 1
    assert state(world, ident) == ("held", "sender_unknown")
    assert unit(world, "P12")["state"] == "missing"
    assert [v["in_force"] for v in versions(world, "P12")] == [False]
    assert world.run("undo", str(number), *WHY).code == 2
    assert world.run("reprocess", "--all").code == 1
    assert state(world, ident) == ("held", "sender_unknown")


def test_a_mail_that_is_not_held_is_neither_accepted_nor_rejected(
    world: World,
) -> None:
    (ident,) = ingested(world, Posted("P09", files=["xlsx P09 10"]))

    assert world.run("accept", str(ident)).code == 2
    assert world.run("reject", str(ident), *WHY).code == 2
    assert world.run("accept", "999").code == 2
    assert state(world, ident) == ("processed", None)


def test_a_rejected_mail_is_ignored_and_held_again_when_undone(world: World) -> None:
    (ident,) = ingested(world, STRANGER)

    ran = world.run("--as", "Lan", "reject", str(ident), *WHY)
    assert ran.code == 0, ran.err
    assert state(world, ident) == ("ignored", "rejected")
    world.run("reprocess", "--all")
    assert state(world, ident) == ("ignored", "rejected")

    number = event(world, ("show", str(ident)), "reject")
    world.run("undo", str(number), *WHY)
    assert state(world, ident) == ("held", "sender_unknown")
    assert world.json("outbox", "outbox")["items"] == []


def test_only_tell_writes_to_the_sender_of_a_rejected_mail(world: World) -> None:
    posted = Posted("P03", files=["xlsx P04 10"])
    one, two, three = ingested(
        world, posted, Posted("P05", files=["xlsx P04 9"]), STRANGER
    )

    assert world.run("reject", str(one), *WHY).code == 0
    assert world.json("outbox", "outbox")["items"] == []
    # The mail server is not there, and who cannot be proved is not written to.
    assert world.run("reject", str(two), *WHY, "--tell").code == 1
    assert world.run("reject", str(three), *WHY, "--tell").code == 1

    (item,) = world.json("outbox", "outbox")["items"]
    assert (item["message"], item["purpose"], item["to"]) == (
        two,
        "decision",
        ["p05@quan3.example"],
    )
    raw = world.run("outbox", "show", str(item["id"]), "--raw").out
    assert "X-Hopthu-Purpose: decision" in raw


def test_an_unclear_mode_needs_the_persons_word(world: World) -> None:
    first = Posted("P09", files=["xlsx P09 6"], received=EIGHT)
    second = Posted("P09", files=["xlsx P09 6 4"], received=NINE)
    _, ident = ingested(world, first, second)
    assert state(world, ident) == ("held", "mode_unclear")

    assert world.run("accept", str(ident)).code == 2
    assert world.run("accept", str(ident), "--mode", "supplement").code == 0
    assert unit(world, "P09")["registered"] == 10
    number = event(world, ("show", str(ident)), "accept")
    world.run("undo", str(number), *WHY)
    assert unit(world, "P09")["registered"] == 6
    assert world.run("accept", str(ident), "--mode", "replacement").code == 0
    assert unit(world, "P09")["registered"] == 6
    assert [v["in_force"] for v in versions(world, "P09")] == [False, False, True]


def test_a_paper_is_recorded_as_a_version_and_taken_back(
    world: World, tmp_path: Path
) -> None:
    paper = tmp_path / "giay.xlsx"
    paper.write_bytes(attachment("xlsx P12 10"))

    ran = world.run("--as", "Lan", "record", "P12", paper, *WHY)

    assert ran.code == 0, ran.err
    (version,) = versions(world, "P12")
    assert (version["kind"], version["version"], version["in_force"]) == (
        "recorded",
        1,
        True,
    )
    assert len(version["rows"]) == 10
    assert unit(world, "P12")["last_received"] == NOW
    events = world.json("unit", "units", "show", "P12")["events"]
    assert ("record", "Lan", WHY[1]) in {
        (e["what"], e["by"], e["reason"]) for e in events
    }
    assert world.run("record", "P12", paper, *WHY).code == 0
    assert len(versions(world, "P12")) == 1

    number = event(world, ("units", "show", "P12"), "record")
    assert world.run("undo", str(number), *WHY).code == 0
    assert unit(world, "P12")["state"] == "missing"


def attachment(recipe: str) -> bytes:
    from tests.builders.letters import a_file

    found = a_file(recipe).get_payload(decode=True)
    assert isinstance(found, bytes)
    return found


def test_a_nil_statement_by_telephone_is_recorded(world: World) -> None:
    assert world.run("record", "P12", "--nil", *WHY).code == 0
    assert unit(world, "P12")["state"] == "nil"
    number = event(world, ("units", "show", "P12"), "record")
    assert world.run("undo", str(number), *WHY).code == 0
    assert unit(world, "P12")["state"] == "missing"


def test_one_cell_is_amended_by_a_new_version(world: World) -> None:
    ingested(world, Posted("P09", files=["xlsx P09 10"]))

    ran = world.run("amend", "P09", "2", "time", "15/9/2021", *WHY)

    assert ran.code == 0, ran.err
    first, second = versions(world, "P09")
    assert (second["kind"], second["supersedes"], second["in_force"]) == (
        "amended",
        1,
        True,
    )
    assert first["rows"][1]["time"] != "15/9/2021"
    assert (second["rows"][1]["time"], second["rows"][1]["end"]) == (
        "15/9/2021",
        "2021-09-15",
    )
    assert [r for i, r in enumerate(second["rows"]) if i != 1] == [
        r for i, r in enumerate(first["rows"]) if i != 1
    ]
    number = event(world, ("units", "show", "P09"), "amend")
    assert world.run("undo", str(number), *WHY).code == 0
    assert [v["in_force"] for v in versions(world, "P09")] == [True, False]


@pytest.mark.parametrize(
    "words",
    [
        ("P09", "99", "time", "x"),
        ("P09", "2", "nothing", "x"),
        ("P09", "2", "field", "x"),
        ("P10", "2", "time", "x"),
        ("XX", "2", "time", "x"),
    ],
)
def test_an_amendment_that_means_no_cell_changes_nothing(
    world: World, words: tuple[str, ...]
) -> None:
    ingested(world, Posted("P09", files=["xlsx P09 10"]))

    assert world.run("amend", *words, *WHY).code == 2
    assert len(versions(world, "P09")) == 1


def test_who_is_excused_owes_nothing_until_it_is_taken_back(world: World) -> None:
    assert world.run("excuse", "P12", *WHY).code == 0
    assert unit(world, "P12")["state"] == "excused"
    number = event(world, ("units", "show", "P12"), "excuse")
    assert world.run("undo", str(number), *WHY).code == 0
    assert unit(world, "P12")["state"] == "missing"


def test_a_mail_that_was_only_the_same_counts_when_the_other_is_taken_back(
    world: World,
) -> None:
    posted = Posted("P03", files=["xlsx P09 10"], received=EIGHT)
    wrong, right = ingested(world, posted, Posted("P09", files=["xlsx P09 10"]))
    assert state(world, right) == ("processed", None)
    world.run("accept", str(wrong), "--unit", "P09")
    number = event(world, ("show", str(wrong)), "accept")
    world.run("undo", str(number), *WHY)
    assert unit(world, "P09")["state"] == "complete"


def test_an_act_that_a_later_one_is_built_on_is_not_taken_back_first(
    world: World,
) -> None:
    (ident,) = ingested(world, STRANGER)
    world.run("accept", str(ident))
    world.run("amend", "P12", "2", "time", "15/9/2021", *WHY)
    number = event(world, ("show", str(ident)), "accept")

    assert world.run("undo", str(number), *WHY).code == 2
    assert state(world, ident) == ("processed", None)
    later = event(world, ("units", "show", "P12"), "amend")
    assert world.run("undo", str(later), *WHY).code == 0
    assert world.run("undo", str(number), *WHY).code == 1
    assert unit(world, "P12")["state"] == "missing"
