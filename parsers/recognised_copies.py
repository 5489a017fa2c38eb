"""Which rows that were recognised from a picture are rows of another table of the mail.

Recognising errs in letters: a scan beside its Word file has nearly its titles, and a
mark or two is no difference of content. What a hand may have changed on the paper,
a number above all, is told. It judges no table that stands in letters.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from parsers.values.reading import Registration, Result
from parsers.vietnamese.fold import fold, skeleton

Row = Registration | Result
#: Column, text of the one, text of the other.
Apart = tuple[str, str, str]

#: So much of two titles' letters agrees where one is the other misread (0 to 100);
#: less is asked for where the numbers of the rows agree as well.
_SAME_TITLE, _SAME_NUMBERED = 82.0, 62.0
#: Below this likeness it is another text, whoever misread it.
_OTHER_TEXT = 60.0
#: So sure a cell must be for a difference in letters alone to be told.
_SURE = 0.9
#: A picture that holds fewer of its rows in the other table is a table of its own.
_SHARE = 0.8
#: Rows that neither title nor number pairs are compared with so many others at most.
_MOST_STRAY = 200
#: Numbering that begins anew in each section repeats a number so often at most.
_SAME_NUMBERS = 8
_DIGITS = re.compile(r"\d+")
COMPARED = ("title", "method", "time", "expected_result", "result")


@dataclass(frozen=True, slots=True)
class Pairing:
    """Rows that are each other's copies, and rows of the picture that have no other."""

    pairs: tuple[tuple[Row, Row], ...]
    strays: tuple[Row, ...]


def is_recognised(rows: Sequence[Row]) -> bool:
    """Tell whether no cell of any row stood in letters."""
    return bool(rows) and all(
        row.certainty < 1.0 and all(sure < 1.0 for sure in row.cells.values())
        for row in rows
    )


def issuers_alike(one: Sequence[str], other: Sequence[str]) -> bool | None:
    """Tell whether two letterheads name one office: True, or False for another.

    None where its name differs by letters that may have been misread: Lê Lợi is not Lê
    Lai. Numbers are never misread here: Phường 1 is not Phường 10. Lines above the name
    count by their numbers alone; a picture runs the halves of a letterhead together.
    """
    if not one or not other:
        return True
    if _digits(" ".join(one)) != _digits(" ".join(other)):
        return False
    names = [skeleton(lines[-1]).replace(" ", "") for lines in (one, other)]
    if names[0] == names[1]:
        return True
    return None if ratio(*names) >= _SAME_TITLE else False


def pairing(rows: Sequence[Row], recognised: Sequence[Row]) -> Pairing | None:
    """Return how the rows of a picture lie beside other `rows`.

    None where too many of them have no partner: then it is a table of its own.
    """
    free = set(range(len(rows)))
    titled, numbered = _index(rows, _title), _index(rows, _number)
    pairs: list[tuple[Row, Row]] = []
    left = list(recognised)
    for way in (_by_title, _by_number, _by_likeness):
        stray: list[Row] = []
        for row in left:
            places = _Places(titled[_title(row)], numbered[_number(row)], free)
            found = way(rows, row, places)
            if found is None:
                stray.append(row)
            else:
                free.discard(found)
                pairs.append((rows[found], row))
        left = stray
        if len(left) > _MOST_STRAY:
            break
    if len(pairs) < _SHARE * len(recognised):
        return None
    return Pairing(tuple(pairs), tuple(left))


def apart(one: Row, recognised: Row) -> Iterator[Apart]:
    """Yield the cells in which a picture says something else than the other table.

    Numbers are told however doubtful, since a hand changes them; letters only where the
    reading is sure of them, or where it is another text altogether.
    """
    for column in COMPARED:
        first, second = getattr(one, column, None), getattr(recognised, column, None)
        if first is None or second is None or fold(first) == fold(second):
            continue
        sure = min(_sure(row, column) for row in (one, recognised)) >= _SURE
        plain = skeleton(first), skeleton(second)
        other = ratio(*plain) < _OTHER_TEXT
        if _digits(first) != _digits(second) or other or sure:
            yield column, first, second


@dataclass(frozen=True, slots=True)
class _Places:
    """Places in the other table, from 0: same title, same number, not taken yet."""

    titled: list[int]
    numbered: list[int]
    free: set[int]


def _by_title(rows: Sequence[Row], row: Row, places: _Places) -> int | None:
    return next((i for i in places.titled if i in places.free), None)


def _by_number(rows: Sequence[Row], row: Row, places: _Places) -> int | None:
    """Return the row of the same number whose title was misread, or changed."""
    for index in places.numbered[:_SAME_NUMBERS]:
        if index not in places.free:
            continue
        same = _digits(rows[index].title or "") == _digits(row.title or "")
        if _alike(rows[index], row) >= (_SAME_NUMBERED if same else _SAME_TITLE):
            return index
    return None


def _by_likeness(rows: Sequence[Row], row: Row, places: _Places) -> int | None:
    """Return the likest row of those whose title has the same numbers in it."""
    likely = [
        (_alike(rows[i], row), -i)
        for i in sorted(places.free)[:_MOST_STRAY]
        if _digits(rows[i].title or "") == _digits(row.title or "")
    ]
    best = max(likely, default=(0.0, 0))
    return -best[1] if best[0] >= _SAME_TITLE else None


def _index(
    rows: Sequence[Row], key: Callable[[Row], str]
) -> defaultdict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        found[key(row)].append(index)
    return found


def _sure(row: Row, column: str) -> float:
    return row.cells.get(column, row.certainty)


def _title(row: Row) -> str:
    return skeleton(row.title or "")


def _number(row: Row) -> str:
    return "".join(_digits(row.number or "")).lstrip("0") or (row.number or "")


def _alike(one: Row, other: Row) -> float:
    return float(ratio(_title(one), _title(other)))


def _digits(text: str) -> list[str]:
    return _DIGITS.findall(text)
