"""Tell whether a page stands on its head, by reading a few of its lines both ways.

The net that finds the quarter turns is sometimes wrong by two of them; letters are not.
"""

import re
from collections.abc import Sequence

import numpy as np

from parsers.readers.picture import trueocr
from parsers.readers.picture.cut import CAP, strip
from parsers.readers.picture.shapes import Frame, Pixels, TextLine
from parsers.vietnamese.legacy.syllables import is_syllable

#: The widest lines of a page, and the height of their capitals in pixels.
_LINES, _CAP, _PAPER = 10, 25.0, 4
#: Upside down must be so much better than upright, in letters and in ratio.
_MORE, _TIMES = 12, 1.5
_WORD = re.compile(r"[^\W\d_]{2,}")


def stands_on_head(grey: Pixels, frames: Sequence[Frame]) -> bool:
    """Return whether more syllables are read with the page turned by two quarters."""
    widest = sorted(frames, key=lambda f: f.width, reverse=True)[:_LINES]
    lines = [TextLine(f, float(f.y1), f.height * CAP) for f in widest]
    strips = [strip(grey, line, _CAP, _PAPER) for line in lines]
    upright = _letters(strips)
    turned = _letters([np.ascontiguousarray(s[::-1, ::-1]) for s in strips])
    return turned > upright * _TIMES and turned > upright + _MORE


def _letters(strips: Sequence[Pixels]) -> int:
    """Return how many letters stand in words that are syllables."""
    return sum(
        len(word)
        for witness in trueocr.read(strips)
        for word in _WORD.findall(witness.text)
        if is_syllable(word)
    )
