"""`hopthu form`: the form to fill in, blank or with what stands of a unit."""

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from daemon.commands.amend import add_phase
from daemon.commands.arguments import Common
from daemon.commands.office import Office, UsageError, open_office, unit_of
from daemon.commands.terminal import say
from daemon.decide.form import filled_form
from daemon.decide.phase import is_open
from parsers.values.campaign import PhaseName
from parsers.values.form import FormFacts
from storage.submissions import standing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where to, of whom and of which phase."""
    parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx or .docx")
    parser.add_argument("--unit", metavar="CODE", help="the unit's own form, filled")
    add_phase(parser, "the one that opened last")


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Write the file; exit 2 for an ending that cannot be written."""
    path: Path = arguments.file
    ending = path.suffix.lower()
    if ending not in (".xlsx", ".docx"):
        say("form_ending", ending=ending or path.name)
        return 2
    with open_office(common) as office:
        form = _form(office, arguments.unit, arguments.phase)
        written = _writer(ending)(form)
    try:
        path.write_bytes(written)
    except OSError as error:
        say("file_unwritable", path=path, detail=error.strerror)
        return 2
    return 0


def _form(office: Office, code: str | None, asked: PhaseName | None) -> FormFacts:
    """Return the form as it stands; raises UsageError for a unit or phase unknown."""
    campaign, now = office.campaign, office.clock.now()
    phase = asked or _open_phase(office, now)
    if campaign.phase(phase) is None:
        raise UsageError("phase_unknown", campaign=campaign.number, phase=phase)
    if code is None:
        return filled_form(campaign, phase, None, ())
    unit = office.desk.policy.by_code[unit_of(office, code)]
    with office.database.read() as connection:
        found = standing(connection, [unit.code])
    return filled_form(campaign, phase, unit, found)


def _open_phase(office: Office, now: datetime) -> PhaseName:
    """Return the phase that opened last, before the first of them the first."""
    phases = sorted(office.campaign.phases, key=lambda phase: phase.opens)
    opened = [phase for phase in phases if is_open(phase, now, office.zone)]
    return (opened[-1:] or phases)[0].name


def _writer(ending: str) -> Callable[[FormFacts], bytes]:
    # Each is loaded where it is meant: their libraries cost a moment.
    if ending == ".docx":
        from daemon.export.form_docx import form_docx

        return form_docx
    from daemon.export.form_xlsx import form_xlsx

    return form_xlsx
