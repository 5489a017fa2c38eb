"""Tell the words of a date apart: days, months, quarters, and what ties them.

What they mean together is the business of `parsers.vietnamese.spans`.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

from parsers.vietnamese.fold import nfc_text, skeleton

Unit = Literal["day", "month", "quarter", "half", "year", "number"]


class Point(NamedTuple):
    """One day, month, quarter, half or year; None where the text gives no year.

    `number` is the month of a day, and the value of a bare number.
    """

    unit: Unit
    year: int | None
    number: int
    day: int = 0


#: A point, or the word: from, after, to, before, dash, and; else the word itself.
Token = Point | str

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH_NAMES = {name: i for i, name in enumerate(_MONTHS.split("|"), start=1)}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

#: Words that lose their accents to "đến" and "từ" and mean something else.
_OTHER_WORDS = frozenset(["đèn", "đen", "đền", "tự", "tư", "tứ", "tủ", "tù", "hét"])

#: Parts that hold digits and are no dates: hours, durations, frequencies, weekdays.
_LETTERS = re.compile(r"\w+")
_NOISE = re.compile(
    r"\b\d{1,2}\s*(?:gio|g|h)\s*(?:\d{1,2}\b)?(?:\s*phut)?|\b\d{1,2}:\d{2}(?::\d{2})?"
    r"|\b\d+\s*lan\b(?:\s*/\s*(?:tuan|thang|nam|qui|ngay))?"
    r"|\btuan\s*(?:thu\s*)?\d\b|\b\d+\s*(?:tuan|buoi|dot)\b"
    r"|\b(?:dot|giai doan|lan)\s*\d+\s*:?|\bthu\s*[2-7]\b"
    r"|\b(?:trong|keo dai|khoang)\s*\d+\s*(?:thang|ngay)\b(?!\s*(?:dau|cuoi|\d))"
)
_WEEKDAY = re.compile(r"\bt\s?[2-7]\b")

_YEAR = (
    r"(?:\s*(?:/|,?\s*nam)\s*(\d{4}|\d{2})(?![\d/])|\s*[.\-]\s*((?:19|20)\d\d)(?!\d))?"
)
_TOKEN = re.compile(
    rf"""
    (?P<iso>\b(\d{{4}})-(\d{{2}})-(\d{{2}})\b)
  | (?P<half>\b6\s*thang\s*(dau|cuoi)\s*(?:nam)?\s*(\d{{4}})?)
  | (?P<words>\b(\d{{1,2}})\s*thang\s*(\d{{1,2}})\b{_YEAR})
  | (?P<full>(?<![\d/.])(\d{{1,2}})\s*(?P<bar>[/.\-])\s*(\d{{1,2}})\s*(?P=bar)
        \s*(\d{{4}}|\d{{2}})(?!\d))
  | (?P<month_year>(?<![\d/.])\b(?:thang\s*|t\s*)?(\d{{1,2}})\s*[/.\-]\s*
        ((?:19|20)\d\d)(?!\d))
  | (?P<name_last>\b(\d{{1,2}})[-\s]({_MONTHS})(?:[-\s](\d{{4}}|\d{{2}}))?\b)
  | (?P<name_first>\b({_MONTHS})[-\s](\d{{4}}|\d{{2}})\b)
  | (?P<quarter>\bqui\s*(iv|i{{1,3}}|[1-4])\b{_YEAR})
  | (?P<month>\b(?:thang\s*|t\.?\s?)(\d{{1,2}})(?!\d){_YEAR})
  | (?P<day_month>(?<![\d/.])\b(\d{{1,2}})\s*/\s*(\d{{1,2}})(?![\d/]))
  | (?P<ruled>(?:(?<=ngay\ )(\d{{1,2}})[.\-](\d{{1,2}})(?!\s*[\d/.\-])
        |(?<=tu\ )(\d{{1,2}})[.\-](\d{{1,2}})(?=\s+(?:den|toi)\b)))
  | (?P<year>\b(?:nam\s*)?((?:19|20)\d\d)\b)
  | (?P<number>\b(iv|i{{1,3}}|\d{{1,2}})\b)
  | (?P<from>\b(?:tu|bat\ dau|ke\ tu)\b)
  | (?P<after>\bsau\b)
  | (?P<to>\b(?:den|toi|het|cham\ nhat|han\ chot|ket\ thuc)\b)
  | (?P<dash>[-–—→])
  | (?P<before>\btruoc\b)
  | (?P<and>[,;&\n]|\bva\b)
  | (?P<word>[a-z]+)
    """,
    re.VERBOSE,
)


def bare(text: str) -> str:
    """Return the text without accents and case, its punctuation and lines kept.

    Each letter of the NFC text keeps its place.
    """
    return _LETTERS.sub(lambda m: _bare_part(m[0]), nfc_text(text).lower())


@lru_cache(maxsize=4096)
def _bare_part(part: str) -> str:
    if not part.isalnum():
        return part
    return "x" * len(part) if part in _OTHER_WORDS else skeleton(part)


def date_words(plain: str) -> list[Token]:
    """Return the tokens of a text that `bare` made plain, in order."""
    text = _NOISE.sub(" ", plain)
    if "tuan" in plain:
        text = _WEEKDAY.sub(" ", text)
    return [_token(found) for found in _TOKEN.finditer(text)]


def _token(found: re.Match[str]) -> Token:
    kind = found.lastgroup or ""
    index = found.re.groupindex[kind]
    parts = [group for group in found.groups()[index:] if group is not None]
    if kind in _MAKERS:
        return _MAKERS[kind](parts)
    return found[0] if kind == "word" else kind


def _full_year(parts: list[str], index: int) -> int | None:
    if len(parts) <= index:
        return None
    text = parts[index]
    return int(text) if len(text) == 4 else 2000 + int(text)


def _iso(parts: list[str]) -> Point:
    return Point("day", int(parts[0]), int(parts[1]), int(parts[2]))


def _half(parts: list[str]) -> Point:
    return Point("half", _full_year(parts, 1), 1 if parts[0] == "dau" else 2)


def _day(parts: list[str]) -> Point:
    return Point("day", _full_year(parts, 2), int(parts[1]), int(parts[0]))


def _full(parts: list[str]) -> Point:
    return _day([parts[0], parts[2], parts[3]])


def _month(parts: list[str]) -> Point:
    return Point("month", _full_year(parts, 1), int(parts[0]))


def _name_first(parts: list[str]) -> Point:
    # QUIRK: a spreadsheet shows "6/21" that it took for a date as "Jun-21".
    return Point("month", _full_year(parts, 1), _MONTH_NAMES[parts[0]])


def _name_last(parts: list[str]) -> Point:
    # QUIRK: a spreadsheet shows "10/6" that it took for a date as "10-Jun".
    return _day([parts[0], str(_MONTH_NAMES[parts[1]]), *parts[2:]])


def _quarter(parts: list[str]) -> Point:
    number = _ROMAN.get(parts[0]) or int(parts[0])
    return Point("quarter", _full_year(parts, 1), number)


def _year(parts: list[str]) -> Point:
    return Point("year", int(parts[0]), 0)


def _number(parts: list[str]) -> Point:
    return Point("number", None, _ROMAN.get(parts[0]) or int(parts[0]))


_MAKERS: dict[str, Callable[[list[str]], Point]] = {
    "iso": _iso,
    "half": _half,
    "words": _day,
    "full": _full,
    "month_year": _month,
    "name_first": _name_first,
    "name_last": _name_last,
    "quarter": _quarter,
    "month": _month,
    "day_month": _day,
    "ruled": _day,
    "year": _year,
    "number": _number,
}
