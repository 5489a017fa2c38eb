"""What the server's answers do to a mail, to the others and to the account."""

from collections.abc import Callable

import pytest

from storage.budget import paused_until
from tests.builders.decisions import an_item
from tests.integration.dispatch.conftest import Post, answers
from tests.neighbours.sink import DROP, Hold

TEMPORARY, READY, PAUSED = ("pending", "temporary"), ("sent", None), "account_paused"


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "."])
def test_a_4xx_at_any_stage_keeps_this_mail_back_and_no_other(
    post: Post, verb: str
) -> None:
    first, second = post.queue(*answers(2))
    post.sink.script[verb] = ["451 4.3.0 later, please"]
    report = post.pass_over()
    assert (report.sent, report.waiting, report.unreachable) == (1, 1, None)
    assert post.states([first, second]) == [TEMPORARY, READY]
    assert post.line(first).last_reply == "451 4.3.0 later, please"
    assert post.sink.connections == 1
    frozen = post.bytes_of(first)
    post.clock.move(minutes=2)
    assert post.pass_over().sent == 1
    assert post.sink.taken[-1].raw == frozen


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "."])
def test_a_5xx_at_any_stage_fails_this_mail_and_no_other(post: Post, verb: str) -> None:
    first, second = post.queue(*answers(2))
    post.sink.script[verb] = ["550 5.1.1 no such thing"]
    report = post.pass_over()
    assert (report.sent, report.waiting, report.unreachable) == (1, 0, None)
    assert post.states([first, second]) == [("failed", "refused"), READY]
    post.clock.move(hours=2)
    assert post.pass_over().sent == 0
    assert len(post.sink.taken) == 1


def test_one_of_many_recipients_who_is_unknown_fails_alone(post: Post) -> None:
    idents = post.queue(*answers(30))
    post.sink.recipients["u17@q3.example"] = "550 5.1.1 no such user"
    assert post.pass_over().sent == 29
    states = post.states(idents)
    assert states.pop(17) == ("failed", "refused")
    assert set(states) == {READY}
    assert all(m.to != ("u17@q3.example",) for m in post.sink.caught)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "."])
def test_a_421_at_any_stage_says_that_the_mail_was_not_taken(
    post: Post, verb: str
) -> None:
    idents = post.queue(*answers(1))
    post.sink.script[verb] = ["421 4.3.2 shutting down"]
    report = post.pass_over()
    assert post.states(idents) == [TEMPORARY]
    assert report.unreachable is not None
    post.clock.move(minutes=2)
    assert post.pass_over().sent == 1
    assert len(post.sink.taken) == 1


def test_after_a_421_in_the_middle_the_rest_goes_over_a_new_connection(
    post: Post,
) -> None:
    idents = post.queue(*answers(6))

    def enough(verb: str, _: str) -> None:
        if verb == "MAIL" and len(post.sink.caught) == 3 and post.sink.connections == 1:
            post.sink.script["MAIL"].append("421 4.7.0 enough for one connection")

    post.sink.watch = enough
    report = post.pass_over()
    assert (report.sent, report.waiting, report.unreachable) == (5, 1, None)
    assert post.sink.connections == 2
    assert post.state(idents[3]) == TEMPORARY
    post.clock.move(minutes=2)
    post.pass_over()
    assert post.states(idents) == [READY] * 6
    assert sorted(m.to for m in post.sink.taken) == sorted(
        (f"u{n}@q3.example",) for n in range(6)
    )


def test_greylisting_delays_each_mail_once(post: Post) -> None:
    idents = post.queue(*answers(8))
    post.sink.script["RCPT"] = ["451 4.7.1 greylisted"] * 8
    assert post.pass_over().waiting == 8
    post.clock.move(minutes=2)
    assert post.pass_over().sent == 8
    assert post.states(idents) == [READY] * 8


