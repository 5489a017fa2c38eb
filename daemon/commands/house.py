"""More wiring: the parts that fetch, read and send, for the commands that do so."""

import contextlib
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path

from config.options import Mailbox, Settings
from daemon.arrivals import Strongroom
from daemon.collect import Collector
from daemon.commands.office import Desk, Office
from daemon.courtesy import Courtesy
from daemon.dispatch import Dispatch, SmtpAccount
from daemon.doors import Door
from daemon.dropped import DirectoryWatcher, DroppedFiles
from daemon.holder import is_dead
from daemon.intake import Intake
from daemon.mailbox.account import MIB, FetchLimits, MailboxAccount
from daemon.mailbox.directory import ANSWERS
from daemon.reminding import Reminding
from daemon.sent_folder import SentFolder
from daemon.watch import ImapWatcher, Watcher
from daemon.workbench import Workbench
from parsers.values.reminder import ReminderRules
from storage import dead_holders, settled
from storage.budget import Budget

#: When the archive was swept last, in the table of settled facts.
SWEPT = "archive.swept"
DAY_SECONDS = 24 * 3600


def account_of(mailbox: Mailbox, settings: Settings) -> MailboxAccount:
    """Return the account of an IMAP mailbox."""
    limits = FetchLimits(message_bytes=settings.limits.message_mib * MIB)
    return MailboxAccount(
        name=mailbox.name,
        host=mailbox.host,
        port=mailbox.port,
        security=mailbox.security,
        username=mailbox.username,
        password=mailbox.password.reveal() if mailbox.password else "",
        folders=mailbox.folders,
        sent_folder=mailbox.sent_folder,
        idle=mailbox.idle,
        since=mailbox.since,
        timezone=settings.timezone,
        mark=mailbox.mark,
        limits=limits,
    )


def strongroom(office: Office) -> Strongroom:
    """Return archive and ledger; what dead processes held is freed first."""
    with office.database.read() as connection:
        names = dead_holders.holders(connection)
    dead = [name for name in names if is_dead(name)]
    if dead:
        with office.database.write() as connection:
            dead_holders.free(connection, dead, office.clock.now())
    return Strongroom(office.database, office.archive, office.clock, office.holder)


def sweep(office: Office) -> None:
    """Once a real day, remove what crashes and drops left behind in the archive."""
    now = time.time()
    with office.database.write() as connection:
        before = settled.get(connection, SWEPT)
        if before is not None and now - float(before) < DAY_SECONDS:
            return
        office.archive.sweep(connection, now)
        settled.put(connection, SWEPT, str(int(now)))


def collector(mailbox: Mailbox, office: Office, room: Strongroom) -> Collector:
    """Return what collects one IMAP mailbox."""
    return Collector(
        account=account_of(mailbox, office.settings),
        room=room,
        disk=office.settings.archive,
        floor_mib=office.settings.storage.disk_floor_mib,
    )


@contextmanager
def bench(desk: Desk) -> Iterator[Workbench]:
    """Yield the reader children; they end with the block.

    An office without an archive has its whole mailbox before it: then the children
    start at once, while the database is made.
    """
    settings = desk.settings
    with Workbench(desk.rules, settings.workers.processes) as workbench:
        if settings.mailboxes and not settings.archive.exists():
            workbench.warm()
        yield workbench


@contextmanager
def intake(
    office: Office, room: Strongroom, readers: Workbench | None = None
) -> Iterator[Intake]:
    """Yield the intake with its readers; those made here end with the block."""
    with contextlib.ExitStack() as stack:
        used = readers or stack.enter_context(bench(office.desk))
        yield Intake(room, used, office.desk.policy, office.rules_key)


def doors(office: Office, room: Strongroom) -> list[Door]:
    """Return every mailbox of the configuration as a door."""
    found = []
    for mailbox in office.settings.mailboxes:
        if mailbox.kind == "imap":
            collect = collector(mailbox, office, room).collect
        else:
            collect = dropped(mailbox, office, room).collect
        found.append(Door(mailbox.name, collect))
    return found


