"""A whole season in the ledger: what the units of the plan send, week by week.

Seeded and complete: late units, doubted cells, replacements, reports with gaps.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from random import Random

from sqlalchemy import Connection

from daemon.decide.outcomes import matched
from daemon.demo.works import WORKS
from parsers.values.campaign import Campaign
from parsers.values.decision import NewSubmission
from parsers.values.reading import Confirmation, Registration, Result
from parsers.values.unit import Unit
from storage.versions import write_submissions
from tests.builders.decisions import SAIGON

_STATES: tuple[Confirmation, ...] = ("signed", "signed", "block_only", "absent")
LONG = (
    "Vận động mạnh thường quân, các doanh nghiệp trên địa bàn, đoàn viên, hội viên và "
    "Nhân dân khu phố đóng góp kinh phí, ngày công; phối hợp với Ủy ban Mặt trận Tổ "
    "quốc Việt Nam phường, Hội Liên hiệp Phụ nữ, Đoàn Thanh niên Cộng sản Hồ Chí Minh "
    "khảo sát từng hộ, lập danh sách công khai, họp dân thống nhất trước khi thực hiện."
)


def works(unit: str, count: int, seed: int = 0) -> tuple[Registration, ...]:
    """Return so many works of a unit; the same for the same seed."""
    random = Random(f"{unit} {seed}")
    made = []
    for number in range(1, count + 1):
        title, method, time, result = random.choice(WORKS)
        field = random.choice((1, 1, 2, 3, 4, 5, None))
        certainty = random.choice((1.0, 1.0, 1.0, 1.0, 0.93))
        made.append(
            Registration(
                number=str(number),
                title=f"{title} ({unit}, đợt {number})",
                method=LONG if random.random() < 0.1 else method,
                time=time,
                expected_result=result,
                field=field,
                field_certainty=random.choice((1.0, 0.8)) if field else None,
                start=date(2021, 6, 1),
                end=date(2021, 8, 31),
                certainty=certainty,
                cells={"title": 1.0, "method": certainty},
                extra={"Ghi chú": "Đã khảo sát"},
                place=f"dang-ky.xlsx › Sheet1 › A{number + 3}:E{number + 3}",
                attachment=("dang-ky.xlsx",),
            )
        )
    return tuple(made)


def outcomes(given: Sequence[Registration], seed: int = 0) -> tuple[Result, ...]:
    """Return reports of most of the works, and one of none."""
    random = Random(f"outcomes {seed} {len(given)}")
    states = ("done", "done", "in_progress", "not_done", None)
    made = [
        Result(
            work.number,
            work.title,
            f"{work.expected_result}; đạt {random.randrange(60, 101)}%",
            random.choice(states),  # type: ignore[arg-type]
            place=f"ket-qua.docx › bảng 1 › dòng {work.number}",
        )
        for work in given
        if random.random() < 0.85
    ]
    if len(given) > 2:
        made.append(Result(None, "Việc làm thêm ngoài đăng ký", "Đã xong", "done"))
    return tuple(made)


def a_delivery(
    campaign: Campaign, unit: str, rows: tuple[Registration, ...], received: datetime
) -> NewSubmission:
    """Return a registration that was received then."""
    return NewSubmission(
        campaign=campaign.number,
        unit=unit,
        phase="registration",
        state="accepted",
        kind="mailed",
        mode="new",
        supersedes=None,
        received=received,
        late=received.date() > date(2021, 6, 10),
        confirmation=_STATES[received.hour % len(_STATES)],
        rows_digest=sha256(repr(rows).encode()).hexdigest(),
        registrations=rows,
    )


def fill(
    connection: Connection,
    campaign: Campaign,
    units: Sequence[Unit],
    reports: bool = True,
    works_each: int | None = None,
) -> None:
    """Write a season of the units: registrations in June, reports from September."""
    random = Random(41)
    start = datetime(2021, 6, 1, 8, 0, tzinfo=SAIGON)
    for place, unit in enumerate(units):
        quota = campaign.quota(unit.code, unit.category) or 1
        if works_each is None and random.random() < 0.3:
            continue
        count = works_each or max(1, quota + random.choice((0, 0, 0, -1, 1)))
        received = start + timedelta(
            hours=random.randrange(24 * 12), minutes=place % 60
        )
        rows = works(unit.code, count)
        first = a_delivery(campaign, unit.code, rows, received)
        write_submissions(connection, [(None, first)], received, "lan")
        if random.random() < 0.15:
            later = received + timedelta(days=2)
            fewer = (*rows[:-1], *works(unit.code, 1, seed=7))
            again = replace(fewer[0], expected_result="Đã điều chỉnh chỉ tiêu")
            changed = a_delivery(campaign, unit.code, (again, *fewer[1:]), later)
            rows = changed.registrations
            write_submissions(connection, [(None, changed)], later, "lan")
        if reports and random.random() < 0.6:
            _report(connection, campaign, unit.code, rows)


def _report(
    connection: Connection,
    campaign: Campaign,
    unit: str,
    rows: tuple[Registration, ...],
) -> None:
    results = outcomes(rows)
    received = datetime(2021, 9, 25, 9, 0, tzinfo=SAIGON)
    received += timedelta(days=len(unit + str(len(rows))) * 7 % 15)
    told = NewSubmission(
        campaign=campaign.number,
        unit=unit,
        phase="results",
        state="accepted",
        kind="mailed",
        mode="new",
        supersedes=None,
        received=received,
        late=received.date() > date(2021, 10, 5),
        confirmation="signed",
        rows_digest=sha256(repr(results).encode()).hexdigest(),
        results=results,
        matched=matched(results, rows).positions,
    )
    write_submissions(connection, [(None, told)], received, "lan")
