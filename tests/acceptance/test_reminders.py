"""Reminders over the contract's commands: a whole campaign, day by day, into a sink.

The clock is driven with `--now`. What left is compared with the table that a person
would write down from the plan, unit by unit.
"""

import contextlib
import csv
import io
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from daemon.__main__ import main
from tests.acceptance.contract import valid
from tests.acceptance.test_story import report
from tests.acceptance.world import (
    FOLDER_DOOR,
    ROOT,
    World,
    a_world,
    environment,
    imap,
    smtp,
)
from tests.builders.letters import ZONE, Posted, a_letter, address_of, write_directory
from tests.faults.waiting import until
from tests.neighbours.dovecot import Dovecot
from tests.neighbours.sink import Sink, listening

#: Who takes part, and what becomes of each is told below.
UNITS = ["P01", "P02", "P03", "P04", "P05", "P09", "P10", "P11", "P12", "P13", "P14"]
LEADER = "bithu.p14@quan3.example"
NO_LIMIT = "per_minute = 1000\nper_day = 1000\n"

#: Date -> who is written to, with the step and what is missing.
REGISTRATION = {
    "05-26": "before-14 everything: P02 P05 P09 P10 P11 P12 P14",
    "06-02": "before-7 everything: P02 P05 P11 P12 P14; some: P09; unreadable: P10",
    "06-04": "before-3 everything: P05 P11 P12 P14; some: P09; unreadable: P10",
    # P11 sent the table of P12: until somebody looks, neither is asked.
    "06-08": "before-1 everything: P05 P14 leader; some: P09; unreadable: P10",
    "06-11": "after-1 everything: P05 P11 P12 P14 leader; some: P09; unreadable: P10",
    "06-14": "after-4 everything: P05 P11 P12 P14 leader; unreadable: P10",
}
RESULTS = {
    "09-01": "opens everything: P01 P02 P05 P09 P10 P11 P12 P14",
    "09-20": "before-14 everything: P02 P05 P10 P11 P12 P14; some: P09",
    "09-27": "before-7 everything: P02 P05 P10 P11 P12 P14; some: P09",
    "10-01": "before-1 everything: P02 P05 P10 P11 P12 P14 leader; some: P09",
    "10-06": "after-1 everything: P02 P05 P10 P11 P12 P14 leader; some: P09",
    "10-11": "after-4 everything: P02 P05 P10 P11 P12 P14 leader; some: P09",
}


def wanted(line: str) -> set[tuple[str, str, str]]:
    """Return (address, step, missing) of a line above."""
    found = set()
    step = ""
    for part in line.split(";"):
        head, _, codes = part.partition(":")
        *named, missing = head.split()
        step = named[0] if named else step
        for code in codes.split():
            to = LEADER if code == "leader" else address_of(code)
            found.add((to, step, missing))
    return found


def on(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2021, month, day, hour, tzinfo=ZONE)


def directory(path: Path) -> None:
    """Write the units file of the few, one of them with a leader, one without mail."""
    write_directory(path, without=("P13",))
    with path.open(encoding="utf-8", newline="") as file:
        lines = [row for row in csv.DictReader(file) if row["code"] in UNITS]
    more = ("leader", "leader_address", "contact", "phone")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*lines[0], *more])
        writer.writeheader()
        for row in lines:
            own = dict.fromkeys(more, "")
            if row["code"] == "P14":
                own |= {"leader": "Ông Trần Văn B", "leader_address": LEADER}
            if row["code"] == "P13":
                own |= {"contact": "Bà Lê Thị C", "phone": "028 3930 0000"}
            writer.writerow(row | own)


