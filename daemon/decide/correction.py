"""Wishes of a reply about single rows: what the version would be with all of them.

Removals ("2: bỏ") are taken; any other wish in words is prepared for a person, wholly
or not at all, and a number that names no row or several is never guessed.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from daemon.decide.digest import number_key
from daemon.decide.version import (
    Change,
    Row,
    is_older,
    replacement,
    standing_rows,
)
from parsers.values.campaign import Campaign
from parsers.values.decision import Case, Standing
from parsers.values.reading import Correction, Result
from parsers.vietnamese.spans import time_span

_OF_WORK = frozenset({"title", "method", "time", "expected_result"})
_OF_RESULT = frozenset({"title", "result", "progress"})


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
    left = applied(standing_rows(standing), wishes, campaign)
    if not left:
        return unclear
    change = replacement(left, standing)
    plain = all(wish.change == "remove" for wish in wishes)
    return change if plain else replace(change, doubt="correction_unclear")


def applied(
    rows: tuple[Row, ...], wishes: Sequence[Correction], campaign: Campaign | None
) -> tuple[Row, ...] | None:
    """Return the rows with every wish, None where one of them cannot be done.

    Each wish must name exactly one row; two wishes for one cell contradict each other.
    """
    numbers = [number_key(row.number) for row in rows]
    if not wishes or any(numbers.count(number_key(w.number)) != 1 for w in wishes):
        return None
    cells = [(number_key(w.number), w.column) for w in wishes]
    gone = {number_key(w.number) for w in wishes if w.change == "remove"}
    changed = {n for n, column in cells if column is not None}
    if len(set(cells)) != len(cells) or gone & changed:
        return None
    made = list(rows)
    for wish in wishes:
        place = numbers.index(number_key(wish.number))
        row = _with(made[place], wish, campaign)
        if row is None:
            return None
        made[place] = row
    return tuple(r for r, n in zip(made, numbers, strict=True) if n not in gone)


def _with(row: Row, wish: Correction, campaign: Campaign | None) -> Row | None:
    """Return the row with one cell set, as typed; None for a column that it lacks."""
    if wish.change == "remove":
        return row
    column, text = wish.column or "", wish.text or ""
    if isinstance(row, Result):
        # QUIRK: people say "kết quả" for both columns; of a result it is the outcome.
        column = "result" if column == "expected_result" else column
        return _result(row, column, text)
    if column not in _OF_WORK or not text:
        return None
    new = replace(row, **_cell(row, column, text))
    if column == "time" and campaign is not None:
        start, end = time_span(text, campaign.period)
        new = replace(new, start=start, end=end)
    return replace(new, certainty=min(new.cells.values(), default=1.0))


def _result(row: Result, column: str, text: str) -> Result | None:
    # How far a work is cannot be taken from free words without guessing.
    if column not in _OF_RESULT - {"progress"} or not text:
        return None
    new = replace(row, **_cell(row, column, text))
    return replace(new, certainty=min(new.cells.values(), default=1.0))


def _cell(row: Row, column: str, text: str) -> dict[str, Any]:
    """Return the fields of a row with one cell as a person typed it."""
    return {column: text, "cells": {**row.cells, column: 1.0}}
