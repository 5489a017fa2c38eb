"""The contract's JSON objects of readings and findings, from values.

It reads no database and prints nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import TypeVar

from daemon.compose.sentences import sentence
from parsers.values.decision import Decision, Trust
from parsers.values.finding import Finding
from parsers.values.message import Message
from parsers.values.reading import Reading, Registration, Result
from parsers.values.table import Table

Shape = dict[str, object]
Row = TypeVar("Row", Registration, Result)


def instant(value: datetime | None, zone: tzinfo) -> str | None:
    """Return ISO 8601, whole seconds, with the offset of `zone`."""
    return value.astimezone(zone).isoformat(timespec="seconds") if value else None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def finding_shape(finding: Finding) -> Shape:
    """Return a finding with its Vietnamese sentence."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "audience": finding.audience,
        "place": finding.place,
        "text": sentence(finding),
    }


def registration_shape(row: Registration) -> Shape:
    """Return one registered work."""
    return {
        "number": row.number,
        "title": row.title,
        "method": row.method,
        "time": row.time,
        "expected_result": row.expected_result,
        "unit": row.unit,
        "field": row.field,
        "field_certainty": row.field_certainty,
        "start": _day(row.start),
        "end": _day(row.end),
        "certainty": row.certainty,
        "cells": dict(row.cells),
        "extra": dict(row.extra),
        "place": row.place,
    }


def result_shape(row: Result) -> Shape:
    """Return one reported outcome."""
    return {
        "number": row.number,
        "title": row.title,
        "result": row.result,
        "progress": row.progress,
        "certainty": row.certainty,
        "cells": dict(row.cells),
        "extra": dict(row.extra),
        "place": row.place,
    }


def table_shape(table: Table) -> Shape:
    """Return a table as read, cells as displayed; null where a merge covers."""
    return {
        "attachment": list(table.attachment),
        "place": table.place,
        "role": table.role,
        "heading_rows": list(table.heading_rows),
        "columns": list(table.columns) or _no_columns(table),
        "rows": [[c.text if c else None for c in row] for row in table.rows],
        "certainty": [[c.certainty if c else None for c in row] for row in table.rows],
        "merged": [list(m) for m in table.merged],
    }


def _no_columns(table: Table) -> list[None]:
    return [None] * (len(table.rows[0]) if table.rows else 0)


def message_shape(
    message: Message, received: datetime | None, trust: Trust | None, zone: tzinfo
) -> Shape:
    """Return the header part of a reading."""
    author = message.author
    return {
        "message_id": message.message_id,
        "subject": message.subject,
        "from": {"name": author.name, "address": author.address} if author else None,
        "date": instant(message.date, zone),
        "received": instant(received, zone),
        "automatic": message.automatic is not None,
        "trust": trust,
    }


def _unit(decision: Decision, names: Mapping[str, str]) -> Shape | None:
    if decision.certainty is None or not decision.units:
        return None
    code = decision.units[0]
    return {
        "code": code,
        "name": names.get(code, code),
        "certainty": decision.certainty,
        "evidence": list(decision.evidence),
    }


def _with_units(rows: Sequence[Row], decision: Decision) -> Sequence[Row]:
    """Return the rows with the units that they were stored for, if these are several.

    A row that names its own unit has it already; one file a unit in one mail has not.
    """
    units: dict[tuple[tuple[str, ...], str], str] = {}
    for new in decision.submissions:
        units |= {(row.attachment, row.place): new.unit for row in new.registrations}
        units |= {(row.attachment, row.place): new.unit for row in new.results}
    if len(set(units.values())) < 2:
        return rows
    return [
        replace(row, unit=row.unit or units.get((row.attachment, row.place)))
        for row in rows
    ]


def reading_shape(
    path: str | None,
    reading: Reading,
    decision: Decision,
    received: datetime | None,
    names: Mapping[str, str],
    zone: tzinfo,
) -> Shape:
    """Return section 4's object; `names` gives units' names by code."""
    message = reading.message
    return {
        "path": path,
        "message": message_shape(message, received, decision.trust, zone)
        if message
        else None,
        "state": decision.state,
        "reason": decision.reason,
        "kind": reading.kind,
        "mode": reading.mode,
        "unit": _unit(decision, names),
        "candidates": [
            {"code": c.code, "score": round(c.score, 4)} for c in decision.candidates
        ],
        "confirmation": reading.confirmation,
        "registrations": [
            registration_shape(r) for r in _with_units(reading.registrations, decision)
        ],
        "results": [result_shape(r) for r in _with_units(reading.results, decision)],
        "corrections": [
            {
                "number": c.number,
                "change": c.change,
                "column": c.column,
                "text": c.text,
            }
            for c in reading.corrections
        ],
        "attachments": [
            {
                "path": list(a.path),
                "type": a.type,
                "bytes": a.bytes,
                "sha256": a.sha256,
                "role": a.role,
                "encoding": a.encoding,
            }
            for a in reading.attachments
        ],
        "findings": [finding_shape(f) for f in _all_findings(reading, decision)],
    }


def _all_findings(reading: Reading, decision: Decision) -> Sequence[Finding]:
    told = list(reading.findings)
    told += [f for f in decision.findings if f not in told]
    for submission in decision.submissions:
        told += [f for f in submission.findings if f not in told]
    return told
