"""What a unit's form holds: the plan's columns, what is owed, what is known already.

It writes no file; `daemon.export` does.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from parsers.values.campaign import Campaign, Phase, PhaseName
from parsers.values.form import FormCell, FormColumn, FormFacts
from parsers.values.reading import Registration, Result
from parsers.values.unit import Unit

#: What a registration says; another column is asked for where the plan requires it.
_WORK = ("number", "title", "method", "time", "expected_result")
#: What a report says, whether or not the plan's file names the columns, in this order.
_OUTCOME = ("number", "title", "result", "progress")
#: A form of more would be neither filled in by hand nor sent by mail.
MOST_ROWS = 300
_MOST_LETTERS = 300_000


def form_columns(campaign: Campaign, phase: PhaseName) -> tuple[FormColumn, ...]:
    """Return the columns of the phase's form, in the order of the campaign file.

    A column that the file does not name has no heading: the form's own words give one.
    """
    named = [FormColumn(c.key, c.heading, c.required) for c in campaign.columns]
    if phase == "results":
        known = {c.key: c for c in named}
        return tuple(known.get(key, FormColumn(key, "")) for key in _OUTCOME)
    found = (c for c in named if c.required or c.key in _WORK)
    return tuple(c for c in found if c.key not in ("result", "progress"))


def form_of(
    campaign: Campaign,
    phase: PhaseName,
    unit: Unit | None = None,
    rows: Sequence[Registration | Result] = (),
) -> FormFacts:
    """Return the form of a phase: blank, or a unit's with the rows that are known.

    A result goes into a form of results, a work into either: there its outcome is to be
    filled in.
    """
    columns = form_columns(campaign, phase)
    return FormFacts(
        campaign=campaign.number,
        title=campaign.title,
        phase=phase,
        columns=columns,
        deadline=_last_day(campaign.phase(phase)),
        unit=unit.code if unit else None,
        unit_name=unit.name if unit else None,
        quota=campaign.quota(unit.code, unit.category) if unit else None,
        rows=tuple(form_row(row, columns) for row in rows),
    )


def form_row(
    row: Registration | Result, columns: Sequence[FormColumn]
) -> tuple[FormCell, ...]:
    """Return the cells of a row; what the row has no word for is empty."""
    return tuple(FormCell(getattr(row, column.key, None) or "") for column in columns)


def fits(form: FormFacts) -> bool:
    """Return whether the form can be sent: whole, or not at all.

    Who sends back a form with rows cut off would take them out of force.
    """
    letters = sum(len(cell.text) for row in form.rows for cell in row)
    return len(form.rows) <= MOST_ROWS and letters <= _MOST_LETTERS


def _last_day(phase: Phase | None) -> date | None:
    """Return the day that mails name: the stricter reading of the deadline."""
    if phase is None:
        return None
    counted = phase.deadline - timedelta(days=0 if phase.day_counts else 1)
    return phase.named or counted
