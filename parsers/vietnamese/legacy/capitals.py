"""Give words back the capitals that an encoding has no codes for.

TCVN3 has no capital with a tone; VISCII and VPS lack some. Where no font drew them,
"HUYỆN" was stored with a small ệ.
"""

import re

from parsers.vietnamese.legacy.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = re.compile("[a-z]")
_CAPITAL = re.compile("[A-Z]")


def raised(text: str) -> str:
    """Return decoded `text`, those words in capitals whose ASCII letters all are.

    A word of one capital ("Tổ") follows its line; a line is in capitals where none of
    its ASCII letters is small and one word of several letters shows it.
    """
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    if line.isascii() or line.islower():
        return line
    capital_line = _is_in_capitals(line)
    return _WORD.sub(lambda m: _word(m[0], capital_line), line)


def _word(word: str, capital_line: bool) -> str:
    if word.isascii() or word.isupper() or _SMALL.search(word):
        return word
    return word.upper() if capital_line or _shows_capitals(word) else word


def _shows_capitals(word: str) -> bool:
    """Say whether a capital stands behind the first letter."""
    return any(c.isupper() for c in word[1:])


def _is_in_capitals(line: str) -> bool:
    if _SMALL.search(line):
        return False
    for word in _WORD.findall(line):
        if len(word) < 2:
            continue
        if word.isupper():
            if is_syllable(word):
                return True
        elif _CAPITAL.search(word) and _shows_capitals(word):
            return True
    return False
