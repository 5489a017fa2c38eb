"""Take out of a text what names a unit without being of it.

Recipients, addresses, places with dates, numbers of documents and mottos are cut or
dropped; what is left may still be anything.
"""

import re
from collections.abc import Iterable

from parsers.identity.lexicon import MOTTOS
from parsers.identity.words import lines_of
from parsers.vietnamese.fold import skeleton

_RECIPIENT = re.compile(
    r"[\s\-–*+]*(?:(?:đồng\s+|dong\s+)?(?:kính\s+gửi|kinh\s+gui|nơi\s+nhận|noi\s+nhan)\b"
    r"|(?:gửi|gui|to|cc)\s*:)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*[-–+*•]")
_ADDRESS_LABEL = re.compile(
    r"\b(?:(?:địa\s*chỉ|dia\s+chi|đ/c|trụ\s+sở|address|số\s+nhà)\b|đc\s*:|đường\s)",
    re.I,
)
#: "99 Trần Quốc Thảo, …", "số 12/3A Lý Chính Thắng": a number, then a street's name.
_HOUSE = re.compile(
    r"(?:^|[,;:(–-])\s*(?:[Ss][ốỐ]\s+)?\d+[A-Za-z]?(?:[/-]\d+[A-Za-z]?)*\s+"
    r"(?:[Đđ]ường\s+)?([^\W\d_]+)"
)
_NO_STREETS = frozenset(
    skeleton(
        "tháng năm phường quận trường ubnd ủy đảng công ban p q mn thcs th"
    ).split()
)
_PLACE_AND_DATE = re.compile(
    r"\bngày\s*[\d.…_]*\s*tháng\b|\bngay\s*[\d.…_]*\s*thang\b|\bngày\s+\d+[/.-]\d+",
    re.I,
)
#: Number and symbol of a document: 41-KH/QU, 12/BC-UBND, 05/KH-P9, Số: …/BC-P9.
_DOCUMENT = re.compile(
    r"(?:\b[Ss][ốỐ]\s*:?\s*)?\b\d+\s?[-/]\s?[A-ZĐ]{1,6}[-/][A-ZĐ][\wĐ.&-]*"
    r"|\b[Ss][ốỐ]\s*:?\s*[\d…._]*\s?/\s?\S+"
)
_QUOTED = re.compile(r"[“\"][^“”\"\n]{12,}[”\"]")
_MOTTO = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM"
    r"|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM"
    r"|Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+phúc",
    re.IGNORECASE,
)
_PLAIN_MOTTOS = frozenset(skeleton(m) for m in MOTTOS)
_RULE = re.compile(r"[\s*_=~.…–—-]*")


def issuer_lines(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return (lines that may name the issuer, lines of place and date)."""
    kept: list[str] = []
    dated: list[str] = []
    listing = False
    for line in (part for text in lines for part in lines_of(text)):
        listing = is_recipient(line) or (listing and is_listed(line))
        line = _MOTTO.sub(" ", line).strip()
        if listing or _RULE.fullmatch(line) or skeleton(line) in _PLAIN_MOTTOS:
            continue
        if is_dated(line):
            dated.append(line)
            continue
        line = without_address(without_documents(line)).strip(" ;")
        if any(c.isalnum() for c in line):
            kept.append(line)
    return kept, dated


def is_recipient(line: str) -> bool:
    """Return whether `line` begins like "Kính gửi", "Nơi nhận" or "To:"."""
    return bool(_RECIPIENT.match(line))


def is_listed(line: str) -> bool:
    """Return whether `line` begins with a dash or bullet."""
    return bool(_LISTED.match(line))


def is_dated(line: str) -> bool:
    """Return whether `line` is like "Quận 3, ngày 8 tháng 6 năm 2021"."""
    lowered = line.lower()
    if "ngày" not in lowered and "ngay" not in lowered:
        return False
    return bool(_PLACE_AND_DATE.search(line))


def without_address(line: str) -> str:
    """Return `line` up to where an address begins."""
    label = _ADDRESS_LABEL.search(line)
    cut = label.start() if label else len(line)
    for match in _HOUSE.finditer(line, 0, cut):
        if match[1][0].isupper() and skeleton(match[1]) not in _NO_STREETS:
            return line[: match.start()]
    return line[:cut]


def without_documents(text: str) -> str:
    """Return `text` with documents' numbers and quoted titles blanked, equally long."""
    if "“" in text or '"' in text:
        text = _QUOTED.sub(lambda m: ";" * len(m[0]), text)
    if "/" not in text and "-" not in text:
        return text
    return _DOCUMENT.sub(lambda m: ";" * len(m[0]), text)
