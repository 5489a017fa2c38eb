"""Tell apart the works that somebody wrote into one row: only numbers part them.

Which lines of a cell belong to which work is a guess, and every cell says so.
"""

import re
from collections.abc import Iterator

from parsers.works import Work

_NUMBERED = re.compile(r"\(?(\d{1,2})\s?[.)/:-]\s*(\S.*)", re.DOTALL)
#: Parted by the numbers of the cell itself; beside such a cell, of all its works.
_PARTED, _SHARED = 0.9, 0.7
#: More, or longer texts, nobody writes into one row; each work would repeat them.
_MOST_WORKS, _LONGEST_TEXT = 30, 3000


def parted(work: Work, alone: bool) -> Iterator[Work]:
    """Yield the works of a row, itself where its title does not number several.

    They are numbered as in the cell where the row is `alone` in its table, else below
    the row's own number, so that no two works have the same. A column that numbers as
    many items gives each its own, any other is whole in each.
    """
    titles = _items(work.values.get("title", ""))
    longest = max(map(len, [*work.values.values(), *work.extra.values()]), default=0)
    if not 1 < len(titles) <= _MOST_WORKS or longest > _LONGEST_TEXT:
        yield work
        return
    number = work.values.get("number", "").rstrip(" .)")
    lead = f"{number}." if number and not alone else ""
    for index in range(len(titles)):
        yield _part(work, index, len(titles), lead)


def _part(work: Work, index: int, count: int, lead: str) -> Work:
    values: dict[str, str] = {}
    certainties: dict[str, float] = {}
    for key, text in work.values.items():
        values[key], sure = _share(text, index, count)
        certainties[key] = min(sure, work.certainties[key])
    if "number" in values:
        values["number"] = f"{lead}{index + 1}"
        certainties["number"] = min(_PARTED, work.certainties["number"])
    least = min([work.certainty, *certainties.values()])
    extra = {name: _share(t, index, count)[0] for name, t in work.extra.items()}
    return work._replace(
        values=values, certainties=certainties, extra=extra, certainty=least
    )


def _share(text: str, index: int, count: int) -> tuple[str, float]:
    items = _items(text)
    if len(items) == count:
        return items[index], _PARTED
    return text, _SHARED if text else 1.0


def _items(text: str) -> list[str]:
    """Return the numbered items of a cell; none unless it counts from 1 at its top."""
    items: list[str] = []
    for line in text.split("\n"):
        found = _NUMBERED.fullmatch(line)
        if found is not None and int(found[1]) == len(items) + 1:
            items.append(found[2])
        elif not items:
            return []
        else:
            items[-1] = f"{items[-1]}\n{line}"
    return items
