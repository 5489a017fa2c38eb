"""Cut text into words that can be compared, each with the place where it stood.

It knows nothing of units; what a word means is the business of `lexicon`.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from parsers.vietnamese.fold import fold, nfc_text, skeleton

_PIECE = re.compile(r"[^\W\d_]+|\d+")
#: A letter after a number is a part of it only where schools use it: 6A, 6B.
_SUFFIX = frozenset("abcd")
_TIGHT_GAP = frozenset(("", " "))
_LONGEST_NUMBER = 6


class Word(NamedTuple):
    """One word, or one number with its letter.

    `marked` is compared with accents, `bare` without; a number has no leading zeros.
    `gap` is what stands before it since the word before; `start` and `end` count
    characters of the text.
    """

    text: str
    marked: str
    bare: str
    gap: str
    start: int
    end: int

    @property
    def number(self) -> bool:
        """Return whether it begins with a digit."""
        return self.bare[:1].isdecimal()

    @property
    def capital(self) -> bool:
        """Return whether it begins with a capital letter."""
        return self.text[:1].isupper()


def words_of(text: str, *, camel: bool = False) -> tuple[Word, ...]:
    """Return the words of `text`, which is NFC.

    Letters and digits are parted (P9 is two words), a number keeps its letter (6A).
    With `camel` a capital after a small letter begins a word (BangDangKy), as in the
    names of files.
    """
    found: list[Word] = []
    end = 0
    for match in _PIECE.finditer(text):
        whole = (match.start(), match[0])
        for start, piece in _split(*whole) if camel else (whole,):
            _add(found, piece, text[end:start], start)
            end = start + len(piece)
    return tuple(found)


def lines_of(text: str) -> list[str]:
    """Return the lines of `text` that are not empty, NFC, trimmed."""
    return [line for line in nfc_text(text).split("\n") if line.strip()]


def _add(found: list[Word], piece: str, gap: str, start: int) -> None:
    before = found[-1] if found else None
    if (
        len(piece) == 1
        and before
        and before.text.isdecimal()
        and _is_suffix(piece, gap)
    ):
        joined = before.bare + piece.lower()
        text = before.text + gap + piece
        found[-1] = Word(
            text, joined, joined, before.gap, before.start, start + len(piece)
        )
        return
    marked, bare = _keys(piece)
    found.append(Word(piece, marked, bare, gap, start, start + len(piece)))


def _is_suffix(piece: str, gap: str) -> bool:
    if piece.lower() not in _SUFFIX or gap not in _TIGHT_GAP:
        return False
    # "6 A" is 6A, but "6 a" is a number and a word.
    return gap == "" or piece.isupper()


@lru_cache(maxsize=16384)
def _keys(piece: str) -> tuple[str, str]:
    if piece.isdecimal():
        number = str(int(piece)) if len(piece) <= _LONGEST_NUMBER else piece
        return number, number
    return fold(piece), skeleton(piece)


def _split(start: int, piece: str) -> list[tuple[int, str]]:
    if len(piece) < 2 or piece.isupper() or piece.islower():
        return [(start, piece)]
    cuts = [0]
    for k in range(1, len(piece)):
        rises = piece[k].isupper() and piece[k - 1].islower()
        # The last capital of UBNDPhuong belongs to the word after it.
        falls = (
            k + 1 < len(piece)
            and piece[k].isupper()
            and piece[k - 1].isupper()
            and piece[k + 1].islower()
        )
        if rises or falls:
            cuts.append(k)
    cuts.append(len(piece))
    return [(start + a, piece[a:b]) for a, b in pairwise(cuts)]
