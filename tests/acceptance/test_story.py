"""A whole campaign of 97 units by `ingest`, one call a day, from table to report.

Every day's mails are read and decided in one go. At the end the status table is the
one that hand-written SQL counts out of the rows, and lateness follows a moved deadline.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from email import message_from_bytes
from typing import Any

import pytest

from daemon.demo.samples import Letter, Sender, attached, write
from tests.acceptance.world import CAMPAIGN, NOW, ROOT, World, a_world, smtp
from tests.builders.letters import (
    ZONE,
    Posted,
    a_file,
    a_letter,
    address_of,
    unit_names,
)
from tests.neighbours.sink import Sink, listening

QUOTA = {"phuong": 10, "mttq_doan_the": 2, "dang_bo_co_so": 2}
#: Who does not simply send what is owed on the first day.
LATE, NIL, FEW, MANY, NEVER = "P14", "CB-TK", "P13", "MN-01", "TH-16"
#: Whose table comes on paper, who says by telephone that there is nothing, who owes
#: nothing, and whose table comes from a private address.
PAPER, PHONE, EXCUSED, PRIVATE = "P12", "CB-KBNN", "CB-BHXH", "P11"
BY_PEOPLE = frozenset({PAPER, PHONE, EXCUSED, PRIVATE})
WHY = ("--why", "ghi theo bản giấy, điện thoại của đơn vị")

#: Counted by hand: the version received last, its rows against what the plan asks. What
#: staff excuse and record is counted as what comes by mail.
BY_HAND = """
WITH counting AS (
    SELECT * FROM submissions
    WHERE campaign = '41-KH/QU' AND phase = 'registration'
      AND state IN ('accepted', 'partial')
      AND id NOT IN (SELECT submission FROM withdrawals)
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY unit
        ORDER BY received DESC, coalesce(message, 1e9) DESC, version DESC) AS place,
        count(*) OVER (PARTITION BY unit) AS versions
    FROM counting
)
SELECT u.code, coalesce(n.rows, 0), coalesce(r.versions, 0),
    CASE WHEN r.id IS NULL AND u.code IN (SELECT unit FROM acts a
              WHERE verb = 'excuse' AND phase = 'registration'
              AND NOT EXISTS (SELECT 1 FROM acts b WHERE b.undoes = a.event))
         THEN 'excused'
         WHEN r.id IS NULL THEN 'missing'
         WHEN n.rows IS NULL THEN 'nil'
         WHEN n.rows < c.quota THEN 'partial'
         WHEN n.rows > c.quota THEN 'over' ELSE 'complete' END,
    coalesce((SELECT late FROM counting f WHERE f.unit = u.code
              ORDER BY received, message LIMIT 1), 0)
FROM units u
JOIN campaign_categories c ON c.code = u.category AND c.campaign = '41-KH/QU'
LEFT JOIN ranked r ON r.unit = u.code AND r.place = 1
LEFT JOIN (SELECT submission, count(*) AS rows FROM registrations GROUP BY submission) n
    ON n.submission = r.id
ORDER BY u.position
"""


def on(day: int, month: int = 6, hour: int = 9) -> datetime:
    return datetime(2021, month, day, hour, tzinfo=ZONE)


def categories(world: World) -> dict[str, str]:
    with closing(sqlite3.connect(world.database)) as connection:
        return dict(connection.execute("SELECT code, category FROM units"))


def table(
    code: str, rows: str, when: datetime, text: str = "Gửi Ban Dân vận bảng đăng ký."
) -> bytes:
    """The unit's table, in a file whose name says nothing of it."""
    name = unit_names()[code]
    letter = Letter(f"{name} gửi bảng đăng ký", text)
    files = [attached("bang-dang-ky.xlsx", _payload(f"xlsx {code} {rows}"))]
    return write(Sender(name, address_of(code)), letter, when, files)


def _payload(recipe: str) -> bytes:
    payload = a_file(recipe).get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload


def words(code: str, text: str, when: datetime) -> bytes:
    return a_letter(Posted(code, subject="Re: Đăng ký", text=text, received=when))


def report(code: str, titles: list[str], when: datetime) -> bytes:
    cells = "".join(
        f"<tr><td>{n}</td><td>{title}</td><td>Đã hoàn thành</td></tr>"
        for n, title in enumerate(titles, 1)
    )
    head = "<tr><td>STT</td><td>Tên công trình</td><td>Kết quả thực hiện</td></tr>"
    page = f"<p>BÁO CÁO KẾT QUẢ</p><table>{head}{cells}</table>"
    letter = Letter("Báo cáo kết quả thực hiện", "Báo cáo kết quả.", page)
    return write(Sender(unit_names()[code], address_of(code)), letter, when)


