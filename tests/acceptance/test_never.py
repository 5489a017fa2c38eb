"""What must never happen: a loop, a storm, a second answer, an answer elsewhere.

A peer that answers at once, with nothing in its header that says so, is the worst of
robots: it is played here against the whole program.
"""

import contextlib
import email
import email.policy
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from daemon.__main__ import main
from daemon.demo.samples import Letter, Sender, attached, write
from tests.acceptance.world import World, a_world, imap, smtp
from tests.builders.letters import (
    OFFICE,
    Posted,
    a_file,
    a_letter,
    address_of,
    unit_names,
)
from tests.neighbours.dovecot import Dovecot
from tests.neighbours.sink import Sink, listening

JUNE = Posted().received
START = datetime.fromisoformat("2021-06-08T09:00:00+07:00")
P09 = address_of("P09")
Reply = Callable[[EmailMessage, int], EmailMessage]


@contextmanager
def _office(
    dovecot: Dovecot, user: str, folder: Path, more: str = "", shared: str = ""
) -> Iterator[tuple[World, Sink]]:
    with listening(Sink(), folder) as sink:
        server = smtp(sink.port, f'first_pass = "send"\nper_minute = 1000\n{more}')
        door = imap(dovecot.port, user, folder)
        yield a_world(folder, door, server, shared=shared), sink


def _poll(world: World, now: datetime) -> None:
    """Make one pass in this process: starting one costs a second each time."""
    given = ["--config", world.configuration, "--now", now.isoformat(), "poll"]
    with contextlib.redirect_stderr(io.StringIO()):
        assert main([str(word) for word in given]) in (0, 1)


def _a_reply(to: EmailMessage, number: int) -> EmailMessage:
    """A reply with a new Message-ID, subject and name, and no field of a robot."""
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["From"] = f"Văn thư {number} <{P09}>"
    mail["To"] = OFFICE
    mail["Subject"] = f"[{number}] Về việc {to['Subject']}"
    mail["Date"] = (START + timedelta(minutes=number)).strftime("%a, %d %b %Y %H:%M %z")
    mail["Message-ID"] = f"<{number}.{id(to)}@quan3.example>"
    return mail


def _thanks(to: EmailMessage, number: int) -> EmailMessage:
    mail = _a_reply(to, number)
    mail.set_content(f"Cảm ơn Quý cơ quan đã gửi thư ({number}).")
    return mail


def _echo(to: EmailMessage, number: int) -> EmailMessage:
    """Send back what was said, as text and as HTML, as if it were one's own."""
    mail = _a_reply(to, number)
    text, page = to.get_body(("plain",)), to.get_body(("html",))
    assert text is not None
    assert page is not None
    mail.set_content(f"Số {number}\n{text.get_content()}")
    mail.add_alternative(str(page.get_content()), subtype="html")
    return mail


def _echo_text(to: EmailMessage, number: int) -> EmailMessage:
    mail = _a_reply(to, number)
    text = to.get_body(("plain",))
    assert text is not None
    mail.set_content(f"Số {number}\n{text.get_content()}")
    return mail


def _quote(to: EmailMessage, number: int) -> EmailMessage:
    mail = _a_reply(to, number)
    text = to.get_body(("plain",))
    assert text is not None
    quoted = "\n".join(f"> {line}" for line in str(text.get_content()).splitlines())
    mail.set_content(
        f"Đã nhận ({number}).\n\nVào lúc 9:00, Ban Dân vận viết:\n{quoted}"
    )
    return mail


def _return_with_files(to: EmailMessage, number: int) -> EmailMessage:
    """Send our own mail back as an attachment, and everything that came with it."""
    mail = _a_reply(to, number)
    mail.set_content(f"Kính chuyển ({number}).")
    for part in to.iter_attachments():
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        mail.add_attachment(payload, "application", "octet-stream", filename="a.xlsx")
    page = to.get_body(("html",))
    assert page is not None
    mail.add_attachment(
        str(page.get_content()).encode(), "text", "html", filename=f"{number}.html"
    )
    return mail


def _asking(to: EmailMessage, number: int) -> EmailMessage:
    mail = _a_reply(to, number)
    del mail["Subject"]
    mail["Subject"] = "trạng thái"
    mail.set_content(f"trạng thái {number}")
    return mail


def _forgetful(to: EmailMessage, number: int) -> EmailMessage:
    """Always says that a table is attached, and attaches none."""
    mail = _a_reply(to, number)
    mail.set_content(f"Đơn vị gửi kèm bảng đăng ký công trình, lần {number}.")
    return mail


