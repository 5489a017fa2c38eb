"""Budgets, the way in, secrets: what concerns the account and no single mail."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from daemon import journal
from daemon.dispatch import try_login
from tests.builders.decisions import an_item
from tests.builders.outbox import ROOMY
from tests.integration.dispatch.conftest import Post, answers
from tests.neighbours.sink import Sink, listening

PASSWORD = "pw-geheim-99"
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")


@pytest.fixture
def journal_left_alone() -> Iterator[None]:
    """The journal may be started in the test; afterwards it is as it was."""
    log = logging.getLogger("hopthu")
    handlers, propagate, level = log.handlers[:], log.propagate, log.level
    yield
    log.handlers[:], log.propagate = handlers, propagate
    log.setLevel(level)


def test_a_minute_takes_so_many_mails_and_the_next_minute_the_rest(
    post_on_both: Post,
) -> None:
    post = post_on_both
    idents = post.queue(*answers(7))
    budget = replace(ROOMY, per_minute=3)
    counts = []
    for _ in range(4):
        report = post.pass_over(budget=budget)
        counts.append(report.sent)
        if report.again is not None:
            assert post.states(idents)[sum(counts)] == ("pending", "budget")
            post.clock.instant = report.again
    assert counts == [3, 3, 1, 0]
    assert post.states(idents) == [("sent", None)] * 7


def test_a_day_takes_so_many_mails(post: Post) -> None:
    post.queue(*answers(5))
    budget = replace(ROOMY, per_day=2)
    assert post.pass_over(budget=budget).sent == 2
    post.clock.move(hours=23, minutes=59)
    assert post.pass_over(budget=budget).sent == 0
    post.clock.move(minutes=1)
    assert post.pass_over(budget=budget).sent == 2


def test_folders_are_not_bound_by_the_budget_of_the_mail_server(post: Post) -> None:
    post.queue(
        *answers(3), *(replace(one, door="dien-dan") for one in answers(4, start=3))
    )
    assert post.pass_over(budget=replace(ROOMY, per_minute=1)).sent == 5


def test_without_a_mail_server_mail_waits_and_says_why(post_on_both: Post) -> None:
    post = post_on_both
    idents = post.queue(*answers(3))
    closed = replace(ROOMY, per_minute=0, per_day=0)
    for _ in range(3):
        report = post.pass_over(account=None, budget=closed)
        assert report.unreachable == "no mail server is configured"
        post.clock.move(hours=30)
    assert post.states(idents) == [("pending", "account_paused")] * 3
    assert [post.line(i).attempts for i in idents] == [0, 0, 0]
    # They are frozen already, and go as soon as there is a server.
    assert post.pass_over().sent == 3


def test_without_a_mail_server_and_mail_nothing_is_amiss(post: Post) -> None:
    assert post.pass_over(account=None).unreachable is None


@pytest.mark.usefixtures("journal_left_alone")
def test_the_password_is_in_no_log_reply_or_repr(
    post: Post, guarded_sink: Sink, capsys: pytest.CaptureFixture[str]
) -> None:
    journal.start(logging.DEBUG)
    post.sink = guarded_sink
    wrong = post.smtp(username="ban", password="khac-bi-mat")
    idents = post.queue(*answers(2))
    assert post.pass_over(account=wrong).unreachable == "535 login refused"
    post.clock.move(hours=2)
    guarded_sink.script["AUTH"] = ["535 5.7.8 who is khac-bi-mat?"] * 3
    post.pass_over(account=wrong)
    post.clock.move(hours=2)
    strange = post.smtp(username="ban", password="mật-khẩu-lạ")
    assert "ASCII" in (post.pass_over(account=strange).unreachable or "")
    post.clock.move(hours=2)
    right = post.smtp(username="ban", password=PASSWORD)
    assert post.pass_over(account=right).sent == 2
    assert guarded_sink.logins[-1] == ("ban", PASSWORD)
    said = "".join(capsys.readouterr())
    kept = "".join(str(post.line(i)) for i in idents)
    for secret in ("khac-bi-mat", PASSWORD, "mật-khẩu-lạ", "lạ"):
        for place in (said, kept, repr(wrong), repr(right), repr(post.dispatch())):
            assert secret not in place
    events = [json.loads(line)["event"] for line in said.splitlines()]
    assert events == [*["mail_waits"] * 3, *["mail_sent"] * 2]


@pytest.mark.usefixtures("journal_left_alone")
def test_the_log_names_items_and_no_address_or_words(
    post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    journal.start(logging.DEBUG)
    post.queue(*answers(1), an_item("k", "bi-thu@q3.example"))
    post.sink.recipients["bi-thu@q3.example"] = "550 5.1.1 bi-thu@q3.example is gone"
    post.pass_over()
    said = "".join(capsys.readouterr())
    events = [json.loads(line)["event"] for line in said.splitlines()]
    assert sorted(events) == ["mail_failed", "mail_sent"]
    assert "bi-thu" not in said
    assert "u0@" not in said


def test_starttls_with_a_certificate_of_our_own_authority(
    post: Post, guarded_sink: Sink
) -> None:
    post.sink = guarded_sink
    post.queue(*answers(2))
    account = post.smtp(
        security="starttls",
        username="ban",
        password=PASSWORD,
        ca_file=str(guarded_sink.certificate),
    )
    try_login(account)
    guarded_sink.commands.clear()
    assert post.pass_over(account=account).sent == 2
    assert [c.split()[0] for c in guarded_sink.commands] == [
        *("CONNECT", "EHLO", "STARTTLS", "EHLO", "AUTH"),
        *("MAIL", "RCPT", "DATA", "BODY", ".") * 2,
    ]


def test_tls_from_the_first_byte(post: Post, certificates: Path) -> None:
    post.queue(*answers(2))
    with listening(Sink(), certificates, tls=True) as server:
        post.sink = server
        account = post.smtp(security="tls", ca_file=str(server.certificate))
        assert post.pass_over(account=replace(account, ca_file=None)).unreachable
        assert server.commands == []
        post.clock.move(minutes=2)
        assert post.pass_over(account=account).sent == 2


@pytest.mark.parametrize("reply", [None, "454 4.7.0 TLS not available", "502 no"])
def test_nothing_is_said_without_tls_where_tls_was_asked_for(
    post: Post, guarded_sink: Sink, reply: str | None
) -> None:
    # None: the certificate is of nobody whom we trust.
    post.sink = guarded_sink
    idents = post.queue(*answers(1))
    if reply is not None:
        guarded_sink.always["STARTTLS"] = reply
    account = post.smtp(security="starttls", username="ban", password=PASSWORD)
    assert post.pass_over(account=account).unreachable is not None
    assert post.states(idents) == [("pending", "temporary")]
    assert not any(c.startswith(("AUTH", "MAIL")) for c in guarded_sink.commands)
    with pytest.raises(OSError, match=r"."):
        try_login(account)


def test_a_server_that_offers_no_starttls_gets_no_password(
    post: Post, guarded_sink: Sink
) -> None:
    post.sink = guarded_sink
    guarded_sink.always["EHLO"] = "250-sink\r\n250 AUTH PLAIN"
    idents = post.queue(*answers(1))
    account = post.smtp(security="starttls", username="ban", password=PASSWORD)
    assert post.pass_over(account=account).unreachable is not None
    assert post.states(idents) == [("pending", "temporary")]
    assert not any(c.startswith("AUTH") for c in guarded_sink.commands)


def test_try_login_sends_nothing_and_raises_what_is_wrong(
    post: Post, guarded_sink: Sink, tmp_path: Path
) -> None:
    post.sink = guarded_sink
    try_login(post.smtp(username="ban", password=PASSWORD))
    with pytest.raises(OSError, match=r"^535 login refused$"):
        try_login(post.smtp(username="ban", password="sai"))
    with pytest.raises(OSError, match=r"is not ASCII$"):
        try_login(post.smtp(username="ban", password="mật"))
    with pytest.raises(OSError, match="refused"):
        try_login(post.smtp(port=1))
    with pytest.raises(OSError, match="No such file"):
        try_login(post.smtp(ca_file=str(tmp_path / "absent.pem")))
    assert guarded_sink.caught == []
