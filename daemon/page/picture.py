"""A picture of deliveries over the days to the deadline: values -> places to draw at.

It writes no markup; the template does. Lengths are units of the picture's own grid.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

WIDTH, HEIGHT = 760, 180
#: Room for figures and days around the drawing.
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 12, 28, 28
#: More days than that are drawn a week, or several, in one bar.
_BARS = 70
_LABELS = 8
#: A lone delivery does not fill the whole height.
_LEAST = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """The deliveries of one step: `count` in it, `sum` up to its end."""

    x: float
    y: float
    width: float
    height: float
    first: date
    last: date
    count: int
    sum: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled place on an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn. `line` are the points of the sum, `deadline` its x."""

    width: int
    height: int
    base: float
    left: float
    right: float
    top: float
    bars: tuple[Bar, ...]
    line: str
    days: tuple[Mark, ...]
    counts: tuple[Mark, ...]
    deadline: float | None
    today: float | None
    delivered: int
    units: int


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a phase; `units` is how many will deliver if all do."""

    opens: date
    deadline: date
    today: date
    units: int


def drawn(moments: Sequence[datetime], span: Span, zone: tzinfo) -> Picture:
    """Return the picture of first deliveries (aware, oldest first) over the days."""
    days = Counter(at.astimezone(zone).date() for at in moments)
    first = min([span.opens, *days])
    last = max([span.deadline, *days])
    step = max(1, -(-((last - first).days + 1) // _BARS))
    number = (last - first).days // step + 1
    most = max(len(moments), _LEAST)
    width = (WIDTH - _LEFT - _RIGHT) / number
    base, high = HEIGHT - _BOTTOM, HEIGHT - _BOTTOM - _TOP

    def x_of(day: date) -> float:
        return round(_LEFT + (day - first).days / step * width, 1)

    bars, points, total = [], [f"{_LEFT},{base}"], 0
    for index in range(number):
        begins = first + timedelta(days=index * step)
        ends = begins + timedelta(days=step - 1)
        count = sum(days[begins + timedelta(days=d)] for d in range(step))
        total += count
        height = round(count / most * high, 1)
        left = x_of(begins)
        if begins <= span.today:
            points.append(
                f"{round(left + width, 1)},{round(base - total / most * high, 1)}"
            )
        bars.append(
            Bar(
                left,
                base - height,
                round(width * 0.8, 1),
                height,
                begins,
                ends,
                count,
                total,
            )
        )
    in_it = first <= span.today <= last
    return Picture(
        width=WIDTH,
        height=HEIGHT,
        base=base,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        top=_TOP,
        bars=tuple(bars),
        line=" ".join(points),
        days=tuple(_days(bars, width)),
        counts=tuple(_counts(most, base, high)),
        deadline=x_of(span.deadline + timedelta(days=1)),
        today=x_of(span.today) if in_it else None,
        delivered=len(moments),
        units=span.units,
    )


def _days(bars: Sequence[Bar], width: float) -> list[Mark]:
    every = max(1, -(-len(bars) // _LABELS))
    return [
        Mark(round(bar.x + width / 2, 1), f"{bar.first:%d/%m}") for bar in bars[::every]
    ]


def _counts(most: int, base: float, high: float) -> list[Mark]:
    shown = dict.fromkeys((0, most // 2, most))
    return [Mark(round(base - n / most * high, 1), str(n)) for n in shown]
