"""`hopthu export`: the registered rows of the versions in force, as CSV."""

import argparse
from pathlib import Path

from daemon.commands.arguments import Common
from daemon.commands.office import open_office
from daemon.commands.terminal import say
from daemon.export.csv_file import csv_bytes
from storage.consolidated import ExportRow, registration_rows


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what and where to."""
    parser.add_argument("what", choices=("registrations",))
    parser.add_argument("file", type=Path, metavar="FILE.csv")


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Write the file; exit 2 for an ending that cannot be written."""
    ending = arguments.file.suffix.lower()
    if ending != ".csv":
        say("ending_unknown", ending=ending or arguments.file.name)
        return 2
    with open_office(common) as office:
        number = common.campaign and office.campaign.number
        with office.database.read() as connection:
            rows = registration_rows(connection, number)
            text = csv_bytes(rows, ExportRow._fields, office.zone)
    try:
        arguments.file.write_bytes(text)
    except OSError as error:
        say("file_unwritable", path=arguments.file, detail=error.strerror)
        return 2
    return 0
