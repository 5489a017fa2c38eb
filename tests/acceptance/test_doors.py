"""What comes through a door and what leaves: the first pass, releases, folders."""

import email
import email.policy
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import py7zr

from tests.acceptance.world import FOLDER_DOOR, World, a_world, imap, smtp
from tests.builders.letters import ZONE, Posted, a_letter
from tests.builders.outlook import Mail, Values, a_msg, a_tnef
from tests.builders.package import a_zip
from tests.builders.rar import a_rar4, a_rar5
from tests.neighbours.dovecot import Dovecot
from tests.neighbours.sink import Sink, listening

JUNE = Posted().received


def _parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


@contextmanager
def _office(
    dovecot: Dovecot, user: str, folder: Path, door: str = "", more: str = ""
) -> Iterator[tuple[World, Sink]]:
    with listening(Sink(), folder) as sink:
        doors = imap(dovecot.port, user, folder, door)
        yield a_world(folder, doors, smtp(sink.port, more)), sink


def test_the_first_pass_waits_for_a_person_and_old_mail_is_only_counted(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    old = datetime(2021, 4, 20, 9, tzinfo=ZONE)
    stranger = Posted(sender="a@thu.example", subject="Đăng ký", files=["unheaded 1"])
    again = Posted(sender="a@thu.example", subject="Đăng ký 2", files=["unheaded 2"])
    dovecot.append(user, a_letter(Posted("P01", text="Báo cáo", received=old)), old)
    dovecot.append(user, a_letter(Posted("P09", files=["xlsx P09 10"])), JUNE)
    dovecot.append(user, a_letter(stranger), JUNE)
    dovecot.append(user, a_letter(again), JUNE)
    with _office(dovecot, user, tmp_path) as (world, sink):
        first = world.run("poll")
        assert first.code == 1
        assert "1 thư nhận trước ngày bắt đầu" in first.err
        assert "outbox release --all" in first.err
        assert sink.caught == []
        items = world.json("outbox", "outbox")["items"]
        assert {(i["state"], i["reason"]) for i in items} == {("pending", "release")}
        assert len(world.json("messages", "messages")["messages"]) == 3

        frozen = world.run("outbox", "show", str(items[0]["id"]), "--raw")
        released = world.run("outbox", "release", "--all")
        assert (frozen.code, released.code) == (0, 0)
        assert world.run("outbox", "release", "99").code == 2
        assert world.run("outbox", "release").code == 2
        second = world.run("poll")
        # Held mail still needs a person.
        assert second.code == 1
        assert "release" not in second.err
        _judge_what_left(world, sink, frozen.out)

        dovecot.append(user, a_letter(Posted("P10", files=["docx P10 10"])), JUNE)
        third = world.run("poll")
        assert third.code == 1
        assert len(sink.caught) == 3
        reconcile = world.json("reconcile", "reconcile")
        (inbox, *_) = [f for f in reconcile["folders"] if f["folder"] == "INBOX"]
        assert (inbox["on_server"], inbox["before_since"]) == (5, 1)
        assert (inbox["in_ledger"], inbox["missing"], inbox["gone"]) == (4, [], [])
        (box, *_) = world.json("status", "status")["mailboxes"]
        assert (box["on_server"], box["in_ledger"]) == (5, 4)
        assert world.json("check", "check")["lateness_changes"] == 0

        dovecot.append(user, a_letter(Posted("P11", files=["docx P11 1"])), JUNE)
        missing = world.run("reconcile", "--json")
        (inbox, *_) = missing.json("reconcile")["folders"]
        assert missing.code == 1
        assert [m["bytes"] > 1000 for m in inbox["missing"]] == [True]


def _judge_what_left(world: World, sink: Sink, frozen: str) -> None:
    mails = {c.to: _parsed(c.raw) for c in sink.caught}
    items = world.json("outbox", "outbox", "--state", "sent")["items"]
    answered = [
        m["from"]
        for m in world.json("messages", "messages")["messages"]
        if m["answered"]
    ]

    # One receipt an address in a day: the second of the stranger never leaves.
    assert sorted(mails) == [("a@thu.example",), ("p09@quan3.example",)]
    assert len(sink.caught) == len(items) == 2
    assert sorted(answered) == ["a@thu.example", "p09@quan3.example"]
    decision = mails["p09@quan3.example",]
    receipt = mails["a@thu.example",]
    assert decision["Auto-Submitted"] == "auto-replied"
    assert decision["X-Auto-Response-Suppress"] == "All"
    assert decision["X-Hopthu-Kind"] == "acknowledgement"
    assert decision["X-Hopthu-Purpose"] == "decision"
    assert decision["In-Reply-To"] == "<20210607090000.p09@quan3.example>"
    assert decision["In-Reply-To"] in decision["References"]
    assert decision["Subject"].startswith("Re:")
    assert decision["Message-ID"] in frozen
    for mail in (decision, receipt):
        kinds = [part.get_content_type() for part in mail.walk()]
        text = mail.get_body(("plain",))
        assert {"text/plain", "text/html"} <= set(kinds)
        assert text is not None
        assert mail["X-Hopthu-Receipt"] in text.get_content()
    assert receipt["X-Hopthu-Purpose"] == "receipt"
    body = receipt.get_body(("plain",))
    assert body is not None
    assert "Sửa chữa nhà tình thương" not in body.get_content()
    told = decision.get_body(("plain",))
    assert told is not None
    assert "Sửa chữa nhà tình thương" in told.get_content()


def test_a_door_that_answers_nobody_and_a_person_who_releases_everything(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    dovecot.append(user, a_letter(Posted("P09", files=["xlsx P09 10"])), JUNE)
    nobody = 'answer = "none"\n'
    with _office(dovecot, user, tmp_path, nobody) as (world, sink):
        assert world.run("poll").code == 0
        assert world.json("outbox", "outbox")["items"] == []

    more = 'first_pass = "send"\nrelease = "by_person"\n'
    other = tmp_path / "other"
    other.mkdir()
    with _office(dovecot, user, other, "", more) as (world, sink):
        assert world.run("poll").code == 1
        (item,) = world.json("outbox", "outbox")["items"]
        assert (item["state"], item["reason"]) == ("pending", "release")
        assert world.run("outbox", "cancel", str(item["id"])).code == 0
        assert world.run("poll").code == 0
        assert sink.caught == []
        kept = world.json("outbox", "outbox", "--state", "cancelled")["items"]
        assert [i["id"] for i in kept] == [item["id"]]


def test_a_server_that_does_not_answer_leaves_the_mail_pending(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    dovecot.append(user, a_letter(Posted("P09", files=["xlsx P09 10"])), JUNE)
    doors = imap(dovecot.port, user, tmp_path)
    world = a_world(tmp_path, doors, smtp(1, 'first_pass = "send"\n'))
    ran = world.run("poll")
    (item,) = world.json("outbox", "outbox")["items"]

    assert ran.code == 1
    assert "máy chủ thư đi" in ran.err
    assert (item["state"], item["sent_at"]) == ("pending", None)


def test_a_folder_takes_mail_and_gets_its_answers(tmp_path: Path) -> None:
    with listening(Sink(), tmp_path) as sink:
        more = smtp(sink.port, 'first_pass = "send"\n')
        world = a_world(tmp_path, FOLDER_DOOR, more)
        raw = a_letter(Posted("P09", files=["xlsx P09 10"]))
        dropped = world.mail("thu.eml", raw, into="notes")
        world.mail("anh.jpg", b"\xff\xd8\xff\xe0", into="notes")
        first = world.run("poll")
        answers = list((tmp_path / "notes" / "tra-loi").glob("*.eml"))
        again = world.run("poll")
        listed = world.json("messages", "messages")["messages"]
        status = world.json("status", "status")
        sent = world.json("outbox", "outbox", "--kind", "acknowledgement")["items"]

    assert (first.code, again.code) == (0, 0), first.err + again.err
    assert dropped.read_bytes() == raw
    assert sink.caught == []
    assert len(listed) == 1
    assert (listed[0]["mailbox"], listed[0]["folder"]) == ("notes", None)
    assert listed[0]["answered"] is True
    (answer,) = answers
    mail = _parsed(answer.read_bytes())
    assert mail["To"] == "p09@quan3.example"
    assert mail["X-Hopthu-Purpose"] == "decision"
    assert [i["state"] for i in sent] == ["sent"]
    assert [b["name"] for b in status["mailboxes"]] == ["notes"]


def test_the_first_pass_over_a_folder_waits_for_a_person_too(tmp_path: Path) -> None:
    with listening(Sink(), tmp_path) as sink:
        door = FOLDER_DOOR + 'answer = "sender"\n'
        world = a_world(tmp_path, door, smtp(sink.port))
        raw = a_letter(Posted("P09", files=["xlsx P09 10"]))
        world.mail("thu.eml", raw, into="notes")
        first = world.run("poll")
        items = world.json("outbox", "outbox")["items"]
        world.mail("hai.eml", a_letter(Posted("P10", files=["docx P10 1"])), "notes")
        second = world.run("poll")

    assert (first.code, second.code) == (1, 1)
    assert [(i["state"], i["reason"]) for i in items] == [("pending", "release")]
    assert [caught.to for caught in sink.caught] == [("p10@quan3.example",)]


def test_a_folder_that_is_gone_is_a_closed_door(tmp_path: Path) -> None:
    world = a_world(tmp_path, more=smtp(1))
    (tmp_path / "notes").rmdir()
    poll = world.run("poll")
    reconcile = world.run("reconcile")

    assert (poll.code, reconcile.code) == (3, 3)
    assert "notes" in poll.err


def test_ingest_answers_as_a_mailbox_does_when_it_is_told_to(tmp_path: Path) -> None:
    with listening(Sink(), tmp_path) as sink:
        world = a_world(tmp_path, more=smtp(sink.port, 'first_pass = "send"\n'))
        stranger = Posted(sender="x@thu.example", files=["unheaded 1"])
        mails = [
            world.mail("a.eml", a_letter(Posted("P09", files=["xlsx P09 10"]))),
            world.mail("b.eml", a_letter(stranger)),
        ]
        ran = world.run("ingest", "--answer", *mails)
        to = [caught.to for caught in sink.caught]

    # The door of files proves nothing: a stranger is told nothing.
    assert to == [("p09@quan3.example",)]
    assert ran.code == 1


def test_a_person_s_word_lets_the_decision_go(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    doubted = Posted("P03", files=["xlsx P04 10"])
    dovecot.append(user, a_letter(doubted), JUNE)
    send = 'first_pass = "send"\n'
    with _office(dovecot, user, tmp_path, "", send) as (world, sink):
        assert world.run("poll").code == 1
        assert [_parsed(c.raw)["X-Hopthu-Purpose"] for c in sink.caught] == ["receipt"]
        ran = world.run("assign", "1", "P04")
        purposes = [_parsed(c.raw)["X-Hopthu-Purpose"] for c in sink.caught]
        last = _parsed(sink.caught[-1].raw)

    assert ran.code == 0, ran.err
    assert purposes == ["receipt", "decision"]
    assert last["To"] == "p03@quan3.example"


def test_a_file_name_from_an_old_windows_is_no_obstacle(tmp_path: Path) -> None:
    world = a_world(tmp_path, more=smtp(1, 'first_pass = "send"\n'))
    odd = os.fsencode(tmp_path / "notes") + b"/th\xff.eml"
    with open(odd, "wb") as file:
        file.write(a_letter(Posted("P09", files=["xlsx P09 10"])))
    # The answer must be UTF-8 whatever the locale of the terminal is.
    latin = {"PYTHONIOENCODING": "latin-1"}
    read = world.run("read", "--json", tmp_path / "notes", environ=latin)
    poll = world.run("poll")
    again = world.run("ingest", "--json", tmp_path / "notes", environ=latin)
    line, answer = again.lines("ingest_line")

    assert read.code == poll.code == again.code == 0, poll.err
    assert read.json("reading")["unit"]["name"] == "Phường 9"
    assert (line["state"], line["new"]) == ("processed", False)
    # Our own answer lies in the folder, too.
    assert (answer["state"], answer["reason"]) == ("ignored", "own")
    assert line["path"].endswith("/th\N{REPLACEMENT CHARACTER}.eml")
    assert world.json("reconcile", "reconcile")["complete"] is True


def _of_outlook(unit: str, kind: str) -> bytes:
    """Return a letter of a unit as a .msg: its header, text and files in properties."""
    letter = _parsed(a_letter(Posted(unit, files=[f"{kind} {unit} 10"])))
    header = "".join(f"{name}: {value}\r\n" for name, value in letter.items())
    (file,) = letter.iter_attachments()
    content = file.get_content()
    named: Values = {0x3707: file.get_filename() or "", 0x3701: content}
    return a_msg(Mail({0x007D: header, 0x1000: "Kính gửi Ban Dân vận."}, [named]))


def _of_notes(unit: str) -> bytes:
    mail = a_letter(Posted(unit, files=[f"docx {unit} 10"]))
    head = b"<?xml version='1.0'?><document xmlns='http://www.lotus.com/dxl'>"
    return head + b"<mime><![CDATA[" + mail + b"]]></mime></document>"


def test_mails_of_outlook_and_of_notes_are_taken_in_like_any(tmp_path: Path) -> None:
    world = a_world(tmp_path, more=smtp(1))
    outlook = world.mail("thu.msg", _of_outlook("P09", "xlsx"))
    notes = world.mail("thu.dxl", _of_notes("P10"))
    lines = world.run("ingest", "--json", outlook, notes).lines("ingest_line")
    read = world.run("read", "--json", outlook, notes).lines("reading")

    assert [(x["state"], x["units"], x["rows"]) for x in lines] == [
        ("processed", ["P09"], 10),
        ("processed", ["P10"], 10),
    ]
    assert [len(x["registrations"]) for x in read] == [10, 10]
    assert [x["message"]["from"]["address"] for x in read] == [
        "p09@quan3.example",
        "p10@quan3.example",
    ]


def test_a_table_is_read_out_of_every_container(tmp_path: Path) -> None:
    letter = _parsed(a_letter(Posted("P09", files=["xlsx P09 3"])))
    (file,) = letter.iter_attachments()
    name, content = "Phường 9/bảng đăng ký.xlsx", file.get_content()
    seven = io.BytesIO()
    with py7zr.SevenZipFile(seven, "w") as archive:
        archive.writestr(content, name)
    packed = {
        "a.zip": a_zip({name: content}),
        "a.7z": seven.getvalue(),
        "a4.rar": a_rar4({name: content}),
        "a5.rar": a_rar5({name: content}),
        "winmail.dat": a_tnef((b"a.xlsx", content, b"")),
        "thu.msg": _of_outlook("P09", "xlsx"),
    }
    world = a_world(tmp_path, more=smtp(1))
    paths = [world.mail(f"{n}.bin", payload) for n, payload in packed.items()]
    lines = world.run("read", "--json", *paths).lines("reading")

    for line in lines:
        roles = [(len(a["path"]), a["role"]) for a in line["attachments"]]
        assert roles == [(1, "other"), (2, "table")], line["path"]
        assert line["registrations"], line["path"]
