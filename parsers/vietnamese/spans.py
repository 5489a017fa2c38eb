"""Read "Thời gian thực hiện" as a span of days, day before month, always.

What is only half certain gives None for that end. The words of a date are told apart in
`parsers.vietnamese.date_words`; here is what they mean together.
"""

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from parsers.vietnamese.date_words import Point, Token, bare, date_words

Period = tuple[date, date]
Span = tuple[date | None, date | None]

#: A schedule of a whole project may stand in one cell; nothing longer is looked at.
_LONGEST = 1000

_WHOLE_PERIOD = re.compile(
    r"\b(?:thuong xuyen|(?:hang|moi) (?:ngay|tuan|thang|qui)|lien tuc"
    r"|(?:trong )?suot (?:thoi gian|dot|qua trinh)|dinh ki)\b"
)
_WHOLE_YEAR = re.compile(r"\b(?:ca|trong|suot) nam\b")
#: "Tháng …/2021": the template's dots were left; "năm học": which months is not said.
_NOT_SAID = re.compile(r"\b(?:thang|ngay|qui)\s*[….]+|\bnam hoc\b")
#: Words that may stand between "từ", "đến", "trước" and the date.
_BETWEEN = frozenset(["ngay", "dau", "cuoi", "giua", "khoang", "thang", "nam", "mung"])
_LOOKS_DATED = re.compile(
    r"\d\s*[/.-]\s*\d|\b(?:thang|qui|ngay|nam)\s*(?:\d|[….]+)|\bt\s*\d"
)


@lru_cache(maxsize=4096)
def time_span(text: str, period: Period) -> Span:
    """Return the first and last day that `text` names, both counted.

    A missing year is that of `period`. "Thường xuyên" is the whole period; "trước ngày"
    leaves the day itself out; an open side is None, and so are both when unsure.
    """
    if not text or len(text) > _LONGEST:
        return None, None
    plain = bare(text)
    if _NOT_SAID.search(plain):
        return None, None
    tokens = _typed(date_words(plain))
    if any(isinstance(t, Point) for t in tokens):
        return _dated(tokens, period)
    if _WHOLE_YEAR.search(plain):
        year = period[0].year
        return date(year, 1, 1), date(year, 12, 31)
    return period if _WHOLE_PERIOD.search(plain) else (None, None)


def looks_dated(text: str) -> bool:
    """Tell whether `text` means a date, as a time without a heading does."""
    plain = bare(text[:_LONGEST])
    return _LOOKS_DATED.search(plain) is not None and not _WHOLE_PERIOD.search(plain)


def outside(span: Span, period: Period) -> bool:
    """Tell whether a span lies wholly before or after the period."""
    start, end = span
    before = end is not None and end < period[0]
    return before or (start is not None and start > period[1])


def _typed(tokens: Sequence[Token]) -> list[Token]:
    """Give bare numbers the unit of the date they are listed with; drop the others.

    "Tháng 6, 7 và 8", "10 - 15/6", "quý II, III".
    """
    typed: list[Token] = list(tokens)
    order = [*range(len(typed)), *range(len(typed) - 1, -1, -1)]
    for index in order:
        token = typed[index]
        if not isinstance(token, Point) or token.unit != "number":
            continue
        near = _listed_with(typed, index)
        if near is not None:
            typed[index] = _like(token, near)
    return [t for t in typed if not isinstance(t, Point) or t.unit != "number"]


def _listed_with(tokens: Sequence[Token], index: int) -> Point | None:
    after = tokens[index + 1] if index + 1 < len(tokens) else ""
    if isinstance(after, str) and after not in ("", "and", "to", "dash"):
        return None
    for step in (-1, 1):
        link, other = index + step, index + 2 * step
        if not (0 <= other < len(tokens) and tokens[link] in ("and", "to", "dash")):
            continue
        near = tokens[other]
        if isinstance(near, Point) and near.unit in ("day", "month", "quarter"):
            return near
    return None


def _like(number: Point, near: Point) -> Point:
    if near.unit == "day":
        return near._replace(day=number.number)
    return Point(near.unit, None, number.number)


