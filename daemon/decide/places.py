"""Which finding speaks of which row, by the places that both name."""

import re
from collections.abc import Iterable, Iterator

from daemon.decide.version import Row
from parsers.values.finding import Finding

_CELLS = re.compile(r"[A-Z]{1,3}(\d{1,7})(?::[A-Z]{1,3}(\d{1,7}))?\Z")
_EDGE = re.compile(r"(?<=\w)(?=\W)")
#: QUIRK: a work over several lines of a Word table stands at `hàng 3-5`.
_LINES = re.compile(r"(\D+)(\d{1,7})-(\d{1,7})\Z")
#: A work seldom spans more lines of a sheet; a wrong range must not cost a search.
_TALL = 200


class FindingIndex:
    """Findings by their places, so that thousands of rows each cost one look.

    Places are words for people: `bang.xlsx › Sheet1 › A12:E12` holds `… › C12`, and
    `mau.docx › bảng 2 › hàng 3` holds `… › hàng 3, cột 2`.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._at: dict[tuple[str, int | None], list[Finding]] = {}
        for found in findings:
            for key in _keys(found.place or ""):
                self._at.setdefault(key, []).append(found)

    def of(self, row: Row) -> tuple[Finding, ...]:
        """Return the findings of the row's place or of cells in it, as they came."""
        found = list(self._at.get((row.place, None), ()))
        head, _, cells = row.place.rpartition(" › ")
        if span := _CELLS.match(cells):
            for line in _between(span[1], span[2] or span[1]):
                found += self._at.get((head, line), ())
        elif span := _LINES.match(cells):
            for line in _between(span[2], span[3]):
                found += self._at.get((f"{head} › {span[1]}{line}", None), ())
        return tuple({id(f): f for f in found}.values())


def _between(first: str, last: str) -> range:
    return range(int(first), min(int(last), int(first) + _TALL) + 1)


def _keys(place: str) -> Iterator[tuple[str, int | None]]:
    if not place:
        return
    yield place, None
    for edge in _EDGE.finditer(place):
        yield place[: edge.start()], None
    head, _, cell = place.rpartition(" › ")
    inner = _CELLS.match(cell)
    if inner is not None:
        yield head, int(inner[1])
