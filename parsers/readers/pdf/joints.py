"""Judge what stands between two lines of a cell: a space, nothing, or a line's end.

A line that was full goes on in the next, a line into which the next word would have
fitted was ended on purpose. Some programs draw the space at which they broke a line.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from parsers.readers.pdf.laid import LaidCell
from parsers.readers.pdf.marks import Line, line_text, word_text
from parsers.vietnamese.legacy.syllables import is_syllable

#: Of a line's height: so much room beyond the next word must have been left.
_SPARE = 0.45
#: Of a letter's width: less room than this beyond the next letter is none for it.
_FULL = 0.2
#: Of a line's height: the space between two words.
_SPACE = 0.22
#: Of a letter's width: a space for which less room than this was left is not drawn.
_SWALLOWED = 0.8
#: No Vietnamese syllable is longer.
_LONGEST_SYLLABLE = 7
#: One ended line in so many may have a space where line ends are told by spaces.
_FEW = 10
#: No sentence ends with these.
_LEADING = frozenset(
    [
        "với",
        "tại",
        "thứ",
        "của",
        "và",
        "cho",
        "ở",
        "về",
        "từ",
        "đến",
        "do",
        "các",
        "những",
        "trên",
        "theo",
        "bằng",
        "trong",
        "là",
        "được",
        "vì",
        "khi",
        "để",
        "hoặc",
        "hay",
        "như",
        "số",
        "không",
        "ngày",
        "tháng",
        "năm",
        "quận",
        "phường",
        "đường",
        "khu",
        "mỗi",
    ]
)
#: Letters that are words.
_LETTERS = frozenset(["ở", "ý", "y", "ô", "u", "à", "á", "ạ", "ừ"])
#: An item is no longer; more lines above are not looked at.
_MOST_ITEM_LINES = 12
_VOWELS = frozenset(
    "aăâeêioôơuưyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứự"
)
#: No line begins with these.
_CLOSING = frozenset(".,;:)%”!?")
#: "- Thời gian thực hiện: …" begins a line wherever it stands.
_LABEL = re.compile(r"[-–+•*]\s+[^:.;]{3,50}:(?:\s|$)")
#: Of what a number counts: it stands at the number without a space.
_UNIT = re.compile(r"(?:đ|%|m2?|kg|g|tr)(?![^\W\d_])")
_MARK = re.compile(r"(?:[-–+•*o·]|\(?(?:\d{1,2}|[a-zđ])[.)/])(?:\s|$)")


class Joint(NamedTuple):
    """Two lines of a cell whose lines had `room` points; is the lower one an item?"""

    above: Line
    below: Line
    room: float
    item: bool

    def told(self) -> tuple[str, bool]:
        """Return what stands between, where a wrapped line ends with a space."""
        spaced = self.above.words[-1].glyphs[-1].spaced
        if self.fits():
            # Nobody knows the room of a letterhead's half; its spaces tell.
            unknown = self.room == float("inf") and spaced
            return (" ", True) if unknown else ("\n", False)
        if spaced:
            return " ", False
        if self._is_hyphened():
            return "", False
        if self._was_cut():
            return "", True
        if not self._is_drawn_whole():
            return self.judged()
        if self._left() > self._letter() * _SWALLOWED:
            # A long word alone in its line may have been cut there.
            return "\n", len(self.above.words) == 1
        ended = line_text(self.above)[-1] in ".;:"
        if self.item or (ended and self._begins_anew() and not self._leads_on()):
            # A line ended on purpose more often than a space found no room.
            return "\n", True
        # What was ended on purpose where its line was full looks the same.
        return " ", True

    def _is_drawn_whole(self) -> bool:
        """Tell whether the last word is one stroke, its space included.

        QUIRK: a space between letters of another subset is drawn alone, and lost.
        """
        return not any(g.first for g in self.above.words[-1].glyphs[1:])

    def _leads_on(self) -> bool:
        """Tell whether the last word of the line above asks for another."""
        last = word_text(self.above.words[-1])
        name = len(self.above.words) > 1 and last[:1].isupper() and last[1:].islower()
        return name or last.lower() in _LEADING or not last[-1:].isalnum()

    def judged(self) -> tuple[str, bool]:
        """Return what stands between, judged by the room alone."""
        if self.fits():
            return "\n", False
        if self._is_hyphened():
            return "", False
        if self._was_cut():
            return "", True
        return ("\n" if self.item else " "), self.item or self._begins_anew()

    def _left(self) -> float:
        return self.room - (self.above.x1 - self.above.x0)

    def _letter(self) -> float:
        """Return the width of a usual letter; heights differ by what a font says."""
        return median(
            g.x1 - g.x0
            for line in (self.above, self.below)
            for word in line.words
            for g in word.glyphs
        )

    def fits(self) -> bool:
        """Tell whether the next word would have fitted into the line above."""
        first, size = self.below.words[0], self.above.size
        return self._left() > first.x1 - first.x0 + size * (_SPACE + _SPARE)

    def _is_hyphened(self) -> bool:
        return bool(re.search(r"\w[-–/]$", word_text(self.above.words[-1])))

    def _begins_anew(self) -> bool:
        """Tell whether the lower line looks as if a sentence or an item began there."""
        text = line_text(self.below)
        ended = line_text(self.above)[-1] in ".;:"
        if ended or bool(_MARK.match(text)) or text[:1] in "(“\"'":
            return True
        if self._leads_on():
            return False
        # Lines of a cell begin with figures and names, sentences go on with them.
        return not text[:1].islower()

    def _was_cut(self) -> bool:
        """Tell whether one long word was broken in the middle: it filled its line."""
        following = self.below.words[0].glyphs[0]
        needed = following.x1 - following.x0 + self._letter() * _FULL
        if self._left() > needed:
            return False
        first = word_text(self.below.words[0])
        if first[0] in _CLOSING and not self.above.words[-1].glyphs[-1].spaced:
            return True
        if len(self.above.words) > 1:
            return False
        if self.above.words[-1].glyphs[-1].spaced:
            return False
        last, rest = word_text(self.above.words[-1]), word_text(self.below.words[0])
        if last[-1:].isdigit():
            if _UNIT.match(rest):
                return True
            return rest[:1].isdigit() or (rest[:1] in ".," and rest[1:2].isdigit())
        if not last[-1:].isalpha() or not rest[:1].isalpha():
            return last[-1:] in ".," and last[-2:-1].isdigit() and rest[:1].isdigit()
        return _is_broken(last, rest)


def _is_broken(last: str, rest: str) -> bool:
    """Tell whether two pieces are one syllable rather than two."""
    capitals = last[-1:].isupper() and len(last) > 1
    if capitals != rest[:1].isupper():
        return False
    if last.isalpha() and len(last) > _LONGEST_SYLLABLE:
        return True
    if last.islower() and last.isalpha() and not is_syllable(last):
        return True
    head = re.split(r"[^\w]", last)[-1].lower()
    tail = re.split(r"[^\w]", rest)[0].lower()
    if not last.isalnum() and tail[:1] in _VOWELS and is_syllable(head + tail):
        # "đồng/ngư" is too long for its column as it is.
        return True
    alone = len(tail) > 1 or tail in _LETTERS
    apart = is_syllable(head) and is_syllable(tail) and alone
    return is_syllable(head + tail) and not apart


def is_listed(above: Sequence[Line], line: Line) -> bool:
    """Tell whether `line` begins with a mark as one of the last lines above does."""
    mark = _MARK.match(line_text(line))
    if mark is None:
        return False
    if _LABEL.match(line_text(line)):
        return True
    for other in above[-_MOST_ITEM_LINES:]:
        first = _MARK.match(line_text(other))
        if first is not None and _kind(first[0]) == _kind(mark[0]):
            return True
    return False


def _kind(mark: str) -> str:
    return "1" if mark.strip("(")[:1].isalnum() else mark[:1]


def tells_spaces(cells: Iterable[LaidCell]) -> bool:
    """Tell whether the file draws the space at which a line was broken.

    Some draw one after every line, the last of a cell too; then it says nothing.
    """
    spaces = ended = ends = 0
    for cell in cells:
        for above, below in itertools.pairwise(cell.lines):
            spaced = above.words[-1].glyphs[-1].spaced
            if Joint(above, below, cell.width, False).fits():
                ended += 1
                ends += spaced
            else:
                spaces += spaced
        if cell.lines:
            ended += 1
            ends += cell.lines[-1].words[-1].glyphs[-1].spaced
    return spaces > 0 and ends * _FEW <= ended
