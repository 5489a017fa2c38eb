"""Single changes to the rows in force: remove a row, set a cell; all of them or none.

It judges no wish; a reply's and a person's are carried out alike.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from daemon.decide.digest import number_key
from daemon.decide.version import Row
from parsers.results import progress_of
from parsers.values.campaign import Campaign
from parsers.values.reading import Correction, Progress, Registration, Result
from parsers.vietnamese.fold import skeleton
from parsers.vietnamese.spans import time_span

_OF_WORKS = ("number", "title", "method", "time", "expected_result", "field")
_OF_RESULTS = ("number", "title", "result", "progress")


def columns_of(row: Row) -> tuple[str, ...]:
    """Return the columns of a row that a person may set."""
    return _OF_WORKS if isinstance(row, Registration) else _OF_RESULTS


def applied(
    rows: Sequence[Row], wishes: Sequence[Correction], campaign: Campaign | None
) -> tuple[Row, ...] | None:
    """Return the rows with every wish; None where one of them cannot be carried out, or
    where nothing is wished.

    Each wish must name exactly one row by its number, and a column that the row has;
    two wishes for one cell, or for a row that goes, contradict each other. The numbers
    are those of the rows as given, whatever is removed before.
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
        row = _changed(made[place], wish, campaign)
        if row is None:
            return None
        made[place] = row
    return tuple(r for r, n in zip(made, numbers, strict=True) if n not in gone)


def _changed(row: Row, wish: Correction, campaign: Campaign | None) -> Row | None:
    """Return the row with one cell set, as typed; None where it cannot be."""
    if wish.change == "remove":
        return row
    column, text = wish.column, wish.text
    if isinstance(row, Result) and column == "expected_result":
        # QUIRK: people say "kết quả" for both columns; of a result it is the outcome.
        column = "result"
    if text is None or column not in columns_of(row):
        return None
    if isinstance(row, Registration):
        return _set_work(row, column, text.strip(), campaign)
    return _set_result(row, column, text.strip())


def _set_work(
    row: Registration, column: str, text: str, campaign: Campaign | None
) -> Registration | None:
    if column == "field":
        return _set_field(row, text, campaign)
    # What a person wrote is certain; the others stay as doubtful as they were.
    cells = {**row.cells, column: 1.0}
    values: dict[str, Any] = {column: text, "cells": cells}
    if column == "time" and campaign is not None:
        values["start"], values["end"] = time_span(text, campaign.period)
    return replace(row, **values, certainty=min(cells.values()))


def _set_field(
    row: Registration, text: str, campaign: Campaign | None
) -> Registration | None:
    known: dict[str, int | None] = {"": None}
    for field in campaign.fields if campaign is not None else ():
        named = (str(field.number), field.name, *field.same_as)
        known |= {skeleton(name): field.number for name in named}
    key = skeleton(text)
    return replace(row, field=known[key]) if key in known else None


def _set_result(row: Result, column: str, text: str) -> Result | None:
    cells = {**row.cells, column: 1.0}
    values: dict[str, Any] = {column: text, "cells": cells}
    if column == "progress":
        progress = get_args(Progress)
        said = text if text in progress else progress_of(text, None)
        if text and said is None:
            return None
        values["progress"] = said
    return replace(row, **values, certainty=min(cells.values()))
