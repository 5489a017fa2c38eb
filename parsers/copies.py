"""Which tables of one mail are the same table again, and where they differ.

It compares rows already read; what is not surely the same is kept beside the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parsers.places import document_place
from parsers.recognised_copies import (
    COMPARED,
    Apart,
    apart,
    is_recognised,
    issuers_alike,
    pairing,
)
from parsers.values.finding import Finding, finding
from parsers.values.reading import Registration, Result
from parsers.vietnamese.fold import fold, skeleton

Row = Registration | Result

#: Four of five titles alike, and the rest paired by number: the same table, corrected.
_SAME_SHARE = 0.8
#: No honest mail holds more tables; beyond it nothing is compared.
_MOST_TABLES = 60


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows of one table as it would be counted, continuation tables included.

    `document` tells payloads of one path apart, such as a mail's text and HTML body.
    `issuer` is its letterhead: the same works of two schools are no copies.
    """

    path: tuple[str, ...]
    document: int
    rows: tuple[Row, ...]
    issuer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copies:
    """`copies` are the indexes of tables not to be counted again."""

    copies: frozenset[int]
    findings: tuple[Finding, ...]


def find_copies(tables: Sequence[TableRows]) -> Copies:
    """Return which tables repeat another of the mail, with a finding per difference.

    The one with the most rows, then with the surest cells, then an attachment before
    the body, then the first is counted. A picture may be read as a row more than the
    file that it is a scan of: it counts before that only with a quarter more.
    """
    order = sorted(range(len(tables)), key=lambda i: _rank(tables[i], i))
    kept: list[int] = []
    copies: set[int] = set()
    findings: list[Finding] = []
    for index in order[:_MOST_TABLES]:
        table = tables[index]
        for original in kept:
            told = _copied(tables[original], table)
            if told is not None:
                copies.add(index)
                findings.extend(told)
                break
        else:
            kept.append(index)
    return Copies(frozenset(copies), tuple(findings))


def _rank(table: TableRows, index: int) -> tuple[float, float, bool, int]:
    surest = min((row.certainty for row in table.rows), default=1.0)
    count = len(table.rows) * (_SAME_SHARE if is_recognised(table.rows) else 1)
    return -count, -surest, not table.path, index


def _copied(one: TableRows, other: TableRows) -> list[Finding] | None:
    """Return how `other` differs from `one`; None where it is no copy of it."""
    seen = is_recognised(one.rows) or is_recognised(other.rows)
    if seen and one.document != other.document:
        return _recognised(one, other)
    pairs = _pairs(one, other)
    if pairs is None:
        return None
    return list(_differences(pairs)) if one.path != other.path else []


def _recognised(one: TableRows, other: TableRows) -> list[Finding] | None:
    """Return how two tables differ of which one is a picture; None for no copies."""
    if not one.rows or not other.rows or type(one.rows[0]) is not type(other.rows[0]):
        return None
    alike = issuers_alike(one.issuer, other.issuer)
    found = pairing(one.rows, other.rows) if alike is not False else None
    if found is None:
        return None
    told = [_told(a, b, cell) for a, b in found.pairs for cell in apart(a, b)]
    told += [_told(r, r, ("title", "", r.title or "")) for r in found.strays]
    if alike is None:
        names = {"text": one.issuer[-1], "other": other.issuer[-1]}
        told.append(finding("copy_differs", document_place(other.path), **names))
    return told


def _pairs(one: TableRows, other: TableRows) -> list[tuple[Row, Row]] | None:
    """Return the rows that are each other's copies; None when not surely the same.

    Every row of `other` has its own row in `one`, which is as long or longer.
    """
    if not one.rows or not other.rows or type(one.rows[0]) is not type(other.rows[0]):
        return None
    if one.issuer and other.issuer and _key(one.issuer) != _key(other.issuer):
        return None
    by_title = defaultdict(list)
    for row in reversed(one.rows):
        by_title[skeleton(row.title or "")].append(row)
    pairs: list[tuple[Row, Row]] = []
    left: list[Row] = []
    for row in other.rows:
        same = by_title.get(skeleton(row.title or ""))
        if same:
            pairs.append((same.pop(), row))
        else:
            left.append(row)
    if len(pairs) < _SAME_SHARE * len(one.rows):
        return None
    rest = _pair_by_number((r for rows in by_title.values() for r in rows), left)
    if rest is None or (one.document == other.document and _differ(pairs + rest)):
        # Within one file only an exact repetition is a forgotten copy of a sheet.
        return None
    return pairs + rest


def _pair_by_number(
    rows: Iterable[Row], left: Sequence[Row]
) -> list[tuple[Row, Row]] | None:
    numbered = {row.number: row for row in rows if row.number}
    pairs: list[tuple[Row, Row]] = []
    for row in left:
        same = numbered.pop(row.number, None) if row.number else None
        if same is None:
            return None
        pairs.append((same, row))
    return pairs


def _key(issuer: tuple[str, ...]) -> str:
    return " ".join(fold(line) for line in issuer)


def _differ(pairs: Sequence[tuple[Row, Row]]) -> bool:
    return any(next(_cells_apart(one, other), None) for one, other in pairs)


def _cells_apart(one: Row, other: Row) -> Iterator[Apart]:
    for column in COMPARED:
        first = getattr(one, column, None)
        second = getattr(other, column, None)
        if first is None or second is None:
            continue
        # Line ends and spelling are the format's doing, not a difference of content.
        if fold(first) != fold(second):
            yield column, first, second


def _differences(pairs: Sequence[tuple[Row, Row]]) -> Iterator[Finding]:
    for one, other in pairs:
        for cell in _cells_apart(one, other):
            yield _told(one, other, cell)


def _told(one: Row, other: Row, cell: Apart) -> Finding:
    column, first, second = cell
    return finding(
        "copy_differs",
        other.place or document_place(other.attachment),
        column=column,
        number=one.number or "",
        text=first,
        other=second,
    )
