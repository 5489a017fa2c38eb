"""The conversation with a second real server, whose habits differ from Dovecot's.

Cyrus says more in its answers, has another order of them, and gives UIDVALIDITY by the
clock. What no server could change is not asked twice here.
"""

import itertools
import re
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from daemon.demo.campaign import delivered
from daemon.mailbox.account import FetchLimits
from daemon.mailbox.errors import FolderRefusedError, LoginRefusedError
from daemon.mailbox.imap import connect
from daemon.mailbox.listing import FolderName, MissingFolder
from storage.tables import messages
from tests.faults import judge
from tests.faults.world import Place, World, build
from tests.integration.mailbox.test_dovecot import (
    ALLOWED,
    DAY,
    HANOI,
    a_mail,
    all_mails,
    an_account,
)
from tests.neighbours import cyrus as neighbour
from tests.neighbours.cyrus import Cyrus
from tests.neighbours.sink import Sink, listening

pytestmark = pytest.mark.slow
_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def cyrus() -> Iterator[Cyrus]:
    """A real Cyrus; where it cannot be had its tests fail."""
    server = neighbour.start()
    yield server
    server.stop()


@pytest.fixture
def user(cyrus: Cyrus) -> str:
    """A user of the server whom no other test knows."""
    name = f"user{next(_numbers)}"
    cyrus.add(name)
    return name


def flags_of(server: Cyrus, user: str) -> list[set[str]]:
    """Return the flags of each mail in order, as another client sees them."""
    with server.client(user) as client:
        client.select("INBOX", readonly=True)
        _, lines = client.uid("FETCH", "1:*", "(FLAGS)")
    told = [re.search(r"FLAGS \(([^)]*)\)", line.decode()) for line in lines]
    return [set(one[1].split()) - {"\\Recent"} for one in told if one]


def test_mails_come_with_their_bytes_sizes_and_dates(cyrus: Cyrus, user: str) -> None:
    mails = {uid: a_mail(uid, 100 * uid + 40) + b"\xff8bit\r\n" for uid in (1, 2, 3)}
    for uid, raw in mails.items():
        cyrus.append(user, raw, DAY + timedelta(minutes=uid))
    with connect(an_account(cyrus, user)) as session:
        listing = session.look("INBOX", None)
        found = all_mails(session, listing)
    assert {uid: mail.raw for uid, mail in found.items()} == mails
    assert [e.size for e in listing.new] == [len(raw) for raw in mails.values()]
    assert found[2].internaldate == DAY + timedelta(minutes=2)
    assert found[2].internaldate.utcoffset() is not None


def test_only_what_is_new_is_asked_for(cyrus: Cyrus, user: str) -> None:
    with connect(an_account(cyrus, user)) as session:
        state = session.look("INBOX", None).state_after()
        assert state.next_uid == 1
        for number in (1, 2):
            cyrus.append(user, a_mail(number), DAY)
            listing = session.look("INBOX", state)
            assert [e.uid for e in listing.new] == [number]
            state = listing.state_after()
        assert session.look("INBOX", state).new == ()


def test_before_since_is_judged_by_the_accounts_own_day(
    cyrus: Cyrus, user: str
) -> None:
    midnight = datetime(2021, 5, 1, tzinfo=HANOI)
    offsets = [timedelta(days=-400), timedelta(seconds=-1), timedelta(0)]
    for number, offset in enumerate([*offsets, timedelta(days=9)], start=1):
        cyrus.append(user, a_mail(number), (midnight + offset).astimezone(UTC))
    with connect(an_account(cyrus, user, since=date(2021, 5, 1))) as session:
        listing = session.look("INBOX", None)
        assert [e.uid for e in listing.new] == [3, 4]
        assert (listing.old, listing.before_since) == ((1, 2), 2)
        compared = session.compare("INBOX", listing.uidvalidity, [3, 99])
    assert (compared.on_server, compared.before_since) == (4, 2)
    assert ([e.uid for e in compared.missing], compared.gone) == ([4], (99,))


def test_headers_come_alone_and_of_large_mails_nothing_else(
    cyrus: Cyrus, user: str
) -> None:
    cyrus.append(user, a_mail(1, 5000), DAY)
    cyrus.append(user, a_mail(2, 500), DAY)
    head = b"Message-ID: <1@x.vn>\r\nSubject: 1\r\n\r\n"
    account = an_account(cyrus, user, limits=FetchLimits(message_bytes=1000))
    with connect(account) as session:
        listing = session.look("INBOX", None)
        rows = [row for part in session.headers(listing) for row in part]
        found = all_mails(session, listing)
    assert (rows[0].header, rows[0].size) == (head, 5000)
    assert (found[1].header_only, found[1].raw, found[1].size) == (True, head, 5000)
    assert (found[2].header_only, found[2].raw) == (False, a_mail(2, 500))


def test_folders_are_found_by_special_use_and_by_names_beyond_ascii(
    cyrus: Cyrus, user: str
) -> None:
    with connect(an_account(cyrus, user)) as session:
        assert session.resolve(["inbox", "\\Junk", "\\Sent", "Không có"]) == (
            FolderName("INBOX", "inbox"),
            FolderName("Thư rác", "\\Junk", True),
            FolderName("Đã gửi", "\\Sent"),
            MissingFolder("Không có"),
        )
        cyrus.append(user, a_mail(1), DAY, "Th&AbA- r&AOE-c")
        assert len(session.look("Thư rác", None).new) == 1
        cyrus.append(user, b"X-Hopthu-Key: k1\r\n\r\n", DAY, "&ARAA4w- g&Hu0-i")
        assert session.find_in("Đã gửi", "<x@y>", ("X-Hopthu-Key", "k1"))
        assert not session.find_in("Đã gửi", "<x@y>", ("X-Hopthu-Key", "k2"))
        with pytest.raises(FolderRefusedError):
            session.look("Không có", None)


