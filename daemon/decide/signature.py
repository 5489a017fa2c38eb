"""The confirmation of a table that comes after it, alone or with the same rows again.

It makes no version: the rows are in force already, and only now are they confirmed.
"""

from collections.abc import Iterator

from daemon.decide.view import View
from parsers.values.decision import Signature, Standing
from parsers.values.reading import Confirmation

_RANK: dict[Confirmation | None, int] = {"block_only": 1, "signed": 2}


def signatures(view: View) -> tuple[Signature, ...]:
    """Return which versions in force are confirmed better than before, by this mail."""
    seen = view.case.reading.confirmation
    if seen is None or view.sender.trust == "failed":
        return ()
    return tuple(
        Signature(s.campaign, s.unit, s.phase, s.version, seen)
        for s in _spoken_of(view)
        if _RANK.get(seen, 0) > _RANK.get(s.confirmation, 0)
    )


def best(one: Confirmation | None, other: Confirmation | None) -> Confirmation | None:
    """Return the better of two confirmations."""
    return max(one, other, key=lambda c: _RANK.get(c, 0))


def _spoken_of(view: View) -> Iterator[Standing]:
    if view.content == "rows":
        for taken in view.taken:
            if taken.standing and taken.change.same and not taken.change.reread:
                yield taken.standing
        return
    if view.content != "nothing" or view.place.phase is None:
        return
    for delivery in view.deliveries:
        if delivery.doubt is None and delivery.unit is not None:
            standing = view.standing(delivery.unit, view.place.phase.name)
            standing = standing or view.standing(delivery.unit, "registration")
            if standing is not None:
                yield standing
