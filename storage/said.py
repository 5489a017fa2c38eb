"""What people said of mails, and have not taken back: whose, let pass, not taken.

It decides nothing; the last word on a part of a mail counts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from parsers.values.act import Act, let_pass
from parsers.values.decision import Accepted, Rejected
from storage import acts
from storage.acts import KeptAct

#: The part that stands for the whole mail.
WHOLE = ""


@dataclass(frozen=True, slots=True)
class Said:
    """All that stands of one mail.

    `retold`: what its sender was told (that it is taken, or is not) was taken back.
    """

    assigned: tuple[tuple[str, str], ...] = ()
    accepted: Accepted | None = None
    rejected: Rejected | None = None
    retold: bool = False


def said_of(connection: Connection, messages: Collection[int]) -> dict[int, Said]:
    """Return what was said, by message, in one query; those of which nothing was are
    not there.
    """
    told: dict[int, list[KeptAct]] = {}
    for kept in acts.of_messages(connection, messages):
        if kept.act.message is not None:
            told.setdefault(kept.act.message, []).append(kept)
    return {message: _said(found) for message, found in told.items()}


def assigned_to(connection: Connection, message: int, part: str) -> str | None:
    """Return the unit that the part (WHOLE for all of it) was said to be of."""
    said = said_of(connection, [message]).get(message, Said())
    return next((unit for unit, of in said.assigned if of == part), None)


def _said(found: Sequence[KeptAct]) -> Said:
    stands = [kept for kept in found if kept.undone is None]
    return Said(
        assigned=_assigned(stands),
        accepted=_accepted(stands),
        rejected=_rejected(stands),
        retold=any(kept.undone is not None and _told(kept.act) for kept in found),
    )


def _told(act: Act) -> bool:
    return act.verb == "accept" or (act.verb == "reject" and act.details.tell)


def _accepted(stands: Iterable[KeptAct]) -> Accepted | None:
    found: Accepted | None = None
    for kept in stands:
        found = let_pass(found, kept.act) if kept.act.verb == "accept" else found
    return found


def _assigned(stands: Iterable[KeptAct]) -> tuple[tuple[str, str], ...]:
    """Return pairs of unit and part, by part."""
    units = {
        kept.act.details.part: kept.act.unit
        for kept in stands
        if kept.act.verb == "assign" and kept.act.unit is not None
    }
    return tuple((units[part], part) for part in sorted(units))


def _rejected(stands: Sequence[KeptAct]) -> Rejected | None:
    """Return the rejection; whoever assigns or accepts the mail after it takes it."""
    spoken = [k.act for k in stands if k.act.verb in ("assign", "accept", "reject")]
    last = spoken[-1] if spoken else None
    if last is None or last.verb != "reject":
        return None
    return Rejected(last.why or "", last.details.tell)