def test_a_folder_that_was_made_again_is_listed_anew(cyrus: Cyrus, user: str) -> None:
    with cyrus.client(user) as other:
        other.create("Xa")
    cyrus.append(user, a_mail(1), DAY, "Xa")
    with connect(an_account(cyrus, user)) as session:
        first = session.look("Xa", None)
    with cyrus.client(user) as other:
        other.delete("Xa")
        other.create("Xa")
    cyrus.append(user, a_mail(2), DAY, "Xa")
    with connect(an_account(cyrus, user)) as session:
        listing = session.look("Xa", first.state_after())
        assert listing.changed_validity is True
        assert listing.uidvalidity != first.uidvalidity
        assert [m.raw for m in all_mails(session, listing).values()] == [a_mail(2)]
        assert not session.look("Xa", listing.state_after()).changed_validity
        with pytest.raises(FolderRefusedError):
            list(session.fetch(first))


def test_no_command_of_ours_marks_read_or_takes_a_mail_away(
    cyrus: Cyrus, user: str
) -> None:
    for number in (1, 2, 3):
        cyrus.append(user, a_mail(number), DAY, flags="\\Flagged" if number > 2 else "")
    with cyrus.client(user) as other:
        other.create("Xong")
    others = cyrus.records(user)
    with connect(an_account(cyrus, user, since=date(2021, 6, 1))) as session:
        session.resolve(["INBOX", "\\Junk"])
        listing = session.look("INBOX", None)
        all_mails(session, listing)
        list(session.headers(listing))
        session.idle(0.2)
        session.compare("INBOX", listing.uidvalidity, [1])
        assert session.label("INBOX", listing.uidvalidity, [1])
        assert session.move("INBOX", listing.uidvalidity, [2], "Xong")
        assert session.uids("INBOX") == (1, 3)
        assert len(session.uids("Xong")) == 1
    said = cyrus.commands(user, but=others)
    assert len(said) > 12
    assert [line for line in said if not ALLOWED.fullmatch(line)] == []
    assert flags_of(cyrus, user) == [{"$hopthu"}, {"\\Flagged"}]


def test_the_record_of_commands_would_show_a_forbidden_one(
    cyrus: Cyrus, user: str
) -> None:
    """The check above can fail: another client's command is in the record."""
    cyrus.append(user, a_mail(1), DAY)
    with cyrus.client(user) as other:
        other.select("INBOX")
        other.store("1", "+FLAGS", "\\Seen")
    stored = [line for line in cyrus.commands(user) if "STORE" in line]
    assert len(stored) == 1
    assert not ALLOWED.fullmatch(stored[0])
    assert flags_of(cyrus, user) == [{"\\Seen"}]


def test_a_wrong_password_is_refused(cyrus: Cyrus, user: str) -> None:
    for wrong in ("sai-mật-khẩu", "wrong"):
        with pytest.raises(LoginRefusedError) as caught:
            connect(an_account(cyrus, user, password=wrong))
        assert wrong not in str(caught.value)


def test_idle_hints_at_a_mail_that_arrives_and_ends_in_time(
    cyrus: Cyrus, user: str
) -> None:
    with connect(an_account(cyrus, user)) as session:
        state = session.look("INBOX", None).state_after()
        assert session.idle(0.3) is False
        late = threading.Timer(0.5, cyrus.append, (user, a_mail(1), DAY))
        late.start()
        begun = time.monotonic()
        assert session.idle(30) is True
        assert time.monotonic() - begun < 15
        late.join()
        assert len(session.look("INBOX", state).new) == 1


@pytest.fixture
def world(cyrus: Cyrus, user: str, tmp_path: Path) -> Iterator[World]:
    """An office whose mailbox lies on Cyrus and whose database is SQLite."""
    with listening(Sink(), tmp_path) as sink:
        folder = tmp_path / "world"
        database = f"sqlite:///{folder / 'hopthu.db'}"
        yield build(Place(cyrus, user, sink, folder, database))  # type: ignore[arg-type]


def test_the_whole_road_from_the_mailbox_to_the_answer(world: World) -> None:
    # The first came before the plan began: it is counted, not fetched.
    mails = list(delivered())[1:]
    for mail in mails:
        world.deliver(mail.raw, mail.received)
    first = world.hopthu("poll")
    assert first.returncode in (0, 1), first.stderr
    states = [row["state"] for row in judge.rows_of(world, messages)]
    assert len(states) == len({mail.raw for mail in mails})
    assert set(states) <= {"processed", "held", "ignored"}
    assert judge.counts(world)["submissions"] > 3
    assert len(world.sink.taken) > 3
    judge.judge(world)
    before = judge.dump(world), len(world.sink.caught)
    assert world.hopthu("poll").returncode in (0, 1)
    assert (judge.dump(world), len(world.sink.caught)) == before
    assert not any("\\Seen" in line for line in judge.flags(world))
