"""Say what the lines of a cell are as text, and what of it was guessed.

What stands between two lines is judged in `joints`.
"""

import itertools
from collections.abc import Iterator, Sequence

from parsers.readers.letters import Run
from parsers.readers.pdf import joints
from parsers.readers.pdf.glyphs import LOST
from parsers.readers.pdf.laid import LaidCell
from parsers.readers.pdf.marks import Line

#: Of a letter's width: kerning never moves it so far over the next one.
_OVER = 0.45
_SPACE = " "
#: What was read at all is not less sure than this.
_LEAST_SURE = 0.05
#: And nothing that was read from a picture is surer.
_MOST_SURE = 0.99


def runs_of(cell: LaidCell, spaces_told: bool) -> tuple[list[Run], bool]:
    """Return the runs of a cell's lines, and whether a joint was guessed.

    `spaces_told` is as `joints.tells_spaces` says.
    """
    runs: list[Run] = []
    between = joints_of(cell, spaces_told)
    for line, (joint, _) in zip(cell.lines, [("", False), *between], strict=True):
        if joint:
            runs.append((joint, runs[-1][1]))
        runs.extend(_line_runs(line))
    return _in_one(runs), any(guessed for _, guessed in between)


def joints_of(cell: LaidCell, spaces_told: bool) -> list[tuple[str, bool]]:
    """Return what stands between each two lines of a cell, and whether by a guess."""
    found = []
    for number, line in enumerate(cell.lines[1:], 1):
        above = cell.lines[number - 1]
        marked = joints.is_listed(cell.lines[:number], line)
        place = joints.Joint(above, line, cell.width, marked)
        told = place.told() if spaces_told else place.judged()
        found.append(("\n", False) if number in cell.starts else told)
    return found


def _in_one(runs: Sequence[Run]) -> list[Run]:
    """Return neighbours of one font as one run: short ones tell less of their letters.

    Lines cut into their words once looked like an old encoding.
    """
    return [
        ("".join(text for text, _ in group), font)
        for font, group in itertools.groupby(runs, key=lambda run: run[1])
    ]


def holds_lost(lines: Sequence[Line]) -> bool:
    """Tell whether the file does not say which letters some glyphs stand for."""
    return any(LOST in g.text for line in lines for w in line.words for g in w.glyphs)


def is_recognised(lines: Sequence[Line]) -> bool:
    """Tell whether some of it is a reading of a picture."""
    return any(
        g.style.recognised for line in lines for w in line.words for g in w.glyphs[:1]
    )


def sureness(lines: Sequence[Line]) -> float | None:
    """Return how sure our own reading of all these lines is; None for what is no scan.

    Each line may be wrong for itself.
    """
    styles = {
        g.style.line: g.style.sure
        for line in lines
        for word in line.words
        for g in word.glyphs
        if g.style.sure is not None
    }
    if not styles:
        return None
    doubt = sum(1.0 - sure for sure in styles.values() if sure is not None)
    return min(_MOST_SURE, max(_LEAST_SURE, 1.0 - doubt))


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
