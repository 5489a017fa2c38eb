"""Which unit a mail is of: certain, probable or none; one unit a row, or held.

It never guesses: what is not certain keeps its candidates and waits for a person.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from daemon.decide.first_contact import Introduction, introduced
from daemon.decide.mentions import DOCUMENT, against, evidence, heads
from daemon.decide.policy import Policy
from daemon.decide.trust import Sender
from parsers.values.decision import Case, Reason
from parsers.values.reading import Reading, Registration, Result

Certainty = Literal["certain", "probable"]
Row = Registration | Result
_EVERY = frozenset(DOCUMENT)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one mail brings of one unit: rows in their order, or none.

    `unit` with certainty `probable` is a proposal; `doubt` says why it is no more.
    `accepted`: the address may be told what was stored. `introduced`: by first contact.
    """

    unit: str | None
    certainty: Certainty | None
    evidence: tuple[str, ...] = ()
    doubt: Reason | None = None
    accepted: bool = False
    introduced: bool = False
    registrations: tuple[Registration, ...] = ()
    results: tuple[Result, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return all rows, registrations first."""
        return (*self.registrations, *self.results)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the question of the unit may look at."""

    case: Case
    policy: Policy
    sender: Sender
    phase_open: bool
    owners: frozenset[str] = frozenset()
    assigned: Mapping[str, str] = field(default_factory=dict)

    @property
    def reading(self) -> Reading:
        """Return the Reading."""
        return self.case.reading

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return every row of the mail, registrations first."""
        return (*self.reading.registrations, *self.reading.results)

    def told(self, attachment: tuple[str, ...] | None) -> str | None:
        """Return the unit that a person named for this document or for the mail."""
        part = self.assigned.get("/".join(attachment)) if attachment else None
        return part or self.assigned.get("")


def owners_of(case: Case, policy: Policy) -> tuple[str, ...]:
    """Return the units of the plan that the From address belongs to, as listed."""
    message = case.reading.message
    author = message.author if message else None
    if author is None or not author.address:
        return ()
    address = author.address.strip().casefold()
    codes = (
        owner.code
        for owner in case.owners
        if owner.address.strip().casefold() == address and owner.code in policy.by_code
    )
    return tuple(dict.fromkeys(codes))


def assigned_of(case: Case, policy: Policy) -> dict[str, str]:
    """Return what a person said: attachment path ("" the whole mail) -> unit."""
    return {
        path: code for code, path in case.received.assigned if code in policy.by_code
    }


def deliveries(asked: Asked) -> tuple[Delivery, ...]:
    """Return whose rows the mail brings, at least one Delivery, rows of a unit joined.

    A mail without rows is one Delivery without rows.
    """
    rows = asked.rows
    if not rows:
        return (_judge(asked, None, None),)
    if not asked.owners and not asked.assigned and asked.reading.message is not None:
        return (_with_rows(_stranger(asked, rows), rows),)
    return joined(
        _with_rows(_judge(asked, unit, attachment), group)
        for (unit, attachment), group in _groups(rows)
    )


def _groups(
    rows: Sequence[Row],
) -> Iterator[tuple[tuple[str | None, tuple[str, ...]], tuple[Row, ...]]]:
    found: dict[tuple[str | None, tuple[str, ...]], list[Row]] = {}
    for row in rows:
        found.setdefault((row.unit, row.attachment), []).append(row)
    return ((key, tuple(group)) for key, group in found.items())


def _with_rows(delivery: Delivery, rows: Sequence[Row]) -> Delivery:
    return replace(
        delivery,
        registrations=tuple(r for r in rows if isinstance(r, Registration)),
        results=tuple(r for r in rows if isinstance(r, Result)),
    )


def joined(found: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """Return one Delivery for each unit and doubt, in the order of their first rows."""
    joined: dict[tuple[str | None, Reason | None], Delivery] = {}
    for new in found:
        key = (new.unit, new.doubt)
        old = joined.get(key)
        joined[key] = (
            new
            if old is None
            else replace(
                old,
                evidence=tuple(dict.fromkeys([*old.evidence, *new.evidence])),
                registrations=(*old.registrations, *new.registrations),
                results=(*old.results, *new.results),
            )
        )
    return tuple(joined.values())


def _judge(
    asked: Asked, unit: str | None, attachment: tuple[str, ...] | None
) -> Delivery:
    """Return the verdict on rows of one document that name `unit` themselves, or None.

    `attachment` None is the whole mail.
    """
    told = asked.told(attachment)
    if told is not None:
        return Delivery(told, "certain", ("assigned",), accepted=True)
    if asked.reading.message is None:
        return _bare_file(asked, unit, attachment)
    if not asked.owners:
        return _doubtful(asked, "sender_unknown")
    if len(asked.owners) == 1:
        return _of_one(asked, unit, next(iter(asked.owners)))
    return _of_several(asked, unit, attachment)


def _of_one(asked: Asked, unit: str | None, owner: str) -> Delivery:
    """Judge the mail of an address that belongs to one unit only."""
    allowed = frozenset({owner})
    named = any(
        against(m, allowed)
        for m in asked.reading.mentions
        if asked.told(m.attachment) is None
    )
    rows = {row.unit for row in asked.rows if asked.told(row.attachment) is None}
    if named or unit not in {None, owner} or rows - {None, owner}:
        return _doubtful(asked, "unit_mismatch", accepted=True)
    return _certain(asked, owner)


def _of_several(
    asked: Asked, unit: str | None, attachment: tuple[str, ...] | None
) -> Delivery:
    """Judge rows from an address that several units share: their own head decides."""
    elsewhere = {row.attachment for row in asked.rows} - {attachment}
    mine = [m for m in asked.reading.mentions if m.attachment not in elsewhere]
    if any(against(m, asked.owners) for m in mine) or (
        unit is not None and unit not in asked.owners
    ):
        return _doubtful(asked, "unit_mismatch", accepted=True)
    if unit is not None:
        return _certain(asked, unit)
    if _beside_named(asked, attachment):
        return _doubtful(asked, "unit_ambiguous", accepted=True)
    letterheads = heads(asked.reading, attachment, ("letterhead",))
    named = letterheads | heads(asked.reading, attachment, ("signature",))
    if len(letterheads) == 1 and named == letterheads:
        return _certain(asked, next(iter(letterheads)))
    return _doubtful(asked, "unit_ambiguous", accepted=True, among=named)


def _bare_file(
    asked: Asked, unit: str | None, attachment: tuple[str, ...] | None
) -> Delivery:
    named = heads(asked.reading, attachment, _EVERY) & asked.policy.by_code.keys()
    foreign = any(m.foreign and m.source in DOCUMENT for m in asked.reading.mentions)
    alone = unit in named or (unit is None and not _beside_named(asked, attachment))
    if len(named) == 1 and not foreign and alone:
        code = next(iter(named))
        return Delivery(code, "certain", evidence(asked.reading, code))
    several = len(named) > 1 or unit is not None or len(asked.reading.candidates) > 1
    return _doubtful(asked, "unit_ambiguous" if several else "unit_unknown")


def _beside_named(asked: Asked, attachment: tuple[str, ...] | None) -> bool:
    """Tell whether other rows of the document name their units.

    In a parent office's list a row whose unit was not understood is not the parent's.
    """
    return any(row.unit for row in asked.rows if row.attachment == attachment)


def _stranger(asked: Asked, rows: Sequence[Row]) -> Delivery:
    new = Introduction(asked.case, asked.sender, rows, asked.phase_open)
    code = introduced(new, asked.policy)
    if code is None:
        return _doubtful(asked, "sender_unknown")
    places = evidence(asked.reading, code)
    return Delivery(code, "certain", places, accepted=True, introduced=True)


def _certain(asked: Asked, code: str) -> Delivery:
    places = ("address", *evidence(asked.reading, code))
    return Delivery(code, "certain", places, accepted=True)


def _doubtful(
    asked: Asked,
    doubt: Reason,
    accepted: bool = False,
    among: frozenset[str] = frozenset(),
) -> Delivery:
    """Return the doubt with the best proposal: one of `among`, else what is named."""
    named = [c.code for c in asked.reading.candidates if not among or c.code in among]
    owned = [o.code for o in asked.case.owners if o.code in asked.owners]
    unit = next(iter([*named, *owned]), None)
    if unit is None:
        return Delivery(None, None, doubt=doubt, accepted=accepted)
    places = evidence(asked.reading, unit)
    if unit in asked.owners:
        places = ("address", *places)
    return Delivery(unit, "probable", places, doubt, accepted)
