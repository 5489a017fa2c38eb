"""`hopthu reprocess`: stored mails are read anew under today's rules."""

import argparse
from collections.abc import Iterator

from daemon.casework import Read, decide_only
from daemon.commands import house
from daemon.commands.arguments import Common
from daemon.commands.assign import decide_anew
from daemon.commands.finding import detail, find
from daemon.commands.office import Office, open_office
from daemon.commands.terminal import phrase, progress, say, show_table
from daemon.compose import word
from daemon.workbench import Job
from parsers.values.decision import Decision, MessageState
from storage.database import Connection
from storage.decisions import decision_of
from storage.errors import DamagedArchiveError, NotArchivedError
from storage.mails import MessageLine, message_lines
from storage.store import reopen
from storage.submissions import submissions_of_message

HEADINGS = ("head_id", "head_from", "head_subject", "head_state", "head_change")
#: Unit and phase -> how many rows a version of the mail holds, and their digest.
_Given = dict[tuple[str, str], tuple[int, str]]
#: Mails that are read together, so that memory stays bounded.
BATCH = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which mails."""
    parser.add_argument("ids", nargs="*", metavar="ID")
    parser.add_argument("--held", action="store_true", help="every held mail")
    parser.add_argument(
        "--quarantined", action="store_true", help="every quarantined mail"
    )
    parser.add_argument("--all", action="store_true", help="every mail")
    parser.add_argument(
        "--dry-run", action="store_true", help="show what would change; change nothing"
    )
    parser.add_argument(
        "--answer",
        action="store_true",
        help="send one correction to whoever was told otherwise",
    )


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Reopen and decide anew; 2 where nothing is named, 1 where a mail still waits."""
    with open_office(common) as office:
        lines = _chosen(arguments, office)
        if lines is None:
            say("nothing_named")
            return 2
        if not lines:
            say("reprocess_none")
            return 0
        ids = [line.id for line in lines]
        if arguments.dry_run:
            rows = list(_differences(office, lines))
            show_table(HEADINGS, rows)
            return 0
        now = office.clock.now()
        with office.database.write() as connection:
            reopen(connection, ids, now, common.by)
        return decide_anew(office, ids, common.by, arguments.answer)


def _chosen(
    arguments: argparse.Namespace, office: Office
) -> tuple[MessageLine, ...] | None:
    states: list[MessageState] = []
    if arguments.held or arguments.all:
        states.append("held")
    if arguments.quarantined or arguments.all:
        states.append("quarantined")
    if arguments.all:
        states += ["processed", "ignored"]
    if not states and not arguments.ids:
        return None
    named = {find(office, ident) for ident in arguments.ids}
    with office.database.read() as connection:
        found = {line.id: line for line in message_lines(connection, ids=named)}
        for state in states:
            found |= {line.id: line for line in message_lines(connection, state)}
    return tuple(sorted(found.values(), key=lambda line: (line.received, line.id)))


def _differences(
    office: Office, lines: tuple[MessageLine, ...]
) -> Iterator[tuple[object, ...]]:
    """Yield one row a mail whose state, reason, units or rows would be others."""
    with house.bench(office.desk) as bench:
        for start in progress(list(range(0, len(lines), BATCH)), "reading"):
            batch = {line.id: line for line in lines[start : start + BATCH]}
            jobs = [job for job in (_job(office, ident) for ident in batch) if job]
            for outcome in bench.read(jobs):
                if outcome.reading is None:
                    continue
                read = Read(outcome.id, 0, outcome.reading, None)
                with office.database.read() as connection:
                    new = decide_only(
                        connection, office.desk.policy, read, office.clock.now()
                    )
                    old = decision_of(connection, outcome.id)
                    gave = _counts(connection, outcome.id)
                will_give = {**gave, **_to_come(new)} if new.submissions else gave
                was = (old.state, old.reason, old.units, gave) if old else None
                will = (new.state, new.reason, new.units, will_give)
                if was != will:
                    line = batch[outcome.id]
                    yield (
                        line.id,
                        line.author,
                        line.subject,
                        _shown(was),
                        _shown(will),
                    )


def _job(office: Office, message: int) -> Job | None:
    """Return the mail as a job; None, said aloud, where its bytes cannot be had."""
    with office.database.read() as connection:
        found = detail(connection, message)
        try:
            raw = office.archive.get(connection, "raw", found.raw_sha256)
        except (NotArchivedError, DamagedArchiveError):
            say("archive_unreadable", ident=message)
            return None
    return Job(message, raw, header_only=found.header_only)


def _counts(connection: Connection, message: int) -> _Given:
    """Return the rows that the mail's versions hold: how many, and their digest."""
    return {
        (s.unit, s.phase): (len(s.registrations) + len(s.results), s.rows_digest)
        for s in submissions_of_message(connection, message)
        if not s.withdrawn
    }


def _to_come(new: Decision) -> _Given:
    return {
        (s.unit, s.phase): (len(s.registrations) + len(s.results), s.rows_digest)
        for s in new.submissions
    }


def _shown(
    decided: tuple[str, str | None, tuple[str, ...], _Given] | None,
) -> str:
    if decided is None:
        return ""
    state, reason, units, given = decided
    words = [word("message_states", state)]
    if reason:
        words.append(word("reasons", reason))
    rows = [phrase("rows_of", unit=u, rows=n) for (u, _), (n, _) in given.items()]
    return " · ".join([*words, *(rows or units)])
