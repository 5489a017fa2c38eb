"""One mailbox collected and watched: what is counted, and what may not disturb it."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from daemon.arrivals import Kept, Strongroom
from daemon.clock import FixedClock
from daemon.collect import Collector
from daemon.courtesy import Courtesy
from daemon.mailbox.account import MailboxAccount
from daemon.watch import ImapWatcher
from storage import folders
from storage.archive import Archive
from storage.database import Database
from tests.builders.arrival import NOW
from tests.integration.mailbox.test_dovecot import DAY, a_mail, an_account
from tests.neighbours.dovecot import Dovecot
from tests.neighbours.scripted_imap import scripted, serve_mails

MAILS = {uid: a_mail(uid) for uid in (1, 2, 3)}


def a_collector(database: Database, folder: Path, account: MailboxAccount) -> Collector:
    room = Strongroom(database, Archive(folder / "a"), FixedClock(NOW), "here/1/1")
    return Collector(account, room, folder, 0)


def counted(collector: Collector) -> int:
    list(collector.collect())
    with collector.room.database.read() as connection:
        (state,) = folders.folder_states(connection)
    return state.before_since


def test_an_old_mail_above_one_that_is_not_yet_there_is_counted_once(
    database: Database, tmp_path: Path
) -> None:
    right = serve_mails(MAILS)
    there = {1, 3}

    def script(command: str) -> tuple[bytes, str] | None:
        if command.startswith("LIST"):
            return b'* LIST () "/" INBOX\r\n', "OK"
        answer = right(command)
        if answer is None:
            return None
        rows = {row[:1]: row for row in answer[0].split(b"* ") if row}
        if "BODY" in command:
            rows = {n: row for n, row in rows.items() if int(n) in there}
        # The third mail lay in the mailbox long before the campaign.
        if b"3" in rows:
            rows[b"3"] = rows[b"3"].replace(b"08-Jun-2021", b"08-Jun-2019")
        return b"".join(b"* " + row for row in rows.values()), answer[1]

    with scripted(script) as server:
        account = MailboxAccount(
            "k", "127.0.0.1", "user", "x", server.port, "none", read_timeout=5
        )
        account = replace(account, folders=("INBOX",), since=date(2021, 5, 1))
        collector = a_collector(database, tmp_path, account)
        while_it_waits = [counted(collector) for _ in range(3)]
        there.add(2)
        assert counted(collector) == counted(collector) == 1
    assert while_it_waits == [0, 0, 0]


def test_a_mail_that_cannot_be_moved_disturbs_no_look(
    database: Database, tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    account = an_account(dovecot, user, folders=("INBOX",), mark="move")
    dovecot.append(user, a_mail(1), DAY)
    collector = a_collector(database, tmp_path, account)
    (kept,) = (one for batch in collector.collect() for one in batch)
    dovecot.append(user, a_mail(2), DAY)
    before = dovecot.records(user)
    watcher = ImapWatcher(collector, Courtesy(account, database), 1, idle=False)
    # There is no folder that it could be moved to.
    watcher.processed([kept.id])
    seen = watched(watcher)
    assert len(next(seen)) == 1
    with database.read() as connection:
        (state,) = folders.folder_states(connection)
    assert (state.healthy, state.fault) == (True, None)
    assert any("MOVE" in line for line in dovecot.commands(user, before))
    assert len(dovecot.records(user) - before) <= 2
    seen.close()


def watched(watcher: ImapWatcher) -> Iterator[tuple[Kept, ...]]:
    found: list[tuple[Kept, ...]] = []
    stopping = threading.Event()

    def take(kept: tuple[Kept, ...]) -> None:
        found.append(kept)
        stopping.set()

    watcher.watch(take, stopping)
    yield from found
