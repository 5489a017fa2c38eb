"""Steps four to six: what is known is looked up, one Decision is made and stored.

Everything of a batch happens in the caller's transaction, so that what one mail
changed is seen by the next.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from daemon.decide import Policy, decide, quarantine, units_in_question
from daemon.decide.hints import title_key
from parsers.values.decision import (
    Case,
    Decision,
    OtherWork,
    Pending,
    Reason,
    Received,
)
from parsers.values.reading import Reading
from parsers.values.unit import AddressOwner
from storage import addresses, confirmations, mails, submissions, twins
from storage.database import Connection
from storage.store import decided, store_decisions

#: So many of the works with one title are looked at: one of another unit is enough.
_NAMED = 8
Identity = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Read:
    """One mail that was read, and the claim under which it is decided.

    `failed` is why its full reading never came; `reading` is then of its header.
    """

    id: int
    fence: int
    reading: Reading
    reading_key: str | None
    failed: Reason | None = None

    @property
    def identity(self) -> Identity:
        """Return what a second delivery of the same mail has in common with it."""
        message = self.reading.message
        return (message.message_id if message else None, self.reading.content_digest)

    @property
    def address(self) -> str | None:
        """Return the From address."""
        author = self.reading.message.author if self.reading.message else None
        return author.address if author else None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A mail with what the directory says of it, before its wave is looked up."""

    read: Read
    received: Received
    owners: tuple[AddressOwner, ...]
    codes: frozenset[str]
    pending: tuple[Pending, ...] = ()


def decide_and_store(
    connection: Connection, policy: Policy, read: Sequence[Read], now: datetime, by: str
) -> tuple[Decision, ...]:
    """Decide and store a batch; return the decisions, in order of receipt.

    Raises StaleLeaseError when one of the mails is in other hands by now.
    """
    done: list[Decision] = []
    for wave in _waves(_ask(connection, read)):
        if any(decision.learned for decision in done):
            # An address may have become somebody's since the waves were asked about.
            wave = _ask(connection, [one.read for one in wave])
        made = list(_made(connection, wave, now, policy))
        store_decisions(
            connection,
            [decided(d, r.fence, r.reading, r.reading_key) for r, d in made],
            now,
            by,
        )
        done += [decision for _, decision in made]
    return tuple(done)


def decide_only(
    connection: Connection, policy: Policy, read: Read, now: datetime
) -> Decision:
    """Return the decision that would be made now; nothing is stored."""
    for _, decision in _made(connection, _ask(connection, [read]), now, policy):
        return decision
    raise LookupError(f"no message {read.id}")


def case_of(connection: Connection, read: Read, now: datetime) -> Case:
    """Return everything that a decision on that mail may look at today."""
    wave = _ask(connection, [read])
    known = _Known(connection, wave, today=True)
    for _, case in _cases(connection, wave, now, today=True):
        return known.beside(case)
    raise LookupError(f"no message {read.id}")


def _made(
    connection: Connection, wave: Sequence[_Asked], now: datetime, policy: Policy
) -> Iterator[tuple[Read, Decision]]:
    """Yield the decisions of a wave.

    A mail that is decided anew meets what it met, and says the same again. One that had
    no effect and is not held any more meets what stands today, like a new one: what it
    would take out of force may have come since.
    """
    known = _Known(connection, wave)
    for one, case in _cases(connection, wave, now):
        decision = _decision(one.read, known.beside(case), policy)
        received = one.received
        waited = received.turn is not None and not received.settled
        if waited and decision.state != "held":
            known = _Known(connection, [one], today=True)
            ((_, case),) = _cases(connection, [one], now, today=True)
            decision = _decision(one.read, known.beside(case), policy)
        known.add(decision)
        yield one.read, decision