def dropped(mailbox: Mailbox, office: Office, room: Strongroom) -> DroppedFiles:
    """Return what collects one directory door."""
    limit = office.settings.limits.message_mib * MIB
    return DroppedFiles(mailbox.name, mailbox.path or Path(), room, limit)


def watchers(office: Office, room: Strongroom) -> list[Watcher]:
    """Return every mailbox of the configuration as `run` watches it."""
    found: list[Watcher] = []
    for mailbox in office.settings.mailboxes:
        if mailbox.kind == "imap":
            collecting = collector(mailbox, office, room)
            courtesy = Courtesy(collecting.account, office.database)
            found.append(
                ImapWatcher(collecting, courtesy, mailbox.poll_seconds, mailbox.idle)
            )
        else:
            found.append(DirectoryWatcher(dropped(mailbox, office, room)))
    return found


def courtesies(office: Office, processed: Collection[int]) -> None:
    """Show on the servers what was processed, where the configuration wants it."""
    for mailbox in office.settings.mailboxes:
        if mailbox.kind == "imap":
            account = account_of(mailbox, office.settings)
            Courtesy(account, office.database).show(processed)


def smtp_account(settings: Settings) -> SmtpAccount | None:
    """Return where mail is handed in; None without `[smtp]`."""
    smtp = settings.smtp
    if smtp is None:
        return None
    return SmtpAccount(
        host=smtp.host,
        port=smtp.port,
        security=smtp.security,
        sender=smtp.sender.address or "",
        username=smtp.username,
        password=smtp.password.reveal() if smtp.password else "",
    )


def reminding(office: Office, watched: tuple[str, ...] = ()) -> Reminding:
    """Return what reminds; `watched` are mailboxes that must have been looked at."""
    settings, asked = office.settings, office.settings.reminders
    return Reminding(
        database=office.database,
        clock=office.clock,
        campaigns=office.campaigns,
        rules=ReminderRules(
            **{f.name: getattr(asked, f.name) for f in fields(ReminderRules)}
        ),
        zone=office.zone,
        folders=frozenset(m.name for m in settings.mailboxes if m.answer == "folder"),
        by_person=office.desk.policy.by_person,
        watched=watched,
    )


def watched(office: Office) -> tuple[str, ...]:
    """Return the mailboxes whose mail `run` must have seen before it reminds."""
    return tuple(mailbox.name for mailbox in office.settings.mailboxes)


def dispatch(office: Office, watched: tuple[str, ...] = ()) -> Dispatch:
    """Return what sends the outbox; `watched` as for reminders."""
    settings = office.settings
    sent = [m for m in settings.mailboxes if m.kind == "imap" and m.sent_folder]
    return Dispatch(
        database=office.database,
        clock=office.clock,
        compose=office.composer,
        account=smtp_account(settings),
        budget=budget(settings),
        holder=office.holder,
        folders=answer_folders(settings.mailboxes),
        look_up=SentFolder(account_of(sent[0], settings)).holds if sent else None,
        # Whatever a command speaks of, what stands in the outbox is of any plan.
        look_again=replace(
            reminding(office, watched), campaigns=settings.campaigns
        ).look_again,
    )


def budget(settings: Settings) -> Budget:
    """Return how much may leave."""
    smtp = settings.smtp
    return Budget(
        per_minute=smtp.per_minute if smtp else 0,
        per_day=smtp.per_day if smtp else 0,
        answers_per_address=settings.answers.per_address_per_day,
        answers_per_day=settings.answers.per_day,
    )


def answer_folders(mailboxes: tuple[Mailbox, ...]) -> dict[str, Path]:
    """Return the folders of directory doors that take answers."""
    return {
        m.name: m.path / ANSWERS
        for m in mailboxes
        if m.kind == "directory" and m.path is not None
    }
