"""Who a document says that it is from: letterhead, title, signature block, marking.

It gives lines; which unit they name is the business of `parsers.identity`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parsers import sections
from parsers.grid import Grid
from parsers.values.reading import Confirmation
from parsers.values.table import Document, Paragraph, Table
from parsers.vietnamese.fold import fold, skeleton

#: A letterhead has two to five lines; more is running text.
_MOST_ISSUER_LINES = 8
_MOST_TITLE_LINES = 5
_MOST_SIGNATURE_LINES = 12
_MOST_LINES_LOOKED_AT = 60
_LONGEST_LINE = 150
#: So many rows of so many texts are no letterhead.
_DATA_COLUMNS = 4
_DATA_ROWS = 2

_STATE = re.compile(
    r"cong hoa xa hoi chu nghia viet nam|doc lap tu do hanh phuc"
    r"|dang cong san viet nam|chxhcnvn|chxhcn viet nam|cong hoa xhcn viet nam"
    r"|doan tncs ho chi minh|doan thanh nien cong san ho chi minh"
)
_TITLE = re.compile(
    r"(?:bang|ban|phieu) (?:dang ki|tong hop|ke|thong ke)|dang ki\b|bao cao\b"
    r"|danh (?:muc|sach)\b|ke hoach\b|to trinh\b|cong van\b|tong hop\b|v v\b|ve viec\b"
    r"|thong bao\b|bien ban\b|lich\b|giay moi\b|du toan\b|hoa don\b|quyet dinh\b"
)
#: A letter has no title; the sentence above its works says whose they are.
_SENTENCE = re.compile(r"\bdang ki\b|\bbao cao ket qua\b")
_UNIT_LABEL = re.compile(r"(?:ten )?(?:don vi|co quan)(?: (?:dang ki|gui|bao cao))?")
_NO_ISSUER = re.compile(
    r"so\b.*\d.*|so \w{0,6}( .*)?|phu luc.*|mau (?:so )?\d*.*|bieu (?:so )?\d*.*"
    r"|kem theo.*|ngay .*|trang \d+.*"
)
_STOP = re.compile(r"kinh gui\b|can cu\b|thuc hien (?:ke hoach|cong van|chi dao)\b")
_OFFICE = frozenset(["van phong", "vp", "ban van phong"])
_NOT_CONFIRMING = re.compile(
    r"nguoi lap|ke toan|van thu|dai dien don vi dang ki|y kien|ban dieu hanh"
)
_SECRET = frozenset(["mật", "tối mật", "tuyệt mật"])
_SECRET_BARE = frozenset(["toi mat", "tuyet mat"])
_SECRET_LABEL = re.compile(r"^(?:độ mật|mức độ mật|dấu chỉ mức độ mật) ")


class Line(NamedTuple):
    """One line outside the works: `side` is left, right, or None for the full width."""

    text: str
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands around the works of one table.

    `issuer` are the left lines of the letterhead, the parent first: the last is who
    sends. `titles` are the lines of the title, `signature` those of the block below.
    """

    issuer: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    confirmation: Confirmation = "absent"
    secret: bool = False


def letterhead_of(
    before: Sequence[Line], after: Sequence[Line], own_text: bool = False
) -> Letterhead:
    """Return the letterhead from the lines before the works and those after them.

    `own_text` says that they stand in the mail's own body, where only capitals can be a
    letterhead.
    """
    before = before[:_MOST_LINES_LOOKED_AT]
    signature = _signature(after, own_text)
    confirmed = any(_confirms(line) for line in signature)
    return Letterhead(
        issuer=_issuer(before, own_text),
        titles=_titles(before, own_text),
        signature=signature,
        confirmation="block_only" if confirmed else "absent",
        secret=any(_is_secret(line.text) for line in before),
    )


def document_letterhead(document: Document) -> Letterhead:
    """Return the letterhead of a document that holds no works: a letter, a cover."""
    lines = [
        line
        for block in document.blocks
        if not _is_data(block)
        for line in block_lines(block)
    ]
    half = next(
        (i for i, line in enumerate(lines) if sections.is_signature(line.text)),
        len(lines),
    )
    return letterhead_of(lines[:half], lines[half:])


def _is_data(block: Table | Paragraph) -> bool:
    """Tell whether a block is a table whose rows name what they please, no issuer."""
    if isinstance(block, Paragraph):
        return False
    grid = Grid(block)
    full = sum(len(grid.filled(row)) >= _DATA_COLUMNS for row in range(grid.height))
    return full >= _DATA_ROWS


def block_lines(block: Table | Paragraph) -> list[Line]:
    """Return the lines of one block that holds no works, left before right."""
    if isinstance(block, Paragraph):
        return [Line(text) for text in block.text.split("\n") if text]
    grid = Grid(block)
    return row_lines(grid, range(grid.height))


