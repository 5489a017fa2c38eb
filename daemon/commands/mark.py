"""`hopthu mark`: choose works, so that documents can be confined to them."""

import argparse

from daemon.commands.arguments import Common
from daemon.commands.office import Office, UsageError, open_office, unit_of
from daemon.commands.terminal import say
from storage import marks
from storage.consolidated import Wanted, deliveries


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which works, and whether they are chosen or no more."""
    parser.add_argument("unit", metavar="UNIT", help="the unit's code")
    parser.add_argument(
        "numbers", metavar="NUMBER", nargs="+", help="as the version in force has it"
    )
    parser.add_argument("--off", action="store_true", help="choose them no more")


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Choose the works; exit 2, and nothing done, for a number that is not one's."""
    with open_office(common) as office:
        unit, plan = unit_of(office, arguments.unit), office.campaign.number
        known = _titles(office, unit)
        titles = [_title(unit, known, number) for number in arguments.numbers]
        change = marks.forget if arguments.off else marks.choose
        with office.database.write() as connection:
            change(connection, (plan, unit), titles, office.clock.now(), common.by)
    done = "unmarked" if arguments.off else "marked"
    say(done, unit=unit, titles="; ".join(titles))
    return 0


def _titles(office: Office, unit: str) -> list[tuple[str, str]]:
    """Return number and title of the works in force that have a title."""
    wanted = Wanted(campaign=office.campaign.number, unit=unit)
    with office.database.read() as connection:
        works = [work for one in deliveries(connection, wanted) for work in one.works]
    return [(_plain(work.number), work.title) for work in works if work.title]


def _title(unit: str, known: list[tuple[str, str]], number: str) -> str:
    found = [title for n, title in known if n == _plain(number)]
    if len(found) == 1:
        return found[0]
    given = {"unit": unit, "number": number}
    if found:
        raise UsageError("amend_ambiguous", **given, candidates="; ".join(found))
    listed = ", ".join(n for n, _ in known)
    raise UsageError("amend_unknown", **given, candidates=listed)


def _plain(number: str | None) -> str:
    return (number or "").strip().rstrip(".")
