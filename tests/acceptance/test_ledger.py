"""What stands in the ledger after `ingest`: lists, single mails, units, people's acts.

One office is used by all, in the order of the file; what changes it stands at the end.
"""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.world import CAMPAIGN, NOW, ROOT, Ran, World, a_world, smtp
from tests.builders.letters import Posted, a_letter

P09 = a_letter(
    Posted("P09", subject="Phường 9 đăng ký", files=["xlsx P09 10"], html_rows=0)
)
LATER = Posted("P09", subject="P9 gửi lại").received.replace(hour=15)


def _world(folder: Path) -> World:
    world = a_world(folder, more=smtp(1), without=("P14",))
    world.mail("1-p09.eml", P09)
    world.mail("2-p10.eml", a_letter(Posted("P10", files=["docx P10 6"])))
    held = Posted("P03", files=["xlsx P04 10", "xlsx P05 3"])
    world.mail("3-p03.eml", a_letter(held))
    again = Posted("P09", subject="P9 thư hai", files=["xlsx P09 10"], received=LATER)
    world.mail("4-p09.eml", a_letter(again))
    world.mail("5-tk.eml", a_letter(Posted("CB-TK", text="Không có công trình.")))
    world.mail("6-advert.eml", a_letter(Posted(sender="a@shop.example", subject="Ưu")))
    return world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return _world(tmp_path_factory.mktemp("ledger"))


@pytest.fixture(scope="module")
def ingested(world: World) -> Ran:
    return world.run("ingest", world.folder / "mails", "--json")


@pytest.fixture(scope="module")
def mails(world: World, ingested: Ran) -> dict[str, dict[str, Any]]:
    """Lines of `ingest` by the beginning of the file's name."""
    lines = ingested.lines("ingest_line")
    return {Path(line["path"]).name[0]: line for line in lines}


def test_ingest_gives_a_line_a_mail_and_says_that_a_person_is_needed(
    ingested: Ran, mails: dict[str, Any]
) -> None:
    states = {k: (m["state"], m["reason"], m["rows"]) for k, m in mails.items()}

    assert ingested.code == 1
    assert "1 thư chờ người xem xét" in ingested.err
    assert list(mails) == ["1", "2", "3", "4", "5", "6"]
    assert {m["new"] for m in mails.values()} == {True}
    assert states["1"] == ("processed", None, 10)
    assert states["2"] == ("processed", None, 6)
    assert states["3"][:2] == ("held", "unit_mismatch")
    assert states["4"] == ("processed", "nothing_changed", 10)
    assert states["6"] == ("ignored", "not_for_us", 0)


def test_nobody_is_answered_without_being_told_to(world: World) -> None:
    assert world.json("outbox", "outbox")["items"] == []


def test_identical_bytes_again_are_the_same_mail(
    world: World, mails: dict[str, Any]
) -> None:
    # Line ends are no difference: the same mail, saved by another program.
    world.mail("unix.eml", P09.replace(b"\r\n", b"\n"), into="again")
    world.mail("same.eml", P09, into="again")
    hop = b"X-Hop: 1\r\n" + P09
    world.mail("zz-other-way.eml", hop, into="again")
    ran = world.run("ingest", world.folder / "again", "--json")
    same, unix, other = ran.lines("ingest_line")

    for line in (same, unix):
        assert (line["id"], line["new"]) == (mails["1"]["id"], False)
        assert (line["state"], line["rows"]) == ("processed", 10)
    assert (other["state"], other["reason"]) == ("ignored", "duplicate")
    assert other["new"] is True


def test_messages_stand_by_receipt_and_can_be_chosen_by_state(world: World) -> None:
    every = world.json("messages", "messages")["messages"]
    held = world.json("messages", "messages", "--state", "held")["messages"]
    order = [(m["received"], m["id"]) for m in every]

    assert len(every) == 7
    assert order == sorted(order)
    assert [m["state"] for m in held] == ["held"]
    assert every[0]["from"] == "p09@quan3.example"
    assert {m["answered"] for m in every} == {False}


