"""`hopthu remind`: who still owes is reminded now, by mail; the rest by telephone."""

import argparse

from daemon.commands import house
from daemon.commands.arguments import Common
from daemon.commands.office import Office, open_office
from daemon.commands.shapes import Shape
from daemon.commands.terminal import phrase, say, show_json, show_lines, show_table
from daemon.compose import word
from daemon.dispatch import Report
from daemon.reminding import Due
from daemon.schedule.due import Agenda
from parsers.values.reminder import Wanted
from parsers.values.unit import Unit
from storage.reminders import waiting

HEADINGS = ("head_code", "head_name", "head_phase", "head_step", "head_to", "head_why")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--dry-run", action="store_true", help="show, change nothing")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Remind; 3 where the mail server could not be reached, 1 where a reminder waits or
    somebody must be called, else 0.
    """
    with open_office(common) as office:
        reminding = house.reminding(office)
        if arguments.dry_run:
            _show(office, reminding.preview(), arguments.json)
            return 0
        due = reminding.queue()
        report = house.dispatch(office).pass_over()
        _show(office, due, arguments.json)
        return _tell(office, due, report)


def _tell(office: Office, due: Due, report: Report) -> int:
    with office.database.read() as connection:
        left = waiting(connection)
    if report.unreachable:
        say("smtp_unreachable", detail=report.unreachable)
    if left:
        say("reminders_wait", count=left)
    if due.no_address:
        say("reminders_telephone", count=len(due.no_address))
    if report.unreachable:
        return 3
    return 1 if left or due.no_address else 0


def _show(office: Office, due: Due, as_json: bool) -> None:
    if as_json:
        show_json(
            {
                "due": [_shape(agenda, one) for agenda, one in due.wanted],
                "no_address": list(due.no_address),
                "held": list(due.held),
            }
        )
        return
    if due.wanted:
        show_table(HEADINGS, [_cells(agenda, one) for agenda, one in due.wanted])
    else:
        show_lines([phrase("reminders_none")])
    units = {unit.code: unit for unit in office.desk.units}
    show_lines(_to_call(units[code]) for code in due.no_address if code in units)
    show_lines(
        phrase("reminder_held", code=code, name=units[code].name)
        for code in due.held
        if code in units
    )


def _to_call(unit: Unit) -> str:
    return phrase(
        "reminder_telephone",
        code=unit.code,
        name=unit.name,
        contact=unit.contact or "-",
        phone=unit.phone or "-",
    )


def _shape(agenda: Agenda, one: Wanted) -> Shape:
    return {
        "unit": one.key.unit,
        "campaign": one.key.campaign,
        "phase": one.key.phase,
        "step": one.key.step,
        "to": [one.to],
        "missing": one.facts.missing,
        "why": _why(agenda, one),
        "audience": one.key.audience,
    }


def _why(agenda: Agenda, one: Wanted) -> str:
    facts, step = one.facts, agenda.step
    return phrase(
        "reminder_why_moved" if step.moved else "reminder_why",
        what=word("missing", facts.missing),
        came=facts.came,
        owed=facts.owed if facts.owed is not None else "-",
        named=f"{facts.named:%d/%m/%Y}",
        day=f"{step.day:%d/%m/%Y}",
        moved=word("days_off", step.moved) if step.moved else "",
    )


def _cells(agenda: Agenda, one: Wanted) -> tuple[object, ...]:
    return (
        one.key.unit,
        one.facts.unit_name,
        word("phases", one.key.phase),
        one.key.step,
        one.to,
        _why(agenda, one),
    )
