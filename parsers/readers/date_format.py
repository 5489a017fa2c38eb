"""Show serial days of a spreadsheet as dates and times, the day before the month.

Numbers that are no dates are `number_format`'s business.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day has no zone.
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
#: Serial days beyond 31 December 9999 are no dates.
_LAST_DAY = 2958466
_FALSE_LEAP_DAY = 60

#: How Vietnamese names the months and days, where the format asks for it.
_MONTHS = "tháng {}"
_MONTHS_SHORT = "thg {}"
_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_DAYS_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_HALVES, _ENGLISH_HALVES = ("SA", "CH"), ("AM", "PM")
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_ENGLISH_DAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    *("Saturday", "Sunday"),
)
_VIETNAMESE = re.compile(
    r"\[\$[^\]]*-(?:x-[a-z]+,)?(?:[0-9a-f]*042a|0*42a|vi(?:-\w+)?)[,\]]", re.I
)

_NO_DATE = re.compile(
    r'"[^"]*"?|\\.|_.|\*.|\[\$[^\]]*\]|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General', re.I
)
_DATE_LETTER = re.compile(r"[dmyhs]|e(?![+-])|a/p", re.I)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<padding>.)|\*(?P<fill>.)'
    r"|\[\$(?P<currency>[^\]\-]*)(?:-[^\]]*)?\]"
    r"|\[(?P<elapsed>h+|m+|s+)\]|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<half>am/pm|a/p)|(?P<part>d+|m+|y+|e+|h+|s+(?:\.0+)?)|(?P<other>.)",
    re.I | re.DOTALL,
)
_MONTH_FIRST = re.compile(r"^([^dmyhs]*)(m{1,2})([/\-. ])(d{1,2})(?![a-z])(.*)$", re.I)


def is_date_section(section: str) -> bool:
    """Say whether one section of a number format shows dates or times."""
    return _DATE_LETTER.search(_NO_DATE.sub("", section)) is not None


def show_date(section: str, value: float, epoch_1904: bool) -> str | None:
    """Return the day `value` as `section` shows it; None where it is no day."""
    moment = moment_of(value, epoch_1904)
    if moment is None:
        return None
    plan = _plan(section)
    moment = _rounded(moment, plan.places)
    shown = []
    for token, part in plan.tokens:
        if part in ("d", "dd") and value < 1 and not epoch_1904:
            # QUIRK: a formula that refers to an empty cell shows day 0 of January 1900.
            shown.append("0" * len(part))
        elif part in ("d", "dd") and int(value) == _FALSE_LEAP_DAY and not epoch_1904:
            shown.append("29")
        elif part:
            shown.append(_show_part(part, moment, plan.english, plan.halves))
        elif token["elapsed"]:
            shown.append(_elapsed(token["elapsed"].lower(), value))
        else:
            shown.append(_show_other(token, moment, plan.english))
    return "".join(shown)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a section says for every value: its tokens, each with its `_meaning`."""

    tokens: tuple[tuple[re.Match[str], str], ...]
    english: bool
    halves: bool
    #: How many decimal places of seconds show.
    places: int


@lru_cache(maxsize=1024)
def _plan(section: str) -> _Plan:
    section = day_first(section)
    tokens = list(_TOKEN.finditer(section))
    parts = [_meaning(tokens, i) if t["part"] else "" for i, t in enumerate(tokens)]
    return _Plan(
        tokens=tuple(zip(tokens, parts, strict=True)),
        english=_VIETNAMESE.search(section) is None,
        halves=any(t["half"] for t in tokens),
        places=max((len(part.partition(".")[2]) for part in parts), default=0),
    )


def _rounded(moment: datetime, places: int) -> datetime:
    step = 10 ** max(0, 6 - places)
    down = moment.microsecond // step * step
    up = moment.microsecond - down >= step / 2
    return moment + timedelta(microseconds=down - moment.microsecond + step * up)


