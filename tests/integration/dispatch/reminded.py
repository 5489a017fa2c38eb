"""An office of many wards that reminds: plan, units, clock and post by hand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from daemon.clock import Clock
from daemon.reminding import Due, Reminding
from parsers.values.campaign import Campaign
from parsers.values.decision import NewSubmission
from parsers.values.reminder import ReminderRules
from parsers.values.unit import Unit
from storage.campaigns import put_campaigns
from storage.database import Database
from storage.first_start import note_start
from storage.outbox_lists import OutboxLine, list_items
from storage.store import store_decisions
from storage.units import take_in
from tests.builders.decisions import (
    a_decided,
    a_decision,
    a_recorded_message,
    a_results_version,
    a_version,
)
from tests.builders.reminders import PLAN, ZONE, moment
from tests.integration.dispatch.conftest import Post

START = moment("2021-05-20 09:00")


def wards(number: int) -> list[Unit]:
    """Return so many wards, each with an address of its own."""
    return [
        Unit(f"W{n:03}", f"Phường số {n}", "phuong", addresses=(address(n),))
        for n in range(1, number + 1)
    ]


def address(number: int) -> str:
    """Return the address of a ward."""
    return f"w{number:03}@q3.example"


def code(number: int) -> str:
    """Return the code of a ward."""
    return f"W{number:03}"


def settle(
    database: Database,
    units: Sequence[Unit],
    campaigns: Sequence[Campaign] = (PLAN,),
    started: datetime = START,
) -> None:
    """Take units and plans in, and note that the program was started."""
    with database.write() as connection:
        take_in(connection, units, repr(units), START)
        put_campaigns(connection, campaigns)
        note_start(connection, started)


def reminding(database: Database, clock: Clock, **named: Any) -> Reminding:
    """Return who reminds; rules of `[reminders]` may be named among the rest."""
    rules = {k: named.pop(k) for k in list(named) if k in ReminderRules.__slots__}
    given = {"campaigns": (PLAN,), "rules": ReminderRules(**rules), "zone": ZONE}
    return Reminding(database, clock, **(given | named))


def deliver(
    connection: Connection,
    unit: str,
    works: int = 10,
    author: str | None = None,
    **named: Any,
) -> int:
    """Store a version of a unit, as a mail brought it; return the message."""
    received = named.pop("received", START)
    ident = a_recorded_message(connection, received)
    version = a_version(unit, works, received=received, **named)
    _store(connection, ident, version, author)
    return ident


def report(connection: Connection, unit: str, matched: tuple[int | None, ...]) -> None:
    """Store a report of a unit's results."""
    ident = a_recorded_message(connection)
    _store(connection, ident, a_results_version(unit, matched), None)


def _store(
    connection: Connection, ident: int, version: NewSubmission, author: str | None
) -> None:
    decided = a_decided(a_decision(ident, version))
    written = author or f"{version.unit.lower()}@q3.example"
    store_decisions(connection, [replace(decided, author=written)], version.received)


def came(connection: Connection, author: str, **named: Any) -> int:
    """Store a mail without any version: held, unreadable …; return the message."""
    received = named.pop("received", START)
    ident = a_recorded_message(connection, received)
    decided = a_decided(a_decision(ident, **named))
    store_decisions(connection, [replace(decided, author=author)], received)
    return ident


@dataclass
class Reminded:
    """The post office with wards that owe."""

    post: Post
    office: Reminding

    def at(self, text: str) -> datetime:
        """Set the clock."""
        self.post.clock.instant = moment(text)
        return self.post.clock.instant

    def queue(self) -> Due:
        return self.office.queue()

    def send(self, **named: Any) -> int:
        """Send what may go; return how many mails left."""
        given = {"look_again": self.office.look_again} | named
        return self.post.pass_over(**given).sent

    def remind(self, text: str) -> list[str]:
        """Set the clock, remind and send; return who got a mail, in order."""
        before = len(self.post.sink.taken)
        self.at(text)
        self.queue()
        self.send()
        return [mail.to[0] for mail in self.post.sink.taken[before:]]

    def items(self, state: str | None = None) -> tuple[OutboxLine, ...]:
        with self.post.database.read() as connection:
            return list_items(connection, state, "reminder")

    def reasons(self) -> dict[str, tuple[str, str | None]]:
        """Return state and reason of each unit's last reminder."""
        return {i.units[0]: (i.state, i.reason) for i in self.items()}


def an_office(
    post: Post,
    number: int = 3,
    units: Sequence[Unit] | None = None,
    **named: Any,
) -> Reminded:
    """Return an office of so many wards, none of which has sent anything."""
    campaigns: Collection[Campaign] = named.get("campaigns", (PLAN,))
    settle(post.database, units or wards(number), tuple(campaigns))
    return Reminded(post, reminding(post.database, post.clock, **named))
