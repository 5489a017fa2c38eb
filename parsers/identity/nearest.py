"""Rank units for a name that is nearly theirs.

It proposes and never decides: no score reaches that of a name that is written right,
and kinds and numbers are equal or the unit is not proposed at all.
"""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from parsers.identity.directory import (
    SHARED,
    SLIPPED,
    Codes,
    Directory,
    frame_of,
    letters_of,
)
from parsers.identity.lexicon import Item
from parsers.identity.lost import lost_runs

#: One wrong letter is understood from so many letters on, two from so many. In shorter
#: names it is another name: Lê Lợi and Lê Lai, Nguyễn Thi and Nguyễn Thái.
_ONE_EDIT, _TWO_EDITS = 8, 10
_EDIT_COSTS = 0.05
_LOST = 0.8
_PROPOSALS = 4


def nearest(directory: Directory, items: Sequence[Item]) -> Codes:
    """Return the units whose name is one or two letters away, at most 0.9 each."""
    choices = directory.framed.get(frame_of(items))
    wanted = letters_of(items)
    edits = (len(wanted) >= _ONE_EDIT) + (len(wanted) >= _TWO_EDITS)
    if not choices or not edits:
        return ()
    names = choices.keys()
    found = process.extract(
        wanted, names, scorer=OSA.distance, score_cutoff=edits, limit=_PROPOSALS
    )
    if not found:
        return ()
    least = min(distance for _, distance, _ in found)
    codes = set[str]().union(*(choices[n] for n, d, _ in found if d == least))
    score = SLIPPED - _EDIT_COSTS * least if len(codes) == 1 else SHARED
    return tuple((code, round(score, 2)) for code in sorted(codes))


def restored(directory: Directory, line: str) -> Codes:
    """Return the one unit that `line` names when lost letters are left out.

    Nothing where no name or several names fit.
    """
    for key in lost_runs(line):
        codes = directory.lost.get(key)
        if codes is not None:
            return ((next(iter(codes)), _LOST),) if len(codes) == 1 else ()
    return ()
