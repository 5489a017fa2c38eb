"""What a unit's form holds: the plan's columns, what is owed, what is known already.

It writes no file; `daemon.export` does.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import repeat

from daemon.decide.outcomes import matched
from parsers.values.campaign import Campaign, Phase, PhaseName
from parsers.values.decision import Standing
from parsers.values.form import FormCell, FormColumn, FormFacts
from parsers.values.reading import Registration, Result
from parsers.values.unit import Unit

#: What a registration says of a work.
_WORK = ("number", "title", "method", "time", "expected_result")
#: What a report says, whether or not the plan's file names the columns, in this order.
_OUTCOME = ("number", "title", "result", "progress")
#: A form of more would be neither filled in by hand nor sent by mail.
MOST_ROWS = 300
_MOST_LETTERS = 300_000


def form_columns(campaign: Campaign, phase: PhaseName) -> tuple[FormColumn, ...]:
    """Return the columns of the phase's form, in the order of the campaign file.

    A registration's form ends with the last column that says something of a work: what
    the file names behind it (a unit, a field) is only known where it comes.
    A column that the file does not name has no heading: the form's own words give one.
    """
    named = [FormColumn(c.key, c.heading, c.required) for c in campaign.columns]
    if phase == "results":
        known = {c.key: c for c in named}
        return tuple(known.get(key, FormColumn(key, "")) for key in _OUTCOME)
    asked = [place for place, c in enumerate(named) if c.required or c.key in _WORK]
    form = named[: max(asked, default=-1) + 1]
    return tuple(c for c in form if c.key not in ("result", "progress"))


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
        rows=tuple(form_row(row, columns, campaign) for row in rows),
    )


def filled_form(
    campaign: Campaign,
    phase: PhaseName,
    unit: Unit | None,
    standing: Sequence[Standing],
) -> FormFacts:
    """Return the unit's own form with what stands of it; the blank one for None.

    A form of results holds every registered work, and the outcomes that have come.
    """
    blank = form_of(campaign, phase, unit)
    if unit is None:
        return blank
    mine = {
        one.phase: one
        for one in standing
        if (one.campaign, one.unit) == (campaign.number, unit.code)
    }
    works = mine["registration"].registrations if "registration" in mine else ()
    rows: Sequence[Registration | Result] = works
    if phase == "results":
        rows = _with_outcomes(works, mine["results"].results if phase in mine else ())
    cells = tuple(form_row(row, blank.columns, campaign) for row in rows)
    return replace(blank, rows=tuple(map(_unsure, rows, cells, repeat(blank.columns))))


def _with_outcomes(
    works: Sequence[Registration], results: Sequence[Result]
) -> list[Registration | Result]:
    """Return the works in order, each as its outcome where one came, then the rest."""
    found: list[Registration | Result] = list(works)
    for result, place in zip(results, matched(results, works).positions, strict=True):
        if place is None:
            found.append(result)
        else:
            work = works[place]
            title, number = result.title or work.title, result.number or work.number
            found[place] = replace(result, title=title, number=number)
    return found


def _unsure(
    row: Registration | Result,
    cells: tuple[FormCell, ...],
    columns: Sequence[FormColumn],
) -> tuple[FormCell, ...]:
    return tuple(
        replace(cell, doubt="doubtful")
        if cell.text and row.cells.get(column.key, 1.0) < 1
        else cell
        for cell, column in zip(cells, columns, strict=True)
    )


def form_row(
    row: Registration | Result, columns: Sequence[FormColumn], campaign: Campaign
) -> tuple[FormCell, ...]:
    """Return the cells of a row; what the row has no word for is empty."""
    return tuple(FormCell(_text(row, column.key, campaign)) for column in columns)


def _text(row: Registration | Result, key: str, campaign: Campaign) -> str:
    """Return what a person would write: names, where a row holds codes and numbers."""
    if key == "unit":
        return row.unit_text or ""
    if key == "field":
        number = getattr(row, key, None)
        return next((f.name for f in campaign.fields if f.number == number), "")
    return getattr(row, key, None) or ""


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
