"""What a delivery does to the version in force: new, replacement, supplement, nothing.

Nothing is ever edited in place, and what the mail leaves open is never guessed: the
verdict is then a doubt, and a person chooses.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from daemon.decide.digest import row_key, rows_digest
from parsers.values.decision import BY_HAND, Case, Reason, Standing
from parsers.values.reading import Mode, Registration, Result
from parsers.vietnamese.fold import fold

Row = Registration | Result

#: Two long titles that differ in a letter or two are one work, mended.
_ALIKE = 90
_LONG_TITLE = 12
#: Larger tables are compared letter by letter only; likeness costs every pair.
_FEW_ROWS = 200
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Change:
    """What is stored when a delivery is taken: the rows of the whole new version.

    `same`: the rows are in force already, nothing is stored; `reread`: they were put
    there by this very mail. `replaces`: a row that is in force would be no more.
    `in_force` is false for a mail received before the one whose version stands.
    """

    mode: Mode
    rows: tuple[Row, ...]
    digest: str
    supersedes: int | None = None
    in_force: bool = True
    replaces: bool = False
    same: bool = False
    reread: bool = False
    doubt: Reason | None = None


def changed(case: Case, rows: Sequence[Row], standing: Standing | None) -> Change:
    """Return what `rows`, a unit's whole delivery, does to the version in force.

    No rows are a nil statement.
    """
    digest, own = rows_digest(rows), tuple(rows)
    if standing is None:
        return Change("new", own, digest)
    mine = standing.message is not None and standing.message == case.received.id
    if digest == standing.rows_digest:
        return Change("new", own, digest, same=True, reread=mine)
    if mine:
        return _read_anew(case, own, standing)
    found = _unaided(case, own, standing)
    accepted = case.received.accepted
    if accepted is None:
        return found
    unclear = found.doubt == "mode_unclear" and "mode_unclear" in accepted.doubts
    if accepted.mode is None and not unclear:
        return found
    return _chosen(case, own, standing, accepted.mode or case.reading.mode) or found


def _chosen(
    case: Case, own: tuple[Row, ...], standing: Standing, mode: Mode | None
) -> Change | None:
    """Return what the rows do in the mode that a person chose, else in the mail's own.

    None where neither says one. In force stays what was received last.
    """
    if mode not in {"replacement", "supplement"}:
        return None
    if is_older(case, standing):
        return Change(mode, own, rows_digest(own), in_force=False)
    return _added(own, standing) if mode == "supplement" else replacement(own, standing)


def _added(rows: tuple[Row, ...], standing: Standing) -> Change:
    """Return the version of the earlier rows and the new ones, each work once.

    A work that is worded anew stands in its new words at its old place.
    """
    before, left = list(standing_rows(standing)), list[Row]()
    alike = len(before) <= _FEW_ROWS and len(rows) <= _FEW_ROWS
    open_places = {fold(old.title or ""): p for p, old in enumerate(before)}
    for row in rows:
        title = fold(row.title or "")
        if title not in open_places and alike:
            near = (
                t for t in open_places if _Titles((before[open_places[t]],)).holds(row)
            )
            title = next(near, title)
        if title and title in open_places:
            before[open_places.pop(title)] = row
        else:
            left.append(row)
    merged = (*before, *left)
    digest = rows_digest(merged)
    return Change(
        "supplement",
        merged,
        digest,
        supersedes=standing.version,
        replaces=merged[: len(before)] != standing_rows(standing),
        same=digest == standing.rows_digest,
    )


def _unaided(case: Case, own: tuple[Row, ...], standing: Standing) -> Change:
    """Return what the rows do by what the mail says and shows itself."""
    digest = rows_digest(own)
    if _between(case, standing):
        return Change("new", own, digest, doubt="mode_unclear")
    mode = _mode(case, own, standing)
    if mode is None or (mode == "supplement" and is_older(case, standing)):
        return Change("new", own, digest, doubt="mode_unclear")
    if is_older(case, standing):
        said = case.reading.mode
        return Change(said if said else "new", own, digest, in_force=False)
    if mode == "supplement":
        return _supplement(own, standing)
    return replacement(own, standing)


def replacement(rows: tuple[Row, ...], standing: Standing) -> Change:
    """Return the change by which `rows` take the place of what is in force."""
    return Change(
        "replacement",
        rows,
        rows_digest(rows),
        supersedes=standing.version,
        replaces=True,
    )


def standing_rows(standing: Standing) -> tuple[Row, ...]:
    """Return the rows in force of the standing's own phase."""
    if standing.phase == "results":
        return standing.results
    return standing.registrations