def _dated(tokens: Sequence[Token], period: Period) -> Span:
    tokens = _with_years(tokens)
    places = [i for i, t in enumerate(tokens) if isinstance(t, Point)]
    points = [t for t in tokens if isinstance(t, Point)]
    spans = [_days(p) for p in _filled(points, period)]
    known = [s for s in spans if s is not None]
    if len(known) < len(spans):
        return None, None
    first, last = _lead(tokens, places[0]), _lead(tokens, places[-1])
    if _ranged(tokens, places) and known[0][0] > known[-1][1]:
        return None, None
    start: date | None = min(s for s, _ in known)
    end: date | None = max(e for _, e in known)
    if first in ("to", "before"):
        start = None
    if last == "before":
        end = known[-1][0] - timedelta(days=1)
    if len(known) == 1 and first in ("from", "after"):
        start = known[0][0] if first == "from" else known[0][1] + timedelta(days=1)
        end = None
    if "to" in tokens[places[-1] + 1 :]:
        end = None
    return start, end


def _lead(tokens: Sequence[Token], index: int) -> str:
    """Return the word that rules the point there: from, after, to, before or ""."""
    for back in range(index - 1, -1, -1):
        token = tokens[back]
        if isinstance(token, str) and token in ("from", "after", "to", "before"):
            return token
        if token not in _BETWEEN:
            return ""
    return ""


def _ranged(tokens: Sequence[Token], places: Sequence[int]) -> bool:
    if len(places) != 2:
        return False
    between = tokens[places[0] + 1 : places[1]]
    return "to" in between or "dash" in between


def _with_years(tokens: Sequence[Token]) -> list[Token]:
    """Give a year that stands alone to the dates that lack one."""
    years = [t for t in tokens if isinstance(t, Point) and t.unit == "year"]
    others = [t for t in tokens if isinstance(t, Point) and t.unit != "year"]
    if not years or not others:
        return list(tokens)
    given: list[Token] = []
    for index, token in enumerate(tokens):
        if isinstance(token, Point) and token.unit == "year":
            continue
        if isinstance(token, Point) and token.year is None:
            later = (t for t in tokens[index:] if t in years)
            found = next(later, years[-1])
            year = found.year if isinstance(found, Point) else None
            token = token._replace(year=year)
        given.append(token)
    return given


def _filled(points: Sequence[Point], period: Period) -> list[Point]:
    """Give every point a year: of the date to its right, of one before, of the plan."""
    filled: list[Point] = []
    after: Point | None = None
    said = next((p.year for p in points if p.year is not None), None)
    for point in reversed(points):
        year = point.year
        if year is None and after is not None and after.year is not None:
            # "Từ tháng 11 đến tháng 2/2022" begins in the year before.
            earlier = _first_month(point) > _first_month(after)
            year = after.year - earlier
        if year is None:
            year = said if said is not None else _year_of_plan(point, period)
        after = point._replace(year=year)
        filled.append(after)
    return filled[::-1]


def _first_month(point: Point) -> int:
    months = {"quarter": point.number * 3 - 2, "half": point.number * 6 - 5, "year": 1}
    return months.get(point.unit, point.number)


def _year_of_plan(point: Point, period: Period) -> int:
    for year in range(period[0].year, period[1].year + 1):
        days = _days(point._replace(year=year))
        if days is not None and not outside(days, period):
            return year
    return period[0].year


def _days(point: Point) -> tuple[date, date] | None:
    """Return the first and last day of a point with a year; None where none exists."""
    year, number = point.year, point.number
    if year is None or not 1900 <= year <= 2200:
        return None
    if point.unit == "day":
        if not (1 <= number <= 12 and _in_month(year, number, point.day)):
            return None
        return (date(year, number, point.day),) * 2
    length = {"month": 1, "quarter": 3, "half": 6, "year": 12}[point.unit]
    if point.unit == "year":
        number = 1
    if not 1 <= number <= 12 // length:
        return None
    last = number * length
    end = date(year, last, calendar.monthrange(year, last)[1])
    return date(year, last - length + 1, 1), end


def _in_month(year: int, month: int, day: int) -> bool:
    return 1 <= day <= calendar.monthrange(year, month)[1]