def test_a_mail_is_found_by_every_name_that_it_has(
    world: World, mails: dict[str, Any]
) -> None:
    ident = mails["1"]["id"]
    shown = world.json("show", "show", str(ident))
    names = [shown["receipt"], shown["raw"]["sha256"][:8]]
    other = world.json("show", "show", "<20210607090000.p10@quan3.example>")

    assert (shown["id"], other["id"]) == (ident, mails["2"]["id"])
    assert len(shown["receipt"]) == 10
    assert not set(shown["receipt"]) & set("0O1I")
    assert shown["reading"]["registrations"] == shown["submissions"][0]["rows"]
    assert [e["to"] for e in shown["events"]][:2] == ["fetched", "processed"]
    assert len(shown["positions"]) == 3
    for name in names:
        assert world.json("show", "show", name)["id"] == ident


def test_an_unknown_or_ambiguous_name_is_wrong_usage(world: World) -> None:
    unknown = world.run("show", "<nobody@nowhere>", "--json")
    twice = world.run("show", "<20210607090000.p09@quan3.example>")

    assert (unknown.code, unknown.out) == (2, "")
    assert "<nobody@nowhere>" in unknown.err
    # Two messages bear it: the mail, and its second delivery.
    assert (twice.code, twice.out) == (2, "")
    assert twice.err.count("Phường 9 đăng ký") == 2


@pytest.fixture(scope="module")
def status(world: World, ingested: Ran) -> dict[str, Any]:
    """The status table before people act."""
    assert ingested.code == 1
    found: dict[str, Any] = world.json("status", "status")
    return found


def test_status_counts_what_is_in_force(status: dict[str, Any]) -> None:
    units = {u["code"]: u for u in status["units"]}
    totals = status["totals"]
    states = ("missing", "partial", "complete", "over", "nil", "excused")

    assert status["as_of"] == NOW
    assert (units["P09"]["state"], units["P09"]["registered"]) == ("complete", 10)
    assert (units["P10"]["state"], units["P10"]["registered"]) == ("partial", 6)
    assert units["CB-TK"]["state"] == "nil"
    assert (units["P03"]["state"], units["P04"]["state"]) == ("missing", "missing")
    assert (units["P14"]["address"], units["P14"]["address_known"]) == ("none", False)
    assert units["P09"]["versions"] == 1
    assert units["P09"]["phases"]["results"]["state"] == "missing"
    assert sum(totals[s] for s in states) == totals["units"] == len(units) == 97
    assert totals["registered"] == 16
    assert status["messages"]["held"] == 1


def test_units_stand_by_category_then_as_in_the_units_file(
    world: World, status: dict[str, Any]
) -> None:
    units = status["units"]
    categories = list(dict.fromkeys(u["category"] for u in units))
    with (world.folder / "units.csv").open(encoding="utf-8") as file:
        written = [row["code"] for row in csv.DictReader(file)]

    assert categories == [
        *("phong_ban", "mttq_doan_the", "phuong"),
        *("dang_bo_co_so", "chi_bo_co_so"),
    ]
    for category in categories:
        codes = [u["code"] for u in units if u["category"] == category]
        assert codes == sorted(codes, key=written.index)
    ran = world.run("units", "list", "--json")
    listed = [unit["code"] for unit in json.loads(ran.out)["units"]]
    assert listed == [unit["code"] for unit in units]


def test_status_can_be_narrowed(world: World) -> None:
    owing = world.json("status", "status", "--category", "phuong", "--missing")
    unknown = world.run("status", "--category", "xã", "--json")

    assert {u["category"] for u in owing["units"]} == {"phuong"}
    assert {u["state"] for u in owing["units"]} == {"missing", "partial"}
    assert "P09" not in {u["code"] for u in owing["units"]}
    assert owing["totals"]["units"] == 97
    assert (unknown.code, unknown.out) == (2, "")