class Campaign:
    """The office through the months, a folder of mails a day."""

    def __init__(self, world: World, sink: Sink) -> None:
        self.world = world
        self.sink = sink
        self.now = NOW

    def staff(self, *words: str) -> int:
        """Run a command as staff do, on the last day that was told of."""
        return self.world.run(*words, now=self.now).code

    def day(self, when: datetime, *mails: bytes) -> Counter[tuple[str, str | None]]:
        folder = f"{when:%m-%d}"
        for number, raw in enumerate(mails):
            self.world.mail(f"{number:03}.eml", raw, into=folder)
        self.now = when.replace(hour=17).isoformat()
        path = self.world.folder / folder
        ran = self.world.run("ingest", path, "--answer", "--json", now=self.now)
        lines = ran.lines("ingest_line")
        return Counter((line["state"], line["reason"]) for line in lines)

    def held(self) -> dict[str, str]:
        """Return the held mails' numbers by reason."""
        lines = self.world.json("messages", "messages", "--state", "held")["messages"]
        return {line["reason"]: str(line["id"]) for line in lines}

    def units(self) -> dict[str, dict[str, Any]]:
        ran = self.world.run("status", "--json", now=self.now)
        assert ran.code == 0, ran.err
        found = ran.json("status")["units"]
        return {unit["code"]: unit for unit in found}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campaign]:
    """The registration of all units, until the day after the deadline."""
    folder = tmp_path_factory.mktemp("story")
    with listening(Sink(), folder) as sink:
        limits = 'per_minute = 1000\nfirst_pass = "send"\n'
        world = a_world(folder, more=smtp(sink.port, limits))
        yield _until_the_deadline(Campaign(world, sink))


def _until_the_deadline(campaign: Campaign) -> Campaign:
    world = campaign.world
    world.json("status", "status")
    owed = {c: QUOTA.get(kind, 1) for c, kind in categories(world).items()}
    assert len(owed) == 97
    odd = {LATE, NIL, FEW, MANY, NEVER, *BY_PEOPLE}
    plain = [c for c in owed if c not in odd]
    assert len(plain) == len(owed) - len(odd)
    first = [table(code, str(owed[code]), on(1)) for code in plain]
    assert campaign.day(on(1), *first) == {("processed", None): len(plain)}

    second = campaign.day(
        on(4),
        table(FEW, "4", on(4)),
        table(MANY, "3", on(4)),
        words(NIL, "Đơn vị không có công trình đăng ký.", on(4)),
        table("P01", "10", on(4), text="Gửi lại."),
        table("P02", "9 1", on(4), text="Gửi lại, thay thế."),
        table("P03", "4 0", on(4), text="Phường 10 gửi bảng."),
    )
    assert second == {
        ("processed", None): 3,
        ("processed", "nothing_changed"): 1,
        ("held", "replacement_unconfirmed"): 1,
        ("held", "unit_mismatch"): 1,
    }
    third = campaign.day(
        on(9),
        table(FEW, "3 5", on(9), text="Đăng ký bổ sung."),
        words("P04", "3 thời gian: 15/9/2021", on(9)),
        words("P05", "Mẫu đăng ký", on(9)),
    )
    assert third == {
        ("processed", None): 1,
        ("held", "correction_unclear"): 1,
        ("processed", "request"): 1,
    }
    _what_staff_decide(campaign)
    assert campaign.day(on(11), table(LATE, "10", on(11))) == {("processed", None): 1}
    return campaign


def _what_staff_decide(campaign: Campaign) -> None:
    private = Posted(PRIVATE, sender="hoa.tran@mail.example", files=["docx P11 10"])
    assert campaign.day(on(10), a_letter(private)) == {("held", "sender_unknown"): 1}
    paper = campaign.world.mail("P12.docx", _payload(f"docx {PAPER} 9"), into="paper")
    assert campaign.staff("record", PAPER, str(paper), *WHY) == 0
    assert campaign.staff("amend", PAPER, "2", "time", "15/9/2021", *WHY) == 0
    assert campaign.staff("record", PHONE, "--nil", *WHY) == 0
    for code in (EXCUSED, NEVER):
        assert campaign.staff("excuse", code, *WHY) == 0
    events = campaign.world.json("unit", "units", "show", NEVER)["events"]
    (event,) = [e["id"] for e in events if e["what"] == "excuse"]
    assert campaign.staff("undo", str(event), *WHY) == 0
    held = campaign.held()
    assert campaign.staff("accept", held["sender_unknown"]) == 0
    assert campaign.staff("accept", held["correction_unclear"]) == 0
    assert campaign.staff("reject", held["unit_mismatch"], *WHY) == 0


