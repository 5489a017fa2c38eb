"""Messages through the house: claimed, read by the workbench, decided, stored.

It knows neither where mails come from nor how answers leave.
"""

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from daemon import journal
from daemon.arrivals import Kept, Strongroom
from daemon.casework import Read, decide_and_store
from daemon.decide import Policy
from daemon.turns import Turns
from daemon.workbench import Failure, Job, Outcome, Workbench
from parsers.values.decision import Decision, Reason
from parsers.values.reading import Reading
from storage import claims
from storage.archive import Item, Stored
from storage.database import Connection
from storage.errors import (
    ConflictError,
    DamagedArchiveError,
    NotArchivedError,
    StaleLeaseError,
    StorageError,
)
from storage.events import PROGRAM
from storage.store import DecidedMessage, store_decisions

#: Mails that are claimed at once, and bytes of them; both bound what is in memory.
CLAIMED_MAILS = 50
CLAIMED_BYTES = 8 * 1024 * 1024
#: What a mail in hand is taken for at least: the reading of a small one takes more
#: memory than its bytes (61 KB for a table of ten rows, measured), and many wait to be
#: decided where one mail before them is slow.
LEAST_BYTES = 64 * 1024
#: Readings that are stored in one transaction.
TOGETHER = 50
#: Of a mail that cannot be read so much is given to the reader of its header.
HEADER_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class _InHand:
    fence: int
    raw_sha256: str
    raw: bytes = b""
    giving_up: Reason | None = None


