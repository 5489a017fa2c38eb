"""From facts to what the templates show: cut, cleaned, in words, never marked up."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from daemon.compose.clean import line, lines
from daemon.compose.sentences import sentence
from daemon.compose.wording import word
from parsers.values.finding import Finding
from parsers.values.outbox import (
    AnsweredRow,
    ConfirmationFacts,
    DecisionFacts,
    RejectionFacts,
)

#: A title of more than this is cut; an answer shows so many rows and findings.
_CELL, _NAME, _PLACE = 500, 200, 160
_ROWS, _FINDINGS = 300, 30
_TELL_CONFIRMATION = frozenset({"accepted", "partial", "nothing_changed", "confirmed"})
#: What the summary says already is not said again among what is to be put right.
_IN_SUMMARY = frozenset({"late"})


@dataclass(frozen=True, slots=True)
class Line:
    """One row as shown: cells are (column, text) pairs below the title."""

    number: str
    title: str
    cells: tuple[tuple[str, str], ...]
    mark: str
    well: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What is said of one unit. `todo` is to be put right, `notes` is to be known."""

    unit: str
    outcome: str
    asked: str | None
    phase: str | None
    received: str
    sent: str | None
    late: bool | None
    deadline: str | None
    counted: str | None
    version: int | None
    supersedes: int | None
    mode: str | None
    in_force: bool
    confirmation: str | None
    campaign: str | None
    rows: tuple[Line, ...]
    more_rows: int
    todo: tuple[str, ...]
    notes: tuple[str, ...]
    more_todo: int

    @property
    def well(self) -> bool:
        """Return whether there is nothing to put right."""
        return not self.todo and all(row.well for row in self.rows)


def parts(facts: DecisionFacts, zone: ZoneInfo) -> tuple[Part, ...]:
    """Return what is said of each unit of the mail."""
    return tuple(_part(one, zone) for one in (facts, *facts.more))


def changes(facts: ConfirmationFacts) -> tuple[dict[str, object], ...]:
    """Return what the mail would change, one entry a unit: words and counts only."""
    return tuple(
        {
            "unit": line(one.unit_name, _NAME),
            "phase": one.phase,
            "version": one.version,
            "before": one.before,
            "after": one.after,
            "change": one.change,
        }
        for one in facts.changes
    )


def salutation(facts: DecisionFacts) -> str | None:
    """Return the line that greets one unit; None where the mail speaks to several.

    It is the units file's own; without one the template greets by name.
    """
    return line(facts.salutation, _NAME) or None if not facts.more else None


def rejection(facts: RejectionFacts) -> dict[str, object]:
    """Return what a rejection shows: whom it greets, and the person's own words."""
    return {
        "greeting": line(facts.salutation, _NAME) or None,
        "unit": line(facts.unit_name, _NAME) or None,
        "why": lines(facts.why, _CELL),
    }


def moment(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant as the office writes it, to the second."""
    return f"{instant.astimezone(zone):%H:%M:%S ngày %d/%m/%Y}"


def _part(facts: DecisionFacts, zone: ZoneInfo) -> Part:
    told = [f for f in facts.findings if f.code not in _IN_SUMMARY]
    todo = [f for f in told if f.severity != "info"]
    notes = [f for f in told if f.severity == "info"]
    return Part(
        unit=line(facts.unit_name, _NAME),
        outcome=facts.outcome,
        asked=facts.asked,
        phase=facts.phase,
        received=moment(facts.received, zone),
        sent=moment(facts.sent_date, zone) if facts.sent_date else None,
        late=facts.late,
        deadline=_day(facts.deadline, zone),
        counted=_counted(facts),
        version=facts.version,
        supersedes=facts.supersedes,
        mode=word("modes", facts.mode) if facts.supersedes else None,
        in_force=facts.in_force,
        confirmation=_confirmation(facts),
        campaign=line(facts.campaign, _NAME) or None,
        rows=tuple(_line(row) for row in facts.rows[:_ROWS]),
        more_rows=max(0, len(facts.rows) - _ROWS),
        todo=tuple(_noted(f) for f in todo[:_FINDINGS]),
        notes=tuple(_noted(f) for f in notes[:_FINDINGS]),
        more_todo=max(0, len(todo) - _FINDINGS),
    )


def _line(row: AnsweredRow) -> Line:
    cells = [
        ("method", row.method),
        ("time", row.time),
        ("expected_result", row.expected_result),
        ("result", row.result),
        ("progress", word("progress", row.progress)),
    ]
    shown = [(word("columns", k), lines(text, _CELL)) for k, text in cells if text]
    return Line(
        number=line(row.number, 20),
        title=lines(row.title, _CELL),
        cells=tuple((column, text) for column, text in shown if text),
        mark=word("marks", row.mark),
        well=row.mark == "taken",
        notes=tuple(sentence(found) for found in row.findings[:_FINDINGS]),
    )


def _noted(found: Finding) -> str:
    place = line(found.place, _PLACE)
    text = sentence(found)
    return text if not place or place in text else f"{text} ({place})"


def _counted(facts: DecisionFacts) -> str | None:
    """Return the count against the quota, as `8/10`; None where nothing is counted."""
    if facts.registered is None or facts.phase == "results":
        return None
    if facts.quota is None:
        return str(facts.registered)
    return f"{facts.registered}/{facts.quota}"


def _confirmation(facts: DecisionFacts) -> str | None:
    if not facts.confirmation or facts.outcome not in _TELL_CONFIRMATION:
        return None
    return word("confirmation", facts.confirmation)


def _day(instant: datetime | None, zone: ZoneInfo) -> str | None:
    return f"{instant.astimezone(zone):%d/%m/%Y}" if instant else None
