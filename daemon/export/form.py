"""What every form says, whatever kind of file it becomes: head, columns, cells, foot.

It writes no file; `form_xlsx` and `form_docx` do.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from daemon.compose.clean import line, lines
from parsers.values.form import FormCell, FormColumn, FormFacts

#: A cell of a workbook holds 32,767 characters (ECMA-376).
_CELL, _LINE = 32_000, 300
#: Empty lines below what is known, and in a form for anybody.
_SPARE, _BLANK = 3, 10
#: Whose quota is large registers by a table of his own.
_MOST_BLANK = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A form in words. `rows` are as wide as `columns`, empty ones at the end."""

    issuer: str
    plan: str
    title: str
    subtitle: str
    terms: tuple[str, ...]
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[FormCell, ...], ...]


def shown(form: FormFacts) -> Shown:
    """Return the form in words, cleaned: nothing in it turns or breaks a line."""
    own, head = words()[form.phase], words()["head"]
    terms = [own["quota"].format(quota=form.quota)] if form.quota is not None else []
    if form.deadline is not None:
        terms.append(own["deadline"].format(day=f"{form.deadline:%d/%m/%Y}"))
    terms = [" - ".join(terms)] if terms else []
    doubtful = any(cell.doubt for row in form.rows for cell in row)
    told = [own["how"], head["doubts"]] if doubtful else [own["how"]]
    unit = line(form.unit_name, _LINE)
    return Shown(
        issuer=head["issuer"].format(unit=unit.upper()) if unit else head["blank"],
        plan=head["plan"].format(plan=line(form.campaign, _LINE)),
        title=own["title"],
        subtitle=line(form.title, _LINE),
        terms=(*terms, *told),
        columns=tuple(_column(column) for column in form.columns),
        rows=(*(_row(row, form) for row in form.rows), *_spare(form)),
    )


def form_name(form: FormFacts, ending: str = "xlsx") -> str:
    """Return the form's file name: short and ASCII, so that every client shows it."""
    name = words()[form.phase]["file"]
    return f"{name}-{form.unit}.{ending}" if form.unit else f"{name}.{ending}"


@cache
def words() -> dict[str, dict[str, str]]:
    """Return every group of form.toml: key -> word."""
    with Path(__file__).with_name("form.toml").open("rb") as file:
        return tomllib.load(file)


def _column(column: FormColumn) -> FormColumn:
    heading = line(column.heading, _LINE) or words()["columns"][column.key]
    return FormColumn(column.key, heading, column.required)


def _row(row: tuple[FormCell, ...], form: FormFacts) -> tuple[FormCell, ...]:
    return tuple(
        FormCell(_text(cell, column), cell.doubt)
        for cell, column in zip(row, form.columns, strict=True)
    )


def _text(cell: FormCell, column: FormColumn) -> str:
    if column.key == "progress":
        return words()["progress"].get(cell.text, lines(cell.text, _CELL))
    return lines(cell.text, _CELL)


def _spare(form: FormFacts) -> tuple[tuple[FormCell, ...], ...]:
    """Return empty lines: as many as are owed yet, and some; a report needs none."""
    if form.phase == "results" and form.rows:
        return ()
    owed = (form.quota or _BLANK if not form.rows else form.quota or 0) - len(form.rows)
    count = min(max(owed, _SPARE), _MOST_BLANK)
    return tuple(tuple(FormCell() for _ in form.columns) for _ in range(count))