def moment_of(value: float, epoch_1904: bool) -> datetime | None:
    """Return the naive moment of a serial day, to the nearest millisecond."""
    if not 0 <= value < _LAST_DAY:
        return None
    epoch = _EPOCH_1904 if epoch_1904 else _EPOCH_1900
    if not epoch_1904 and value < 1:
        value += 2
    elif not epoch_1904 and value < _FALSE_LEAP_DAY:
        # QUIRK: spreadsheets believe in 29 February 1900; days before it are one more.
        value += 1
    return epoch + timedelta(milliseconds=round(value * 86_400_000))


def day_first(section: str) -> str:
    """Return `section` with the month after the day where both are numbers."""
    plain = re.sub(r"\[\$[^\]]*\]|\\(?=[ ,.\-/])", "", section)
    found = _MONTH_FIRST.match(plain)
    if found is None or re.search("[hs]", found[1], re.I):
        return section
    return found[1] + found[4] + found[3] + found[2] + found[5]


def _meaning(tokens: list[re.Match[str]], index: int) -> str:
    """Return the part in lower case; minutes, which look like months, as `n`."""
    part: str = tokens[index]["part"].lower()
    if part not in ("m", "mm"):
        return part
    before = next((t for t in reversed(tokens[:index]) if _is_time_or_date(t)), None)
    after = next((t for t in tokens[index + 1 :] if _is_time_or_date(t)), None)
    hours = before is not None and (before["part"] or before["elapsed"])[0] in "hH"
    seconds = after is not None and (after["part"] or after["elapsed"])[0] in "sS"
    return "n" * len(part) if hours or seconds else part


def _is_time_or_date(token: re.Match[str]) -> bool:
    return bool(token["part"] or token["elapsed"])


def _show_part(part: str, moment: datetime, english: bool, halves: bool) -> str:
    kind, size = part[0], len(part)
    if kind == "d":
        return _day(size, moment, english)
    if kind == "m":
        return _month(size, moment, english)
    if kind in "ye":
        return f"{moment.year:04d}" if size > 2 or kind == "e" else f"{moment:%y}"
    if kind == "s":
        return _seconds(part, moment)
    number = moment.minute
    if kind == "h":
        number = (moment.hour % 12 or 12) if halves else moment.hour
    return f"{number:0{min(size, 2)}d}"


def _day(size: int, moment: datetime, english: bool) -> str:
    if size < 3:
        return f"{moment.day:0{size}d}"
    weekday = moment.weekday()
    if english:
        name = _ENGLISH_DAYS[weekday]
        return name[:3] if size == 3 else name
    return (_DAYS_SHORT if size == 3 else _DAYS)[weekday]


def _month(size: int, moment: datetime, english: bool) -> str:
    if size < 3:
        return f"{moment.month:0{size}d}"
    if english:
        name = _ENGLISH_MONTHS[moment.month - 1]
        return {3: name[:3], 5: name[0]}.get(size, name)
    return (_MONTHS_SHORT if size == 3 else _MONTHS).format(moment.month)


def _seconds(part: str, moment: datetime) -> str:
    whole, _, places = part.partition(".")
    shown = f"{moment.second:0{min(len(whole), 2)}d}"
    if places:
        shown += "," + f"{moment.microsecond:06d}"[: len(places)]
    return shown


def _elapsed(unit: str, value: float) -> str:
    seconds = round(value * 86_400)
    total = seconds // {"h": 3600, "m": 60, "s": 1}[unit[0]]
    return f"{total:0{len(unit)}d}"


def _show_other(token: re.Match[str], moment: datetime, english: bool) -> str:
    if token["half"]:
        afternoon = moment.hour >= 12
        if len(token["half"]) > 3:
            return (_ENGLISH_HALVES if english else _HALVES)[afternoon]
        return _ENGLISH_HALVES[afternoon][0]
    if token["padding"] is not None:
        return " "
    for kind in ("quoted", "escaped", "currency", "other"):
        if token[kind] is not None:
            return "" if token[kind] in ("@", "") else token[kind]
    return ""
