import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.vietnamese.spans import outside, time_span

PERIOD = (date(2021, 5, 1), date(2021, 10, 31))


def _d(text: str) -> date | None:
    if text == "-":
        return None
    day, month, *year = map(int, text.split("/"))
    return date(year[0] if year else 2021, month, day)


CASES = """
từ tháng 5 đến hết tháng 10 năm 2021 | 1/5 | 31/10
Từ tháng 5 đến tháng 10/2021 | 1/5 | 31/10
T5-T10/2021 | 1/5 | 31/10
T5 – T10 | 1/5 | 31/10
Tháng 5 - 10/2021 | 1/5 | 31/10
5-10/2021 | 1/5 | 31/10
tháng 5 đến 10 năm 2021 | 1/5 | 31/10
Từ 5 đến tháng 10/2021 | 1/5 | 31/10
Tháng 6, 7/2021 | 1/6 | 31/7
Tháng 6, 7 và 8 năm 2021 | 1/6 | 31/8
Tháng 6/2021 | 1/6 | 30/6
tháng 6/21 | 1/6 | 30/6
Thang 6 | 1/6 | 30/6
06/2021 | 1/6 | 30/6
Quý III/2021 | 1/7 | 30/9
Quí 3 | 1/7 | 30/9
Quý II, III/2021 | 1/4 | 30/9
Quý II-III/2021 | 1/4 | 30/9
Quý 3 năm 2021 | 1/7 | 30/9
Từ quý II đến quý IV/2021 | 1/4 | 31/12
6 tháng cuối năm | 1/7 | 31/12
6 tháng đầu năm 2021 | 1/1 | 30/6
Trong 6 tháng cuối năm 2021 | 1/7 | 31/12
hạn chót ngày 10 tháng 6 năm 2021 | - | 10/6
trước ngày 05 tháng 10 năm 2021 | - | 4/10
Trước 30/9/2021 | - | 29/9
Hoàn thành trước tháng 9/2021 | - | 31/8
Đến hết ngày 30/9/2021 | - | 30/9
Từ nay đến 30/9/2021 | - | 30/9
chậm nhất 15/8 | - | 15/8
Từ ngày 01/6/2021 | 1/6 | -
Bắt đầu từ 01/6/2021 | 1/6 | -
Từ tháng 5 đến nay | 1/5 | -
Sau 15/8/2021 | 16/8 | -
15/05/2021 - 30/09/2021 | 15/5 | 30/9
15/5 - 30/9/2021 | 15/5 | 30/9
10-15/6/2021 | 10/6 | 15/6
Ngày 10, 12/6/2021 | 10/6 | 12/6
từ 1-5 đến 31-10-2021 | 1/5 | 31/10
ngày 08 tháng 12 năm 2025 | 8/12/2025 | 8/12/2025
08-12-2025 | 8/12/2025 | 8/12/2025
10.6.2021 | 10/6 | 10/6
10/6 | 10/6 | 10/6
10-Jun | 10/6 | 10/6
Jun-21 | 1/6 | 30/6
2021-06-10 00:00:00 | 10/6 | 10/6
15/6/21 | 15/6 | 15/6
15/5/2021\\n30/9/2021 | 15/5 | 30/9
8g00 ngày 15/6/2021 | 15/6 | 15/6
7h30 - 11h30, 15/6/2021 | 15/6 | 15/6
Đợt 1: tháng 6; đợt 2: tháng 8 | 1/6 | 31/8
Tháng 11/2021 - 2/2022 | 1/11 | 28/2/2022
từ tháng 11 đến tháng 2/2022 | 1/11 | 28/2/2022
Năm 2021 | 1/1 | 31/12
Cả năm | 1/1 | 31/12
Cả năm 2021 | 1/1 | 31/12
Thường xuyên | 1/5 | 31/10
Hằng tháng | 1/5 | 31/10
Hàng tuần | 1/5 | 31/10
T2 - T6 hàng tuần | 1/5 | 31/10
Thường xuyên từ tháng 5 | 1/5 | -
2 lần/tháng | - | -
Trong 3 tháng | - | -
Đã thực hiện | - | -
Ngay sau dịch | - | -
Tháng …/2021 | - | -
31/6/2021 | - | -
Tháng 13/2021 | - | -
30/9/2021 - 15/5/2021 | - | -
Năm học 2020 - 2021 | - | -
Lắp đèn tháng 6 | 1/6 | 30/6
Tháng 6, 10 suất quà | 1/6 | 30/6
Tuần 2 tháng 6/2021 | 1/6 | 30/6
01/5/2021 đến 31/10/2021 | 1/5 | 31/10
tháng 5/2021 - tháng 10/2021 | 1/5 | 31/10
"""


@pytest.mark.parametrize("line", CASES.strip().split("\n"), ids=lambda line: line)
def test_the_wording_gives_its_span_and_nothing_more(line: str) -> None:
    text, start, end = line.split(" | ")
    assert time_span(text.replace("\\n", "\n"), PERIOD) == (_d(start), _d(end))


def test_a_year_left_out_is_taken_from_a_plan_over_new_year() -> None:
    winter = (date(2021, 11, 1), date(2022, 3, 31))
    assert time_span("tháng 2", winter) == (date(2022, 2, 1), date(2022, 2, 28))
    assert time_span("15/12", winter) == (date(2021, 12, 15),) * 2


@pytest.mark.parametrize("text", ["31/6/2021", "Tháng …/2021", "ngày 45", "tháng 13"])
def test_a_date_that_is_none_has_no_span(text: str) -> None:
    assert time_span(text, PERIOD) == (None, None)


def test_only_what_lies_wholly_outside_is_outside() -> None:
    assert outside((date(2021, 11, 1), date(2021, 12, 31)), PERIOD)
    assert outside((None, date(2021, 4, 30)), PERIOD)
    assert outside((date(2021, 11, 1), None), PERIOD)
    assert not outside((date(2021, 1, 1), date(2021, 12, 31)), PERIOD)
    assert not outside((None, None), PERIOD)


def test_a_hostile_text_costs_little() -> None:
    for piece in ("1/", "tháng ", "- ", "1-", "ngày 1 tháng ", "\n", "i"):
        time_span(piece * 2000, PERIOD)
        time_span((piece * 2000)[:1000], PERIOD)


@given(st.integers(1, 12), st.integers(1, 12), st.sampled_from([2021, 2022]))
def test_from_month_to_month_spans_both_or_nothing(
    first: int, last: int, year: int
) -> None:
    found = time_span(f"Từ tháng {first} đến hết tháng {last} năm {year}", PERIOD)
    if first <= last:
        end = calendar.monthrange(year, last)[1]
        assert found == (date(year, first, 1), date(year, last, end))
    else:
        assert found == (None, None) or found[0] == date(year - 1, first, 1)


@given(st.dates(date(2021, 1, 1), date(2022, 12, 31)))
def test_the_day_stands_first_always(day: date) -> None:
    for text in (f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}"):
        assert time_span(text, PERIOD) == (day, day)
    before = time_span(f"trước ngày {day:%d/%m/%Y}", PERIOD)
    assert before == (None, day - timedelta(days=1))


@given(st.text(alphabet="0123456789/-. tháng quýđếnừ từ đến trước III,", max_size=60))
def test_no_span_ends_before_it_begins(text: str) -> None:
    start, end = time_span(text, PERIOD)
    assert start is None or end is None or start <= end