def is_older(case: Case, standing: Standing) -> bool:
    """Return whether the mail was received before the one whose version stands.

    In one second the ledger's order decides, as it does in the store.
    """
    mine = (case.received.received, case.received.id)
    return mine < (standing.received, standing.message or BY_HAND)


def _between(case: Case, standing: Standing) -> bool:
    """Return whether a later mail has said that the rows in force are the right ones.

    Read in time, this mail would have replaced them and the later one would have put
    them back; no version tells of that, so that a person must look.
    """
    said = standing.confirmed
    return said is not None and case.received.received < said


def _mode(case: Case, rows: tuple[Row, ...], standing: Standing) -> Mode | None:
    """Return the mode: the mail's words, else what the titles show; None if unclear."""
    said = case.reading.mode
    before = standing_rows(standing)
    if said in {"replacement", "supplement"}:
        return said
    if not before or not rows:
        return "replacement"
    if said is None:
        # The mail says both, which is not the same as saying nothing.
        return None
    titles = _Titles(rows)
    kept = sum(titles.holds(row) for row in before)
    if 2 * kept > len(before):
        return "replacement"
    return None if kept else "supplement"


def _supplement(rows: tuple[Row, ...], standing: Standing) -> Change:
    """Return the version that holds the earlier rows and the new ones.

    A supplement that lists all the earlier works again is the whole table. One that
    words some of them anew could mean both, and is held.
    """
    before = standing_rows(standing)
    known = {row_key(row) for row in before}
    fresh = tuple(row for row in rows if row_key(row) not in known)
    old_titles, new_titles = _Titles(before), _Titles(rows)
    whole = rows if before and all(new_titles.holds(r) for r in before) else None
    if whole is None and any(old_titles.holds(row) for row in fresh):
        return Change("supplement", rows, rows_digest(rows), doubt="mode_unclear")
    merged = whole or (*before, *fresh)
    digest = rows_digest(merged)
    return Change(
        "supplement",
        merged,
        digest,
        supersedes=standing.version,
        replaces=not known <= {row_key(row) for row in merged},
        same=digest == standing.rows_digest,
    )


def _read_anew(case: Case, rows: tuple[Row, ...], standing: Standing) -> Change:
    """Return what a second reading of the mail does to the version that it made.

    A supplement's version holds the rows before it too: none of its own missing there
    means that nothing changed; otherwise what stood before it is not known here.
    """
    before = standing_rows(standing)
    known = {row_key(row) for row in before}
    if "supplement" in {case.reading.mode, standing.mode}:
        if all(row_key(row) in known for row in rows) and rows:
            return Change(
                "supplement", before, standing.rows_digest, same=True, reread=True
            )
        return Change("supplement", rows, rows_digest(rows), doubt="mode_unclear")
    return Change(
        "replacement",
        rows,
        rows_digest(rows),
        supersedes=standing.version,
        reread=True,
    )


class _Titles:
    """The titles of a table, asked whether they hold the work of a row."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._exact = {fold(row.title or "") for row in rows} - {""}
        few = len(self._exact) <= _FEW_ROWS
        self._long = [t for t in self._exact if few and len(t) >= _LONG_TITLE]

    def holds(self, row: Row) -> bool:
        title = fold(row.title or "")
        if not title or title in self._exact:
            return bool(title)
        if len(title) < _LONG_TITLE or not self._long:
            return False
        numbers = _DIGITS.findall(title)
        near = process.extract(
            title, self._long, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3
        )
        return any(_DIGITS.findall(other) == numbers for other, *_ in near)
