"""Names in text whose letters were lost for good: PHƯNG 9 for PHƯỜNG 9.

Nothing is repaired here; the same letters are left out of the names, and compared.
"""

import re
from collections.abc import Iterator

#: QUIRK: PDF text and some recognisers drop exactly the letters U+1EA0 to U+1EF9; a
#: .doc read as 8-bit text, and mail programs that write "?", drop all but ASCII.
_LATE = re.compile("[\u1ea0-\u1ef9]")
_QUESTION = re.compile(r"(?<=\w)\?+(?=\w)|(?<=\w)\?+(?=\s|$)|\?+(?=\w)")
#: A number is closed on both sides, so that 1 is not found in 10.
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"0*(\d+)")
_NOT_WORD = re.compile(r"[^\w<>]+|_+")
#: Shorter keys are found in anything.
_SHORTEST = 6
#: The tone of these may stand on either letter, and only one of the two is lost.
_MOVED = (("uỷ", "ủy"), ("uỵ", "ụy"), ("uỹ", "ũy"), ("oạ", "ọa"), ("oả", "ỏa"))
_LONGEST_RUN = 32


def lost_keys(name: str) -> frozenset[str]:
    """Return what is left of `name` when letters are lost; none where nothing is."""
    if name.isascii():
        return frozenset()
    lowered = name.lower()
    forms = {lowered}
    for one, other in _MOVED:
        if one in lowered or other in lowered:
            forms |= {f.replace(one, other) for f in forms}
            forms |= {f.replace(other, one) for f in forms}
    keys = {_glued(_LATE.sub("", f)) for f in forms}
    keys |= {_glued(f.encode("ascii", "ignore").decode()) for f in forms}
    return frozenset(k for k in keys if len(k) >= _SHORTEST) - {_glued(lowered)}


def lost_runs(line: str) -> Iterator[str]:
    """Yield the key of each run of words in `line`, the longest first.

    Spaces do not count, since a lost letter often leaves one behind.
    """
    if "?" not in line and _LATE.search(line):
        # Whatever lost its letters has not one of these left.
        return
    pieces = [_glued(w) for w in _NOT_WORD.split(_QUESTION.sub("", line.lower())) if w]
    for length in range(min(len(pieces), _LONGEST_RUN), 0, -1):
        for first in range(len(pieces) - length + 1):
            key = "".join(pieces[first : first + length])
            if len(key) >= _SHORTEST:
                yield key


def _glued(text: str) -> str:
    if _DIGIT.search(text):
        text = _NUMBER.sub(r"<\1>", text)
    return _NOT_WORD.sub("", text)
