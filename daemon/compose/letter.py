"""From facts to what the templates show: cut, cleaned, in words, never marked up."""

from collections.abc import Iterator, Sequence
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
    PhaseStatus,
    RejectionFacts,
)

#: A title of more than this is cut; an answer shows so many rows and findings.
_CELL, _NAME, _PLACE = 500, 200, 160
_ROWS, _FINDINGS = 300, 30
#: Letters of all rows of a mail: clients cut what is longer than some 100 KB.
_LETTERS = 60_000
_SHOWN = ("method", "time", "expected_result", "result")
_TELL_CONFIRMATION = frozenset({"accepted", "partial", "nothing_changed", "confirmed"})
#: What is to be checked, made up for, or known; the rest of what is said is to mend.
_NOT_TO_MEND = frozenset(
    {"confirmation_missing", "over_quota", "recognised_from_picture", "under_quota"}
)
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
class PhaseLine:
    """What stands in one phase, in words."""

    phase: str
    deadline: str | None
    came: str | None
    count: str
    missing: int | None
    nil: bool
    confirmation: str
    version: int | None
    versions: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """What is said of one unit. `todo` is to be put right, `notes` is to be known.

    `steps` are keys of what the unit may do: `mend`, `check`, `add`, `confirm`,
    `reduce`. `columns` are the headings of its form, where one goes with the mail.
    """

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
    steps: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    form: bool = False
    quota: int | None = None
    status: tuple[PhaseLine, ...] = ()

    @property
    def well(self) -> bool:
        """Return whether there is nothing to put right."""
        return not self.todo and all(row.well for row in self.rows)


def parts(facts: DecisionFacts, zone: ZoneInfo) -> tuple[Part, ...]:
    """Return what is said of each unit of the mail; rows until the mail is full."""
    found, room = [], _LETTERS
    for one in (facts, *facts.more):
        rows, room = _rows(one.rows, room)
        found.append(_part(one, zone, rows))
    return tuple(found)


def _rows(rows: Sequence[AnsweredRow], room: int) -> tuple[tuple[Line, ...], int]:
    """Return the lines that there is room for, and the letters that are left."""
    found: list[Line] = []
    for row in rows[:_ROWS]:
        shown = _line(row)
        size = len(shown.title) + sum(map(len, shown.notes))
        size += sum(len(name) + len(text) for name, text in shown.cells)
        if found and size > room:
            break
        room -= size
        found.append(shown)
    return tuple(found), max(room, 0)


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


def _part(facts: DecisionFacts, zone: ZoneInfo, rows: tuple[Line, ...]) -> Part:
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
        mode=_understood(facts),
        in_force=facts.in_force,
        confirmation=_confirmation(facts),
        campaign=line(facts.campaign, _NAME) or None,
        rows=rows,
        more_rows=len(facts.rows) - len(rows),
        todo=tuple(_noted(f) for f in todo[:_FINDINGS]),
        notes=tuple(_noted(f) for f in notes[:_FINDINGS]),
        more_todo=max(0, len(todo) - _FINDINGS),
        steps=tuple(_steps(facts)),
        columns=_columns(facts),
        form=facts.form is not None,
        quota=facts.quota,
        status=tuple(_phase(one, zone) for one in facts.status),
    )


def _understood(facts: DecisionFacts) -> str | None:
    """Return what the mail was taken for beside what had come before it."""
    if not facts.supersedes or not facts.mode:
        return None
    return word("understood", facts.mode).format(before=facts.supersedes)


def _steps(facts: DecisionFacts) -> Iterator[str]:
    """Yield what the unit may do, in the order in which it is said."""
    found = [f for f in facts.findings if f.severity != "info"]
    found += [f for row in facts.rows for f in row.findings if f.severity != "info"]
    codes = {f.code for f in found} - _IN_SUMMARY
    if codes - _NOT_TO_MEND:
        yield "mend"
    if "recognised_from_picture" in codes or any(row.unsure for row in facts.rows):
        yield "check"
    for step, code in (
        ("add", "under_quota"),
        ("reduce", "over_quota"),
        ("confirm", "confirmation_missing"),
    ):
        if code in codes:
            yield step


def _columns(facts: DecisionFacts) -> tuple[str, ...]:
    """Return the headings of the form that goes with the mail."""
    if facts.form is None:
        return ()
    columns = facts.form.columns
    return tuple(line(c.heading, _NAME) or word("columns", c.key) for c in columns)


def _phase(status: PhaseStatus, zone: ZoneInfo) -> PhaseLine:
    count, owed = status.count, status.owed
    return PhaseLine(
        phase=status.phase,
        deadline=_day(status.deadline, zone),
        came=moment(status.received, zone) if status.received else None,
        count=f"{count}" if owed is None else f"{count}/{owed}",
        missing=max(0, owed - count) if owed is not None and not status.nil else None,
        nil=status.nil,
        confirmation=word("confirmation", status.confirmation or "absent"),
        version=status.version,
        versions=status.versions,
    )


def _line(row: AnsweredRow) -> Line:
    cells = [(key, getattr(row, key)) for key in _SHOWN]
    cells.append(("progress", word("progress", row.progress)))
    shown = [(word("columns", k), lines(text, _CELL)) for k, text in cells if text]
    return Line(
        number=line(row.number, 20),
        title=lines(row.title, _CELL),
        cells=tuple((column, text) for column, text in shown if text),
        mark=word("marks", row.mark),
        well=row.mark == "taken",
        notes=tuple(_notes(row)),
    )


def _notes(row: AnsweredRow) -> Iterator[str]:
    """Yield why a row is to be looked at: a mark alone says nothing."""
    yield from (sentence(found) for found in row.findings[:_FINDINGS])
    told = [k for k in (*_SHOWN, "title") if getattr(row, k)]
    if row.unsure and set(told) <= set(row.unsure):
        yield word("reasons_of_rows", "whole")
    elif row.unsure:
        names = ", ".join(f"“{word('columns', key)}”" for key in row.unsure)
        yield word("reasons_of_rows", "unsure").format(columns=line(names, _PLACE))


def _noted(found: Finding) -> str:
    place = line(found.place, _PLACE)
    text = sentence(found)
    if not place or place in text:
        return text
    return f"{text.removesuffix('.')} ({place})."


def _counted(facts: DecisionFacts) -> str | None:
    """Return the count against what is owed, as `8/10`; None where nothing is counted.

    Of a report it is the works with an outcome, against those that are registered.
    """
    count, owed = facts.registered, facts.quota
    if facts.phase == "results":
        owed = facts.registered
        count = sum(map(_reported, facts.rows)) if facts.rows else None
    if count is None:
        return None
    return str(count) if owed is None else f"{count}/{owed}"


def _reported(row: AnsweredRow) -> bool:
    """Return whether the row is the outcome of a work that is registered."""
    lost = any(f.code == "result_without_registration" for f in row.findings)
    return not lost and bool(row.progress or (row.result or "").strip())


def _confirmation(facts: DecisionFacts) -> str | None:
    if not facts.confirmation or facts.outcome not in _TELL_CONFIRMATION:
        return None
    return word("confirmation", facts.confirmation)


def _day(instant: datetime | None, zone: ZoneInfo) -> str | None:
    return f"{instant.astimezone(zone):%d/%m/%Y}" if instant else None
