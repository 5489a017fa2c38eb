"""Say what the lines of a cell are as text: wrapped, or broken on purpose.

A line that was full goes on in the next with a space, a line into which the next word
would have fitted ends with LF. A PDF does not say which it was.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from parsers.readers.letters import Run
from parsers.readers.pdf.glyphs import LOST
from parsers.readers.pdf.marks import Line, Word

#: Of a line's height: so much room beyond the next word must have been left.
_SPARE = 0.45
#: Of a line's height: less room than this is none at all.
_FULL = 0.5
#: No Vietnamese syllable is longer.
_LONGEST_SYLLABLE = 7
#: Of a letter's width: kerning never moves it so far over the next one.
_OVER = 0.45
_SPACE = " "


def word_text(word: Word) -> str:
    """Return the letters of `word` as the file has them."""
    return "".join(g.text for g in word.glyphs)


def line_text(line: Line) -> str:
    """Return the words of `line`, one space between them."""
    return _SPACE.join(word_text(w) for w in line.words)


def runs_of(lines: Sequence[Line], width: float) -> tuple[list[Run], bool]:
    """Return the runs of a cell's lines, and whether a joint was guessed.

    `width` is the room that a line had, in points.
    """
    runs: list[Run] = []
    doubtful = False
    for number, line in enumerate(lines):
        if number:
            joint, guessed = _joint(lines[number - 1], line, width)
            doubtful = doubtful or guessed
            if joint:
                runs.append((joint, None))
        runs.extend(_line_runs(line))
    return runs, doubtful


def holds_lost(lines: Sequence[Line]) -> bool:
    """Tell whether the file does not say which letters some glyphs stand for."""
    return any(LOST in g.text for line in lines for w in line.words for g in w.glyphs)


def is_recognised(lines: Sequence[Line]) -> bool:
    """Tell whether some of it is a reading of a picture."""
    return any(
        g.style.recognised for line in lines for w in line.words for g in w.glyphs[:1]
    )


def overlaps(lines: Sequence[Line]) -> bool:
    """Tell whether letters are drawn over others: two lines in one place."""
    for line in lines:
        glyphs = [g for word in line.words for g in word.glyphs]
        over = sum(
            1
            for a, b in itertools.pairwise(glyphs)
            if a.x1 - b.x0 > _OVER * min(a.x1 - a.x0, b.x1 - b.x0)
        )
        if over > 1:
            return True
    return False


def _line_runs(line: Line) -> Iterator[Run]:
    font: str | None = None
    text = ""
    for number, word in enumerate(line.words):
        if number:
            text += _SPACE
        for glyph in word.glyphs:
            if glyph.style.font != font and text.strip():
                yield text, font
                text = ""
            font = glyph.style.font
            text += glyph.text
    yield text, font


def _joint(above: Line, below: Line, width: float) -> tuple[str, bool]:
    """Return what stands between two lines, and whether that is a guess."""
    room = width - (above.x1 - above.x0)
    first, last = below.words[0], word_text(above.words[-1])
    space = above.size * 0.22
    if room > first.x1 - first.x0 + space + above.size * _SPARE:
        return "\n", False
    if re.search(r"\w[-–/]$", last):
        return "", False
    if len(above.words) == 1 and _was_cut(above, word_text(first), room):
        return "", True
    return _SPACE, False


def _was_cut(above: Line, rest: str, room: float) -> bool:
    """Tell whether one long word was broken in the middle: it filled its line."""
    if room > above.size * _FULL:
        return False
    last = word_text(above.words[-1])
    if last.isalpha():
        return len(last) > _LONGEST_SYLLABLE and rest[:1].islower()
    return last[-1:].isdigit() and rest[:1].isdigit()