def test_the_view_says_what_status_says_to_any_sqlite(
    world: World, status: dict[str, Any]
) -> None:
    units = status["units"]
    with closing(sqlite3.connect(world.database)) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute("select * from unit_status")
        seen = {row["code"]: dict(row) for row in rows}

    assert len(seen) == len(units)
    for unit in units:
        row = seen[unit["code"]]
        assert row["campaign"] == "41-KH/QU"
        for name, value in unit.items():
            if name in ("phases", "last_received"):
                assert name in row
            elif isinstance(value, bool):
                assert bool(row[name]) is value, (unit["code"], name)
            else:
                assert row[name] == value, (unit["code"], name)
    assert (seen["P09"]["last_received"] is None) is False
    assert seen["P01"]["last_received"] is None


def test_one_unit_is_shown_with_its_versions(
    world: World, mails: dict[str, Any]
) -> None:
    unit = world.json("unit", "units", "show", "P09")
    (version,) = unit["submissions"]

    assert unit["addresses"] == [
        {"address": "p09@quan3.example", "source": "file", "health": "good"}
    ]
    assert unit["quota"] == 10
    assert (version["version"], version["in_force"]) == (1, True)
    assert len(version["rows"]) == 10
    assert set(unit["messages"]) >= {mails["1"]["id"], mails["4"]["id"]}
    assert world.run("units", "show", "P99").code == 2


def test_tables_for_people_are_vietnamese_and_no_json(world: World) -> None:
    for words in (("status",), ("show", "1")):
        ran = world.run(*words)
        assert ran.code == 0
        assert "{" not in ran.out
        assert "Phường 9" in ran.out or "đăng ký" in ran.out


def test_the_export_is_a_table_for_excel(world: World) -> None:
    target = world.folder / "out.csv"
    ran = world.run("export", "registrations", target)
    raw = target.read_bytes()
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))

    assert (ran.code, ran.out) == (0, "")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert ",".join(rows[0]) == (
        "campaign,category,unit,unit_name,number,title,method,time,expected_result,"
        "field,start,end,certainty,version,received,late,confirmation,source"
    )
    assert [r["unit"] for r in rows] == ["P09"] * 10 + ["P10"] * 6
    assert {r["late"] for r in rows} == {"false"}
    assert not [c for r in rows for c in r.values() if c[:1] in set("=+-@\t\r")]
    other = world.run("export", "registrations", world.folder / "out.ods")
    assert other.code == 2
    assert world.run("export", "registrations", "/nowhere/out.csv").code == 2


def test_a_dry_run_of_everything_changes_nothing(world: World) -> None:
    before = _dump(world)
    ran = world.run("reprocess", "--all", "--dry-run")

    assert ran.code == 0, ran.err
    # The same program under the same rules finds the same.
    assert "→" not in ran.out
    assert "P09" not in ran.out
    assert _dump(world) == before


def test_reading_everything_again_ends_where_it_was(world: World) -> None:
    def states() -> list[tuple[Any, ...]]:
        lines = world.json("messages", "messages")["messages"]
        return [(m["id"], m["state"], m["reason"], m["units"]) for m in lines]

    before = states(), world.json("status", "status")
    ran = world.run("reprocess", "--all")

    assert ran.code == 1
    assert "1 thư chờ người xem xét" in ran.err
    assert (states(), world.json("status", "status")) == before
    assert world.json("outbox", "outbox")["items"] == []
    assert world.run("reprocess").code == 2


def test_a_person_gives_a_part_and_then_the_whole_mail(
    world: World, mails: dict[str, Any]
) -> None:
    ident = str(mails["3"]["id"])
    wrong = world.run("assign", ident, "P04", "--part", "nothing.xlsx")
    nobody = world.run("assign", ident, "P99")
    assert (wrong.code, nobody.code) == (2, 2)

    for unit, code in (("P04", (0, 1)), ("P05", (0,))):
        part = f"dang-ky-{unit}.xlsx"
        ran = world.run("--as", "Lan", "assign", ident, unit, "--part", part)
        assert ran.code in code, ran.err
    shown = world.json("show", "show", ident)
    stored = {s["unit"]: len(s["rows"]) for s in shown["submissions"]}

    assert shown["state"] == "processed"
    assert stored == {"P04": 10, "P05": 3}
    assert "Lan" in {e["by"] for e in shown["events"]}


