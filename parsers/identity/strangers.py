"""Recognise the names of wards and schools that no unit has.

That it is nobody's name is known to the caller, who asks after all units.
"""

from parsers.identity.lexicon import FOLLOWS, SCHOOLS, STOPS, WARD
from parsers.identity.lines import Line, dated, number_goes_on

_NOT_WARDS = frozenset({"hoi", "doan", "doi", "uy", "va", "khoa", "luan"})
#: Above it a number after P. is a room or a page.
_HIGHEST_WARD = 30
_LONGEST_NAME = 5


def stranger_end(line: Line, at: int) -> int | None:
    """Return the word after the ward or school that item `at` begins, or None."""
    item = line.items[at]
    if item.last >= len(line.words):
        return None
    word = line.words[item.last]
    if item.key == WARD:
        room = int(word.bare) > _HIGHEST_WARD if word.bare.isdecimal() else False
        wrong = room or item.slip or number_goes_on(line, item.last + 1)
        return None if wrong else item.last + 1
    if item.marked in ("phường", "xã"):
        return None if word.bare in _NOT_WARDS else _capitals(line, item.last)
    if item.key in SCHOOLS:
        written = line.words[item.first : item.last]
        if len(written) == 1 and not written[0].text.isupper():
            return None
        if word.number:
            if item.key != "MN":
                return None
            return None if dated(line, item.last) else item.last + 1
        return _capitals(line, item.last)
    return None


def _capitals(line: Line, first: int) -> int | None:
    """Return the end of the capitalised words from `first` on; None without any."""
    last = first
    while last < min(first + _LONGEST_NAME, len(line.words)):
        word = line.words[last]
        gaps = (" ", "\n", ". ", "") if last == first else (" ",)
        if not word.capital or word.gap not in gaps or STOPS.has(word):
            break
        if last == first and (len(word.text) < 2 or FOLLOWS.has(word)):
            break
        last += 1
    if last == first:
        return None
    if last < len(line.words) and line.words[last].number:
        return last + 1 if line.words[last].gap == " " else last
    return last