def test_the_status_table_is_the_one_that_is_counted_by_hand(told: Campaign) -> None:
    shown = [
        (u["code"], u["registered"], u["versions"], u["state"], u["late"])
        for u in told.units().values()
    ]
    with closing(sqlite3.connect(told.world.database)) as connection:
        counted = [
            (code, rows, versions, state, bool(late))
            for code, rows, versions, state, late in connection.execute(BY_HAND)
        ]
    assert sorted(shown) == sorted(counted)
    assert len(shown) == 97


def test_every_oddity_of_the_registration_ended_where_it_should(told: Campaign) -> None:
    units = told.units()
    assert (units[NEVER]["state"], units[NIL]["state"]) == ("missing", "nil")
    assert (units[FEW]["state"], units[FEW]["registered"]) == ("partial", 7)
    assert (units[MANY]["state"], units[MANY]["registered"]) == ("over", 3)
    assert (units["P02"]["registered"], units["P02"]["versions"]) == (10, 1)
    assert units["P03"]["registered"] == 10
    assert {code for code, u in units.items() if u["late"]} == {LATE}


def test_what_staff_decided_counts_as_what_came_by_mail(told: Campaign) -> None:
    units = told.units()
    assert (units[PAPER]["state"], units[PAPER]["registered"]) == ("partial", 9)
    assert (units[PHONE]["state"], units[EXCUSED]["state"]) == ("nil", "excused")
    assert (units[PRIVATE]["state"], units[PRIVATE]["registered"]) == ("complete", 10)
    shown = told.world.json("unit", "units", "show", PAPER)["submissions"]
    assert [one["kind"] for one in shown] == ["recorded", "amended"]
    assert (shown[1]["rows"][1]["time"], shown[1]["rows"][1]["end"]) == (
        "15/9/2021",
        "2021-09-15",
    )
    changed = told.world.json("unit", "units", "show", "P04")["submissions"]
    assert [one["rows"][2]["time"] for one in changed][1:] == ["15/9/2021"]
    assert sum(u["state"] == "missing" for u in units.values()) == 1


def test_every_table_is_answered_once_and_to_whoever_sent_it(told: Campaign) -> None:
    mails = told.world.json("messages", "messages")["messages"]
    by_receipt = {line["receipt"]: line for line in mails}
    sent = [message_from_bytes(mail.raw) for mail in told.sink.taken]
    told_of = Counter((m["X-Hopthu-Receipt"], m["X-Hopthu-Purpose"]) for m in sent)
    assert set(told_of.values()) == {1}
    for mail, caught in zip(sent, told.sink.taken, strict=True):
        line = by_receipt[mail["X-Hopthu-Receipt"]]
        assert caught.to == (line["from"],)
    decided = {r for r, purpose in told_of if purpose == "decision"}
    assert decided == {m["receipt"] for m in mails if m["state"] == "processed"}


def test_a_deadline_that_is_moved_is_shown_before_it_counts(told: Campaign) -> None:
    world = told.world
    plan = world.folder / "plan.toml"
    text = (ROOT / CAMPAIGN).read_text("utf-8").replace('"2021-06-10"', '"2021-06-20"')
    plan.write_text(text.replace('"2021-06-09"', '"2021-06-18"'), "utf-8")
    settings = world.configuration.read_text("utf-8")
    world.configuration.write_text(settings.replace(CAMPAIGN, str(plan)), "utf-8")
    check = world.run("check", "--json")
    assert check.json("check")["lateness_changes"] == 1
    assert not any(u["late"] for u in told.units().values())
    late = world.json("unit", "units", "show", LATE)["submissions"][0]
    assert "late" not in {f["code"] for f in late["findings"]}


def test_reports_are_matched_to_the_works_and_register_nothing(told: Campaign) -> None:
    rows = told.world.json("unit", "units", "show", "P09")
    titles = [row["title"] for row in rows["submissions"][0]["rows"]]
    when = on(3, 10)
    seen = told.day(when, report("P09", [*titles[1:], "Việc chưa đăng ký"], when))
    assert seen == {("processed", None): 1}
    unit = told.units()["P09"]
    assert (unit["registered"], unit["results"]) == (10, 9)
    assert unit["phases"]["results"]["state"] == "partial"
    shown = told.world.json("unit", "units", "show", "P09")["submissions"]
    codes = [f["code"] for f in shown[-1]["findings"]]
    assert codes.count("result_without_registration") == 1
    assert codes.count("result_missing") == 1