@dataclass(slots=True)
class Intake:
    """Reads and decides messages that this process holds. Used by one thread."""

    room: Strongroom
    bench: Workbench
    policy: Policy
    rules_key: str
    by: str = PROGRAM
    processed: list[int] = field(default_factory=list)
    _hand: dict[int, _InHand] = field(default_factory=dict)
    _turns: Turns = field(default_factory=Turns)
    _no_reader: bool = False
    _confirmed: bool = False

    def take(self, kept: Iterable[Kept]) -> None:
        """Have new mails read that were just recorded as ours."""
        ours = [o for o in kept if o.fence is not None and o.id not in self._hand]
        self._turns.expect([one.id for one in ours])
        self._submit(ours)

    def _submit(self, ours: Iterable[Kept]) -> None:
        jobs = []
        for one in ours:
            if one.fence is not None:
                self._hand[one.id] = _InHand(one.fence, one.raw_sha256, one.raw)
                jobs.append(Job(one.id, one.raw, header_only=one.header_only))
        self.bench.submit(jobs)

    def claim(self, only: Collection[int] | None = None) -> int:
        """Claim waiting messages, as many as fit, and have them read; return how many.

        `only` are the ones that it may be; None: any.

        A reading that the archive holds for today's rules is not made again. Once after
        no reader could be started nothing is claimed, so that nobody asks for ever.
        """
        if self._no_reader:
            self._no_reader = False
            return 0
        with self.room.database.write() as connection:
            claimed = claims.claim(
                connection,
                self.room.claim(),
                self.room.clock.now(),
                CLAIMED_MAILS,
                CLAIMED_BYTES,
                only,
            )
        if claimed:
            self._open(claimed)
        return len(claimed)

    def _open(self, claimed: Sequence[claims.Claimed]) -> None:
        """Get the bytes of claimed messages, or the readings that were kept of them."""
        fresh: list[Kept] = []
        kept: list[Outcome] = []
        damaged: list[tuple[int, _InHand]] = []
        keys = [self._reading_key(one.raw_sha256) for one in claimed]
        with self.room.database.read() as connection:
            read = self.room.archive.known(connection, "reading", keys)
            for one, key in zip(claimed, keys, strict=True):
                held = _InHand(one.fence, one.raw_sha256)
                encoded = raw = None
                if key in read:
                    encoded = self._from_archive(connection, "reading", key)
                if encoded is None:
                    raw = self._from_archive(connection, "raw", one.raw_sha256)
                if encoded is not None:
                    self._hand[one.id] = held
                    reading = msgspec.json.decode(encoded, type=Reading)
                    kept.append(Outcome(one.id, reading=reading))
                elif raw is not None:
                    fresh.append(_again(one, raw))
                else:
                    damaged.append((one.id, held))
        for message, held in damaged:
            self._hand[message] = held
            self._failed(message, held, Failure("raised", "the archive is damaged"))
        self._turns.expect([*(one.id for one in fresh), *(one.id for one in kept)])
        self._turns.arrived(kept, time.monotonic())
        self._submit(fresh)

    def _reading_key(self, raw_sha256: str) -> str:
        return f"{raw_sha256}:{self.rules_key}"

    def _from_archive(
        self, connection: Connection, kind: Literal["raw", "reading"], key: str
    ) -> bytes | None:
        """Return the bytes; None where there are none that can be believed."""
        try:
            return self.room.archive.get(connection, kind, key)
        except (NotArchivedError, DamagedArchiveError) as error:
            if kind == "raw":
                journal.internal_fault("archive", error)
            return None

    def take_processed(self) -> tuple[int, ...]:
        """Return and forget which messages were processed since it was asked last."""
        taken, self.processed = tuple(self.processed), []
        return taken

    @property
    def busy(self) -> bool:
        """Return whether any mail is in hand."""
        return bool(self._hand)

    @property
    def bytes_in_hand(self) -> int:
        """Return how many bytes of mail are in hand, a small one rounded up."""
        return sum(max(len(one.raw), LEAST_BYTES) for one in self._hand.values())

    def settle(self, seconds: float | None = None, least: int = 1) -> int:
        """Decide and store what the readers finished; return how many mails.

        Waits for at least one up to `seconds`, or until there is one. What came
        together is decided together, in the order of receipt. While more are being
        read, fewer than `least` wait for their fellows: one commit serves many.
        """
        turns = self._turns
        if len(turns.due) >= least:
            seconds = 0
        else:
            patience = turns.patience(time.monotonic())
            given = [limit for limit in (seconds, patience) if limit is not None]
            seconds = min(given, default=None)
        found = self.bench.outcomes(seconds)
        turns.arrived(found, time.monotonic())
        if len(turns.due) < least and self.bench.waiting:
            return len(found)
        outcomes = turns.take(everything=not self.bench.waiting)
        for start in range(0, len(outcomes), TOGETHER):
            try:
                self._settle(outcomes[start : start + TOGETHER])
            except StorageError:
                # What is stored already is skipped when the rest comes again.
                turns.again(outcomes[start:])
                raise
        return len(outcomes)

    def finish(self) -> None:
        """Settle everything in hand, and what was confirmed by it."""
        self._finish_hand()
        while self._confirmed:
            self._confirmed = False
            self.claim()
            self._finish_hand()

    def _finish_hand(self) -> None:
        while self._hand:
            if not self.settle() and not self.bench.waiting:
                break

    def give_back(self, more: Iterable[Kept] = ()) -> None:
        """Free what is in hand unread, and `more`; nothing is held against it."""
        fences = {i: one.fence for i, one in self._hand.items()}
        fences |= {one.id: one.fence for one in more if one.fence is not None}
        self._hand.clear()
        self._turns.clear()
        if fences:
            with self.room.database.write() as connection:
                claims.release(connection, fences)

    def _settle(self, outcomes: Sequence[Outcome]) -> None:
        read: list[tuple[Outcome, _InHand]] = []
        for outcome in outcomes:
            held = self._hand.get(outcome.id)
            if held is None:
                continue
            if outcome.failure is None and outcome.reading is not None:
                read.append((outcome, held))
            elif held.giving_up is not None:
                self._store([self._unread(outcome.id, held)])
            elif outcome.failure is not None:
                self._failed(outcome.id, held, outcome.failure)
        self._store(self._to_decide(read), self._archived(read))

    def _key(self, held: _InHand, reading: Reading) -> str | None:
        # The reading of a header alone stands for no mail.
        if held.giving_up:
            return None
        key = self._reading_key(held.raw_sha256)
        # Where a program was missing the mail is read anew: it may be there by then.
        missing = any(f.code == "program_missing" for f in reading.findings)
        return f"{key}:program_missing" if missing else key

    def _archived(self, read: Sequence[tuple[Outcome, _InHand]]) -> tuple[Stored, ...]:
        """Make the readings durable; the index goes with the decisions' commit."""
        items = []
        for outcome, held in read:
            if outcome.reading is None:
                continue
            key = self._key(held, outcome.reading)
            # Without its bytes the outcome came from the archive itself.
            if key is not None and outcome.encoded:
                items.append(Item("reading", outcome.encoded, key))
        return self.room.archive.write(items)

    def _to_decide(self, read: Sequence[tuple[Outcome, _InHand]]) -> list[Read]:
        return [
            Read(
                id=o.id,
                fence=held.fence,
                reading=o.reading,
                reading_key=self._key(held, o.reading),
                failed=held.giving_up,
            )
            for o, held in read
            if o.reading is not None
        ]

    def _store(self, read: Sequence[Read], stored: Sequence[Stored] = ()) -> None:
        """Decide and store together; where that fails, each alone."""
        if not read:
            return
        try:
            self._store_together(read, stored)
            return
        except (StaleLeaseError, ConflictError) as error:
            fault: Exception = error
        except StorageError:
            raise
        # Broad on purpose, one of the house's four: a fault of ours in deciding one
        # mail must not keep back its neighbours. Each is tried alone, and the one that
        # fails counts an attempt, so that it ends before a person and not in a loop.
        except Exception as error:
            journal.internal_fault("decide", error)
            fault = error
        if len(read) > 1:
            for one in read:
                self._store([one], [s for s in stored if s.key == one.reading_key])
        elif isinstance(fault, StaleLeaseError):
            # Somebody else decided it while we were away.
            self._hand.pop(read[0].id, None)
        elif isinstance(fault, ConflictError):
            # Another process stored the same mail's other copy at this very moment: it
            # is decided anew when it is claimed again, and then seen.
            self._let_go(read[0].id, self._hand[read[0].id])
        else:
            held = self._hand[read[0].id]
            self._failed(read[0].id, held, Failure("raised", type(fault).__name__))

    def _store_together(self, read: Sequence[Read], stored: Sequence[Stored]) -> None:
        now = self.room.clock.now()
        with self.room.database.write() as connection:
            self.room.archive.index(connection, stored)
            made = decide_and_store(connection, self.policy, read, now, self.by)
        for one in read:
            self._hand.pop(one.id, None)
        for decision in made:
            journal.decided(
                decision.message, decision.state, decision.reason, [*decision.units]
            )
            if decision.state == "processed":
                self.processed.append(decision.message)
            self._confirmed = self._confirmed or bool(decision.confirms)

    def _failed(self, message: int, held: _InHand, failure: Failure) -> None:
        if failure.how == "unavailable":
            journal.reader_unavailable(failure.detail)
            self._no_reader = True
            self._let_go(message, held)
            return
        if held.giving_up is not None:
            self._set_aside(message, held.fence, held.giving_up)
            return
        now = self.room.clock.now()
        try:
            with self.room.database.write() as connection:
                attempt = claims.attempt_failed(connection, message, held.fence, now)
        except StaleLeaseError:
            self._hand.pop(message, None)
            return
        journal.attempt_failed(message, attempt.count, failure.how)
        if attempt.next_attempt is not None:
            self._hand.pop(message, None)
            return
        reason: Reason = "internal_fault" if failure.how == "raised" else "reader_died"
        self._give_up(message, held, reason)

    def _give_up(self, message: int, held: _InHand, reason: Reason) -> None:
        """Quarantine a mail: of its header at least is read who sent it."""
        header = held.raw[:HEADER_BYTES]
        end = min(
            (i for i in (header.find(b"\n\n"), header.find(b"\r\n\r\n")) if i >= 0),
            default=len(header),
        )
        self._hand[message] = _InHand(held.fence, held.raw_sha256, header[:end], reason)
        self.bench.submit([Job(message, header[:end], header_only=True)])

    def _set_aside(self, message: int, fence: int, reason: Reason) -> None:
        """Quarantine a mail of which not even its header could be decided."""
        decision = Decision(message, "quarantined", reason, "other", "unknown")
        now = self.room.clock.now()
        with self.room.database.write() as connection:
            aside = DecidedMessage(decision, fence)
            store_decisions(connection, [aside], now, self.by)
        self._hand.pop(message, None)
        journal.decided(message, "quarantined", reason, [])

    def _unread(self, message: int, held: _InHand) -> Read:
        return Read(message, held.fence, Reading("other"), None, held.giving_up)

    def _let_go(self, message: int, held: _InHand) -> None:
        self._hand.pop(message, None)
        with self.room.database.write() as connection:
            claims.release(connection, {message: held.fence})


def _again(one: claims.Claimed, raw: bytes) -> Kept:
    return Kept(one.id, raw, one.raw_sha256, one.header_only, False, one.fence)
