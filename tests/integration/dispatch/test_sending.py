"""From facts to a mail that was taken: composed, frozen, claimed, sent once."""

import hashlib
from dataclasses import replace
from email import message_from_bytes
from threading import Thread

from sqlalchemy import event, select

from daemon.dispatch import Report
from parsers.values.outbox import ComposedMail
from storage.database import Connection
from storage.errors import TemporaryStorageError
from storage.events import events_of_item
from storage.outbox import DueItem
from storage.tables import outbox
from tests.builders.decisions import an_item
from tests.integration.dispatch.conftest import SENDER, Post, answers, composer


def test_a_mail_is_frozen_and_claimed_before_the_server_hears_of_it(
    post_on_both: Post,
) -> None:
    post = post_on_both
    (ident,) = post.queue(*answers(1))
    seen: list[tuple[str, str, bytes]] = []

    def look(verb: str, _: str) -> None:
        query = select(outbox.c.state, outbox.c.raw, outbox.c.lease_holder)
        with post.database.read() as connection:
            row = connection.execute(query).one()
        seen.append((verb, row.state, row.raw))
        assert row.lease_holder == "here/1/1"

    post.sink.watch = look
    assert post.pass_over().sent == 1
    assert [verb for verb, _, _ in seen] == [
        *("CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "BODY", ".")
    ]
    assert {state for _, state, _ in seen} == {"sending"}
    assert {raw for _, _, raw in seen} == {post.sink.taken[0].raw}
    assert post.state(ident) == ("sent", None)
    assert post.line(ident).last_reply == "250 taken as number 1"


def test_what_arrives_is_byte_for_byte_what_was_frozen(post: Post) -> None:
    strange = b"A: b\r\n\r\n.\r\n..two\r\n.\r\n\r\nlast\r\n"
    (ident,) = post.queue(*answers(1))
    post.pass_over(compose=lambda item: ComposedMail("<a@b>", "s", strange))
    assert post.sink.taken[0].raw == strange == post.bytes_of(ident)


def test_the_composed_mail_arrives_at_its_only_recipient(post: Post) -> None:
    (ident,) = post.queue(*answers(1))
    post.pass_over()
    (mail,) = post.sink.taken
    assert (mail.sender, mail.to) == (SENDER, ("u0@q3.example",))
    assert mail.raw == post.bytes_of(ident)
    key = hashlib.sha256(f"acknowledgement:{0:064x}:decision".encode()).hexdigest()[:32]
    header = message_from_bytes(mail.raw)
    assert header["X-Hopthu-Item"] == key
    assert header["Message-ID"] == f"<acknowledgement.{key}@hopthu.example>"


def test_a_second_pass_sends_nothing_again(post_on_both: Post) -> None:
    idents = post_on_both.queue(*answers(3))
    assert post_on_both.pass_over().sent == 3
    post_on_both.clock.move(hours=1)
    again = post_on_both.pass_over()
    assert (again.sent, again.waiting, again.unreachable) == (0, 0, None)
    assert len(post_on_both.sink.caught) == 3
    assert post_on_both.states(idents) == [("sent", None)] * 3


def test_all_mails_of_a_pass_go_over_one_connection(post: Post) -> None:
    post.queue(*answers(20))
    assert post.pass_over().sent == 20
    assert post.sink.connections == 1


def test_nothing_due_opens_no_connection(post: Post) -> None:
    post.pass_over()
    assert post.sink.connections == 0


def test_a_domain_of_other_letters_goes_out_as_the_header_writes_it(
    post: Post,
) -> None:
    (ident,) = post.queue(an_item("k", "p9@phường9.vn"))
    assert post.pass_over().sent == 1
    (mail,) = post.sink.taken
    assert mail.to == ("p9@xn--phng9-grb7933c.vn",)
    assert post.state(ident) == ("sent", None)


def test_an_address_with_a_colon_is_not_cut_to_another_mans_address(
    post: Post,
) -> None:
    post.queue(an_item("k", "a:b@q3.example"))
    post.pass_over()
    assert "RCPT TO:<a:b@q3.example>" in post.sink.commands
    assert [m for m in post.sink.taken if "b@q3.example" in m.to] == []


def test_a_frozen_mail_whose_address_cannot_stand_on_the_wire_fails_alone(
    post: Post,
) -> None:
    bad, good = post.queue(an_item("k", "đ@q3.example"), an_item("l"))

    def careless(item: DueItem) -> ComposedMail:
        return composer(replace(item, to=("p9@q3.example",)))

    report = post.pass_over(compose=careless)
    assert (report.sent, report.unreachable) == (1, None)
    assert post.states([bad, good]) == [("failed", "refused"), ("sent", None)]


def test_a_composer_that_raises_keeps_back_its_own_item_only(
    post_on_both: Post,
) -> None:
    post = post_on_both
    first, bad, last = post.queue(*answers(3))

    def broken(item: DueItem) -> ComposedMail:
        if item.id == bad:
            raise ZeroDivisionError("tên lạ")
        return composer(item)

    assert post.pass_over(compose=broken).sent == 2
    assert post.states([first, last]) == [("sent", None)] * 2
    line = post.line(bad)
    assert (line.state, line.reason, line.last_reply) == (
        *("pending", "temporary"),
        "compose",
    )
    assert line.next_attempt is not None
    post.clock.move(minutes=2)
    assert post.pass_over().sent == 1
    assert post.state(bad) == ("sent", None)


def test_hundreds_of_items_are_composed_though_some_never_are(post: Post) -> None:
    idents = post.queue(*answers(120))
    bad = set(idents[::2])

    def broken(item: DueItem) -> ComposedMail:
        if item.id in bad:
            raise KeyError(item.id)
        return composer(item)

    assert post.pass_over(compose=broken).sent == 60


def test_a_pass_stops_between_two_mails_when_told(post: Post) -> None:
    idents = post.queue(*answers(3))
    post.dispatch().pass_over(lambda: len(post.sink.caught) >= 2)
    assert [s for s, _ in post.states(idents)] == ["sent", "sent", "pending"]


def test_each_step_of_a_mail_is_an_event(post: Post) -> None:
    (ident,) = post.queue(*answers(1))
    post.sink.script["RCPT"] = ["451 4.7.1 greylisted"]
    post.pass_over()
    post.clock.move(minutes=2)
    post.pass_over()
    with post.database.read() as connection:
        steps = [(e.to, e.reason) for e in events_of_item(connection, ident)]
    assert steps == [
        ("pending", None),
        ("sending", None),
        ("pending", "temporary"),
        ("sending", None),
        ("sent", None),
    ]


def test_two_senders_at_once_send_each_mail_once(post_on_both: Post) -> None:
    post = post_on_both
    idents = post.queue(*answers(30))
    reports: list[Report] = []
    senders = [
        Thread(target=lambda one=one: reports.append(one.pass_over()))
        for one in (post.dispatch(holder=f"here/{n}/1") for n in (1, 2))
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(60)
    assert sum(report.sent for report in reports) == 30
    assert len({mail.to for mail in post.sink.caught}) == len(post.sink.caught) == 30
    assert post.states(idents) == [("sent", None)] * 30


def test_a_mark_that_finds_the_database_busy_is_made_again(post: Post) -> None:
    (ident,) = post.queue(*answers(1))
    broken: list[bool] = []

    def busy_once(_: Connection) -> None:
        if post.sink.taken and not broken:
            broken.append(True)
            raise TemporaryStorageError("busy")

    event.listen(post.database.engine, "begin", busy_once)
    assert post.pass_over().sent == 1
    assert broken
    assert post.state(ident) == ("sent", None)
