"""Part a line that holds a whole work by the labels within it.

"1/ Tủ thuốc - hình thức: … - thời gian: …", "Công trình 1: Tủ thuốc. Thời gian: …".
What the parts make is the business of `parsers.forms`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.readers.listing import TITLE_HEADING
from parsers.vietnamese.fold import skeleton
from parsers.wordings import BEGINNING, WHOLE, Wordings

#: What may stand before a label within a line.
_BEFORE = re.compile(r"[;.,(]\s*(?=[^\W\d_])|\s[-–+*/|]\s*(?=[^\W\d_])")
_COLON = re.compile(r":(?!//)")
_NUMBERED = re.compile(r"\(?(\d{1,2})\s?[.)/:-]\s*(?=\S)")
_COUNTED = re.compile(r"(\D{2,40}?)\s*(?:số\s*)?\d{1,2}")
#: "Đơn vị đăng ký công trình “Tủ thuốc”, hình thức: …"
_QUOTED = re.compile(
    r".*(?:đăng ký|đăng kí|dang ky).*?(?:công trình|mô hình|cong trinh|mo hinh)"
    r"[^“”\"]{0,40}[“\"](?P<title>[^“”\"]{3,200})[”\"]\s*(?:với|,|;|:)?\s*",
    re.IGNORECASE,
)
_REGISTERS = re.compile(r"\b(?:dang ki|bao cao)\b")
_LONGEST_LABEL, _LONGEST_LINE, _MOST_COLONS = 80, 2000, 30
_SUPPORT = frozenset(
    {
        *("method", "time", "expected_result", "goal", "pace", "outcome"),
        *("effect", "result", "progress", "content"),
    }
)


@dataclass(frozen=True, slots=True)
class _Part:
    """One label with its text; `start` is where what parts it from the left begins."""

    label: str
    key: str
    start: int
    text_at: int


def parted_line(line: str, words: Wordings, announced: bool) -> list[str]:
    """Return a line for each labelled part, empty where the line is no whole work.

    A numbered text without a label is a title only where works were `announced`.
    """
    if len(line) > _LONGEST_LINE or line.count(":") < 1:
        return []
    parts = _parts(line, words)
    support = sum(part.key in _SUPPORT for part in parts)
    if not support or any(part.key == "foreign" for part in parts):
        return []
    lead = line[: parts[0].start or _lead_end(line)]
    shown = [
        f"{p.label}: {text}" for p, text in zip(parts, _texts(line, parts), strict=True)
    ]
    if parts[0].key == "title":
        return _with_title(lead, shown)
    if support < 2:
        return []
    numbered = _NUMBERED.match(lead)
    if numbered and announced:
        title = lead[numbered.end() :].strip(" ,;.-–(")
        return [f"{numbered[1]}. {TITLE_HEADING}: {title}", *shown] if title else []
    quoted = _QUOTED.fullmatch(lead.strip(" ,;."))
    return [f"{TITLE_HEADING}: {quoted['title']}", *shown] if quoted else []


def _with_title(lead: str, shown: list[str]) -> list[str]:
    lead = lead.strip()
    if not lead or (_NUMBERED.fullmatch(f"{lead} x"[:-1]) or len(lead) < 3):
        return [f"{lead} {shown[0]}".strip(), *shown[1:]]
    return [lead, *shown] if _REGISTERS.search(skeleton(lead)) else []


def _parts(line: str, words: Wordings) -> list[_Part]:
    marks = [
        (0, _lead_end(line)),
        *((m.start(), m.end()) for m in _BEFORE.finditer(line)),
    ]
    colons = [m.start() for m in _COLON.finditer(line)][:_MOST_COLONS]
    # "Phường 9 đăng ký: Tên công trình: …": a colon may part a label, too.
    marks += [(c + 1, c + 1) for c in colons[:1]]
    parts: list[_Part] = []
    past = -1
    for colon in colons:
        near = [
            m for m in marks if past < m[0] and m[1] < colon <= m[1] + _LONGEST_LABEL
        ]
        part = _part_at(line, sorted(near), colon, words)
        if part is not None:
            parts.append(part)
            past = colon
    return parts


def _lead_end(line: str) -> int:
    numbered = _NUMBERED.match(line)
    if numbered:
        return numbered.end()
    return len(line) - len(line.lstrip(" -–+*•"))


def _part_at(
    line: str, near: list[tuple[int, int]], colon: int, words: Wordings
) -> _Part | None:
    """Return the label that ends at a colon: the longest that is known as a whole."""
    weak: _Part | None = None
    for start, end in near:
        label = line[end:colon].strip()
        counted = _COUNTED.fullmatch(label)
        meaning = words.meaning(counted[1] if counted else label)
        if meaning is None or meaning.score < BEGINNING:
            continue
        part = _Part(label, meaning.key, start, colon + 1)
        if meaning.score >= WHOLE:
            return part
        weak = part
    return weak


def _texts(line: str, parts: list[_Part]) -> Iterator[str]:
    ends = [*(part.start for part in parts[1:]), len(line)]
    for part, end in zip(parts, ends, strict=True):
        text = line[part.text_at : end].strip(" ;,")
        if text.count(")") > text.count("("):
            text = text.rstrip(". ").removesuffix(")")
        yield text.removesuffix(".") if not text.endswith("..") else text
