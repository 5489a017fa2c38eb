"""Removals in a reply ("2: bỏ"): the rows that are left.

Any other wish in words, and any number that names no row or several, is for a person.
"""

from collections.abc import Sequence

from daemon.decide.digest import number_key
from daemon.decide.version import Change, Row, replacement, standing_rows
from parsers.values.decision import Case, Standing
from parsers.values.reading import Correction


def corrected(case: Case, standing: Standing | None) -> Change:
    """Return the version without the rows that the mail takes back.

    The doubt is `correction_unclear` unless every wish is a removal of one row and at
    least one row is left.
    """
    unclear = Change("replacement", (), "", doubt="correction_unclear")
    if standing is None:
        return unclear
    if standing.message is not None and standing.message == case.received.id:
        rows = standing_rows(standing)
        digest = standing.rows_digest
        return Change("replacement", rows, digest, same=True, reread=True)
    left = _without(standing_rows(standing), case.reading.corrections)
    return replacement(left, standing) if left else unclear


def _without(
    rows: tuple[Row, ...], wishes: Sequence[Correction]
) -> tuple[Row, ...] | None:
    gone = {number_key(wish.number) for wish in wishes}
    if not wishes or any(wish.change != "remove" for wish in wishes):
        return None
    numbers = [number_key(row.number) for row in rows]
    if any(numbers.count(number) != 1 for number in gone):
        return None
    return tuple(r for r, n in zip(rows, numbers, strict=True) if n not in gone)
