"""Tell a registration from a report of results, and settle what columns then mean.

Titles and headings decide; which campaign and phase a mail belongs to does not stand
here.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from parsers.headings import Heading
from parsers.vietnamese.fold import skeleton

TableKind = Literal["registration", "results"]

_BEGINS_RESULTS = re.compile(
    r"(?:(?:bang|phu luc|bieu|mau|so \d+|tong hop|danh sach|danh muc) )*"
    r"(?:bao cao(?!.{0,20}dang ki)|danh gia |ket qua (?!dang ki)|tong ket )"
)
_BEGINS_REGISTRATION = re.compile(
    r"(?:(?:bang|ban|phieu|danh (?:sach|muc)|noi dung|phu luc|mau|bieu|v v|ve viec) )*"
    r"(?:(?:bao cao|tong hop) )?(?:(?:ket qua|tinh hinh|viec) )?"
    r"(?:dang ki|(?:cac )?(?:cong trinh|mo hinh).{0,30} dang ki)\b"
)
_RESULTS = re.compile(r"\bbao cao\b|\bket qua (?:thuc hien|dat duoc)\b|\btong ket\b")
_REGISTRATION = re.compile(r"\bdang ki\b")
_WORKS = re.compile(
    r"\b(?:cong trinh|mo hinh|viec co y nghia|giup dan|dan van kheo|dang ki|5 khong"
    r"|vcyngd|congtrinh|mohinh|dangky)\b"
)
_REPLY = re.compile(r"^(?:\s*(?:re|fw|fwd|tr)\s*:)+", re.IGNORECASE)


def said_kind(lines: Iterable[str]) -> TableKind | None:
    """Return what the lines call what follows; None where they say neither or both.

    The first line that begins with such a word decides; else words anywhere do.
    """
    found: set[TableKind] = set()
    for line in lines:
        kind, begins = _line_kind(line[:300])
        if kind is not None and begins:
            return kind
        if kind is not None:
            found.add(kind)
    return found.pop() if len(found) == 1 else None


def names_works(line: str) -> bool:
    """Tell whether a line speaks of works such as ours, or of what is registered."""
    return _WORKS.search(skeleton(line[:300])) is not None


@lru_cache(maxsize=512)
def _line_kind(line: str) -> tuple[TableKind | None, bool]:
    """Return what one line says, and whether it begins with it.

    The lines of a mail are asked for by each table and for each of its questions.
    """
    reply = _REPLY.match(line)
    text = skeleton(line[reply.end() :] if reply else line)
    if _BEGINS_RESULTS.match(text):
        return "results", True
    if _BEGINS_REGISTRATION.match(text):
        return "registration", True
    if _RESULTS.search(text):
        return "results", False
    return ("registration", False) if _REGISTRATION.search(text) else (None, False)


def table_kind(heading: Heading, said: TableKind | None) -> TableKind | None:
    """Return what the table is; None where headings and titles leave it open."""
    keys = set(heading.keys)
    plan = bool(keys & {"expected_result", "goal"})
    work = bool(keys & {"method", "time"})
    result = bool(keys & {"result", "progress", "share"})
    open_ones = bool(keys & {"outcome", "pace", "effect"})
    if said == "registration":
        return "results" if result and not (plan or work or open_ones) else said
    if said == "results":
        if result or open_ones:
            return said
        return "registration" if plan else None
    if result:
        return None if plan else "results"
    if plan or (work and "effect" in keys):
        return "registration"
    return None if open_ones or not work else "registration"


def settle(heading: Heading, kind: TableKind) -> Heading:
    """Return the heading with every key one of the form's own, or None."""
    keys = list(heading.keys)
    if "title" not in keys:
        weak = "title_if_titled" if "title_if_titled" in keys else "content"
        keys[keys.index(weak)] = "title"
    if kind == "results":
        _rename(keys, "pace", "progress")
        _rename(keys, "outcome", "result")
        _rename(keys, "effect", "result")
        _rename(keys, "share", "progress" if "result" in keys else "result")
        keys = [k if k in _RESULT_KEYS else None for k in keys]
    else:
        _settle_registration(keys)
        keys = [k if k in _REGISTRATION_KEYS else None for k in keys]
    return replace(heading, keys=tuple(keys))


_RESULT_KEYS = frozenset(["number", "title", "result", "progress", "unit", "field"])
_REGISTRATION_KEYS = frozenset(
    ["number", "title", "method", "time", "expected_result", "unit", "field"]
)


def _settle_registration(keys: list[str | None]) -> None:
    _rename(keys, "outcome", "expected_result")
    _rename(keys, "effect", "expected_result")
    for key, first, second in (
        ("result", "expected_result", None),
        ("content", "method", None),
        ("goal", "expected_result", "method"),
        ("pace", "time", None),
    ):
        if first not in keys:
            _rename(keys, key, first)
        elif second is not None and second not in keys:
            _rename(keys, key, second)


def _rename(keys: list[str | None], old: str, new: str) -> None:
    keys[:] = [new if key == old else key for key in keys]