@dataclass
class Season:
    """The office through the months; commands are asked in this process."""

    world: World
    sink: Sink
    #: Month and day -> what left that day: (address, step, missing).
    left: dict[str, set[tuple[str, str, str]]] = field(default_factory=dict)
    dry: dict[str, dict[str, Any]] = field(default_factory=dict)

    def ask(self, now: datetime, *words: str | Path) -> tuple[int, str]:
        given = ["--config", self.world.configuration, "--now", now.isoformat()]
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([str(word) for word in (*given, *words)])
        return code, out.getvalue()

    def take_in(self, when: datetime, raw: bytes) -> None:
        path = self.world.mail(f"{when:%m%d%H%M}.eml", raw, into=f"in-{when:%m%d%H%M}")
        code, _ = self.ask(when, "ingest", path, "--json")
        assert code in (0, 1)

    def morning(self, day: date) -> None:
        """Remind at eight; where anything left, again then and at noon. Keep it."""
        eight = datetime(day.year, day.month, day.day, 8, tzinfo=ZONE)
        name = f"{day:%m-%d}"
        _, shown = self.ask(eight, "remind", "--dry-run", "--json")
        self.dry[name] = valid("remind", shown)
        before = len(self.sink.taken)
        assert self.ask(eight, "remind")[0] in (0, 1)
        mails = [(m.to[0], m.raw) for m in self.sink.taken[before:]]
        if not mails:
            return
        for hour in (0, 4):
            assert self.ask(eight + timedelta(hours=hour), "remind")[0] in (0, 1)
        assert len(self.sink.taken) == before + len(mails)
        self.left[name] = {self._told(to, raw) for to, raw in mails}
        assert len(mails) == len(self.left[name])

    def _told(self, to: str, raw: bytes) -> tuple[str, str, str]:
        _, shown = self.ask(on(12, 1), "outbox", "--kind", "reminder", "--json")
        ident = message_from_bytes(raw)["Message-ID"]
        items = valid("outbox", shown)["items"]
        (item,) = (i for i in items if i["message_id"] == ident)
        (due,) = (
            d["missing"]
            for d in self.dry[item["created"][5:10]]["due"]
            if d["to"] == [to] and d["unit"] in item["units"]
        )
        return to, item["step"], due

    def mail_to(self, code: str, step: str) -> EmailMessage:
        """Return the mail of a step that a unit got."""
        _, shown = self.ask(on(12, 1), "outbox", "--kind", "reminder", "--json")
        items = valid("outbox", shown)["items"]
        (ident,) = (
            i["message_id"]
            for i in items
            if i["to"] == [address_of(code)] and i["step"] == step
            if i["state"] == "sent"
        )
        (found,) = (
            mail
            for raw in (m.raw for m in self.sink.taken)
            if (mail := message_from_bytes(raw, policy=policy.default))["Message-ID"]
            == ident
        )
        return found


@pytest.fixture(scope="module")
def sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sink]:
    with listening(Sink(), tmp_path_factory.mktemp("certificates")) as server:
        yield server


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory, sink: Sink) -> Season:
    """From 15 May to the middle of October, every morning."""
    rules = '[reminders]\nleader_from = "before-1"\n'
    world = a_world(
        tmp_path_factory.mktemp("season"), more=smtp(sink.port, NO_LIMIT) + rules
    )
    directory(world.folder / "units.csv")
    season = Season(world, sink)
    happened = _happenings(season)
    day = date(2021, 5, 15)
    while day <= date(2021, 10, 15):
        season.morning(day)
        happened.get(day, lambda: None)()
        # Nothing falls between the phases: the summer is short.
        summer = date(2021, 6, 20) < day < date(2021, 8, 28)
        day += timedelta(days=7 if summer else 1)
    return season


def _happenings(season: Season) -> dict[date, Any]:
    def sends(code: str, when: datetime, *files: str) -> Any:
        raw = a_letter(Posted(code, files=files, received=when))
        return lambda: season.take_in(when, raw)

    def person(when: datetime, *words: str) -> Any:
        return lambda: season.ask(when, *words, "--why", "trao đổi qua điện thoại")

    def reports(code: str, when: datetime, works: slice) -> Any:
        def send() -> None:
            _, shown = season.ask(when, "units", "show", code, "--json")
            rows = valid("unit", shown)["submissions"][0]["rows"]
            titles = [row["title"] for row in rows][works]
            season.take_in(when, report(code, titles, when))

        return send

    def decided(when: datetime, *words: str) -> None:
        _, shown = season.ask(when, "messages", "--state", "held", "--json")
        (held,) = valid("messages", shown)["messages"]
        verb, *more = words
        assert season.ask(when, verb, str(held["id"]), *more)[0] == 0

    def completed() -> None:
        # A file proves no sender: a person lets it replace what stands.
        sends("P09", on(6, 12), "xlsx P09 10")()
        decided(on(6, 12), "accept", "--mode", "replacement")

    def rejected() -> None:
        decided(on(6, 10), "reject", "--why", "bảng của đơn vị khác")

    return {
        date(2021, 5, 20): sends("P01", on(5, 20), "xlsx P01 10"),
        date(2021, 5, 25): person(on(5, 25), "record", "P03", "--nil"),
        date(2021, 5, 24): person(on(5, 24), "excuse", "P04"),
        date(2021, 5, 30): sends("P09", on(5, 30), "xlsx P09 8"),
        date(2021, 6, 1): sends("P10", on(6, 1), "damaged P10"),
        date(2021, 6, 3): sends("P02", on(6, 3), "xlsx P02 10"),
        date(2021, 6, 7): sends("P11", on(6, 7), "xlsx P12 10"),
        date(2021, 6, 10): rejected,
        date(2021, 6, 12): completed,
        date(2021, 9, 15): reports("P01", on(9, 15), slice(None)),
        date(2021, 9, 16): reports("P09", on(9, 16), slice(0, 4)),
    }


