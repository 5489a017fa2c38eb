"""One unit: its versions with what changed, its rows beside their source, its mails.

It changes nothing; `daemon.page.unit_acts` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from daemon.page.compared import Compared, compared
from daemon.page.gate import Desk
from daemon.page.message_page import ROWS
from daemon.page.visit import Visit
from daemon.page.writing import said
from daemon.readings import kept_reading
from parsers.values.table import Table
from storage import acts
from storage.acts import KeptAct
from storage.database import Connection
from storage.events import Event, events_of_unit
from storage.mails import MessageLine, message_detail
from storage.outbox_lists import OutboxLine, SentReminder, reminders_of_unit
from storage.pages import MailFilter, Slice, items_of_unit, message_page
from storage.status import UnitStatus, unit_lines
from storage.submissions import StoredSubmission, submissions_of_unit
from storage.units import UnitLine, find_unit

#: Lines of each list; the whole lists stand on pages of their own.
_LINES, _VERSIONS = 50, 20


@dataclass(frozen=True, slots=True)
class Version:
    """A version, against the one that it follows; `tables` are what its mail holds."""

    stored: StoredSubmission
    rows: Compared


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that stands on the page of one unit."""

    line: UnitLine
    status: UnitStatus | None
    versions: tuple[Version, ...]
    tables: tuple[Table, ...]
    mails: tuple[MessageLine, ...]
    mail_count: int
    items: tuple[OutboxLine, ...]
    reminders: tuple[SentReminder, ...]
    events: tuple[Event, ...]
    acts: tuple[KeptAct, ...]

    @property
    def standing(self) -> tuple[KeptAct, ...]:
        """Return the acts that may be taken back, the newest first."""
        stands = [a for a in self.acts if a.undone is None and a.act.verb != "undo"]
        return tuple(reversed(stands))

    @property
    def in_force(self) -> tuple[Version, ...]:
        """Return the versions that count, one a phase."""
        return tuple(v for v in self.versions if v.stored.in_force)


def show(desk: Desk, visit: Visit) -> Response:
    """Return the page of a unit, 404 where the directory has none of that code."""
    return page_of(desk, visit, visit.named("code"))


def page_of(desk: Desk, visit: Visit, code: str, fault: str = "") -> Response:
    """Return the page of that unit; with `fault`, why what was asked was not done."""
    with desk.parts.database.read() as connection:
        shown = _looked_up(desk, connection, code)
    if shown is None:
        return desk.notice(404)
    return desk.writer.page(
        "unit.html.j2",
        visit,
        409 if fault else 200,
        shown=shown,
        unit=shown.line.unit,
        campaign=desk.parts.campaign,
        rows_shown=ROWS,
        fault=fault,
        said=said(visit.asked("said")) if not fault else "",
    )


def _looked_up(desk: Desk, connection: Connection, code: str) -> Shown | None:
    line = find_unit(connection, code)
    if line is None:
        return None
    number = desk.parts.campaign.number
    stored = submissions_of_unit(connection, code)
    versions = _versions([s for s in stored if s.campaign == number])
    mails, count = message_page(connection, MailFilter(unit=code), Slice(0, _LINES))
    status = unit_lines(connection, number, [code])
    return Shown(
        line=line,
        status=status[0] if status else None,
        versions=versions,
        tables=_tables(desk, connection, versions),
        mails=mails,
        mail_count=count,
        items=items_of_unit(connection, code, _LINES),
        reminders=reminders_of_unit(connection, code)[-_LINES:],
        events=events_of_unit(connection, code)[-2 * _LINES :],
        acts=acts.of_unit(connection, code)[-_LINES:],
    )


def _versions(stored: Sequence[StoredSubmission]) -> tuple[Version, ...]:
    """Return the last versions, the newest first, each beside the one it follows."""
    by_number = {(s.phase, s.version): s for s in stored}
    found = []
    for one in stored[-_VERSIONS:]:
        before = by_number.get((one.phase, one.supersedes or 0))
        found.append(Version(one, compared(one, before)))
    return tuple(reversed(found))


def _tables(
    desk: Desk, connection: Connection, versions: Sequence[Version]
) -> tuple[Table, ...]:
    """Return the tables as read that gave the rows in force."""
    found: list[Table] = []
    for version in versions:
        one = version.stored
        if not one.in_force or one.message is None:
            continue
        detail = message_detail(connection, one.message)
        reading = (
            kept_reading(connection, desk.parts.archive, detail) if detail else None
        )
        if reading is None or reading.secret:
            continue
        files = {line.row.attachment for line in version.rows.lines}
        found += [t for t in reading.tables if t.attachment in files]
    return tuple(found)
