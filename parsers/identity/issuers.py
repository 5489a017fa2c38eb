"""Say whom a letterhead or a block of signatures names as the one who issues.

The parent above the issuer, the place and the recipients are not it. Lines come from
the readers; where in the document they stood is not asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.identity.cleaning import issuer_lines
from parsers.identity.directory import SHARED, Codes, Directory, codes_at
from parsers.identity.lexicon import (
    OFFICES,
    ORGANISATIONS,
    PARENTS,
    WARD_BODIES,
    begins,
)
from parsers.identity.lines import Line, line_of
from parsers.identity.naming import Naming, bodies, namings
from parsers.identity.nearest import nearest, restored

#: Longer blocks are tables that were taken for a letterhead.
_MOST_LINES = 24
#: Longer lines are titles that were taken for a body.
_LONGEST_NAME = 14
_BODIES = ORGANISATIONS | OFFICES | WARD_BODIES
#: Offices of the district's own committee: they collect, they do not register.
_OF_PARENT = OFFICES | {("ban",)}
_KIND_WORDS = frozenset({"phuong", "truong", "quan", "so", "non"})
_CONFIRMS = ("xac", "nhan", "cua")


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whom a block names; without `codes` it is none of ours.

    `confirms`: it only confirms ("XÁC NHẬN CỦA …"), which a superior body may do.
    """

    text: str
    codes: Codes = ()
    confirms: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a block: its words without accents, what is named, which bodies."""

    text: str
    keys: tuple[str, ...]
    named: tuple[Naming, ...]
    units: tuple[Naming, ...]

    @property
    def home(self) -> bool:
        return any(n.home for n in self.named)


def letterhead_issuers(
    directory: Directory, lines: Sequence[str]
) -> tuple[Issuer, ...]:
    """Return whom a letterhead, its lines from the top down, names: the last body.

    A district or province of others anywhere in it makes the issuer a stranger.
    """
    kept, dated = issuer_lines(lines[:_MOST_LINES])
    rows = _rows(directory, kept)
    elsewhere = _elsewhere(directory, rows, dated)
    if elsewhere:
        return (Issuer(elsewhere),)
    for at in range(len(rows) - 1, -1, -1):
        found = _of_row(directory, rows, at)
        if found:
            return found
        if found is not None:
            break
    return _damaged(directory, kept, _nearest_to)


def signature_issuers(directory: Directory, lines: Sequence[str]) -> tuple[Issuer, ...]:
    """Return everyone whom a block of signatures names, in order."""
    kept, _ = issuer_lines(lines[:_MOST_LINES])
    rows = _rows(directory, kept)
    found: list[Issuer] = []
    for at, row in enumerate(rows):
        wrapped = at > 0 and not rows[at - 1].units
        confirms = _confirms(row) or (wrapped and _confirms(rows[at - 1]))
        for naming in row.units:
            if naming.codes or naming.ward or naming.school or naming.away:
                codes = naming.codes
                if confirms and naming.education:
                    # It confirms for its schools; whose table it is, is not said.
                    codes = tuple((c, min(s, SHARED)) for c, s in codes)
                found.append(Issuer(naming.text, codes, confirms))
    return tuple(found) or _damaged(directory, kept, restored)


def _confirms(row: _Row) -> bool:
    return row.keys[:3] == _CONFIRMS


def _rows(directory: Directory, lines: list[str]) -> list[_Row]:
    """Return the lines with what is named in them; names may run over two lines."""
    whole = line_of("\n".join(lines))
    found = namings(directory, whole)
    bounds = _bounds(whole)
    rows = []
    for (first, last), text in zip(bounds, lines, strict=True):
        # A name belongs to the line on which it ends.
        named = tuple(n for n in found if first < n.last <= last)
        keys = tuple(w.bare for w in whole.words[first:last])
        rows.append(_Row(text, keys, named, bodies(whole, named)))
    return rows


def _bounds(whole: Line) -> list[tuple[int, int]]:
    """Return [first, last) of the words of each line; every line has a word."""
    starts = [k for k, w in enumerate(whole.words) if k == 0 or "\n" in w.gap]
    return list(pairwise([*starts, len(whole.words)]))


def _elsewhere(directory: Directory, rows: list[_Row], dated: list[str]) -> str | None:
    """Return the text that names a district or province of others, or None."""
    for row in rows:
        for naming in row.named:
            if naming.stranger and naming.away:
                return row.text
    for text in dated:
        for naming in namings(directory, line_of(text)):
            if naming.stranger and naming.away:
                return text
    return None


def _of_row(
    directory: Directory, rows: list[_Row], at: int
) -> tuple[Issuer, ...] | None:
    """Return the issuers of the row; None when the row above is to be asked."""
    row = rows[at]
    issuers = tuple(Issuer(n.text, n.codes) for n in row.units)
    if issuers and not any(i.codes for i in issuers):
        # With letters lost THỊ is TH, and the name looks like a stranger's.
        codes = _nearest_to(directory, row.text)
        issuers = (Issuer(row.text, codes),) if codes else issuers
    if row.units and not _is_vague(row.units):
        return issuers
    if row.home and begins(row.keys, PARENTS):
        # The parent stands last: whatever stood below it was not understood.
        return ()
    if len(row.keys) > _LONGEST_NAME or not begins(row.keys, _BODIES):
        return issuers or None
    found = _within_ward(directory, rows, at)
    if found is None:
        return None
    return found or issuers or _nearly(directory, rows, at)


def _within_ward(
    directory: Directory, rows: list[_Row], at: int
) -> tuple[Issuer, ...] | None:
    """Return whom a body's kind names together with what stands above it.

    None when it is an office of the body above, empty when nothing above says it.
    """
    row, above = rows[at], _units_above(rows, at)
    if above and begins(row.keys, OFFICES):
        joined = _exact(directory, f"{row.text} {above[-1].text}")
        return (Issuer(row.text, joined),) if joined else None
    if above and above[-1].ward and begins(row.keys, WARD_BODIES):
        return None
    if not _parent_above(rows, at):
        return ()
    for home in sorted(directory.home.districts):
        codes = _exact(directory, f"{row.text} quận {' '.join(home)}")
        if codes:
            return (Issuer(row.text, codes),)
    return ()


def _nearly(directory: Directory, rows: list[_Row], at: int) -> tuple[Issuer, ...]:
    """Return the unit that the row nearly names, or the row as a stranger."""
    row = rows[at]
    if (
        row.keys in _BODIES
        or row.keys[-1] in _KIND_WORDS
        or (_parent_above(rows, at) and begins(row.keys, _OF_PARENT))
    ):
        # A kind of body alone says nothing; an office of the parent's is the parent.
        return ()
    return (Issuer(row.text, _nearest_to(directory, row.text)),)


def _nearest_to(directory: Directory, text: str) -> Codes:
    return restored(directory, text) or nearest(directory, line_of(text))


def _exact(directory: Directory, text: str) -> Codes:
    """Return the units that the whole of `text` names."""
    line = line_of(text)
    node = directory.root
    for item in line.items:
        found = node.next.get(item.key)
        if found is None:
            return ()
        node = found
    return codes_at(node, line.items, line.plain, line.plain) if node.ends else ()


def _units_above(rows: list[_Row], at: int) -> tuple[Naming, ...]:
    return next((r.units for r in reversed(rows[:at]) if r.units), ())


def _parent_above(rows: list[_Row], at: int) -> bool:
    return any(r.home or "quan uy" in " ".join(r.keys) for r in rows[:at])


def _is_vague(units: tuple[Naming, ...]) -> bool:
    return all(n.codes and n.codes[0][1] <= SHARED for n in units)


def _damaged(
    directory: Directory, lines: list[str], read: Callable[[Directory, str], Codes]
) -> tuple[Issuer, ...]:
    """Return whom the last line that `read` understands nearly names."""
    for text in reversed([*lines, " ".join(lines[-2:])]):
        codes = read(directory, text)
        if codes:
            return (Issuer(text, codes),)
    return ()
