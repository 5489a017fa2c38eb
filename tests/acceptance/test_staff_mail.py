"""What the staff is told, by the commands: the daily digest, and what is amiss."""

import email
import email.policy
import io
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from openpyxl import load_workbook

from tests.acceptance.world import ROOT, World, a_world, environment, imap, smtp
from tests.builders.letters import ZONE, Posted, a_letter
from tests.neighbours.dovecot import Dovecot
from tests.neighbours.sink import Caught, Sink, listening

STAFF, CHIEF = "phutrach@q3.example", "truongban@q3.example"
REPORTS = (
    f'[digest]\nrecipients = ["{STAFF}", "{CHIEF}"]\n'
    f'[alerts]\nrecipients = ["{STAFF}"]\n'
)
JUNE = Posted().received
TUESDAY, WEDNESDAY = "2021-06-08T09:00:00+07:00", "2021-06-09T07:45:00+07:00"
SATURDAY, EARLY = "2021-06-12T09:00:00+07:00", "2021-06-08T07:00:00+07:00"


@contextmanager
def _office(
    dovecot: Dovecot, user: str, folder: Path, more: str = "", door: str = ""
) -> Iterator[tuple[World, Sink]]:
    with listening(Sink(), folder) as sink:
        doors = imap(dovecot.port, user, folder, door)
        server = smtp(sink.port, 'first_pass = "send"\n')
        yield a_world(folder, doors, server + REPORTS + more), sink


def _of(sink: Sink, kind: str) -> list[tuple[str, EmailMessage]]:
    """Return recipient and mail of everything of that kind that was taken."""
    mails = [(c.to[0], _parsed(c)) for c in sink.taken]
    return [(to, mail) for to, mail in mails if mail["X-Hopthu-Kind"] == kind]