def test_every_reminder_of_the_campaign_is_the_one_that_a_person_expects(
    season: Season,
) -> None:
    expected = {day: wanted(line) for day, line in (REGISTRATION | RESULTS).items()}
    assert season.left == expected


def test_the_dry_run_says_before_what_leaves_then(season: Season) -> None:
    for day, shown in season.dry.items():
        said = {(d["to"][0], d["step"], d["missing"]) for d in shown["due"]}
        assert said == season.left.get(day, set()), day


def test_who_has_no_address_is_named_on_every_step_and_on_no_other_day(
    season: Season,
) -> None:
    named = {day for day, shown in season.dry.items() if "P13" in shown["no_address"]}
    # Nobody was told by mail, so that each step speaks for two days.
    steps = [date.fromisoformat(f"2021-{d}") for d in REGISTRATION | RESULTS]
    days = {f"{step + timedelta(days=n):%m-%d}" for step in steps for n in (0, 1, 2)}
    assert set(REGISTRATION | RESULTS) <= named <= days
    assert all("P13" not in {d["unit"] for d in s["due"]} for s in season.dry.values())


def test_status_and_units_show_count_what_left(season: Season) -> None:
    units = season.world.json("status", "status")["units"]
    counted = {u["code"]: u["reminders"] for u in units}
    left = [to for told in season.left.values() for to, _, _ in told]
    assert counted == {code: left.count(address_of(code)) for code in UNITS}
    _, told = season.ask(on(12, 1), "units", "show", "P14")
    assert "Đã nhắc lúc 26/05/2021 08:00: đăng ký before-14, gửi p14@" in told
    shown = season.world.json("unit", "units", "show", "P14")["reminders"]
    assert len(shown) == counted["P14"] + left.count(LEADER)
    assert shown[0] == {
        "phase": "registration",
        "step": "before-14",
        "to": [address_of("P14")],
        "sent_at": "2021-05-26T08:00:00+07:00",
    }


def test_the_first_mail_carries_the_form_and_the_opening_the_units_own_works(
    season: Season,
) -> None:
    def files(code: str, step: str) -> list[str | None]:
        mail = season.mail_to(code, step)
        return [part.get_filename() for part in mail.iter_attachments()]

    assert files("P05", "before-3") == []
    (opening,) = files("P09", "opens")
    assert opening is not None
    assert opening.endswith("P09.xlsx")
    attached = next(season.mail_to("P09", "opens").iter_attachments())
    payload = attached.get_content()
    from openpyxl import load_workbook

    cells = [
        str(cell.value)
        for row in load_workbook(io.BytesIO(payload)).active.iter_rows()
        for cell in row
    ]
    rows = season.world.json("unit", "units", "show", "P09")["submissions"]
    titles = [row["title"] for row in rows[1]["rows"]]
    assert len(titles) == 10
    assert set(titles) <= set(cells)


def test_the_words_are_courteous_and_name_the_stricter_date(season: Season) -> None:
    for caught in season.sink.taken:
        mail = message_from_bytes(caught.raw, policy=policy.default)
        subject, body = mail["Subject"], mail.get_body(("plain",))
        assert body is not None
        text = body.get_content()
        assert mail["X-Hopthu-Kind"] == "reminder"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["List-Unsubscribe"] is None
        for word in ("vi phạm", "trễ hạn", "quá hạn"):
            assert word not in subject.lower()
        assert "đồng chí" not in text.lower()
        assert text.startswith("Kính gửi: ")
        assert "Trân trọng." in text
        assert "09/06/2021" in text or "04/10/2021" in text
        assert "10/06/2021" not in text
        assert "05/10/2021" not in text


