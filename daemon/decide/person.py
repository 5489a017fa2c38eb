"""What a person let pass of a held mail: his word settles the doubt that he saw.

A doubt that he was not shown holds the mail as before. Whose word it was, and when, is
kept elsewhere.
"""

from collections.abc import Sequence
from dataclasses import replace

from daemon.decide.unit import Asked, Delivery, Row, joined
from parsers.values.decision import Accepted, Reason
from parsers.values.reading import Registration, Result

#: Whoever takes a mail of a doubtful sender says that it is the unit's own.
_SENDER: tuple[Reason, ...] = (
    "sender_failed",
    "sender_unknown",
    "replacement_unconfirmed",
)
_UNIT: tuple[Reason, ...] = (
    "sender_unknown",
    "unit_mismatch",
    "unit_ambiguous",
    "unit_unknown",
)


def passed(accepted: Accepted | None) -> frozenset[Reason]:
    """Return every reason that no longer holds the mail."""
    if accepted is None:
        return frozenset()
    doubts = set(accepted.doubts)
    # Who says what the mail does to the version in force answers for it.
    if doubts - {"campaign_unclear", "kind_unclear", "program_missing", *_UNIT[1:]}:
        doubts |= {"replacement_unconfirmed"}
    if "sender_failed" in doubts:
        doubts.update(_SENDER)
    if accepted.named:
        doubts.update(_UNIT)
    return frozenset(doubts)


def vouched_for(accepted: Accepted | None) -> bool:
    """Return whether a person has said that the sender is the unit."""
    return bool(passed(accepted) & {"sender_failed", "sender_unknown"})


def settled(asked: Asked, found: Sequence[Delivery]) -> tuple[Delivery, ...]:
    """Return the deliveries, the doubtful ones with the unit that the person gave.

    Where he named none, rows that name a unit themselves are that unit's; the others
    are the first candidate's. What has no candidate stays doubtful.
    """
    accepted, doubts = (
        asked.case.received.accepted,
        passed(asked.case.received.accepted),
    )
    if accepted is None or not any(d.doubt in doubts for d in found):
        return tuple(found)
    parts: list[Delivery] = []
    for delivery in found:
        if delivery.doubt in doubts:
            parts += _given(asked, accepted, delivery)
        else:
            parts.append(delivery)
    return joined(parts)


def _given(asked: Asked, accepted: Accepted, delivery: Delivery) -> list[Delivery]:
    first = accepted.unit or delivery.unit
    groups: dict[str | None, list[Row]] = {} if delivery.rows else {first: []}
    for row in delivery.rows:
        own = row.unit if not accepted.named else None
        groups.setdefault(own or first, []).append(row)
    return [_of(asked, delivery, unit, rows) for unit, rows in groups.items()]


def _of(
    asked: Asked, delivery: Delivery, unit: str | None, rows: Sequence[Row]
) -> Delivery:
    part = replace(
        delivery,
        registrations=tuple(r for r in rows if isinstance(r, Registration)),
        results=tuple(r for r in rows if isinstance(r, Result)),
    )
    if unit is None or unit not in asked.policy.by_code:
        return part
    return replace(
        part,
        unit=unit,
        certainty="certain",
        evidence=("assigned", *(e for e in delivery.evidence if unit == delivery.unit)),
        doubt=None,
        accepted=True,
    )
