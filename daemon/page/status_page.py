"""The status table: every unit's line, filtered and sorted, with sums and a picture.

The figures are those of the one status query; nothing is counted here that it counts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.responses import Response

from daemon import journal
from daemon.page.gate import Desk
from daemon.page.latest import Latest
from daemon.page.paging import Place
from daemon.page.picture import Picture, Span, drawn
from daemon.page.visit import Visit
from daemon.page.writing import said
from parsers.vietnamese.fold import skeleton
from storage.errors import StorageError
from storage.pages import first_deliveries
from storage.status import UnitStatus, totals

#: Lines on one page of the table: two districts.
SIZE = 200
_NEVER = datetime.min.replace(tzinfo=UTC)
_STATES = ("missing", "partial", "complete", "over", "nil", "excused")
_PROOFS = ("absent", "block_only", "signed")

#: What the table can be sorted by: the column's name in the address -> its order.
ORDERS: Mapping[str, Callable[[UnitStatus], tuple[object, ...]]] = {
    "name": lambda u: (skeleton(u.name),),
    "state": lambda u: (_STATES.index(u.state) if u.state in _STATES else -1,),
    "registered": lambda u: (u.registered,),
    "versions": lambda u: (u.versions,),
    "received": lambda u: (u.last_received or _NEVER,),
    "confirmation": lambda u: (
        _PROOFS.index(u.confirmation) if u.confirmation in _PROOFS else -1,
    ),
    "results": lambda u: (u.results,),
    "reminders": lambda u: (u.reminders,),
    "findings": lambda u: (u.findings,),
}


@dataclass(frozen=True, slots=True)
class Group:
    """The units of one category, in the order of the status, and their sums."""

    code: str
    name: str
    units: tuple[UnitStatus, ...]
    totals: dict[str, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines, in which order; "" stands for all, and for the plan's own order.

    `state` may be `owing`: units that still owe something.
    """

    category: str = ""
    state: str = ""
    text: str = ""
    sort: str = ""
    down: bool = False

    def chosen(self, units: Sequence[UnitStatus]) -> list[UnitStatus]:
        """Return the lines that are wanted, in order."""
        text = skeleton(self.text)
        found = [unit for unit in units if self._fits(unit, text)]
        if self.sort in ORDERS:
            found.sort(key=ORDERS[self.sort], reverse=self.down)
        return found

    def _fits(self, unit: UnitStatus, text: str) -> bool:
        if self.category and unit.category != self.category:
            return False
        if self.state == "owing" and unit.state not in ("missing", "partial"):
            return False
        if self.state == "late" and not unit.late:
            return False
        if self.state in _STATES and unit.state != self.state:
            return False
        return not text or text in skeleton(f"{unit.name} {unit.code}")


def show(desk: Desk, visit: Visit, latest: Latest) -> Response:
    """Return the table; old figures with their age while the database is away."""
    seen = latest.look()
    if seen.status is None:
        return desk.notice(503)
    status = seen.status
    wanted = Wanted(
        visit.asked("category"),
        visit.asked("state"),
        visit.asked("q"),
        visit.asked("sort") if visit.asked("sort") in ORDERS else "",
        visit.asked("order") == "down",
    )
    place = Place(desk.address("/"), _asked(wanted), visit.number("page"), SIZE)
    units = wanted.chosen(status.units)
    part = place.part
    shown = units[part.start : part.start + part.size]
    sections = (
        [Group("", "", tuple(shown), {})]
        if wanted.sort
        else grouped(shown, desk.writer.categories)
    )
    return desk.writer.page(
        "status.html.j2",
        visit,
        status=status,
        groups=grouped(status.units, desk.writer.categories),
        sections=sections,
        wanted=wanted,
        place=place,
        found=len(units),
        fields=desk.parts.campaign.fields,
        faults=[fault.partition(": ")[::2] for fault in seen.faults],
        fresh=seen.fresh,
        picture=_picture(desk, status.totals["units"]) if seen.fresh else None,
        said=said(visit.asked("said")),
    )


def grouped(
    units: Sequence[UnitStatus], categories: Mapping[str, str]
) -> tuple[Group, ...]:
    """Return the units by category, in the order in which they come."""
    found: dict[str, list[UnitStatus]] = {}
    for unit in units:
        found.setdefault(unit.category, []).append(unit)
    return tuple(
        Group(code, categories.get(code, code), tuple(some), totals(some))
        for code, some in found.items()
    )


def _asked(wanted: Wanted) -> dict[str, str]:
    return {
        "category": wanted.category,
        "state": wanted.state,
        "q": wanted.text,
        "sort": wanted.sort,
        "order": "down" if wanted.down else "",
    }


def _picture(desk: Desk, units: int) -> Picture | None:
    campaign, parts = desk.parts.campaign, desk.parts
    phase = campaign.phase("registration")
    if phase is None:
        return None
    try:
        with parts.database.read() as connection:
            moments = first_deliveries(connection, campaign.number, phase.name)
    except StorageError as error:
        journal.database_failed(error)
        return None
    today = parts.clock.now().astimezone(parts.zone).date()
    span = Span(phase.opens, phase.deadline, today, units)
    return drawn(moments, span, parts.zone)
