"""Wishes of a reply about single rows: what the version would be with all of them.

Removals ("2: bỏ") are taken; any other wish in words is prepared for a person, wholly
or not at all, and a number that names no row or several is never guessed.
"""

from collections.abc import Sequence
from dataclasses import replace

from daemon.decide.difference import applied
from daemon.decide.version import Change, is_older, replacement, standing_rows
from parsers.values.campaign import Campaign
from parsers.values.decision import Case, Standing
from parsers.values.reading import Correction

#: What the words of a mail may set; any other cell is a person's to amend. How far a
#: work is cannot be taken from free words without guessing.
_SETTABLE = frozenset({"title", "method", "time", "expected_result", "result"})


def corrected(
    case: Case, standing: Standing | None, campaign: Campaign | None = None
) -> Change:
    """Return the version with what the mail wishes.

    The doubt is `correction_unclear` unless every wish is a removal of one row and at
    least one row is left. The rows beside that doubt are the whole change as prepared
    for one acceptance; none where it is not understood wholly.
    """
    unclear = Change("replacement", (), "", doubt="correction_unclear")
    if standing is None:
        return unclear
    if standing.message is not None and standing.message == case.received.id:
        rows = standing_rows(standing)
        digest = standing.rows_digest
        return Change("replacement", rows, digest, same=True, reread=True)
    wishes = case.reading.corrections
    if case.reading.correction_unclear or is_older(case, standing):
        return unclear
    known = settable(wishes)
    left = applied(standing_rows(standing), wishes, campaign) if known else None
    if not left:
        return unclear
    change = replacement(left, standing)
    plain = all(wish.change == "remove" for wish in wishes)
    return change if plain else replace(change, doubt="correction_unclear")


def settable(wishes: Sequence[Correction]) -> bool:
    """Return whether every wish of a mail is one that its words can say."""
    set_ = [wish for wish in wishes if wish.change != "remove"]
    return all(w.column in _SETTABLE and (w.text or "").strip() for w in set_)
