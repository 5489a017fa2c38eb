"""Marks 13 and 13b: answers composed and sent, over one connection and one each.

Everything is the product's own outbox: frozen, claimed and marked durably, mail by
mail, on both sides. Beside it stands a sender that keeps no book at all.
"""

import smtplib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from daemon.clock import SystemClock
from daemon.compose import ComposeInput, compose
from daemon.dispatch import Dispatch, SmtpAccount
from parsers.values.outbox import ComposedMail
from storage.budget import Budget
from storage.database import Database, open_database
from storage.outbox import DueItem, enqueue
from storage.outbox_lists import counts
from tests.benchmarks.marks import Mark, Scale, figure
from tests.benchmarks.place import WrongError
from tests.benchmarks.sink import Sink, listening
from tests.builders.answer import OFFICE, an_item, decision_facts
from tests.builders.decisions import an_item as an_outbox_item
from tests.builders.outbox import ROOMY

_BUDGET = Budget(10**6, 10**6, ROOMY.answers_per_address, ROOMY.answers_per_day)


@dataclass(frozen=True, slots=True)
class _Cost:
    wall: float
    cpu: float


def _timed(what: Callable[[], object]) -> _Cost:
    start, before = time.perf_counter(), time.process_time()
    what()
    return _Cost(time.perf_counter() - start, time.process_time() - before)


@dataclass(slots=True)
class _Found:
    """Answers a second of one core, and how many times as fast; one a round."""

    composed: list[float] = field(default_factory=list)
    handed_in: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    each: list[float] = field(default_factory=list)
    naive: list[float] = field(default_factory=list)


class _After:
    """Says stop once it was asked so many times."""

    def __init__(self, mails: int) -> None:
        self._left = mails

    def __call__(self) -> bool:
        self._left -= 1
        return self._left < 0


def run(scale: Scale) -> list[Mark]:
    """Return answers a second of one core, and one connection against one each."""
    count, rounds = scale.pick(200, 50, 1000), scale.pick(3, 1, 5)
    found = _Found()
    # The templates are read before anything is timed.
    _composed(0)
    with listening() as sink:
        for number in range(rounds):
            found.composed.append(count / _timed(lambda: _compose(count)).cpu)
            found.handed_in.append(count / _timed(lambda: _hand_in(sink, count)).cpu)
            box = _Outbox(scale.folder / f"{number}.db", sink, count)
            building, one = box.built(), box.sent(count)
            box = _Outbox(scale.folder / f"{number}-each.db", sink, count)
            box.built()
            each = box.sent(1)
            naive = _timed(lambda: _naive(sink, count))
            found.whole.append(count / (building.cpu + one.cpu))
            found.each.append(each.wall / one.wall)
            found.naive.append(naive.wall / one.wall)
        sink.wait_until(4 * count * rounds, 30)
    return _marks(found)


def _marks(found: _Found) -> list[Mark]:
    rate = {
        "answers composed, CPU of a core": ("", found.composed),
        "answers composed and handed in over one connection": (
            ">= 200/s",
            found.handed_in,
        ),
        "  the same by the outbox, each claimed and marked": ("", found.whole),
    }
    times = {
        "sending: one connection for all (by the same outbox, one each = 1)": (
            ">= 3 times",
            found.each,
        ),
        "  the same (EmailMessage, one each, no outbox = 1)": ("", found.naive),
    }
    return [
        *(Mark("13b", w, a, *figure(v, "/s", 0)) for w, (a, v) in rate.items()),
        *(Mark("13", w, a, *figure(v, " times")) for w, (a, v) in times.items()),
    ]


def _composed(number: int) -> ComposedMail:
    return compose(an_item(key=f"{number}", to=(_address(number),)), OFFICE)


def _compose(count: int) -> None:
    for number in range(count):
        _composed(number)


def _hand_in(sink: Sink, count: int) -> None:
    with smtplib.SMTP("127.0.0.1", sink.port) as server:
        for number in range(count):
            mail = _composed(number)
            server.sendmail(OFFICE.address, [_address(number)], mail.raw)


def _address(number: int) -> str:
    return f"unit{number}@quan3.example"


def _composer(item: DueItem) -> ComposedMail:
    given = ComposeInput(
        item.kind, item.purpose, item.key, item.to, item.facts, item.created
    )
    return compose(given, OFFICE)


class _Outbox:
    """A database whose outbox holds decisions to be sent, and what sends them."""

    def __init__(self, path: Path, sink: Sink, count: int) -> None:
        self._database: Database = open_database(f"sqlite:///{path}")
        self._database.upgrade()
        self._count = count
        items = [
            an_outbox_item(
                f"{number}",
                _address(number),
                facts=decision_facts(),
                purpose="decision",
                reports_version=True,
            )
            for number in range(count)
        ]
        clock = SystemClock()
        with self._database.write() as connection:
            enqueue(connection, [(None, i) for i in items], clock.now(), "bench")
        account = SmtpAccount("127.0.0.1", sink.port, "none", OFFICE.address)
        self._dispatch = Dispatch(
            self._database, clock, _composer, account, _BUDGET, "bench", {}
        )

    def built(self) -> _Cost:
        """Compose and freeze everything, send nothing."""
        return _timed(lambda: self._dispatch.pass_over(lambda: True))

    def sent(self, a_pass: int) -> _Cost:
        """Send everything, so many mails a pass: a pass has one connection."""

        def passes() -> None:
            for _ in range(0, self._count, a_pass):
                self._dispatch.pass_over(_After(a_pass))

        cost = _timed(passes)
        with self._database.read() as connection:
            sent = counts(connection)["sent"]
        self._database.close()
        if sent != self._count:
            raise WrongError(f"{sent} mails of {self._count} were sent")
        return cost


def _naive(sink: Sink, count: int) -> None:
    """Send as a short program would: built by the library, a connection for each."""
    for number in range(count):
        facts = decision_facts()
        mail = EmailMessage()
        mail["From"], mail["To"] = OFFICE.address, _address(number)
        mail["Subject"] = "Re: Phường 9 gửi bảng đăng ký công trình"
        lines = [f"{row.number}. {row.title}: {row.method}" for row in facts.rows]
        mail.set_content("\n".join(lines))
        mail.add_alternative("".join(f"<p>{line}</p>" for line in lines), "html")
        with smtplib.SMTP("127.0.0.1", sink.port) as server:
            server.send_message(mail)
