"""RELIABILITY's forgery table: nothing overwritten, nobody else answered, no guess.

`forgery.csv` holds a line an attempt, with the header text as it would be sent; the
mails are put together by `tests/builders/forgery.py`. Lines named `control` are honest.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.world import World, a_world, imap, smtp
from tests.builders.forgery import FORGED_AT, VICTIM, a_forgery, the_victim
from tests.builders.letters import Posted, a_letter
from tests.neighbours.dovecot import Dovecot
from tests.neighbours.sink import Sink, listening

with Path(__file__).with_name("forgery.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))
#: Who may hear of it: the ward itself, and who proved an address of his own.
VICTIMS = {"p09@quan3.example", "p10@quan3.example"}


@dataclass(frozen=True)
class Seen:
    """The ledger after one pass over every attempt."""

    world: World
    lines: dict[str, dict[str, Any]]
    items: list[dict[str, Any]]
    units: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def seen(dovecot: Dovecot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """One pass over the ward's own table and then every attempt upon it."""
    folder = tmp_path_factory.mktemp("forgery")
    dovecot.append("forgery", the_victim(), VICTIM.received)
    tenth = Posted("P10", files=["docx P10 4"])
    dovecot.append("forgery", a_letter(tenth), VICTIM.received)
    for number, case in enumerate(CASES):
        dovecot.append("forgery", a_forgery(case, number), FORGED_AT)
    with listening(Sink(), folder) as sink:
        world = a_world(
            folder,
            doors=imap(dovecot.port, "forgery", folder),
            more=smtp(sink.port, 'first_pass = "send"\n'),
            without=("P12", "P13"),
        )
        world.run("poll")
        messages = world.json("messages", "messages")["messages"]
        by_uid = {line["uid"]: line for line in messages}
        lines = {case["id"]: by_uid[n + 3] for n, case in enumerate(CASES)}
        items = world.json("outbox", "outbox")["items"]
        units = world.json("status", "status")["units"]
        yield Seen(world, lines, items, {unit["code"]: unit for unit in units})


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_an_attempt_ends_as_the_table_says(seen: Seen, case: dict[str, str]) -> None:
    line = seen.lines[case["id"]]
    assert (line["state"], line["reason"]) == (case["state"], case["reason"])
    if case["class"]:
        assert line["trust"] == case["class"]


def test_there_are_at_least_sixty_four_attempts_and_each_has_its_own_name() -> None:
    names = [case["id"] for case in CASES]
    assert len(set(names)) == len(names)
    assert sum(not name.startswith("control") for name in names) >= 64
    assert all(case["what"] for case in CASES)


def test_nothing_was_overwritten_and_no_unit_was_guessed(seen: Seen) -> None:
    delivered = {c: u["registered"] for c, u in seen.units.items() if u["versions"]}
    assert delivered == {"P09": 10, "P10": 4}
    assert {seen.units[code]["versions"] for code in delivered} == {1}
    assert seen.units["P12"]["address"] == "none"


def test_the_version_that_strangers_spoke_for_is_marked_once_and_counts(
    seen: Seen,
) -> None:
    (version,) = seen.world.json("show", "show", "1")["submissions"]
    codes = [f["code"] for f in version["findings"]]
    assert codes.count("unit_contested") == 1
    assert version["in_force"] is True


def test_nobody_but_the_writer_himself_is_answered(seen: Seen) -> None:
    by_id = {line["id"]: line for line in seen.lines.values()}
    for item in seen.items:
        line = by_id.get(item["message"])
        if line is None:
            continue
        assert [to.lower() for to in item["to"]] == [line["from"].lower()]
        assert line["trust"] != "failed"
        stranger = item["to"][0].lower() not in VICTIMS
        assert item["purpose"] == "receipt" if stranger else True
        # What names a unit or its table goes to accepted addresses alone.
        assert not (stranger and item["units"])


def test_every_attempt_on_a_standing_version_is_seen_by_staff(seen: Seen) -> None:
    for case in CASES:
        line = seen.lines[case["id"]]
        if line["state"] == "held":
            shown = seen.world.json("show", "show", str(line["id"]))
            states = [e["to"] for e in shown["events"] if e["what"] == "message"]
            assert states[-1] == "held"
            assert shown["submissions"] == []
    assert sum(line["state"] == "held" for line in seen.lines.values()) >= 64