@pytest.mark.parametrize(
    "reply",
    [_thanks, _echo, _echo_text, _quote, _return_with_files, _asking, _forgetful],
)
def test_a_peer_that_answers_at_once_dies_out_after_three_rounds(
    tmp_path: Path, dovecot: Dovecot, user: str, reply: Reply
) -> None:
    dovecot.append(user, a_letter(Posted("P09", files=["xlsx P09 10"])), JUNE)
    with _office(dovecot, user, tmp_path) as (world, sink):
        _poll(world, START)
        answered = 0
        for number in range(1, 9):
            new = sink.taken[answered:]
            answered = len(sink.taken)
            now = START + timedelta(minutes=number)
            for caught in new:
                mail = email.message_from_bytes(caught.raw, policy=email.policy.default)
                assert isinstance(mail, EmailMessage)
                dovecot.append(user, reply(mail, number).as_bytes(), now)
            if not new:
                break
            _poll(world, now)
        assert number < 8
        assert 1 <= len(sink.taken) <= 4
        _judge(world)


def _judge(world: World) -> None:
    """One version, and at most one line for staff about what is kept back."""
    unit = world.json("unit", "units", "show", "P09")
    assert [v["version"] for v in unit["submissions"]] == [1]
    items = world.json("outbox", "outbox", "--state", "pending")["items"]
    assert {i["reason"] for i in items} <= {"capped"}
    assert len(items) <= 1
    shown = world.run("digest", "--dry-run").out
    assert shown.count("đã đủ số thư trả lời cho địa chỉ này; gửi đến") == len(items)


def test_a_parent_office_that_sends_for_43_schools_is_answered_43_times(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    schools = [c for c in unit_names() if c.startswith(("TH-", "CS-", "MN-"))][:43]
    parent = "pgd@quan3.example"
    for number, code in enumerate(schools):
        name = unit_names()[code]
        payload = a_file(f"xlsx {code} 1").get_payload(decode=True)
        assert isinstance(payload, bytes)
        raw = write(
            Sender("Phòng Giáo dục", parent),
            Letter(f"Gửi đăng ký của {name}", "Kính gửi Ban Dân vận bảng đăng ký."),
            JUNE + timedelta(seconds=number),
            [attached("bang-dang-ky.xlsx", payload)],
        )
        dovecot.append(user, raw, JUNE + timedelta(seconds=number))
    shared = f"{parent}={','.join(schools)}"
    with _office(dovecot, user, tmp_path, shared=shared) as (world, sink):
        _poll(world, START)
        decided = world.json("messages", "messages", "--state", "processed")["messages"]
        assert len(decided) == 43
        assert [mail.to for mail in sink.taken] == [(parent,)] * 43
        named = {i["units"][0] for i in world.json("outbox", "outbox")["items"]}
        assert named == set(schools)


def test_a_ward_that_corrects_four_times_on_the_last_evening_is_answered_each_time(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    for number in range(1, 6):
        letter = Posted("P09", text="Gửi lại, thay thế.", files=[f"xlsx P09 {number}"])
        dovecot.append(user, a_letter(letter), JUNE + timedelta(minutes=number))
    with _office(dovecot, user, tmp_path) as (world, sink):
        _poll(world, START)
        assert len(sink.taken) == 5


def test_what_waits_for_the_budget_says_so_and_answers_go_before_digests(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    for code in ("P01", "P02", "P03"):
        dovecot.append(user, a_letter(Posted(code, files=[f"xlsx {code} 10"])), JUNE)
    limit = 'per_day = 3\n[digest]\nrecipients = ["a@q3.example", "b@q3.example"]\n'
    with _office(dovecot, user, tmp_path, limit) as (world, sink):
        _poll(world, START)
        assert len(sink.taken) == 3
        ran = world.run("digest", now="2021-06-08T09:10:00+07:00")
        assert ran.code in (0, 1)
        items = world.json("outbox", "outbox", "--kind", "digest")["items"]
        assert [(i["state"], i["reason"]) for i in items] == [("pending", "budget")] * 2
        _poll(world, START + timedelta(hours=24, minutes=1))
        kinds = [
            email.message_from_bytes(m.raw)["X-Hopthu-Kind"] for m in sink.taken[3:]
        ]
        assert kinds == ["digest", "digest"]


def test_by_person_nothing_reaches_a_unit_and_reports_do_not_wait(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    dovecot.append(user, a_letter(Posted("P09", files=["xlsx P09 10"])), JUNE)
    more = 'release = "by_person"\n[digest]\nrecipients = ["a@q3.example"]\n'
    with _office(dovecot, user, tmp_path, more) as (world, sink):
        _poll(world, START)
        assert sink.taken == []
        world.run("digest")
        (digest,) = sink.taken
        assert digest.to == ("a@q3.example",)
        mail = email.message_from_bytes(digest.raw, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        body = mail.get_body(("plain",))
        assert body is not None
        text = str(body.get_content())
        assert "chờ cán bộ cho gửi; gửi đến: p09@quan3.example" in text
        (item,) = world.json("outbox", "outbox", "--state", "pending")["items"]
        assert f"Thư đi số {item['id']}" in text
        world.run("outbox", "release", str(item["id"]))
        _poll(world, START + timedelta(minutes=5))
        assert [m.to for m in sink.taken] == [("a@q3.example",), (P09,)]
