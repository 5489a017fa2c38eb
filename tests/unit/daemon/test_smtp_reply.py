"""What answers of mail servers mean, as the providers word them."""

import pytest

from daemon.smtp_reply import (
    Stage,
    Verdict,
    judge,
    on_the_wire,
    plain_words,
    was_policy,
)


@pytest.mark.parametrize(
    ("stage", "code", "words", "verdict"),
    [
        ("MAIL", 250, "2.1.0 ok", "taken"),
        ("RCPT", 251, "will forward", "taken"),
        ("RCPT", 252, "cannot verify", "taken"),
        ("DATA", 354, "go ahead", "taken"),
        (".", 250, "2.0.0 OK 1623 queued", "taken"),
        ("DATA", 250, "what?", "strange"),
        (".", 354, "more?", "strange"),
        (".", -1, "", "strange"),
        ("RCPT", 150, "", "strange"),
        (".", 700, "", "strange"),
        (".", 421, "4.7.0 Try again later, closing connection.", "closing"),
        ("MAIL", 421, "5.4.5 limit", "closing"),
        ("RCPT", 450, "4.2.1 receiving mail at a rate", "later"),
        ("RCPT", 451, "4.7.1 Greylisting in action", "later"),
        ("RCPT", 452, "4.2.2 mailbox full", "later"),
        (".", 452, "4.3.1 insufficient system storage", "later"),
        ("RCPT", 550, "5.1.1 The email account does not exist.", "refused"),
        ("RCPT", 550, "no such user", "refused"),
        (".", 552, "5.3.4 message too large", "refused"),
        (".", 554, "5.6.0 bad content", "refused"),
        ("RCPT", 554, "no", "refused"),
        ("RCPT", 550, "5.4.5 Daily user sending limit exceeded.", "account"),
        (".", 550, "5.4.5 Daily SMTP relay limit exceeded", "account"),
        ("MAIL", 530, "5.7.0 Authentication Required", "account"),
        ("MAIL", 530, "log in first", "account"),
        ("MAIL", 535, "not you", "account"),
        ("MAIL", 554, "policy", "account"),
        ("MAIL", 553, "5.1.8 bad sender", "account"),
        ("MAIL", 550, "5.7.1 not allowed", "account"),
        ("MAIL", 550, "5.1.1 no", "refused"),
        (".", 550, "5.7.60 SMTP; not allowed to send as this sender", "account"),
        ("RCPT", 450, "4.7.28 Our system has detected an unusual rate", "account"),
        ("RCPT", 550, "5.7.1 Relaying denied", "policy"),
        (".", 554, "Rejected for policy reasons (5.7.1)", "policy"),
        ("RCPT", 550, "5.1.1 see http://x/5.7.1 and 5.4.5", "refused"),
        ("RCPT", 550, "15.7.1 or 5.7.10 or 5.7.1.2", "refused"),
    ],
)
def test_an_answer_means(stage: Stage, code: int, words: str, verdict: Verdict) -> None:
    assert judge(stage, code, words) == verdict


def test_a_stored_answer_of_policy_is_known_again() -> None:
    assert was_policy("550 5.7.1 Relaying denied")
    for other in (None, "", "folder", "535 login refused", "550 5.1.1 5.7.1", "² a"):
        assert not was_policy(other)


def test_an_answer_is_kept_as_one_line_without_control_letters() -> None:
    assert plain_words(b"a\r\n\x00b\x1b\xff\t c") == "a b \ufffd c"
    assert plain_words("\u202ea" + "x" * 900) == "a" + "x" * 299


@pytest.mark.parametrize(
    ("raw", "wire"),
    [
        (b"a\r\n", b"a\r\n.\r\n"),
        (b"a", b"a\r\n.\r\n"),
        (b".\r\n", b"..\r\n.\r\n"),
        (b"a\r\n.\r\nb\r\n", b"a\r\n..\r\nb\r\n.\r\n"),
        (b"..a\r\n.b\r\n\r\n", b"...a\r\n..b\r\n\r\n.\r\n"),
        (b"", b"\r\n.\r\n"),
    ],
)
def test_no_line_of_a_mail_ends_it(raw: bytes, wire: bytes) -> None:
    assert on_the_wire(raw) == wire