def row_lines(grid: Grid, rows: Iterable[int]) -> list[Line]:
    """Return the lines of some rows, each row from left to right."""
    lines: list[Line] = []
    for row in rows:
        filled = grid.filled(row)
        if len(filled) == 2 and _UNIT_LABEL.fullmatch(
            skeleton(grid.text(row, filled[0]))
        ):
            # "Đơn vị:" in one cell, the name in the next: one line, parted by a border.
            lines.append(Line(" ".join(grid.text(row, c) for c in filled)))
            continue
        for column in filled:
            side = _side(grid, row, column, len(filled) > 1)
            texts = grid.text(row, column).split("\n")
            lines.extend(Line(text, side) for text in texts if text)
    return lines


def is_state(text: str) -> bool:
    """Tell whether a line names the state or the Party, as every letterhead does."""
    return _STATE.fullmatch(skeleton(text[:_LONGEST_LINE])) is not None


def is_title(text: str) -> bool:
    """Tell whether a line begins a title, of whatever kind of document."""
    return _TITLE.match(skeleton(text[:_LONGEST_LINE])) is not None


def begins_letterhead(text: str) -> bool:
    """Tell whether a line can be the first of another table's letterhead or title."""
    return is_state(text) or is_title(text)


def without_former(lines: Sequence[Line]) -> list[Line]:
    """Return what of the lines between two tables belongs to the second one.

    It begins with the state's or the Party's name, or with a title.
    """
    for index, line in enumerate(lines):
        if begins_letterhead(line.text) and not sections.is_footer(line.text):
            return list(lines[_left_half(lines, index) :])
    return []


def _left_half(lines: Sequence[Line], index: int) -> int:
    """Return where the left half begins that was written down just before a line.

    In a Word table it is a cell of several lines, in a sheet one cell a row.
    """
    start = index
    while start > 0 and lines[start - 1].side == "left":
        above = lines[start - 1].text
        if start < index and (above != above.upper() or above[0] in "-+"):
            break
        start -= 1
    return start


def _side(grid: Grid, row: int, column: int, shared: bool) -> str | None:
    wide = grid.span(row, column)[1]
    if wide > grid.width * 0.8:
        return None
    if shared or grid.width <= 3:
        return "left" if column < grid.width / 2 else "right"
    if column == 0:
        return "left"
    return "right" if column >= grid.width / 2 else None


def _issuer(lines: Sequence[Line], own_text: bool) -> tuple[str, ...]:
    sided = any(_names_issuer(x) for x in lines if x.side == "left")
    found: list[str] = []
    for line in lines:
        if line.side == "right" or (sided and line.side is None):
            continue
        text = skeleton(line.text)
        if _STOP.match(text) or _TITLE.match(text):
            break
        if own_text and line.text != line.text.upper():
            continue
        if _names_issuer(line):
            found.append(line.text.strip(" -–*"))
    if len(found) > 1 and skeleton(found[-1]) in _OFFICE:
        # An office signs for the committee above it.
        found.pop()
    return tuple(found[:_MOST_ISSUER_LINES])


def _names_issuer(line: Line) -> bool:
    if sections.is_blank(line.text) or len(line.text) > _LONGEST_LINE:
        return False
    text = skeleton(line.text)
    return not (
        _STATE.fullmatch(text)
        or _NO_ISSUER.fullmatch(text)
        or _TITLE.match(text)
        or sections.is_dated(line.text)
        or _is_secret(line.text)
    )


def _titles(lines: Sequence[Line], own_text: bool) -> tuple[str, ...]:
    for index, line in enumerate(lines):
        if line.side != "right" and is_title(line.text):
            rest = [x.text for x in lines[index:] if not _STOP.match(skeleton(x.text))]
            return tuple(rest[:_MOST_TITLE_LINES])
    last = () if own_text else lines[-1:]
    return tuple(x.text for x in last if _SENTENCE.search(skeleton(x.text)))


def _signature(lines: Sequence[Line], own_text: bool) -> tuple[str, ...]:
    starts = (i for i, line in enumerate(lines) if _begins_block(line.text, own_text))
    start = next(starts, None)
    if start is None:
        return ()
    found: list[str] = []
    addressed = any(_is_recipients(line) for line in lines[:start])
    sides = {line.side for line in lines[start:]}
    for line in lines[start:]:
        addressed = addressed or _is_recipients(line)
        if addressed and (line.side == "left" or line.text[0] in "-+"):
            # "Nơi nhận" names who receives it, never who sends it.
            continue
        if _is_recipients(line) or sections.is_blank(line.text):
            continue
        if is_title(line.text) and sides == {None}:
            break
        found.append(line.text)
    return tuple(found[:_MOST_SIGNATURE_LINES])


def _begins_block(line: str, own_text: bool) -> bool:
    if not sections.is_signature(line):
        return False
    # A mail ends with "Văn thư" and a name; only a table's block is in capitals.
    return not own_text or line == line.upper()


def _is_recipients(line: Line) -> bool:
    return skeleton(line.text).startswith("noi nhan")


def _confirms(line: str) -> bool:
    if _NOT_CONFIRMING.match(skeleton(line)):
        return False
    return sections.is_signature(line)


def _is_secret(text: str) -> bool:
    """Tell whether a whole line is the marking; words that hold it are none."""
    if len(text) > 40:
        return False
    words = _SECRET_LABEL.sub("", fold(text))
    return words in _SECRET or (text.isascii() and words in _SECRET_BARE)
