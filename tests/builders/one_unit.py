"""An office of one unit in a database: mails come, are decided, and people act.

Mails are given as values; no bytes are read.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import msgspec

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
STRANGER = "an@gmail.com"


@dataclass
class Office:
    """An office of one unit; each example has its own."""

    database: Database
    archive: Archive
    code: str = field(default_factory=lambda: f"U{next(_numbers)}")
    mails: list[int] = field(default_factory=list)
    clock: int = 10

    def __post_init__(self) -> None:
        """Take in the unit, and another one that never writes."""
        unit = Unit(self.code, f"Đơn vị {self.code}", "phuong", addresses=(self.own,))
        other = Unit(self.other, f"Đơn vị {self.other}", "phuong")
        self.policy = a_policy(units=(unit, other), first_contact="hold")
        with self.database.write() as connection:
            put_campaigns(connection, [CAMPAIGN])
            take_in(connection, [unit, other], self.code, NOON)

    @property
    def other(self) -> str:
        """Return the code of the other unit."""
        return f"X{self.code}"

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
        address = STRANGER if who == "stranger" else self.own
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