@pytest.mark.parametrize("verb", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA"])
def test_a_drop_before_the_body_leaves_the_mail_waiting(post: Post, verb: str) -> None:
    idents = post.queue(*answers(3))
    post.sink.script[verb] = [DROP, DROP]
    report = post.pass_over()
    assert report.unreachable is not None
    assert post.state(idents[0]) == TEMPORARY
    # The others were not tried on a server that does not answer: no attempt is lost.
    assert [post.line(i).attempts for i in idents] == [1, 0, 0]
    assert post.states(idents[1:]) == [TEMPORARY] * 2
    post.sink.script[verb].clear()
    post.clock.move(minutes=2)
    assert post.pass_over().sent == 3
    assert len(post.sink.caught) == 3


@pytest.mark.parametrize("verb", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA"])
def test_a_silent_server_before_the_body_leaves_the_mail_waiting(
    post: Post, hold: Callable[[], Hold], verb: str
) -> None:
    idents = post.queue(*answers(1))
    post.sink.script[verb] = [hold(), hold()]
    report = post.pass_over(account=post.smtp(silence=0.3))
    assert report.unreachable is not None
    assert post.states(idents) == [TEMPORARY]


def test_no_server_at_all_leaves_everything_waiting(post: Post) -> None:
    idents = post.queue(*answers(2))
    report = post.pass_over(account=post.smtp(port=1))
    assert report.unreachable is not None
    assert "Connection refused" in report.unreachable
    assert post.states(idents) == [TEMPORARY] * 2
    assert post.pass_over().sent == 1
    post.clock.move(minutes=2)
    assert post.pass_over().sent == 1


def test_a_greeting_of_554_refuses_the_connection_and_no_mail(post: Post) -> None:
    idents = post.queue(*answers(2))
    post.sink.always["CONNECT"] = "554 no service here"
    assert post.pass_over().unreachable is not None
    assert post.states(idents) == [TEMPORARY] * 2


@pytest.mark.parametrize(
    ("verb", "reply"),
    [
        ("RCPT", "550 5.4.5 Daily user sending limit exceeded"),
        (".", "550 5.4.5 Daily user sending limit exceeded"),
        ("RCPT", "550 5.7.1 relaying denied"),
        ("DATA", "554 5.7.1 policy"),
        (".", "550-5.7.1 Our system has detected\r\n550 5.7.1 something"),
        ("MAIL", "530 5.7.0 Authentication Required"),
        ("MAIL", "553 5.1.8 sender is not yours"),
        ("MAIL", "554 policy"),
        ("MAIL", "535 5.7.8 not you"),
    ],
)
def test_an_answer_about_the_account_pauses_it_and_fails_nothing(
    post_on_both: Post, verb: str, reply: str
) -> None:
    post = post_on_both
    idents = post.queue(*answers(4))
    post.sink.always[verb] = reply
    report = post.pass_over()
    assert report.unreachable is not None
    assert report.sent == 0
    assert report.again is not None
    assert post.states(idents) == [("pending", PAUSED)] * 4
    assert [post.line(i).attempts for i in idents] == [0] * 4
    assert sum(c.startswith("MAIL") for c in post.sink.commands) == 1
    connections = post.sink.connections
    post.clock.move(minutes=59)
    assert post.pass_over().sent == 0
    assert post.sink.connections == connections
    post.sink.always.clear()
    post.clock.move(minutes=2)
    assert post.pass_over().sent == 4
    assert post.states(idents) == [READY] * 4


def test_a_login_that_is_refused_pauses_the_account(post: Post) -> None:
    idents = post.queue(*answers(3))
    post.sink.always["EHLO"] = "250-sink\r\n250 AUTH PLAIN LOGIN"
    post.sink.always["AUTH"] = "535 5.7.8 Username and Password not accepted"
    account = post.smtp(username="ban", password="sai")
    report = post.pass_over(account=account)
    assert report.unreachable == "535 login refused"
    assert post.states(idents) == [("pending", PAUSED)] * 3
    logins = sum(c.startswith("AUTH") for c in post.sink.commands)
    for _ in range(50):
        post.clock.move(minutes=1)
        post.pass_over(account=account)
    assert sum(c.startswith("AUTH") for c in post.sink.commands) == logins


def test_a_login_that_fails_for_now_rests_a_quarter_of_an_hour(post: Post) -> None:
    idents = post.queue(*answers(1))
    post.sink.always["EHLO"] = "250-sink\r\n250 AUTH PLAIN"
    post.sink.script["AUTH"] = ["454 4.7.0 Too many login attempts"]
    account = post.smtp(username="ban", password="x")
    post.pass_over(account=account)
    assert post.states(idents) == [("pending", PAUSED)]
    with post.database.read() as connection:
        until = paused_until(connection)
    assert until is not None
    assert (until - post.clock.now()).total_seconds() == 15 * 60


def test_one_recipient_of_policy_pauses_the_others_only_once(post: Post) -> None:
    idents = post.queue(*answers(5))
    post.sink.recipients["u0@q3.example"] = "550 5.7.1 this one takes no mail of yours"
    assert post.pass_over().sent == 0
    post.clock.move(minutes=61)
    report = post.pass_over()
    assert (report.sent, report.unreachable) == (4, None)
    assert post.states(idents) == [TEMPORARY] + [READY] * 4
    assert post.queue(*answers(1, start=9))
    post.clock.move(minutes=2)
    assert post.pass_over().sent == 1


def test_after_48_hours_of_trying_a_person_looks(post: Post) -> None:
    (ident,) = post.queue(*answers(1))
    post.sink.always["RCPT"] = "451 4.2.0 not now"
    for _ in range(60):
        if post.state(ident)[0] == "failed":
            break
        post.pass_over()
        post.clock.move(minutes=75)
    assert post.state(ident) == ("failed", "temporary")
    assert 48 <= post.line(ident).attempts <= 53


def test_words_of_a_server_are_stored_without_control_letters(
    post_on_both: Post,
) -> None:
    (ident,) = post_on_both.queue(an_item("k"))
    post_on_both.sink.script["RCPT"] = [b"550 no\x00such\x1b[31m \xff user\r\n"]
    post_on_both.pass_over()
    assert post_on_both.line(ident).last_reply == "550 no such [31m \ufffd user"
