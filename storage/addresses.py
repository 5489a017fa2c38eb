"""Which address is whose: by the units file, by a person, or for the time being.

It judges no mail. One address may belong to several units (a parent office); it then
proves none of them alone, which is for `daemon/decide` to say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from parsers.values.unit import AddressHealth, AddressOwner, AddressSource
from storage.events import PROGRAM, NewEvent, write_events
from storage.tables import unit_addresses, units
from storage.upserts import insert_or_update

_RANK: dict[str, int] = {"provisional": 0, "learned": 1, "file": 2}
#: Positions of addresses that the file does not hold; they stand behind all of its own.
_BEHIND = 1000


@dataclass(frozen=True, slots=True)
class AddressLine:
    """One address of one unit. `since` and `by` are set where a person taught it."""

    address: str
    folded: str
    source: AddressSource
    health: AddressHealth
    since: datetime | None
    by: str | None

    @property
    def in_file(self) -> bool:
        """Say whether the units file holds it."""
        return self.source == "file"


def folded_address(address: str) -> str:
    """Return the address as it is compared: trimmed, case-folded."""
    return address.strip().casefold()


def owners(
    connection: Connection, addresses: Iterable[str]
) -> dict[str, tuple[AddressOwner, ...]]:
    """Return the active units of each address, keyed as asked, in one query.

    An address of nobody has an empty tuple.
    """
    asked = {address: folded_address(address) for address in addresses}
    c = unit_addresses.c
    found: dict[str, list[AddressOwner]] = {}
    query = (
        select(c.folded, c.address, c.unit, c.source, c.health)
        .join(units, units.c.code == c.unit)
        .where(c.folded.in_(sorted(set(asked.values()))), units.c.active)
        .order_by(units.c.position)
    )
    for folded, *owner in connection.execute(query) if asked else ():
        found.setdefault(folded, []).append(AddressOwner(*owner))
    return {address: tuple(found.get(f, ())) for address, f in asked.items()}


@dataclass(frozen=True, slots=True)
class Taught:
    """An address that is known better now; `before`: its source until then, or None."""

    address: str
    before: AddressSource | None


def addressed(connection: Connection, codes: Iterable[str]) -> frozenset[str]:
    """Return which of the units have an accepted address, of whatever source."""
    c = unit_addresses.c
    query = select(c.unit).distinct().where(c.unit.in_(sorted(set(codes))))
    return frozenset(connection.scalars(query))


def all_addresses(
    connection: Connection, code: str | None = None
) -> dict[str, tuple[AddressLine, ...]]:
    """Return the addresses by unit, those of the file first and in its order."""
    c = unit_addresses.c
    query = select(
        c.unit, c.address, c.folded, c.source, c.health, c.since, c.by
    ).order_by(c.unit, c.position, c.folded)
    if code is not None:
        query = query.where(c.unit == code)
    found: dict[str, list[AddressLine]] = {}
    for unit, *line in connection.execute(query):
        found.setdefault(unit, []).append(AddressLine(*line))
    return {unit: tuple(lines) for unit, lines in found.items()}


def learn(
    connection: Connection,
    learned: Sequence[AddressOwner],
    now: datetime,
    by: str = PROGRAM,
) -> tuple[Taught, ...]:
    """Add addresses (source `learned` or `provisional`), or raise their source.

    An address that stands already with the same or a stronger source stays as it is,
    but what a person taught outlives the units file that holds it too. Return what is
    known now that was not before.
    """
    stored = _stored(connection, learned)
    taught = None if by == PROGRAM else by
    rows: list[dict[str, Any]] = []
    happened: list[NewEvent] = []
    made: list[Taught] = []
    for owner in learned:
        key = (folded_address(owner.address), owner.code)
        before = stored.get(key)
        if before is not None and not _adds(owner.source, before, taught):
            continue
        source = max(owner.source, before[0] if before else owner.source, key=_weight)
        stored[key] = (source, taught)
        rows.append(_row(owner, source, now, taught))
        was = before[0] if before else None
        made.append(Taught(owner.address, was))
        happened.append(
            NewEvent("address", was, source, owner.address, unit=owner.code)
        )
    if rows:
        statement = insert_or_update(
            connection, unit_addresses, ["folded", "unit"], ["source", "since", "by"]
        )
        connection.execute(statement, rows)
    write_events(connection, happened, now, by)
    return tuple(made)


def forget(
    connection: Connection, taught: Taught, unit: str, now: datetime, by: str
) -> bool:
    """Take back what a person taught; say whether it stood.

    What was known of the address before is known again; the units file's own stays.
    """
    c = unit_addresses.c
    stands = max("learned", taught.before or "", key=_weight)
    where = (c.folded == folded_address(taught.address)) & (c.unit == unit)
    where &= (c.source == stands) & c.by.is_not(None)
    statement = (
        delete(unit_addresses).where(where)
        if taught.before is None
        else update(unit_addresses).where(where).values(source=taught.before, by=None)
    )
    gone = connection.execute(statement.returning(c.unit))
    if gone.first() is None:
        return False
    event = NewEvent("address", stands, taught.before, taught.address, unit=unit)
    write_events(connection, [event], now, by)
    return True


def set_health(
    connection: Connection,
    address: str,
    health: AddressHealth,
    now: datetime,
    by: str = PROGRAM,
) -> None:
    """Say of an address how mail to it fares, for every unit that has it."""
    c = unit_addresses.c
    where = (c.folded == folded_address(address)) & (c.health != health)
    before = connection.execute(select(c.unit, c.health, c.address).where(where)).all()
    connection.execute(update(unit_addresses).where(where).values(health=health))
    happened = [
        NewEvent("address", was, health, written, unit=unit)
        for unit, was, written in before
    ]
    write_events(connection, happened, now, by)


def _weight(source: str) -> int:
    return _RANK.get(source, -1)


def _adds(
    source: str, before: tuple[AddressSource, str | None], taught: str | None
) -> bool:
    stronger = _weight(source) > _weight(before[0])
    return stronger or (taught is not None and before[1] is None)


def _stored(
    connection: Connection, learned: Sequence[AddressOwner]
) -> dict[tuple[str, str], tuple[AddressSource, str | None]]:
    c = unit_addresses.c
    folded = sorted({folded_address(owner.address) for owner in learned})
    query = select(c.folded, c.unit, c.source, c.by).where(c.folded.in_(folded))
    rows = connection.execute(query) if folded else ()
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def _row(
    owner: AddressOwner, source: str, now: datetime, taught: str | None
) -> dict[str, Any]:
    return {
        "folded": folded_address(owner.address),
        "unit": owner.code,
        "address": owner.address.strip(),
        "source": source,
        "health": owner.health,
        "position": _BEHIND,
        "since": now,
        "by": taught,
    }
