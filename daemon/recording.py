"""What a person does with a unit: records a paper, amends a cell, excuses; one commit.

Commands and page call it; what comes out is said by `daemon.people`.
"""

from dataclasses import dataclass, replace

from daemon import people
from daemon.decide.hints import title_key, title_keys
from daemon.judging import Acting
from daemon.people import Base, RefusalError, Wish, by_hand
from parsers.values.act import Act, Details
from parsers.values.campaign import PhaseName
from parsers.values.decision import Case, Decision, OtherWork
from parsers.values.reading import Correction, Mode, Reading
from storage import acts
from storage.archive import Item, Stored
from storage.database import Connection
from storage.submissions import (
    StoredSubmission,
    standing,
    submissions_of_unit,
    works_with,
)
from storage.versions import write_submissions

#: Of a nil statement there are no bytes.
_NOTHING = "0" * 64


@dataclass(frozen=True, slots=True)
class Owed:
    """A unit's delivery in one phase of one campaign, and why a person speaks of it."""

    campaign: str
    unit: str
    phase: PhaseName | None
    why: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What a person hands in, read like any other file. `reading_key` names the
    Reading in the archive.
    """

    name: str
    raw: bytes
    sha256: str
    reading: Reading
    encoded: bytes
    reading_key: str


def record(
    acting: Acting, owed: Owed, paper: Paper | None, mode: Mode | None = None
) -> Decision:
    """Store what came on paper, or that there is nothing (None); return the Decision.

    The bytes are durable before the version is. Raises RefusalError, and stores nothing
    then, where the paper makes no version.
    """
    kept: tuple[Stored, ...] = ()
    if paper is not None:
        reading = Item("reading", paper.encoded, paper.reading_key)
        raw = Item("attachment", paper.raw, digest=paper.sha256)
        kept = acting.archive.write([raw, reading])
    with acting.database.write() as connection:
        case = _case(connection, acting, owed, paper)
        wish = Wish(owed.unit, mode, owed.campaign, owed.phase)
        decision = people.record(case, acting.policy, owed.unit, wish)
        if not decision.submissions:
            return decision
        acting.archive.index(connection, kept)
        details = Details(
            nil=paper is None,
            file_name=paper.name if paper else None,
            file_sha256=paper.sha256 if paper else None,
            mode=mode,
        )
        _store(connection, acting, Act("record", owed.why, details=details), decision)
    return decision


def amend(acting: Acting, owed: Owed, change: Correction) -> Decision:
    """Change one cell of the version in force by a new one; return the Decision.

    Raises RefusalError where no version stands, or no cell is meant.
    """
    phase = owed.phase or "registration"
    with acting.database.write() as connection:
        base = replace(
            _base(connection, owed, phase),
            elsewhere=_same_title(connection, change.text),
        )
        decision = people.amend(base, acting.policy, change, acting.now)
        if not decision.submissions:
            return decision
        details = Details(number=change.number, column=change.column, text=change.text)
        _store(connection, acting, Act("amend", owed.why, details=details), decision)
    return decision


def excuse(acting: Acting, owed: Owed) -> bool:
    """Let the unit owe nothing in the phase; say whether it was not excused before.

    Raises RefusalError where the campaign has no such phase.
    """
    phase = owed.phase or "registration"
    plan = next(c for c in acting.policy.campaigns if c.number == owed.campaign)
    if plan.phase(phase) is None:
        raise RefusalError("phase_unknown", phase=phase, campaign=owed.campaign)
    with acting.database.write() as connection:
        for kept in acts.of_unit(connection, owed.unit):
            same = (kept.act.campaign, kept.act.phase) == (owed.campaign, phase)
            if kept.act.verb == "excuse" and same and kept.undone is None:
                return False
        act = people.excuse(owed.campaign, owed.unit, phase, owed.why)
        acts.keep(connection, act, acting.now, acting.by)
    return True


def _case(
    connection: Connection, acting: Acting, owed: Owed, paper: Paper | None
) -> Case:
    reading = paper.reading if paper else Reading("nil", mode="new")
    sha256, size = (paper.sha256, len(paper.raw)) if paper else (_NOTHING, 0)
    keys = {key for key in title_keys(reading.registrations) if key is not None}
    return Case(
        received=by_hand(sha256, size, acting.now),
        reading=reading,
        now=acting.now,
        standing=standing(connection, [owed.unit]),
        elsewhere=works_with(connection, keys),
    )


def _store(
    connection: Connection, acting: Acting, act: Act, decision: Decision
) -> None:
    """Write the version, then the act that names it."""
    new = decision.submissions[0]
    stored = [(None, new)]
    ids = write_submissions(connection, stored, acting.now, acting.by)
    whole = replace(act, campaign=new.campaign, unit=new.unit, phase=new.phase)
    acts.keep(connection, whole, acting.now, acting.by, submission=ids[0])


def _base(connection: Connection, owed: Owed, phase: PhaseName) -> Base:
    stands = {
        s.phase: s
        for s in standing(connection, [owed.unit])
        if s.campaign == owed.campaign
    }
    stored = _in_force(connection, owed, phase)
    if phase not in stands or stored is None:
        raise RefusalError("nothing_in_force", unit=owed.unit)
    works = stands.get("registration")
    return Base(
        standing=stands[phase],
        state=stored.state,
        findings=stored.findings,
        works=works.registrations if works else (),
    )


def _same_title(connection: Connection, text: str | None) -> tuple[OtherWork, ...]:
    """Return the works in force that are called so, should the text be a title."""
    key = title_key(text)
    return works_with(connection, {key} if key else set())


def _in_force(
    connection: Connection, owed: Owed, phase: PhaseName
) -> StoredSubmission | None:
    for one in submissions_of_unit(connection, owed.unit):
        if one.in_force and (one.campaign, one.phase) == (owed.campaign, phase):
            return one
    return None
