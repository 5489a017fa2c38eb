"""What a reply asks to be changed: rows to remove, cells to set.

It understands lines, not documents; a line that it does not wholly understand is left
to a person.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.values.reading import Correction
from parsers.vietnamese.date_words import bare

#: How people name the columns, longest first; without accents.
_COLUMNS = {
    "ket qua thuc hien": "result",
    "ket qua dat duoc": "result",
    "du kien ket qua": "expected_result",
    "ket qua du kien": "expected_result",
    "chi tieu": "expected_result",
    "ket qua": "expected_result",
    "hinh thuc thuc hien": "method",
    "cach thuc thuc hien": "method",
    "hinh thuc": "method",
    "cach thuc": "method",
    "cach lam": "method",
    "thoi gian thuc hien": "time",
    "thoi gian": "time",
    "thoi han": "time",
    "ten cong trinh": "title",
    "ten mo hinh": "title",
    "noi dung": "title",
    "ten": "title",
}
_COLUMN = "|".join(_COLUMNS)
_ITEM = r"(?:(?:cong trinh|mo hinh|stt|so thu tu|so|thu|muc|dong|hang)\s*)*"
_NUMBERS = r"\d{1,3}(?:\s*(?:,|;|va|&)\s*\d{1,3})*"
_PLEASE = r"(?:(?:kinh|xin|de nghi|vui long|nho|don vi|cho|toi|em)\s+)*"
_END = r"(?:\s*(?:di|ra|khoi danh sach|cong trinh nay|mo hinh nay|nhe|a))*\s*[.!]?"

_REMOVE = (
    re.compile(
        rf"{_PLEASE}{_ITEM}({_NUMBERS})\s*[:.)\-–]?\s*(?:xin\s+)?"
        rf"(?:bo|xoa|huy|rut|khong thuc hien)\b{_END}"
    ),
    re.compile(
        rf"{_PLEASE}(?:bo|xoa|huy|rut|loai)\s+(?:(?:bo|bot|lai)\s+)?"
        rf"{_ITEM}({_NUMBERS}){_END}"
    ),
)
_SET = (
    re.compile(
        rf"{_PLEASE}(?:sua\s+)?{_ITEM}(\d{{1,3}})\s*[:.,)\-–]?\s*({_COLUMN})"
        rf"\s*(?:[:=]|(?:sua\s+|doi\s+|la\s+)*thanh\s*:?|sua\s+la)\s*(\S.*)"
    ),
    re.compile(
        rf"{_PLEASE}(?:sua|doi|dieu chinh)\s+(?:lai\s+)?({_COLUMN})\s+(?:cua\s+)?"
        rf"{_ITEM}"
        rf"(\d{{1,3}})\s*(?:[:=]|thanh\s*:?|la)\s*(\S.*)"
    ),
    re.compile(
        rf"{_PLEASE}(?:sua|doi|dieu chinh)\s+{_ITEM}(\d{{1,3}})()\s*"
        rf"(?:thanh|la|[:=])\s*:?\s*(\S.*)"
    ),
)
_WISH = re.compile(
    rf"(?:\b(?:bo|xoa|huy|rut|loai|sua|doi|dieu chinh|chinh sua|cap nhat|thay"
    rf"|khong thuc hien)\b.*"
    rf"\b(?:stt|so|thu|cong trinh|muc|dong)\s*\d{{1,3}}\b)"
    rf"|^{_ITEM}\d{{1,3}}\s*[:.)]?\s*"
    rf"(?:(?:bo|xoa|huy|rut|sua|doi)\b|(?:{_COLUMN})\s*(?:[:=]|la\b|thanh\b|chac\b|sua\b))"
)


#: A wish that does not say which work it means.
_WISH_AT_LARGE = re.compile(
    rf"{_PLEASE}(?:bo|xoa|huy|rut|loai|sua|doi|thay|dieu chinh|chinh sua)\s+"
    rf"(?:(?:bo|bot|lai|ten|cac|mot|{_COLUMN}|cua)\s+)*"
    r"(?:cong trinh|mo hinh)\b.{0,200}"
)

#: A numbered line that begins with a label.
_POINT = re.compile(r"\s*(\d{1,2})\s*[.:)]\s*([a-z][a-z ,/()]{1,40}?)\s*:")

_COUNTED = re.compile(r"\s*(\d{1,2})\s*[.):]\s")
_ASKS = re.compile(
    r"\b(?:bo|xoa|huy|rut|sua|doi|thay|dieu chinh|chinh sua|cap nhat|de nghi|xin)\b"
)
_MEETING = re.compile(r"\b(?:cuoc hop|buoi hop|bien ban|hoi nghi)\b")

#: A wish is a short line; of a longer one only the beginning is looked at.
_LONGEST_LINE = 1000

#: A wish names a row by its number, if it can be understood.
_NUMBER = re.compile(r"\d")

#: Verbs as they are spelled; "đội", "bộ" lose their accents to "đổi", "bỏ".
_VERBS = {"bo": "bỏ", "xoa": "xoá xóa", "huy": "huỷ hủy", "rut": "rút", "sua": "sửa"}
_VERBS |= {"doi": "đổi", "thay": "thay", "loai": "loại"}
_VERB_WORD = re.compile(rf"\b(?:{'|'.join(_VERBS)})\b")


@dataclass(frozen=True, slots=True)
class Wishes:
    """The corrections of a text; `unclear` when more is wished than was understood."""

    corrections: tuple[Correction, ...] = ()
    unclear: bool = False


def corrections_of(lines: Sequence[str]) -> Wishes:
    """Return what the lines ask for; greetings and signatures are left out before."""
    if _is_agenda(lines) or _is_minutes(lines):
        return Wishes()
    found: list[Correction] = []
    left_over = wished = False
    for line in lines:
        if _NUMBER.search(line) is None:
            left_over = True
            at_large = _WISH_AT_LARGE.fullmatch(_plain(line[:_LONGEST_LINE]).strip())
            wished = wished or at_large is not None
            continue
        made = list(_line_corrections(line)) if len(line) <= _LONGEST_LINE else []
        found.extend(made)
        if not made:
            left_over = True
            wished = wished or _WISH.search(_plain(line[:_LONGEST_LINE])) is not None
    return Wishes(tuple(found), wished or (left_over and bool(found)))


def _is_agenda(lines: Sequence[str]) -> bool:
    """Tell whether the numbered lines are the points of a letter, no rows of a table.

    "1. Nội dung: …; 2. Thời gian: …; 3. Địa điểm: …" counts its own labels, some of
    which no table of works has.
    """
    points = [found for line in lines if (found := _POINT.match(bare(line)))]
    labels = [found[2] for found in points]
    counted = [int(found[1]) for found in points] == list(range(1, len(points) + 1))
    strange = any(label not in _COLUMNS for label in labels)
    return len(points) > 1 and counted and strange and len(set(labels)) == len(labels)


def _is_minutes(lines: Sequence[str]) -> bool:
    """Tell whether the lines are the points that a meeting agreed on.

    "2. Thời gian: trong tháng 6" is one of them where nothing is asked to be changed.
    """
    plain = [_plain(line[:_LONGEST_LINE]) for line in lines]
    points = [found[1] for line in plain if (found := _COUNTED.match(line))]
    counted = [int(p) for p in points] == list(range(1, len(points) + 1))
    met = any(_MEETING.search(line) for line in plain)
    asks = any(_ASKS.search(line) for line in plain)
    return met and len(points) > 1 and counted and not asks


def _plain(line: str) -> str:
    """Return the line without accents, and without words that only then are verbs."""
    plain = bare(line)
    if line.isascii() or len(plain) != len(line):
        return plain
    lower = line.lower()

    def spelled(found: re.Match[str]) -> str:
        written = lower[found.start() : found.end()]
        same = written in _VERBS[found[0]].split(" ")
        return found[0] if same else "x" * len(found[0])

    return _VERB_WORD.sub(spelled, plain)


def _line_corrections(line: str) -> Iterator[Correction]:
    plain = _plain(line)
    for pattern in _REMOVE:
        found = pattern.fullmatch(plain)
        if found:
            for number in re.findall(r"\d+", found[1]):
                yield Correction(str(int(number)), "remove")
            return
    for pattern in _SET:
        found = pattern.fullmatch(plain)
        if found:
            yield _set(line, found)
            return


def _set(line: str, found: re.Match[str]) -> Correction:
    first, second = found[1], found[2]
    number, column = (first, second) if first.isdigit() else (second, first)
    # Folding keeps the number of letters, so the text is as it was written.
    text = line[found.start(3) :].strip().strip("“”\"'")
    return Correction(
        str(int(number)), "set", _COLUMNS.get(column.strip(), "title"), text
    )