class _Known:
    """The works in force with the titles of a wave's mails, and what the wave adds."""

    def __init__(
        self, connection: Connection, wave: Sequence[_Asked], today: bool = False
    ) -> None:
        wanted = {key for one in wave for key in _keys(one.read.reading)}
        met = _met(wave, today)
        found = submissions.works_with(connection, wanted, *met) if wanted else ()
        self._works: dict[str, list[OtherWork]] = {}
        for work in found:
            self._works.setdefault(work.key, []).append(work)

    def beside(self, case: Case) -> Case:
        """Return the case with the works that have a title of its own."""
        keys = _keys(case.reading)
        same = tuple(w for key in keys for w in self._works.get(key, ())[:_NAMED])
        return replace(case, elsewhere=same) if same else case

    def add(self, decision: Decision) -> None:
        """Let the mails that follow in the wave see what this one registers."""
        for new in decision.submissions:
            for key in filter(None, new.title_keys):
                work = OtherWork(key, new.campaign, new.unit)
                self._works.setdefault(key, []).append(work)


def _keys(reading: Reading) -> tuple[str, ...]:
    keys = (title_key(row.title) for row in reading.registrations)
    return tuple(dict.fromkeys(key for key in keys if key))


def _decision(read: Read, case: Case, policy: Policy) -> Decision:
    if read.failed is not None:
        return quarantine(case, policy, read.failed)
    return decide(case, policy)


def _ask(connection: Connection, read: Sequence[Read]) -> list[_Asked]:
    known = mails.received(connection, [one.id for one in read])
    senders = {one.address for one in read if one.address}
    owned = addresses.owners(connection, senders)
    waiting = confirmations.pending(connection, senders)
    answered = confirmations.answered(connection, list(known))
    asked = []
    for one in read:
        if one.id not in known:
            continue
        owners = owned.get(one.address or "", ())
        given = known[one.id].assigned
        accepted = known[one.id].accepted
        if accepted is not None and accepted.unit is not None:
            given = (*given, (accepted.unit, ""))
        mine = (*waiting.get(one.address or "", ()), *answered.get(one.id, ()))
        codes = units_in_question(one.reading, owners, given, mine)
        asked.append(_Asked(one, known[one.id], owners, frozenset(codes), mine))
    return sorted(asked, key=lambda a: (a.received.received, a.read.id))


def _waves(asked: Iterable[_Asked]) -> Iterator[list[_Asked]]:
    """Yield runs of mails of which none can change what another one meets."""
    wave: list[_Asked] = []
    codes: set[str] = set()
    marks: set[object] = set()
    for one in asked:
        mine: set[object] = {one.read.address or one.read.id}
        if all(one.read.identity):
            mine.add(one.read.identity)
        again = one.received.first_read is not None
        if wave and (again or codes & one.codes or marks & mine):
            yield wave
            wave, codes, marks = [], set(), set()
        wave.append(one)
        codes |= one.codes
        marks |= mine
        if again:
            yield wave
            wave, codes, marks = [], set(), set()
    if wave:
        yield wave


def _cases(
    connection: Connection,
    wave: Sequence[_Asked],
    now: datetime,
    today: bool = False,
) -> Iterator[tuple[_Asked, Case]]:
    codes = frozenset[str]().union(*(one.codes for one in wave))
    standing = submissions.standing(connection, codes, *_met(wave, today))
    addressed = addresses.addressed(connection, codes)
    same = twins.twins(connection, [one.read.identity for one in wave])
    for one in wave:
        others = [i for i in same[one.read.identity] if i != one.read.id]
        yield (
            one,
            Case(
                received=one.received,
                reading=one.read.reading,
                now=now,
                owners=one.owners,
                addressed=addressed & one.codes,
                standing=tuple(s for s in standing if s.unit in one.codes),
                twin=others[0] if others else None,
                pending=one.pending,
            ),
        )


def _met(wave: Sequence[_Asked], today: bool) -> tuple[int | None, int | None]:
    """Return which message's versions, and what after which event, are looked past.

    A mail that is decided anew stands alone in its wave, and meets what it met.
    """
    first = wave[0]
    apart = first.read.id if first.received.first_read is not None else None
    return apart, None if today else first.received.turn
