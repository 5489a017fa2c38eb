"""What is decided anew says the same again, and what is taken back was never there.

Mails of one unit in any order of arrival and of reading, people's acts between them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from daemon.casework import Read, decide_and_store
from daemon.judging import Acting, accept
from daemon.people import RefusalError, Wish
from daemon.recording import Owed, amend, excuse, record
from daemon.undoing import undo
from parsers.values.message import Address
from parsers.values.reading import Correction, Reading
from parsers.values.unit import Unit
from storage import acts
from storage.archive import Archive, Item
from storage.campaigns import put_campaigns
from storage.database import Database
from storage.mails import message_lines
from storage.outbox_lists import items_of_message
from storage.status import unit_lines
from storage.store import reopen
from storage.submissions import submissions_of_unit
from storage.tables import messages
from storage.units import take_in
from tests.builders.case import (
    CAMPAIGN,
    NOON,
    a_message,
    a_policy,
    a_reading,
    a_row,
    a_trace,
    named_by,
)
from tests.builders.decisions import a_recorded_message

_numbers = count(1)
PLAN = CAMPAIGN.number

#: One mail: minute of receipt, what it brings, its mode, who sends it.
ROWS = st.lists(st.integers(1, 9), min_size=1, max_size=6, unique=True)
MAIL = st.tuples(
    st.integers(0, 4),
    st.one_of(ROWS, st.sampled_from(["nil", "remove", "set"])),
    st.sampled_from(["new", "replacement", "supplement", None]),
    st.sampled_from(["proven", "unproven", "stranger"]),
)
ACTS = st.lists(
    st.sampled_from(["accept", "supplement", "amend", "nil", "excuse", "undo"]),
    max_size=4,
)
#: An example is some twenty transactions; to shrink one takes minutes.
SETTINGS = settings(
    max_examples=25,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@dataclass
class Office:
    """An office of one unit; each example has its own."""

    database: Database
    archive: Archive
    code: str = field(default_factory=lambda: f"U{next(_numbers)}")
    mails: list[int] = field(default_factory=list)
    clock: int = 10

    def __post_init__(self) -> None:
        unit = Unit(self.code, f"Đơn vị {self.code}", "phuong", addresses=(self.own,))
        self.policy = a_policy(units=(unit,), first_contact="hold")
        with self.database.write() as connection:
            put_campaigns(connection, [CAMPAIGN])
            take_in(connection, [unit], self.code, NOON)

    @property
    def own(self) -> str:
        return f"{self.code.lower()}@tphcm.gov.vn"

    def acting(self) -> Acting:
        self.clock += 1
        now = NOON + timedelta(minutes=self.clock)
        return Acting(self.database, self.archive, self.policy, now, "lan")

    def receive(self, mail: tuple[int, Any, Any, str]) -> tuple[int, Reading]:
        """Record one mail; return it with its reading."""
        minute, brings, mode, who = mail
        number = next(_numbers)
        address = "an@gmail.com" if who == "stranger" else self.own
        message = a_message(
            address,
            senders=(Address(None, address),),
            message_id=f"<{number}@x>",
            trace=a_trace() if who == "proven" else a_trace(None),
        )
        said: dict[str, Any] = {"registrations": (), "mode": mode}
        if brings in ("remove", "set"):
            column = ("time", "Tháng 9") if brings == "set" else (None, None)
            said |= {
                "kind": "correction",
                "corrections": (Correction("2", brings, *column),),
            }
        elif brings == "nil":
            said |= {"kind": "nil"}
        else:
            said |= {"registrations": tuple(a_row(n) for n in brings)}
        reading = a_reading(
            message=message,
            mentions=named_by(self.code, "letterhead"),
            candidates=(),
            content_digest=f"{number:064x}",
            **said,
        )
        received = NOON + timedelta(minutes=minute)
        with self.database.write() as connection:
            ident = a_recorded_message(connection, received)
            item = Item("reading", msgspec.json.encode(reading), f"k{ident}")
            self.archive.index(connection, self.archive.write([item]))
        self.mails.append(ident)
        return ident, reading

    def decide(self, mails: list[tuple[int, Reading]]) -> None:
        with self.database.write() as connection:
            fences = {
                row.id: row.fence
                for row in connection.execute(messages.select())
                if row.id in self.mails
            }
            read = [Read(i, fences[i], r, f"k{i}") for i, r in mails]
            now = self.acting().now
            decide_and_store(connection, self.policy, read, now, "hopthu")

    def seen(self) -> dict[str, Any]:
        """Everything that may not change: states, versions, the table, the outbox."""
        with self.database.read() as connection:
            lines = message_lines(connection, ids=self.mails)
            (line,) = unit_lines(connection, PLAN, [self.code])
            return {
                "mails": [(x.id, x.state, x.reason, x.units) for x in lines],
                "versions": submissions_of_unit(connection, self.code),
                "line": line,
                "outbox": [items_of_message(connection, i) for i in self.mails],
            }

    def do(self, what: str) -> bool:
        """Do one act where it can be done; say whether it was."""
        try:
            return self._acts()[what]()
        except RefusalError:
            return False

    def _acts(self) -> dict[str, Callable[[], bool]]:
        owed = Owed(PLAN, self.code, None, "vì")
        change = Correction("2", "set", "title", f"Tên mới {self.clock}")
        acting = self.acting()
        return {
            "accept": lambda: self._accept(Wish()),
            "supplement": lambda: self._accept(Wish(mode="supplement")),
            "amend": lambda: bool(amend(acting, owed, change).submissions),
            "nil": lambda: bool(record(acting, owed, None).submissions),
            "excuse": lambda: excuse(acting, owed),
            "undo": self.undo_last,
        }

    def _accept(self, wish: Wish) -> bool:
        with self.database.read() as connection:
            held = message_lines(connection, ids=self.mails)
        first = next((x.id for x in held if x.state == "held"), None)
        if first is None:
            return False
        named = Wish(self.code, wish.mode)
        accept(self.acting(), first, named)
        return True

    def undo_last(self) -> bool:
        with self.database.read() as connection:
            mine = [k for k in acts.standing(connection) if k.act.unit == self.code]
        if mine:
            undo(self.acting(), mine[0].event, "nhầm")
        return bool(mine)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@given(data=st.data(), mails=st.lists(MAIL, min_size=1, max_size=5), done=ACTS)
@SETTINGS
def test_what_is_decided_anew_says_the_same_again(
    database: Database,
    archive: Archive,
    data: st.DataObject,
    mails: list[tuple[int, Any, Any, str]],
    done: list[str],
) -> None:
    office = Office(database, archive)
    known = [office.receive(mail) for mail in mails]
    for place in data.draw(st.permutations(range(len(known)))):
        office.decide([known[place]])
    for what in done:
        office.do(what)
    before = office.seen()

    with database.write() as connection:
        reopen(connection, office.mails, NOON, "lan")
    office.decide(known)

    assert office.seen() == before


@given(
    data=st.data(),
    mails=st.lists(MAIL, min_size=1, max_size=5),
    done=ACTS,
    last=st.sampled_from(["accept", "supplement", "amend", "nil", "excuse"]),
)
@SETTINGS
def test_an_act_that_is_taken_back_leaves_everything_as_it_was(
    database: Database,
    archive: Archive,
    data: st.DataObject,
    mails: list[tuple[int, Any, Any, str]],
    done: list[str],
    last: str,
) -> None:
    office = Office(database, archive)
    known = [office.receive(mail) for mail in mails]
    for place in data.draw(st.permutations(range(len(known)))):
        office.decide([known[place]])
    for what in done:
        office.do(what)
    before = office.seen()
    if not office.do(last):
        return

    assert office.undo_last()

    after = office.seen()
    assert after["mails"] == before["mails"]
    assert after["line"] == before["line"]
    stood = [
        [v.registrations for v in x["versions"] if v.in_force] for x in (before, after)
    ]
    assert stood[0] == stood[1]
