"""Have a page's lines read, those in doubt twice, and say how sure each is."""

from collections.abc import Sequence

import cv2
import numpy as np

from parsers.readers.picture import aster, tesseract, trueocr
from parsers.readers.picture.agreement import voted
from parsers.readers.picture.alike import with_hooks
from parsers.readers.picture.certainty import certainty_of, needs_second
from parsers.readers.picture.cut import strip
from parsers.readers.picture.shapes import LineReading, Pixels, TextLine, Witness

#: Pixels of a capital, and of paper around it, in strips for Tesseract and the nets.
_CAP, _PAPER, _TIGHT = 25.0, 12, 4
#: The second time capitals are larger, and what is nearly paper is paper.
_CAP_AGAIN = 31.0
_NEARLY = 0.9
#: Of a page of more lines none is read twice: a page has its seconds.
_MOST_TWICE = 350
_PAPER_GREY = 245


def read_lines(grey: Pixels, lines: Sequence[TextLine]) -> tuple[LineReading, ...]:
    """Return what stands in the lines of a page without rules and coloured ink."""
    first = _first(grey, lines)
    texts = [voted([w.text for w in witnesses]) for witnesses in first]
    doubtful = [i for i, text in enumerate(texts) if needs_second(text, first[i])]
    if len(lines) > _MOST_TWICE:
        # A newspaper; what is in doubt stays so.
        doubtful = []
    second_time = _second(grey, [lines[i] for i in doubtful])
    again = dict(zip(doubtful, second_time, strict=True))
    readings = []
    for index, line in enumerate(lines):
        second, text = again.get(index, ()), texts[index]
        if second:
            good, weak = first[index][:2], first[index][2:]
            text = voted([w.text for w in (*good, *second, *weak)])
        witnesses = (*first[index], *second)
        text = with_hooks(text, witnesses)
        sure, doubts = certainty_of(text, first[index], second, line.cap)
        readings.append(LineReading(line, witnesses, text, sure, doubts))
    return tuple(readings)


def _first(grey: Pixels, lines: Sequence[TextLine]) -> list[tuple[Witness, ...]]:
    wide = [strip(grey, line, _CAP, _PAPER) for line in lines]
    tight = [strip(grey, line, _CAP, _TIGHT) for line in lines]
    voices = tesseract.read(wide), aster.read(tight), trueocr.read(tight)
    return list(zip(*voices, strict=True))


def _second(grey: Pixels, lines: Sequence[TextLine]) -> list[tuple[Witness, ...]]:
    """Read lines on pictures that are larger, with more contrast."""
    wide = [_clearer(strip(grey, line, _CAP_AGAIN, _PAPER)) for line in lines]
    tight = [_clearer(strip(grey, line, _CAP_AGAIN, _TIGHT)) for line in lines]
    return list(zip(tesseract.read(wide), aster.read(tight), strict=True))


def _clearer(picture: Pixels) -> Pixels:
    """Return a strip whose dark is darker, and whose light is paper."""
    darkest = float(np.percentile(picture, 1))
    lightest = darkest + (_PAPER_GREY - darkest) * _NEARLY
    span = max(20.0, lightest - darkest)
    even = (picture.astype(np.float32) - darkest) * (_PAPER_GREY / span)
    clear: Pixels = np.clip(even, 0, _PAPER_GREY).astype(np.uint8)
    return cv2.GaussianBlur(clear, (0, 0), 0.5)
