"""Part a line into stretches of one font, and undo what garbled them.

In which encoding a stretch is, is decided where all are known.
"""

import re
from dataclasses import dataclass

from parsers.vietnamese.legacy.damage import (
    is_suspect,
    may_be_damaged,
    without_eth,
    without_mojibake,
)
from parsers.vietnamese.legacy.fonts import font_encoding
from parsers.vietnamese.legacy.lines import ALONE, CERTAIN, LEFT_OPEN, Judged, judge
from parsers.vietnamese.legacy.passages import through_other_set
from parsers.vietnamese.legacy.words import HARD

#: Letters as stored, and the font that they are set in; None where nothing names one.
Run = tuple[str, str | None]
Line = tuple[Run, ...]

_PRIVATE = range(0xF020, 0xF100)
#: Letters of VISCII.
_CONTROLS = re.compile("[\x02\x05\x06\x14\x19\x1e]")


@dataclass(slots=True)
class Stretch:
    """Text in one font: how it is judged, and what is decided about it.

    `repaired` says that it was garbled, `passed` that its bytes were read in another
    set, `stored` then being what stands in the file. `certainty` and `evidence` are as
    of a Cell.
    """

    text: str
    font: str | None
    judged: Judged
    repaired: bool = False
    passed: bool = False
    encoding: str = "unicode"
    certainty: float = 1.0
    evidence: str | None = None
    stored: str = ""

    @property
    def family(self) -> str | None:
        """Return what stretches must share to speak for each other."""
        return font_encoding(self.font) or self.font


def look(text: str, font: str | None) -> str:
    """Say at a glance what `text` may be, damaged or not as it says.

    `odd` may show something else than it stores, `open` reads about as well in an old
    encoding, `hard` has letters that only Unicode has; all else is `plain`.
    """
    if text.isascii():
        odd = is_suspect(text) or _CONTROLS.search(text) is not None
        return "odd" if odd else "plain"
    hard = HARD.search(text) is not None
    if hard and not may_be_damaged(text):
        # Nearly every line of the office ends here.
        return "hard"
    judged = judge(text, font)
    if judged.best[1] >= LEFT_OPEN or is_suspect(text) or _has_passed(text):
        return "odd"
    if hard:
        return "hard"
    return "open" if judged.is_open else "plain"


def _has_passed(text: str) -> bool:
    return through_other_set(text) is not None


def stretches_of(line: Line, passed: bool = False) -> list[Stretch]:
    """Return the stretches of one font in `line`, what garbled them undone.

    `passed` says that others in the document are known to have been read in a set that
    is not theirs, so that less proves it here.
    """
    joined: list[list[str | None]] = []
    for text, font in line:
        if joined and joined[-1][1] == font:
            joined[-1][0] = f"{joined[-1][0]}{text}"
        else:
            joined.append([text, font])
    return [_stretch(text or "", font, passed) for text, font in joined]


def _stretch(stored: str, font: str | None, passed: bool) -> Stretch:
    text = _from_symbols(stored, font)
    sound = without_mojibake(text)
    repaired = sound != text
    judged = judge(sound, font)
    western = None if sound.isascii() else through_other_set(sound, passed)
    if western is not None:
        # A passage through two sets proves itself or is left alone.
        again = judge(western, font)
        if _proves_passage(again, judged, passed):
            return Stretch(western, font, again, True, passed=True, stored=stored)
    if judged.hard:
        text, sound = sound, without_eth(sound)
        repaired = repaired or text != sound
    return Stretch(sound, font, judged, repaired)


def _proves_passage(again: Judged, plain: Judged, passed: bool) -> bool:
    name, score = again.best
    if passed and again.bad == 0 and score >= max(ALONE, plain.best[1]):
        return True
    if again.certain != name or again.words < 2:
        return False
    cleaner = again.bad == 0 < plain.bad and score > plain.best[1]
    return cleaner or score > plain.best[1] + CERTAIN


def _from_symbols(text: str, font: str | None) -> str:
    """Return `text` with the codes of a symbol font as letters where they are such.

    QUIRK: Word stores text in a font marked as one of symbols at U+F000 and above.
    """
    if text.isascii() or not any(ord(c) in _PRIVATE for c in text):
        return text
    plain = "".join(chr(ord(c) - 0xF000) if ord(c) in _PRIVATE else c for c in text)
    proved = judge(plain, font).certain not in (None, "unicode")
    return plain if proved or font_encoding(font) is not None else text