def due(world: World, now: str) -> dict[str, Any]:
    ran = world.run("remind", "--dry-run", "--json", now=now)
    assert ran.code == 0, ran.err
    found: dict[str, Any] = ran.json("remind")
    return found


def test_a_dry_run_changes_nothing_and_needs_no_mail_server(tmp_path: Path) -> None:
    world = a_world(tmp_path, more=smtp(1))
    first = due(world, "2021-06-08T08:00:00+07:00")
    assert len(first["due"]) == 97
    assert due(world, "2021-06-08T08:00:00+07:00") == first
    assert world.json("outbox", "outbox")["items"] == []
    ward = next(d for d in first["due"] if d["unit"] == "P09")
    assert ward["campaign"] == "41-KH/QU"
    assert (ward["phase"], ward["step"]) == ("registration", "before-1")
    assert ward["to"] == ["p09@quan3.example"]
    assert "09/06/2021" in ward["why"]


def test_without_a_mail_server_they_wait_and_the_exit_code_says_so(
    tmp_path: Path,
) -> None:
    world = a_world(tmp_path, more=smtp(1))
    ran = world.run("remind", "--json", now="2021-06-08T08:00:00+07:00")
    assert ran.code == 3
    assert len(ran.json("remind")["due"]) == 97
    states = {i["state"] for i in world.json("outbox", "outbox")["items"]}
    assert states == {"pending"}
    again = world.run("remind", "--json", now="2021-06-08T08:05:00+07:00")
    assert again.json("remind")["due"] == []
    assert len(world.json("outbox", "outbox")["items"]) == 97


def test_what_a_person_must_release_waits_and_the_budget_is_kept(
    tmp_path: Path, sink: Sink
) -> None:
    before = len(sink.taken)
    more = 'release = "by_person"\nper_minute = 20\n'
    world = a_world(tmp_path, FOLDER_DOOR, smtp(sink.port, more))
    at = "2021-06-08T08:0{}:00+07:00"
    assert world.run("remind", now=at.format(0)).code == 1
    assert world.run("poll", now=at.format(1)).code == 1
    assert len(sink.taken) == before
    assert world.run("outbox", "release", "--all", now=at.format(2)).code == 0
    assert world.run("remind", now=at.format(3)).code == 1
    assert len(sink.taken) == before + 20
    assert world.run("poll", now=at.format(5)).code == 1
    assert len(sink.taken) == before + 40


def test_poll_sends_reminders_that_stand_there_and_queues_none(
    tmp_path: Path, sink: Sink
) -> None:
    world = a_world(tmp_path, FOLDER_DOOR, smtp(sink.port, NO_LIMIT))
    assert world.run("poll", now="2021-06-08T08:00:00+07:00").code == 0
    assert world.json("outbox", "outbox")["items"] == []


def test_the_daemon_looks_into_the_mailbox_before_it_reminds(
    tmp_path: Path, sink: Sink, dovecot: Dovecot, user: str
) -> None:
    """P09's table lies in the mailbox when the daemon starts, an hour too late."""
    before, start = len(sink.taken), "2021-06-08T09:00:00+07:00"
    table = a_letter(Posted("P09", files=["xlsx P09 10"], received=on(6, 8, 7)))
    dovecot.append(user, table, on(6, 8, 7))
    more = smtp(sink.port, NO_LIMIT + 'first_pass = "send"\n')
    world = a_world(tmp_path, imap(dovecot.port, user, tmp_path), more)
    command = [sys.executable, "-m", "daemon", "--config", world.configuration]
    running = subprocess.Popen(
        [*command, "--now", start, "run"],
        cwd=ROOT,
        env=environment(world.home),
        stderr=subprocess.DEVNULL,
    )
    try:
        # 96 reminders and the answer to P09; and no 98th while nobody asks for it.
        until(lambda: len(sink.taken) >= before + 97)
    finally:
        running.send_signal(signal.SIGTERM)
        assert running.wait(30) == 0
    mails = [message_from_bytes(m.raw) for m in sink.taken[before:]]
    reminded = [m["To"] for m in mails if m["X-Hopthu-Kind"] == "reminder"]
    assert len(reminded) == len(set(reminded)) == 96
    assert address_of("P09") not in reminded
    again = world.run("remind", "--json", now="2021-06-08T10:00:00+07:00")
    assert (again.code, again.json("remind")["due"]) == (0, [])
    assert len(sink.taken) == before + 97
