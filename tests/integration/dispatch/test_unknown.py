"""Between final dot and answer: unknown, looked up, sent once more, then left."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime

import pytest

from daemon.mailbox.account import MailboxAccount
from daemon.sent_folder import SentFolder
from parsers.values.outbox import ComposedMail
from tests.builders.decisions import an_item
from tests.integration.dispatch.conftest import Post, answers
from tests.neighbours.dovecot import PASSWORD, Dovecot
from tests.neighbours.sink import DROP, Hold, Reply

UNKNOWN, SENT = ("unknown", None), ("sent", None)
#: "Đã gửi" in the modified UTF-7 of IMAP.
SENT_FOLDER = "&ARAA4w- g&Hu0-i"


class SentBox:
    """Message-IDs that are known to have left; `closed`: it cannot be asked."""

    def __init__(self, *known: str, closed: bool = False) -> None:
        self.known = set(known)
        self.closed = closed
        self.asked: list[frozenset[str]] = []

    def __call__(self, message_ids: Collection[str]) -> frozenset[str] | None:
        self.asked.append(frozenset(message_ids))
        return None if self.closed else frozenset(self.known.intersection(message_ids))


@pytest.mark.parametrize(
    "reply",
    [DROP, "", b"\xff\xfe what\r\n", "250" + " x" * 6000, "150 hm", "354 more?"],
    ids=["drop", "empty", "noise", "endless", "1xx", "3xx"],
)
def test_no_answer_of_the_protocol_after_the_dot_is_an_unknown_outcome(
    post: Post, reply: Reply
) -> None:
    first, second = post.queue(*answers(2))
    post.sink.script["."] = [reply]
    report = post.pass_over()
    assert post.states([first, second]) == [UNKNOWN, SENT]
    assert (report.sent, report.waiting) == (1, 1)


def test_a_server_that_is_silent_after_the_dot_gives_an_unknown_outcome(
    post: Post, hold: Callable[[], Hold]
) -> None:
    (ident,) = post.queue(*answers(1))
    post.sink.script["."] = [hold()]
    post.pass_over(account=post.smtp(patience=0.3))
    assert post.state(ident) == UNKNOWN


def test_a_drop_in_the_middle_of_the_bytes_means_that_it_did_not_leave(
    post: Post,
) -> None:
    # More than any socket buffer, so that the dot cannot be on its way already.
    large = b"A: b\r\n\r\n" + b"x" * 76 + b"\r\n" * 1 + (b"y" * 76 + b"\r\n") * 400_000
    (ident,) = post.queue(*answers(1))
    post.sink.script["BODY"] = [DROP]
    post.pass_over(compose=lambda _: ComposedMail("<a@b>", "s", large))
    assert post.state(ident) == ("pending", "temporary")
    assert post.sink.caught == []


def test_an_unknown_mail_goes_once_more_after_15_minutes_byte_for_byte(
    post_on_both: Post,
) -> None:
    post = post_on_both
    (ident,) = post.queue(*answers(1))
    post.sink.script["."] = [DROP]
    post.pass_over()
    post.clock.move(minutes=14, seconds=59)
    assert post.pass_over().sent == 0
    assert len(post.sink.caught) == 1
    post.clock.move(seconds=1)
    assert post.pass_over().sent == 1
    first, second = post.sink.caught
    assert first.raw == second.raw == post.bytes_of(ident)
    assert first.to == second.to
    assert post.state(ident) == SENT


def test_a_second_unknown_outcome_waits_for_a_person(post: Post) -> None:
    (ident,) = post.queue(*answers(1))
    post.sink.always["."] = DROP
    for _ in range(200):
        post.pass_over()
        post.clock.move(minutes=16)
    assert post.state(ident) == UNKNOWN
    assert len(post.sink.caught) == 2


def test_fifty_drops_with_a_sent_folder_make_no_second_copy(post: Post) -> None:
    idents = post.queue(*answers(50))
    post.sink.always["."] = DROP
    box = SentBox()
    sender = post.dispatch(look_up=box)
    sender.pass_over()
    assert post.states(idents) == [UNKNOWN] * 50
    box.known = {post.line(i).message_id or "" for i in idents}
    post.sink.always.clear()
    post.clock.move(minutes=1)
    sender.pass_over()
    assert post.states(idents) == [SENT] * 50
    post.clock.move(hours=1)
    sender.pass_over()
    assert len(post.sink.caught) == 50
    assert len(box.asked) == 1, "all are asked for at once"


def test_fifty_drops_without_a_sent_folder_make_one_more_copy_of_the_same_bytes(
    post: Post,
) -> None:
    idents = post.queue(*answers(50))
    post.sink.script["."] = [DROP] * 50
    post.pass_over()
    post.clock.move(minutes=15)
    assert post.pass_over().sent == 50
    assert len(post.sink.caught) == 100
    assert len({m.raw for m in post.sink.caught}) == 50
    assert post.states(idents) == [SENT] * 50


def test_nothing_is_sent_again_while_the_sent_folder_cannot_be_asked(
    post: Post,
) -> None:
    (ident,) = post.queue(*answers(1))
    post.sink.script["."] = [DROP]
    box = SentBox(closed=True)
    sender = post.dispatch(look_up=box)
    for _ in range(10):
        sender.pass_over()
        post.clock.move(minutes=10)
    assert post.state(ident) == UNKNOWN
    assert len(post.sink.caught) == 1
    box.closed, box.known = False, {post.line(ident).message_id or ""}
    sender.pass_over()
    assert post.state(ident) == SENT
    assert len(post.sink.caught) == 1


def test_the_sent_folder_is_not_asked_at_every_pass(post: Post) -> None:
    (ident,) = post.queue(*answers(1))
    post.sink.always["."] = DROP
    box = SentBox()
    sender = post.dispatch(look_up=box)
    for _ in range(300):
        sender.pass_over()
        post.clock.move(seconds=10)
    # Once a minute for a quarter of an hour, twice over; then hourly.
    assert post.state(ident) == UNKNOWN
    assert 15 <= len(box.asked) <= 34
    before = len(box.asked)
    for _ in range(100):
        sender.pass_over()
        post.clock.move(minutes=15)
    assert 24 <= len(box.asked) - before <= 26


def test_a_mail_in_a_real_sent_folder_is_found_by_either_of_its_names(
    post: Post, dovecot: Dovecot, user: str
) -> None:
    idents = post.queue(*answers(3))
    post.sink.script["."] = [DROP] * 3
    post.pass_over()
    now = datetime.now(UTC)
    known, renamed, _ = [post.bytes_of(i) or b"" for i in idents]
    dovecot.append(user, known, now, folder=SENT_FOLDER)
    # A provider that gives mail a Message-ID of its own leaves our header alone.
    other = renamed.replace(b"Message-ID: <", b"Message-ID: <x", 1)
    assert other != renamed
    dovecot.append(user, other, now, folder=SENT_FOLDER)
    box = SentFolder(an_account(dovecot, user))
    post.clock.move(minutes=1)
    post.pass_over(look_up=box.holds)
    assert post.states(idents) == [SENT, SENT, UNKNOWN]
    post.clock.move(minutes=15)
    assert post.pass_over(look_up=box.holds).sent == 1
    assert post.states(idents) == [SENT] * 3
    assert len(post.sink.caught) == 4


def test_a_mailbox_that_cannot_be_asked_says_so_and_one_without_sent_says_none(
    dovecot: Dovecot, user: str
) -> None:
    wrong = SentFolder(an_account(dovecot, user, password="falsch"))
    assert wrong.holds(["<a.b@c>"]) is None
    nobody = SentFolder(an_account(dovecot, user, port=1))
    assert nobody.holds(["<a.b@c>"]) is None
    absent = SentFolder(an_account(dovecot, user, sent_folder="Gửi đi đâu"))
    assert absent.holds(["<a.b@c>"]) == frozenset()
    assert SentFolder(an_account(dovecot, user)).holds(["<a.b@c>"]) == frozenset()


def an_account(dovecot: Dovecot, user: str, **named: object) -> MailboxAccount:
    usual: dict[str, object] = {
        "name": "gmail",
        "host": "127.0.0.1",
        "port": dovecot.port,
        "security": "none",
        "username": user,
        "password": PASSWORD,
    }
    return MailboxAccount(**{**usual, **named})  # type: ignore[arg-type]


def test_a_holder_whose_claim_was_taken_over_starts_no_send(post: Post) -> None:
    (ident,) = post.queue(*answers(1))
    # The server is slow: when it is ready for the bytes, the claim has run out.
    post.sink.watch = lambda verb, _: (
        post.clock.move(minutes=16) if verb == "RCPT" else None
    )
    report = post.pass_over()
    assert report.sent == 0
    assert post.sink.caught == []
    assert "DATA" not in post.sink.commands
    post.sink.watch = None
    assert post.pass_over().sent == 0
    assert post.state(ident) == UNKNOWN


def test_a_holder_who_comes_too_late_with_the_answer_marks_nothing(
    post: Post,
) -> None:
    first, second = post.queue(*answers(2))
    other = post.dispatch(holder="there/2/2", account=None)

    def take_over(verb: str, _: str) -> None:
        if verb == "." and len(post.sink.caught) == 0:
            post.clock.move(minutes=16)
            other.pass_over()

    post.sink.watch = take_over
    report = post.pass_over()
    assert report.sent == 1
    assert post.states([first, second]) == [UNKNOWN, SENT]


def test_an_answer_of_which_nobody_knows_is_counted_by_the_receipt_rule(
    post: Post,
) -> None:
    first, second = post.queue(an_item("k"), an_item("l"))
    post.sink.script["."] = [DROP]
    post.pass_over()
    assert post.states([first, second]) == [UNKNOWN, ("cancelled", "receipted")]
