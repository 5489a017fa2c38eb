"""Rank units for a name that is nearly theirs.

It proposes and never decides: no score reaches that of a name that is written right,
and kinds and numbers are equal or the unit is not proposed at all.
"""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from parsers.identity.directory import (
    SHARED,
    SHORTEST_SPELT,
    SLIPPED,
    Codes,
    Directory,
    frame_of,
    letters_of,
    numbers_of,
    spelling_of,
)
from parsers.identity.lines import Line, line_of
from parsers.identity.lost import lost_runs

#: One wrong letter is understood from so many letters on, two from so many. In shorter
#: names it is another name: Lê Lợi and Lê Lai, Nguyễn Thi and Nguyễn Thái.
_ONE_EDIT, _TWO_EDITS = 8, 10
_MOST_EDITS = 2
_EDIT_COSTS = 0.05
_LOST = 0.8
_PROPOSALS = 4


def nearest(directory: Directory, line: Line) -> Codes:
    """Return the units whose name is one or two letters away, at most 0.9 each."""
    wanted = letters_of(line.items)
    edits = (len(wanted) >= _ONE_EDIT) + (len(wanted) >= _TWO_EDITS)
    choices = directory.framed.get(frame_of(line.items), {})
    return _ranked(choices, wanted, edits) or _nearly_spelt(directory, line)


def _nearly_spelt(directory: Directory, line: Line) -> Codes:
    """Return the units whose kind, too, may be misspelt: TRUNG HC CƠ SỞ.

    Kinds that are written right must be among the unit's, and one must be missing.
    """
    wanted = spelling_of(line.words)
    if len(wanted) < SHORTEST_SPELT:
        return ()
    choices = directory.spelt.get(numbers_of(line.words), {})
    found = _ranked(choices, wanted, _MOST_EDITS)
    return found if found and _kinds(line) < _kinds_of(choices, found) else ()


def _kinds(line: Line) -> frozenset[str]:
    return frozenset(i.key for i in line.items if i.key.isupper())


def _kinds_of(choices: dict[str, frozenset[str]], found: Codes) -> frozenset[str]:
    codes = {code for code, _ in found}
    names = (n for n, owners in choices.items() if owners <= codes)
    # Names are spelt here without their number, which makes a kind of "quan".
    return frozenset[str]().union(*(_kinds(line_of(f"{n} 1")) for n in names))


def _ranked(choices: dict[str, frozenset[str]], wanted: str, edits: int) -> Codes:
    found = (
        process.extract(
            wanted,
            choices.keys(),
            scorer=OSA.distance,
            score_cutoff=edits,
            limit=_PROPOSALS,
        )
        if edits and choices
        else []
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
