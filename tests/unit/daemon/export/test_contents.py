"""What the documents say: order, numbers, totals, what is missing, who ranks where."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

import pytest

from daemon.export import measure, registrations, results, status
from daemon.export.assessment import Assessed, assessment, ranked
from daemon.export.facts import UnitFacts
from daemon.export.model import Line, Part, Table
from daemon.export.order import Census, roman, summary
from daemon.export.report import report
from daemon.export.results import Reported
from parsers.values.campaign import Field
from parsers.values.delivery import Delivery, Earlier, InForce
from parsers.values.reading import Result
from tests.builders.campaigns import a_campaign
from tests.builders.decisions import a_work
from tests.builders.documents import NOW, ZONE, a_delivery, a_frame
from tests.builders.statuses import a_line as a_status_line

FIELDS = (Field(1, "Văn hóa - xã hội"), Field(2, "Cải cách hành chính"))
PLAN = a_campaign(fields=FIELDS)


def cells(line: Line, table: Table, *keys: str) -> tuple[object, ...]:
    names = [column.key for column in table.columns]
    return tuple(line.cells[names.index(key)] for key in keys)


def read(part: Part) -> list[tuple[Table, list[Line]]]:
    """Return the tables with their lines, in the order in which a writer asks."""
    return [(table, list(table.lines)) for table in part.tables]


def given() -> list[Delivery]:
    certain = replace(a_work(1), certainty=1.0, cells={}, field=1, field_certainty=1.0)
    inferred = replace(a_work(2), field=2, field_certainty=0.7)
    school = a_delivery("MN6", [certain], category="phong_ban", unit_name="Mầm non 6")
    ward = a_delivery("P09", [certain, inferred])
    gone = a_delivery("X1", [inferred], category=None, unit_name=None)
    return [school, ward, gone]


def test_works_are_numbered_through_and_grouped_by_category() -> None:
    part = registrations.registrations(a_frame(plan=PLAN), given())
    (main, lines), *_ = read(part)
    told = [
        line.cells[0] if line.kind == "band" else cells(line, main, "position", "unit")
        for line in lines
    ]
    assert told == [
        "I. Phòng ban, trường học",
        (1, "MN6"),
        "II. Phường",
        (2, "P09"),
        (3, "P09"),
        "III. Đơn vị ngoài kế hoạch",
        (4, "X1"),
        "Tổng cộng: 4 công trình của 3 đơn vị",
    ]
    assert cells(lines[1], main, "note", "field") == ("", "Văn hóa - xã hội")
    doubted = "Cần đối chiếu bản gốc: Tên công trình"
    assert cells(lines[4], main, "note", "field") == (
        doubted,
        "Cải cách hành chính (*)",
    )
    assert cells(lines[6], main, "unit_name") == ("X1 (không còn trong danh bạ)",)


def test_totals_are_those_of_the_lines_above() -> None:
    census = {"phong_ban": Census(3, 3), "phuong": Census(12, 120)}
    part = registrations.registrations(a_frame(plan=PLAN, census=census), given())
    _, (_, categories), (_, fields) = read(part)
    assert [line.cells for line in categories] == [
        ("Phòng ban, trường học", 3, 1, 3, 1),
        ("Phường", 12, 1, 120, 2),
        ("Đơn vị ngoài kế hoạch", 1, 1, 0, 1),
        ("Tổng cộng", 16, 3, 123, 4),
    ]
    assert [line.cells for line in fields] == [
        ("Văn hóa - xã hội", 2, 50.0),
        ("Cải cách hành chính", 2, 50.0),
        ("Tổng cộng", 4, 100.0),
    ]


def test_a_field_that_was_asked_for_is_all_that_is_counted() -> None:
    part = registrations.registrations(a_frame(plan=PLAN, field=1), given())
    (main, lines), (_, categories), _ = read(part)
    units = [cells(line, main, "unit") for line in lines if line.kind == "row"]
    assert units == [("MN6",), ("P09",)]
    assert lines[-1].cells == ("Tổng cộng: 2 công trình của 2 đơn vị",)
    assert categories[-1].cells[-1] == 2


def test_what_is_no_more_is_shown_without_a_number_and_not_counted() -> None:
    now = a_delivery("P09", [a_work(1)], earlier=Earlier((a_work(1), a_work(2))))
    frame = a_frame(plan=PLAN, since=date(2021, 6, 7))
    (main, lines), _, _, (_, changes) = read(registrations.registrations(frame, [now]))
    rows = [line for line in lines if line.kind == "row"]
    assert [(line.mark, line.cells[0]) for line in rows] == [
        (None, 1),
        ("removed", None),
    ]
    assert str(cells(rows[1], main, "note")[0]).startswith("Không còn từ 07/6/2021")
    assert lines[-1].cells == ("Tổng cộng: 1 công trình của 1 đơn vị",)
    assert [line.cells[1:] for line in changes] == [(0, 0, 1), (0, 0, 1)]


def reported(*progress: str | None) -> Delivery:
    rows = tuple(
        Result(str(n), f"Công trình số {n}", "Xong", p)  # type: ignore[arg-type]
        for n, p in enumerate(progress, 1)
    )
    return a_delivery(
        "P09",
        [a_work(n) for n in range(1, 4)],
        results=rows,
        reported=InForce(1, NOW, False, None),
        matched=tuple(range(len(rows))),
    )


def test_results_say_what_is_missing_and_what_was_never_registered() -> None:
    one = reported("done", None)
    extra = Result(None, "Việc thêm", "Xong", "done")
    late = a_delivery("P10", [a_work(1)])
    ward = replace(one, results=(*one.results, extra), matched=(0, 1, None))
    (main, lines), (_, categories), _, (_, owing) = read(
        results.results(a_frame(plan=PLAN), [ward, late])
    )
    told = [
        cells(line, main, "position", "progress", "note")
        for line in lines
        if line.kind == "row"
    ]
    assert told == [
        (1, "đã hoàn thành", ""),
        (2, None, ""),
        (3, None, "Báo cáo của đơn vị không nêu công trình này"),
        (None, "đã hoàn thành", "Không có trong bảng đăng ký"),
        (4, None, "Đơn vị chưa báo cáo kết quả"),
    ]
    assert categories[-1].cells == ("Tổng cộng", 2, 1, 4, 2, 1, 0, 0, 1, 2)
    assert [line.cells[1:] for line in owing] == [
        ("Phường 9", "Phường", 3, 1),
        ("Phường 10", "Phường", 1, 1),
    ]


def test_a_second_result_of_a_work_is_not_lost() -> None:
    ward = replace(reported("done", "done"), matched=(0, 0))
    rows = list(results.csv_rows([ward], None, marked=False))
    named = [dict(zip(results.CSV_COLUMNS, row, strict=True)) for row in rows]
    assert [(r["number"], r["registered"], r["reported"]) for r in named] == [
        ("1", True, True),
        ("2", True, False),
        ("3", True, False),
        ("2", False, True),
    ]


def facts(code: str, **named: object) -> UnitFacts:
    line = a_status_line(code, **named)
    names = [f for f in UnitFacts.__dataclass_fields__ if not f.startswith("results_")]
    return UnitFacts(
        **{name: getattr(line, name) for name in names},
        results_state="missing",
        results_versions=0,
        results_late=False,
    )


def assessed(code: str, works: int = 10, done: int = 10, **named: object) -> Assessed:
    found = Reported(works, done)
    found.progress["done"] = done
    given_facts = facts(code, registered=works, confirmation="signed", state="complete")
    first = datetime(2021, 6, 5, 8, 0, tzinfo=ZONE)
    made = Assessed(given_facts, first, NOW, found)
    return replace(made, **named)  # type: ignore[arg-type]


def test_rank_follows_from_facts_and_equal_facts_rank_equal() -> None:
    unsigned = assessed("P02")
    unsigned = replace(unsigned, facts=replace(unsigned.facts, confirmation=None))
    excused = replace(assessed("P03"), facts=facts("P03", state="excused"))
    late = replace(assessed("P05"), facts=replace(assessed("P05").facts, late=True))
    half = assessed("P06", done=5)
    units = [excused, half, unsigned, late, assessed("P07"), assessed("P08")]
    found = [(rank, unit.facts.code) for _, rank, unit in ranked(a_frame(), units)]
    assert found == [
        (1, "P07"),
        (1, "P08"),
        (3, "P02"),
        (3, "P05"),
        (5, "P06"),
        (None, "P03"),
    ]


def test_the_columns_for_people_are_left_to_them() -> None:
    (main, lines), _ = read(assessment(a_frame(), [assessed("P07")], {}))
    assert cells(lines[1], main, "remark", "proposal") == (None, None)


def test_results_count_only_once_they_may_be_reported() -> None:
    early = a_frame(now=datetime(2021, 6, 8, 9, 0, tzinfo=ZONE))
    unit = assessed("P07", results_received=None, reported=Reported(10, 0))
    ((_, lines), _) = read(assessment(early, [unit], {}))
    main = assessment(early, [unit], {}).tables
    assert cells(lines[1], next(iter(main)), "criteria_met") == (4,)


def test_the_report_says_every_figure_and_judges_nothing() -> None:
    units = [
        assessed("P07"),
        assessed("P09", works=8, done=3),
        Assessed(facts("P10")),
    ]
    frame = a_frame(plan=PLAN)
    made = report(frame, units, {1: 12, None: 6}, assessment(frame, units, {}))
    told = "\n".join(one.text for one in made.text)
    assert "Có 2/3 đơn vị đăng ký (đạt 66,7%) với 18 công trình, bằng 60%" in told
    assert "13 công trình có kết quả (72,2%): 13 công trình đã hoàn thành" in told
    assert "Các đơn vị chưa đăng ký (1 đơn vị): Đơn vị P10." in told
    assert "- Văn hóa - xã hội: 12 công trình (66,7%)." in told
    assert "- Phường (1 đơn vị): Đơn vị P07." in told
    assert told.count("…………") >= 4
    assert "{" not in told
    assert made.kind == "BC"


def parts() -> Iterable[Part]:
    frame = a_frame(plan=PLAN)
    yield registrations.registrations(frame, given())
    yield registrations.registrations(replace(frame, since=date(2021, 6, 1)), given())
    yield results.results(frame, [reported("done")])
    yield assessment(frame, [assessed("P07")], {})
    yield status.status(frame, [facts("P07", last_received=NOW)], {"P07": "changed"})


@pytest.mark.parametrize("part", parts(), ids=lambda p: p.name)
def test_every_word_of_a_heading_has_room_and_tables_fit_the_page(part: Part) -> None:
    for table in part.tables:
        shown = [table.columns[n] for n in table.shown]
        assert sum(column.width for column in shown) <= 257
        for column in shown:
            room = (column.width - 2.2) * 72 / 25.4
            longest = max(column.heading.split(), key=len)
            assert measure.width(longest, 13, bold=True) / 1.06 <= room, column
        for line in table.lines:
            if line.kind == "band":
                continue
            for n in table.shown:
                if isinstance(line.cells[n], date):
                    room = table.columns[n].width * 72 / 25.4 - 7
                    form = "00/00/0000 00:00"
                    form = form if isinstance(line.cells[n], datetime) else form[:10]
                    assert measure.width(form, 13) / 1.06 <= room, table.columns[n]


def test_a_plans_title_is_a_summary() -> None:
    assert summary("Thực hiện mô hình A") == "thực hiện mô hình A"
    assert summary("UBND Quận 3 phát động") == "UBND Quận 3 phát động"
    assert [roman(n) for n in (1, 4, 9, 14, 49)] == ["I", "IV", "IX", "XIV", "XLIX"]
