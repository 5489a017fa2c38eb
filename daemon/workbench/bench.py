"""One bench of the pool: a child, its batch, and what is done when it dies."""

import contextlib
import shutil
import time
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from daemon.workbench.jobs import (
    BEGIN,
    NEED,
    PART,
    READ,
    READING_BYTES,
    WAITS,
    ChildGoneError,
    Failure,
    Job,
    Need,
    Outcome,
    Skip,
    Wanted,
)
from daemon.workbench.process import Child
from daemon.workbench.slow import SlowPool
from parsers.values.limits import Limits
from parsers.values.reading import Reading

#: A child is replaced after so many mails, or when it holds so much between two mails.
#: Starting one costs as much as reading a hundred mails (2,000 units: 0.65 s), so that
#: growth, and not the count, is what ends most of them.
MAILS_PER_CHILD = 2000
RESIDENT_BYTES = 300 * 1024 * 1024
#: So many attachments of one mail may kill a reader before the mail itself is failed.
SKIPS = 3

_READING = msgspec.json.Decoder(Reading)
_PATH = msgspec.json.Decoder(tuple[str, ...])
_NEED = msgspec.json.Decoder(Need)
_MIB = 1024 * 1024


@dataclass(slots=True)
class _Hand:
    """The mail that the child has in hand, since when, and which attachment of it.

    `needs` are the payloads of it that must be converted, kept in `folder`.
    """

    job: int | None = None
    path: tuple[str, ...] = ()
    since: float = 0.0
    folder: Path | None = None
    needs: list[Need] = field(default_factory=list)

    def forget(self) -> None:
        """Remove what was kept of a mail whose reading broke off."""
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.folder, self.needs = None, []


class Bench:
    """Runs batches through one child at a time; used by one thread."""

    def __init__(self, rules: bytes, limits: Limits, slow: SlowPool) -> None:
        """Keep the encoded rules for every child that will be started.

        `slow` says whether anything can be converted, and where payloads wait for it.
        """
        self._rules = rules
        self._slow = slow
        self._most = max(READING_BYTES, (limits.attachment_mib + 1) * _MIB)
        self._limits = limits
        self._child: Child | None = None
        self._stopped = False

    def warm(self) -> None:
        """Start the child now, for mails that are expected; a failure shows later."""
        with contextlib.suppress(OSError):
            self._ready()

    def read(self, batch: tuple[Job, ...]) -> Iterator[Outcome]:
        """Yield one outcome for every job of the batch, in order of their reading."""
        left = deque(batch)
        alone = False
        while left and not self._stopped:
            order = (left[0],) if alone else tuple(left)
            hand = _Hand()
            fresh = self._child is None
            how = yield from self._run(order, left, hand)
            hand.forget()
            if how is None:
                alone = False
                continue
            alone = True
            if hand.job is None and fresh:
                yield from _unavailable(left, how)
            elif hand.job is None or len(order) > 1 or not fresh:
                # Its neighbours may have worn the child out: the mail in hand is
                # repeated alone in a fresh one before anything is held against it.
                continue
            else:
                yield from self._blame(left, hand, how)

    def stop(self) -> None:
        """End the child from another thread; the read under way gives up."""
        self._stopped = True
        if self._child is not None:
            self._child.kill()

    def _run(
        self, order: tuple[Job, ...], left: deque[Job], hand: _Hand
    ) -> Generator[Outcome, None, Failure | None]:
        """Yield outcomes, taking finished jobs off `left`; return why it broke off."""
        try:
            child = self._ready()
            child.order(order, self._slow.converts())
            for kind, job, payload in child.frames(self._limits.seconds, self._most):
                if kind == BEGIN:
                    self._note(hand, job, payload)
                    continue
                if kind == NEED:
                    self._keep(hand, payload)
                    continue
                outcome = _outcome(kind, job, payload)
                if kind == WAITS:
                    outcome = _waiting(left[0], hand)
                if outcome.failure is not None and self._skips(left, hand):
                    # An error inside one attachment is no reason to lose the others.
                    # The child goes: it would work on at what follows in this order.
                    self._leave_out(left, hand, _code(outcome.failure))
                    self._drop()
                    return None
                left.popleft()
                hand.job = None
                child.finished += 1
                yield outcome
                if not left or job == order[-1].id:
                    break
            self._recycle(child)
        except TimeoutError:
            self._drop()
            return Failure("overran", f"silent for {self._limits.seconds} s")
        except (ChildGoneError, OSError, msgspec.MsgspecError) as error:
            status = self._drop()
            return Failure("died", f"exit status {status}: {error}")
        return None

    def _note(self, hand: _Hand, job: int, payload: bytes) -> None:
        now = time.monotonic()
        if job != hand.job:
            hand.job, hand.path, hand.since = job, (), now
        if payload:
            hand.path = _PATH.decode(payload)
        if now - hand.since > self._limits.mail_seconds:
            raise TimeoutError

    def _keep(self, hand: _Hand, payload: bytes) -> None:
        """Put a payload that is to be converted into a file."""
        if hand.folder is None:
            hand.folder = self._slow.room.folder()
        head, _, data = payload.partition(b"\n")
        need = _NEED.decode(head)
        source = hand.folder / f"{len(hand.needs)}.{need.kind}"
        source.write_bytes(data)
        hand.needs.append(replace(need, source=str(source)))

    def _blame(self, left: deque[Job], hand: _Hand, how: Failure) -> Iterator[Outcome]:
        if self._skips(left, hand):
            self._leave_out(left, hand, _code(how))
            return
        yield Outcome(left.popleft().id, failure=how)

    def _skips(self, left: deque[Job], hand: _Hand) -> bool:
        """Return whether it happened in an attachment that may still be left out."""
        return bool(hand.path) and len(left[0].skip) < SKIPS

    def _leave_out(self, left: deque[Job], hand: _Hand, code: str) -> None:
        job = left.popleft()
        left.appendleft(replace(job, skip=(*job.skip, Skip(hand.path, code))))

    def _ready(self) -> Child:
        if self._child is None:
            self._child = Child(self._rules)
        return self._child

    def _recycle(self, child: Child) -> None:
        worn = child.finished >= MAILS_PER_CHILD
        if worn or child.resident_bytes() > RESIDENT_BYTES:
            self._drop()

    def _drop(self) -> int:
        child, self._child = self._child, None
        return child.kill() if child is not None else 0


def _code(how: Failure) -> str:
    """Return the finding that says what an attachment did to its reader."""
    costly = how.how == "overran" or how.detail.startswith("MemoryError")
    return "limit_exceeded" if costly else "file_damaged"


def _unavailable(left: deque[Job], how: Failure) -> Iterator[Outcome]:
    while left:
        yield Outcome(left.popleft().id, failure=replace(how, how="unavailable"))


def _waiting(job: Job, hand: _Hand) -> Outcome:
    """Return that `job` waits, with what was kept of it: it is the receiver's now."""
    if hand.folder is None:
        raise ChildGoneError("a mail that waits for nothing")
    wanted = Wanted(job, hand.folder, tuple(hand.needs))
    hand.folder, hand.needs = None, []
    return Outcome(job.id, wanted=wanted)


def _outcome(kind: bytes, job: int, payload: bytes) -> Outcome:
    if kind == PART:
        return Outcome(job, part=payload[1:] if payload[:1] == b"1" else None)
    if kind == READ:
        return Outcome(job, reading=_READING.decode(payload), encoded=payload)
    return Outcome(job, failure=Failure("raised", payload.decode("utf-8", "replace")))