def _parsed(caught: Caught) -> EmailMessage:
    found = email.message_from_bytes(caught.raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def _text(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_the_digest_goes_once_a_day_to_each_and_says_everything(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    for code, recipe in (("P09", "xlsx P09 10"), ("P10", "docx P10 3")):
        dovecot.append(user, a_letter(Posted(code, files=[recipe])), JUNE)
    stranger = Posted(sender="a@thu.example", files=["xlsx P11 10"], proven=False)
    dovecot.append(user, a_letter(stranger), JUNE)
    junk = Posted(sender="qc@cuahang.example", subject="Ưu đãi", text="Giảm giá")
    dovecot.append(user, a_letter(junk), JUNE)
    with _office(dovecot, user, tmp_path) as (world, sink):
        assert world.run("poll").code == 1
        assert _of(sink, "digest") == []
        assert world.run("digest", now=EARLY).code == 0
        assert world.run("digest", now=SATURDAY).code == 0
        shown = world.run("digest", "--dry-run")
        assert shown.code == 0
        assert _of(sink, "digest") == []

        assert world.run("digest", now=TUESDAY).code == 0
        first = _of(sink, "digest")
        assert [to for to, _ in first] == [STAFF, CHIEF]
        assert world.run("digest", now="2021-06-08T23:59:00+07:00").code == 0
        assert len(_of(sink, "digest")) == 2

        _judge(first[0][1], shown.out)
        _judge_next_day(world, sink, dovecot, user)


def _judge(mail: EmailMessage, shown: str) -> None:
    text, page = _text(mail), _text(mail, "html")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Subject"].startswith("Báo cáo ngày 08/06/2021: 2/97 đơn vị")
    assert text.splitlines() == shown.splitlines()
    (held,) = re.findall(r"Thư số (\d+) \(địa chỉ gửi chưa có trong danh bạ", text)
    assert f"/messages/{held}" in text
    for told in (
        "Hộp thư gmail/INBOX có 4 thư, đã xử lý 4 thư",
        "Thư không thuộc nội dung tiếp nhận: 1.",
        "Phường 10 (3/10)",
        "có thể là: Phường 11",
        "2/97 đơn vị, 13/216 công trình",
    ):
        assert told in text, told
        bare = re.sub(r"<[^<>]*>", "", page)
        assert told in bare or "đơn vị" in told or "(3/10)" in told, told
    (file,) = mail.iter_attachments()
    book = load_workbook(io.BytesIO(file.get_payload(decode=True)))
    cells = [str(c) for row in book.worksheets[0].values for c in row if c]
    assert "Phường 9" in cells
    assert not re.search(r"<(?:img|a|link|style|script)\b|url\(|src=", page)


def _judge_next_day(world: World, sink: Sink, dovecot: Dovecot, user: str) -> None:
    late = datetime(2021, 6, 8, 15, tzinfo=ZONE)
    letter = a_letter(Posted("P11", files=["docx P11 10"], received=late))
    dovecot.append(user, letter, late)
    world.run("poll", now="2021-06-08T16:00:00+07:00")
    assert world.run("digest", now=WEDNESDAY).code == 0
    (mail, *_) = [m for to, m in _of(sink, "digest") if "09/06" in m["Subject"]]
    text = _text(mail)
    (new,) = re.findall(r"MỚI GỬI KỂ TỪ BÁO CÁO TRƯỚC: (\d+)\n- (.*) \(", text)
    assert new == ("1", "Phường 11")
    assert "Báo cáo trước: 09:00 ngày 08/06/2021." in text


def test_a_digest_is_written_to_a_file_and_stored_nowhere(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    with _office(dovecot, user, tmp_path) as (world, sink):
        for name, start in (("a.html", b"<!DOCTYPE"), ("a.txt", "Kính".encode())):
            assert world.run("digest", "--to", tmp_path / name).code == 0
            assert (tmp_path / name).read_bytes().lstrip().startswith(start)
        assert world.run("digest", "--to", tmp_path / "a.eml").code == 0
        mail = email.message_from_bytes((tmp_path / "a.eml").read_bytes())
        assert mail["X-Hopthu-Kind"] == "digest"
        assert world.run("digest", "--to", tmp_path / "no" / "a.eml").code == 2
        assert world.json("outbox", "outbox")["items"] == []
        assert sink.caught == []


def test_a_digest_that_finds_no_mail_server_ends_with_three_and_leaves_later(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    with _office(dovecot, user, tmp_path) as (world, sink):
        sink.always["CONNECT"] = "421 too busy"
        gone = world.run("digest", now=TUESDAY)
        assert gone.code == 3
        assert "Không gửi được thư" in gone.err
        sink.always.clear()
        assert world.run("digest", now="2021-06-08T09:30:00+07:00").code == 0
        assert len(_of(sink, "digest")) == 2


def test_if_changed_sends_when_there_is_something_to_tell_only(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    with _office(dovecot, user, tmp_path) as (world, sink):
        settings = world.configuration.read_text("utf-8")
        told = settings.replace("[digest]\n", '[digest]\nwhen = "if_changed"\n')
        world.configuration.write_text(told, "utf-8")
        world.run("digest", now=TUESDAY)
        assert len(_of(sink, "digest")) == 2
        world.run("digest", now=WEDNESDAY)
        assert len(_of(sink, "digest")) == 2
        dovecot.append(user, a_letter(Posted("P09", files=["xlsx P09 10"])), JUNE)
        world.run("poll", now="2021-06-09T16:00:00+07:00")
        world.run("digest", now=SATURDAY)
        assert len(_of(sink, "digest")) == 4


def test_a_secret_mail_is_told_once_by_its_number_and_quoted_nowhere(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    letter = Posted("P09", subject="Kế hoạch đặc biệt", files=["secret P09 3"])
    dovecot.append(user, a_letter(letter), JUNE)
    with _office(dovecot, user, tmp_path) as (world, sink):
        world.run("poll")
        world.run("poll", now="2021-06-08T12:00:00+07:00")
        world.run("reprocess", "--held")
        world.run("poll", now="2021-06-08T13:00:00+07:00")
        ((to, alert),) = _of(sink, "alert")
        (held,) = world.json("messages", "messages", "--state", "held")["messages"]
        assert to == STAFF
        assert (held["reason"], str(held["id"]) in _text(alert)) == ("secret", True)
        world.run("digest", now=TUESDAY)
        digest = _of(sink, "digest")[0][1]
        assert f"Thư số {held['id']} (văn bản có dấu mật; xem tại:" in _text(digest)
        for mail in (alert, digest):
            whole = _text(mail) + _text(mail, "html") + mail["Subject"]
            for word in ("đặc biệt", "p09@", "Phường 9 (văn"):
                assert word not in whole
        assert _of(sink, "acknowledgement") == []


def test_a_refused_login_is_told_once_and_its_end_once(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    with _office(dovecot, user, tmp_path) as (world, sink):
        assert world.run("poll").code == 0
        (tmp_path / "password").write_text("wrong")
        for hour in (10, 11):
            assert world.run("poll", now=f"2021-06-08T{hour}:00:00+07:00").code == 3
        ((_, begun),) = _of(sink, "alert")
        assert begun["Subject"].startswith("Cảnh báo: gmail từ chối tên đăng nhập")
        (tmp_path / "password").write_text("pw")
        for hour in (12, 13):
            assert world.run("poll", now=f"2021-06-08T{hour}:00:00+07:00").code == 0
        (_, (_, over)) = _of(sink, "alert")
        assert over["Subject"].startswith("Đã trở lại bình thường: gmail đã nhận")
        assert "wrong" not in _text(begun)


def test_a_login_that_never_worked_is_told_too(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    with _office(dovecot, user, tmp_path) as (world, sink):
        (tmp_path / "password").write_text("wrong")
        assert world.run("poll").code == 3
        assert len(_of(sink, "alert")) == 1


def test_a_full_disk_is_told_once_and_its_end_once(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    floor = "[storage]\ndisk_floor_mib = 100000000\n"
    with _office(dovecot, user, tmp_path, floor) as (world, sink):
        for hour in (10, 11):
            world.run("poll", now=f"2021-06-08T{hour}:00:00+07:00")
        assert [m["Subject"] for _, m in _of(sink, "alert")] == [
            "Cảnh báo: đĩa của máy chủ gần đầy"
        ]
        settings = world.configuration.read_text("utf-8")
        world.configuration.write_text(settings.replace(floor, ""), "utf-8")
        for hour in (12, 13):
            world.run("poll", now=f"2021-06-08T{hour}:00:00+07:00")
        assert len(_of(sink, "alert")) == 2


def test_mail_that_waits_too_long_is_told_when_the_server_is_back(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    dovecot.append(user, a_letter(Posted("P09", files=["xlsx P09 10"])), JUNE)
    with _office(dovecot, user, tmp_path) as (world, sink):
        sink.always["CONNECT"] = "421 too busy"
        for hour in ("09:00", "09:20", "09:40", "10:20"):
            world.run("poll", now=f"2021-06-08T{hour}:00+07:00")
        alerts = world.json("outbox", "outbox", "--kind", "alert")["items"]
        assert [(a["state"], a["step"]) for a in alerts] == [("pending", "begin")]
        sink.always.clear()
        world.run("poll", now="2021-06-08T13:00:00+07:00")
        assert [m["X-Hopthu-Kind"] for m in map(_parsed, sink.taken)] == [
            "alert",
            "acknowledgement",
            "alert",
        ]


def test_a_refused_recipient_is_told_and_counted_against_the_address(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    dovecot.append(user, a_letter(Posted("P09", files=["xlsx P09 10"])), JUNE)
    dovecot.append(user, a_letter(Posted("P10", files=["docx P10 10"])), JUNE)
    with _office(dovecot, user, tmp_path) as (world, sink):
        sink.recipients["p09@quan3.example"] = "550 5.1.1 no such user"
        world.run("poll")
        assert [to for to, _ in _of(sink, "acknowledgement")] == ["p10@quan3.example"]
        ((_, alert),) = _of(sink, "alert")
        assert alert["Subject"] == "Cảnh báo: có thư không gửi được"
        unit = world.json("unit", "units", "show", "P09")
        assert [a["health"] for a in unit["addresses"]] == ["bouncing"]
        shown = world.run("digest", "--dry-run").out
        assert "THƯ ĐI CHƯA GỬI ĐƯỢC: 1" in shown
        assert "5.1.1 no such user" in shown


@contextmanager
def _running(world: World, now: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the daemon; it is killed, not asked, at the end of the block."""
    words = ["--config", str(world.configuration), "--now", now, "run"]
    with (world.folder / "run.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "daemon", *words],
            cwd=ROOT,
            env=environment(world.home),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def _wait_for(sink: Sink, kind: str, count: int, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while len(_of(sink, kind)) < count:
        assert time.monotonic() < end, [c.to for c in sink.taken]
        time.sleep(0.1)


def test_run_makes_the_digest_at_its_hour_once_over_kills_and_tells_a_secret_at_once(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    with _office(dovecot, user, tmp_path) as (world, sink):
        settings = world.configuration.read_text("utf-8")
        page = '[web]\nbind = "127.0.0.1:0"\n'
        world.configuration.write_text(settings + page, "utf-8")
        with _running(world, "2021-06-08T07:29:40+07:00"):
            _wait_for(sink, "digest", 2)
        sent = [m["Date"] for _, m in _of(sink, "digest")]
        assert all("07:3" in date for date in sent)
        with _running(world, "2021-06-08T07:31:00+07:00"):
            letter = Posted("P09", files=["secret P09 3"])
            dovecot.append(user, a_letter(letter), JUNE)
            _wait_for(sink, "alert", 1)
        with _running(world, "2021-06-08T11:00:00+07:00"):
            world_alert = Posted("P10", files=["docx P10 10"])
            dovecot.append(user, a_letter(world_alert), JUNE)
            _wait_for(sink, "acknowledgement", 1)
        assert len(_of(sink, "digest")) == 2
        assert len(_of(sink, "alert")) == 1
