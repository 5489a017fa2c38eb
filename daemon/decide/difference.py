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


def with_changes(
    rows: Sequence[Row], changes: Sequence[Correction], campaign: Campaign
) -> tuple[Row, ...] | None:
    """Return the rows with every change carried out; None where one of them cannot be,
    or where nothing is to be changed.

    A change must name exactly one row by its number, and a column that the row has.
    The numbers are those of the rows as given, whatever is removed before.
    """
    places = {number_key(row.number): place for place, row in enumerate(rows)}
    numbers = [number_key(row.number) for row in rows]
    left: dict[int, Row | None] = dict(enumerate(rows))
    for change in changes:
        key = number_key(change.number)
        before = left[places[key]] if numbers.count(key) == 1 else None
        after = _changed(before, change, campaign) if before is not None else None
        if before is None or (after is None and change.change != "remove"):
            return None
        left[places[key]] = after
    return tuple(row for row in left.values() if row is not None) if changes else None


def _changed(row: Row, change: Correction, campaign: Campaign) -> Row | None:
    """Return the row with one cell set; None for a removal, or where it cannot be."""
    if change.change == "remove" or change.text is None:
        return None
    if change.column not in columns_of(row):
        return None
    if isinstance(row, Registration):
        return _set_work(row, change.column, change.text.strip(), campaign)
    return _set_result(row, change.column, change.text.strip())


def _set_work(
    row: Registration, column: str, text: str, campaign: Campaign
) -> Registration | None:
    if column == "field":
        return _set_field(row, text, campaign)
    # What a person wrote is certain; the others stay as doubtful as they were.
    cells = {**row.cells, column: 1.0}
    values: dict[str, Any] = {column: text, "cells": cells}
    if column == "time":
        values["start"], values["end"] = time_span(text, campaign.period)
    return replace(row, **values, certainty=min(cells.values()))


def _set_field(row: Registration, text: str, campaign: Campaign) -> Registration | None:
    known: dict[str, int | None] = {"": None}
    for field in campaign.fields:
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
