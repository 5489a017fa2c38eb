"""The form that goes with an answer: what was read in it, and what is doubtful marked.

It says nothing in words; marks are keys of the form's own. Where not everything can
stand in the form none goes: sent back, it would take what it lacks out of force.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from daemon.decide.form import filled_form, fits, form_columns, form_of, form_row
from daemon.decide.version import Row
from daemon.decide.view import View
from parsers.values.campaign import Phase
from parsers.values.finding import Finding
from parsers.values.form import FormCell, FormColumn, FormDoubt, FormFacts
from parsers.values.outbox import AnsweredRow, DecisionFacts
from parsers.values.reading import Registration

#: What a unit puts right, or makes up for, by a table.
_BY_A_TABLE = frozenset(
    {
        "attachment_forgotten",
        "cell_empty",
        "column_missing",
        "duplicate_title",
        "file_damaged",
        "file_empty",
        "file_encrypted",
        "file_too_large",
        "heading_missing",
        "link_instead_of_file",
        "outside_contest_period",
        "recognised_from_picture",
        "result_missing",
        "result_without_registration",
        "text_lost",
        "time_unreadable",
        "type_unsupported",
        "under_quota",
    }
)
#: With these there are rows that nobody has read.
_CUT = frozenset({"limit_exceeded", "rows_cut"})
_WHERE: dict[str, tuple[str, FormDoubt]] = {
    "duplicate_title": ("title", "twice"),
    "outside_contest_period": ("time", "time"),
    "time_unreadable": ("time", "time"),
}
#: Forms of one mail: a parent office sends for dozens of schools.
_MOST = 10


def with_forms(told: Sequence[DecisionFacts]) -> tuple[DecisionFacts, ...]:
    """Return the facts with as many forms as one mail carries, the first ones."""
    left, found = _MOST, []
    for facts in told:
        keeps = facts.form is not None and left > 0
        left -= keeps
        found.append(facts if keeps else replace(facts, form=None))
    return tuple(found)


def form_to_mend(
    view: View, facts: DecisionFacts, rows: Sequence[Row], left: Sequence[Registration]
) -> FormFacts | None:
    """Return the form of a unit whose rows were taken; None where nothing is to mend.

    `rows` go with the rows of `facts`; `left` are registered works without a result,
    which a form of results holds below.
    """
    codes = {f.code for f in facts.findings}
    codes |= {f.code for row in facts.rows for f in row.findings}
    checked = any(row.mark == "check" for row in facts.rows)
    if codes & _CUT or not (checked or codes & _BY_A_TABLE):
        return None
    campaign, phase = view.place.campaign, view.place.phase
    if campaign is None or phase is None or not facts.in_force:
        return None
    columns = form_columns(campaign, phase.name)
    cells = [
        _marked(row, told, form_row(row, columns, campaign), columns)
        for row, told in zip(rows, facts.rows, strict=True)
    ]
    cells += [_unmarked(form_row(work, columns, campaign), columns) for work in left]
    form = form_of(campaign, phase.name, view.policy.by_code.get(facts.unit))
    return _fitting(replace(form, rows=tuple(cells)))


def own_form(view: View, unit: str | None, phase: Phase | None) -> FormFacts | None:
    """Return the phase's form with what stands of the unit; the blank one for None."""
    campaign = view.place.campaign
    if campaign is None or phase is None:
        return None
    known = view.policy.by_code.get(unit) if unit else None
    return _fitting(filled_form(campaign, phase.name, known, view.case.standing))


def _fitting(form: FormFacts) -> FormFacts | None:
    return form if fits(form) else None


def _unmarked(
    cells: tuple[FormCell, ...], columns: Sequence[FormColumn]
) -> tuple[FormCell, ...]:
    return tuple(
        replace(cell, doubt="empty" if column.key == "result" else None)
        for cell, column in zip(cells, columns, strict=True)
    )


def _marked(
    row: Row,
    told: AnsweredRow,
    cells: tuple[FormCell, ...],
    columns: Sequence[FormColumn],
) -> tuple[FormCell, ...]:
    """Return the cells of a row, each with what is doubtful about it."""
    named = _doubts(told.findings)
    return tuple(
        replace(cell, doubt=named.get(column.key) or _doubt(row, column, cell))
        for cell, column in zip(cells, columns, strict=True)
    )


def _doubt(row: Row, column: FormColumn, cell: FormCell) -> FormDoubt | None:
    if not cell.text:
        asked = column.required or column.key == "result"
        return "empty" if asked else None
    return "doubtful" if row.cells.get(column.key, 1.0) < 1 else None


def _doubts(findings: Iterable[Finding]) -> dict[str, FormDoubt]:
    return dict(_WHERE[f.code] for f in findings if f.code in _WHERE)
