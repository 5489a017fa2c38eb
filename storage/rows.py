"""Rows of a version, written with their provenance and read back as they were.

It knows nothing of versions but their id; which one counts is for others.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, RowMapping, Table, insert, select

from parsers.values.decision import NewSubmission
from parsers.values.reading import Registration, Result
from storage.jsontext import to_json
from storage.portions import portions
from storage.tables import registrations, results

_REGISTRATION = ("number", "title", "method", "time", "expected_result", "unit")
_REGISTRATION_MORE = (
    *("unit_text", "field", "field_certainty"),
    *("start", "end", "certainty", "place"),
)
_RESULT = ("number", "title", "result", "progress", "unit", "unit_text", "certainty")
_AS_JSON = ("cells", "extra", "attachment")


def write_rows(
    connection: Connection, stored: Iterable[tuple[int, NewSubmission]]
) -> None:
    """Write the rows of new versions (pairs of version id and what was decided)."""
    works: list[dict[str, Any]] = []
    outcomes: list[dict[str, Any]] = []
    for submission, new in stored:
        keyed = (*new.title_keys, *(None for _ in new.registrations))
        for place, row in enumerate(new.registrations):
            keys = (*_REGISTRATION, *_REGISTRATION_MORE)
            values = _values(row, keys, submission, place)
            works.append(values | {"title_key": keyed[place]})
        matched = (*new.matched, *(None for _ in new.results))
        for place, result in enumerate(new.results):
            values = _values(result, (*_RESULT, "place"), submission, place)
            outcomes.append(values | {"matched": matched[place]})
    if works:
        connection.execute(insert(registrations), works)
    if outcomes:
        connection.execute(insert(results), outcomes)


def read_registrations(
    connection: Connection, submissions: Sequence[int]
) -> Mapping[int, tuple[Registration, ...]]:
    """Return the registrations by version id, in the order of the source."""
    keys = (*_REGISTRATION, *_REGISTRATION_MORE)
    found: dict[int, list[Registration]] = {}
    for row in _read(connection, registrations, submissions):
        made = Registration(**{key: row[key] for key in keys}, **_decoded(row))
        found.setdefault(row["submission"], []).append(made)
    return {submission: tuple(rows) for submission, rows in found.items()}


def read_results(
    connection: Connection, submissions: Sequence[int]
) -> Mapping[int, tuple[Result, ...]]:
    """Return the results by version id, in the order of the source."""
    keys = (*_RESULT, "place")
    found: dict[int, list[Result]] = {}
    for row in _read(connection, results, submissions):
        made = Result(**{key: row[key] for key in keys}, **_decoded(row))
        found.setdefault(row["submission"], []).append(made)
    return {submission: tuple(rows) for submission, rows in found.items()}


def _values(
    row: Registration | Result, keys: Sequence[str], submission: int, place: int
) -> dict[str, Any]:
    values = {key: getattr(row, key) for key in keys}
    coded = {key: to_json(getattr(row, key)) for key in _AS_JSON}
    return values | coded | {"submission": submission, "position": place}


def _decoded(row: RowMapping) -> dict[str, Any]:
    return {
        "cells": cast("dict[str, float]", json.loads(row["cells"])),
        "extra": cast("dict[str, str]", json.loads(row["extra"])),
        "attachment": tuple(json.loads(row["attachment"])),
    }


def _read(
    connection: Connection, table: Table, submissions: Sequence[int]
) -> Iterable[RowMapping]:
    c = table.c
    for some in portions(submissions):
        query = select(table).where(c.submission.in_(some))
        ordered = query.order_by(c.submission, c.position)
        yield from connection.execute(ordered).mappings()
