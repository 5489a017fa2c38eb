"""`hopthu check`: the doctor; each neighbour is asked, nothing is fetched or sent."""

import argparse
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from config.options import Mailbox, Settings
from daemon.commands import house
from daemon.commands.arguments import Common
from daemon.commands.office import Desk, Office, late_by_plan, open_office, read_desk
from daemon.commands.terminal import phrase, show_json, show_table
from daemon.dispatch import try_login
from daemon.mailbox import imap
from daemon.mailbox.account import MIB
from daemon.mailbox.errors import MailboxError
from daemon.mailbox.listing import MissingFolder
from daemon.workbench import OfficeProgram
from parsers.readers.picture.parts import missing_parts
from storage.errors import StorageError
from storage.lateness import FirstVersion, first_versions

#: What a person types where the office program is missing.
OFFICE_LINE = (
    "apt-get install -y --no-install-recommends"
    " libreoffice-calc-nogui libreoffice-writer-nogui"
)
HEADINGS = ("head_check", "head_result", "head_detail")

Weight = Literal["door", "room"]


@dataclass(frozen=True, slots=True)
class Found:
    """One check. A failed `door` ends the command with 3, a failed `room` with 1."""

    name: str
    ok: bool
    detail: str | None = None
    weight: Weight = "room"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Ask every neighbour; 3 where a door does not open, 1 where something is amiss."""
    desk = read_desk(common)
    changes, fault = 0, None
    try:
        with open_office(common, keep_campaigns=True, desk=desk) as office:
            changes = _lateness_changes(office)
    except StorageError as error:
        fault = str(error)
    found = list(_checks(desk, fault))
    if arguments.json:
        checks = [{"name": f.name, "ok": f.ok, "detail": f.detail} for f in found]
        show_json({"checks": checks, "lateness_changes": changes})
    else:
        rows = [(f.name, _result(f.ok), f.detail or "") for f in found]
        told = phrase("lateness_changes", count=changes)
        rows.append(("campaign", _result(True), told))
        show_table(HEADINGS, rows)
    if any(not f.ok and f.weight == "door" for f in found):
        return 3
    return 0 if all(f.ok for f in found) else 1


def _lateness_changes(office: Office) -> int:
    with office.database.read() as connection:
        first = first_versions(connection)
    return len({(f.campaign, f.unit) for f in first if _changes(office, f)})


def _changes(office: Office, first: FirstVersion) -> bool:
    """Tell whether the edited plan judges a unit's first version otherwise."""
    late = late_by_plan(office.desk, first.campaign, first.phase, first.received)
    return late is not None and late != first.late


def _result(ok: bool) -> str:
    return phrase("check_ok" if ok else "check_failed")


def _checks(desk: Desk, database: str | None) -> Iterator[Found]:
    """Yield every check; `database` is why it cannot be opened, None if it can."""
    settings = desk.settings
    yield Found("configuration", True, str(settings.file))
    yield Found("database", database is None, database, "door")
    for mailbox in settings.mailboxes:
        yield from _mailbox(settings, mailbox)
    yield _smtp(settings)
    yield _office(OfficeProgram())
    yield _pictures()
    yield _disk(settings)
    yield _clock()


def _mailbox(settings: Settings, mailbox: Mailbox) -> Iterator[Found]:
    name = f"mailbox {mailbox.name}"
    if mailbox.kind == "directory":
        there = mailbox.path is not None and mailbox.path.is_dir()
        yield Found(name, there, str(mailbox.path), "door")
        return
    try:
        with imap.connect(house.account_of(mailbox, settings)) as session:
            folders = session.resolve(mailbox.folders)
    except MailboxError as error:
        yield Found(name, False, str(error), "door")
        return
    yield Found(name, True, mailbox.host, "door")
    for folder in folders:
        missing = isinstance(folder, MissingFolder)
        # A mailbox without a Junk folder is sound.
        ok = not missing or folder.asked.startswith("\\")
        shown = None if isinstance(folder, MissingFolder) else folder.name
        yield Found(f"folder {mailbox.name}/{folder.asked}", ok, shown)


def _smtp(settings: Settings) -> Found:
    account = house.smtp_account(settings)
    if account is None:
        return Found("smtp", True, None)
    try:
        try_login(account)
    except OSError as error:
        return Found("smtp", False, f"{type(error).__name__}: {error}"[:300], "door")
    return Found("smtp", True, account.host, "door")


def _office(office: OfficeProgram) -> Found:
    """Look for LibreOffice; without it, mails with .doc files are held."""
    program = office.program()
    detail = OFFICE_LINE if program is None else str(program)
    return Found("program LibreOffice", program is not None, detail)


def _pictures() -> Found:
    """Look for what reads pictures; without it, mails with scans are held."""
    absent = missing_parts()
    return Found("program pictures", not absent, ", ".join(absent) or None)


def _disk(settings: Settings) -> Found:
    try:
        free = shutil.disk_usage(settings.archive).free // MIB
    except OSError as error:
        return Found("disk", False, f"{settings.archive}: {error.strerror}")
    floor = settings.storage.disk_floor_mib
    return Found("disk", free >= floor, f"{free} MiB")


def _clock(real: Callable[[], float] = time.time) -> Found:
    # A clock that stands before the program was written is wrong for certain.
    now = datetime.fromtimestamp(real(), UTC)
    return Found("clock", now.year >= 2026, now.isoformat(timespec="seconds"))