def test_a_remembered_address_is_learned(world: World) -> None:
    world.mail(
        "p14.eml",
        a_letter(Posted("P14", sender="moi@thu.example", files=["xlsx P14 10"])),
        into="new",
    )
    (line,) = world.run("ingest", world.folder / "new", "--json").lines("ingest_line")
    assert (line["state"], line["reason"]) == ("held", "sender_unknown")
    ran = world.run("assign", str(line["id"]), "P14", "--remember")
    unit = world.json("unit", "units", "show", "P14")

    assert ran.code == 0, ran.err
    assert [(a["address"], a["source"]) for a in unit["addresses"]] == [
        ("moi@thu.example", "learned")
    ]
    assert len(unit["submissions"][0]["rows"]) == 10


def test_a_units_file_is_previewed_before_it_is_written(world: World) -> None:
    text = (world.folder / "units.csv").read_text("utf-8").splitlines()
    changed = world.folder / "units-new.csv"
    kept = [line for line in text if not line.startswith("PVTS,")]
    kept.append("MOI,Phòng Mới Quận 3,phong_ban,,,moi@quan3.example")
    changed.write_text("\n".join(kept) + "\n", "utf-8")
    broken = world.folder / "units-broken.csv"
    broken.write_text("code,name\nA,B\n", "utf-8")

    preview = world.run("units", "import", changed)
    assert (preview.code, preview.out.split()) == (0, ["+", "MOI", "-", "PVTS"])
    assert world.run("units", "show", "MOI").code == 2
    assert world.run("units", "import", changed, "--yes").code == 0
    assert world.json("unit", "units", "show", "MOI")["name"] == "Phòng Mới Quận 3"
    check = world.run("units", "check")
    assert check.code == 1
    assert "PVTS" in check.out
    fault = world.run("units", "import", broken, "--yes")
    assert (fault.code, fault.out) == (2, "")
    assert str(broken) in fault.err


def test_a_changed_plan_is_in_force_with_the_next_command_but_check(
    world: World,
) -> None:
    def late() -> set[str]:
        units = world.json("status", "status")["units"]
        return {u["code"] for u in units if u["late"]}

    before = late()
    plan = world.folder / "plan.toml"
    text = (ROOT / CAMPAIGN).read_text("utf-8").replace('"2021-06-10"', '"2021-06-05"')
    plan.write_text(text.replace('"2021-06-09"', '"2021-06-04"'), "utf-8")
    settings = world.configuration.read_text("utf-8")
    world.configuration.write_text(settings.replace(CAMPAIGN, str(plan)), "utf-8")
    checks = [world.run("check", "--json").json("check") for _ in range(2)]
    after = late()

    assert before == set()
    assert after >= {"P09", "P10", "CB-TK"}
    assert [c["lateness_changes"] for c in checks] == [len(after)] * 2
    again = world.run("check", "--json").json("check")
    assert again["lateness_changes"] == 0


def test_a_flipped_byte_of_the_archive_is_named(world: World) -> None:
    sound = world.run("reconcile", "--json")
    assert sound.code == 0
    assert sound.json("reconcile")["complete"] is True
    pack = max((world.folder / "archive").rglob("*"), key=lambda p: p.stat().st_size)
    raw = bytearray(pack.read_bytes())
    raw[len(raw) // 2] ^= 1
    pack.chmod(0o600)
    pack.write_bytes(raw)
    ran = world.run("reconcile", "--json")
    report = ran.json("reconcile")

    assert ran.code == 1
    assert report["complete"] is False
    assert len(report["archive"]["damaged"]) == 1
    assert "Kho thư có 1 mục bị hỏng" in ran.err
    # Everything else is still to be had.
    assert world.run("show", "1", "--json").code == 0
    assert world.run("reprocess", "--all", "--dry-run").code == 0


def _dump(world: World) -> list[str]:
    with closing(sqlite3.connect(world.database)) as connection:
        return list(connection.iterdump())
