"""The directory of units: taken in from the units file, asked by every command.

It reads no file and never deletes a unit: a code that vanished becomes inactive.
Addresses are the neighbour's, `storage.addresses`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BindParameter,
    Connection,
    RowMapping,
    bindparam,
    insert,
    select,
    update,
)

from parsers.values.unit import Unit
from storage import settled
from storage.addresses import AddressLine, all_addresses
from storage.events import PROGRAM, NewEvent, write_events
from storage.file_addresses import put_file_addresses
from storage.jsontext import to_json
from storage.tables import units

_DIGEST = "units.digest"
_TEXTS = ("name", "category", "salutation", "contact", "phone", "leader")
_COLUMNS = (*_TEXTS, "leader_address", "note", "aliases", "position", "active")


@dataclass(frozen=True, slots=True)
class UnitsChange:
    """What a units file changes, as codes in the file's order."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the directory; `addresses` are all of them, file's order first.

    The addresses of `unit` itself are those of the file alone.
    """

    unit: Unit
    active: bool
    addresses: tuple[AddressLine, ...]


@dataclass(frozen=True, slots=True)
class UnitsCheck:
    """What a person should look at: codes that the file lost, addresses of several
    units, active units without any address.
    """

    vanished: tuple[str, ...]
    shared: tuple[tuple[str, tuple[str, ...]], ...]
    without_address: tuple[str, ...]


def known_digest(connection: Connection) -> str | None:
    """Return the digest of the units file that was taken in last."""
    return settled.get(connection, _DIGEST)


def mark_known(connection: Connection, digest: str) -> None:
    """Say that the units file of this digest was taken in, until it changes."""
    settled.put(connection, _DIGEST, digest)


def take_in(
    connection: Connection,
    given: Sequence[Unit],
    digest: str,
    now: datetime,
    by: str = PROGRAM,
) -> UnitsChange | None:
    """Add and update units by code; return what changed, None for a known digest."""
    if known_digest(connection) == digest:
        return None
    change = preview(connection, given)
    positions = {unit.code: place for place, unit in enumerate(given)}
    _insert(connection, [u for u in given if u.code in set(change.added)], positions)
    # Every unit of the file is written again: a position may have moved.
    _update(
        connection, [u for u in given if u.code not in set(change.added)], positions
    )
    _set_inactive(connection, change.vanished)
    put_file_addresses(connection, given, now, by)
    write_events(connection, _events(change), now, by)
    mark_known(connection, digest)
    return change


def preview(connection: Connection, given: Sequence[Unit]) -> UnitsChange:
    """Return what `take_in` would change; writes nothing."""
    stored = {line.unit.code: line for line in all_units(connection)}
    codes = {unit.code for unit in given}
    kept = [u for u in given if u.code in stored]
    return UnitsChange(
        added=tuple(u.code for u in given if u.code not in stored),
        changed=tuple(u.code for u in kept if stored[u.code].unit != u),
        vanished=tuple(c for c, s in stored.items() if s.active and c not in codes),
        returned=tuple(u.code for u in kept if not stored[u.code].active),
    )


def all_units(connection: Connection) -> tuple[UnitLine, ...]:
    """Return every unit in the file's order, the inactive ones last."""
    c = units.c
    query = select(units).order_by(c.active.desc(), c.position, c.code)
    addresses = all_addresses(connection)
    rows = connection.execute(query).mappings()
    return tuple(_line(row, addresses.get(row["code"], ())) for row in rows)


def find_unit(connection: Connection, code: str) -> UnitLine | None:
    """Return the unit of that code, active or not."""
    query = select(units).where(units.c.code == code)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    return _line(row, all_addresses(connection, code).get(code, ()))


def check_units(connection: Connection) -> UnitsCheck:
    """Return what `units check` names."""
    lines = all_units(connection)
    owners: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for line in lines:
        for found in line.addresses:
            if line.active:
                owners.setdefault(found.folded, []).append(line.unit.code)
                written.setdefault(found.folded, found.address)
    return UnitsCheck(
        vanished=tuple(line.unit.code for line in lines if not line.active),
        shared=tuple((written[f], tuple(o)) for f, o in owners.items() if len(o) > 1),
        without_address=tuple(
            line.unit.code for line in lines if line.active and not line.addresses
        ),
    )


def _line(row: RowMapping, addresses: tuple[AddressLine, ...]) -> UnitLine:
    unit = Unit(
        code=row["code"],
        name=row["name"],
        category=row["category"],
        aliases=tuple(json.loads(row["aliases"])),
        addresses=tuple(a.address for a in addresses if a.in_file),
        salutation=row["salutation"],
        contact=row["contact"],
        phone=row["phone"],
        leader=row["leader"],
        leader_address=row["leader_address"],
        note=row["note"],
    )
    return UnitLine(unit, row["active"], addresses)


def _values(unit: Unit, position: int) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(unit, name) for name in _TEXTS}
    return values | {
        "leader_address": unit.leader_address,
        "note": unit.note,
        "aliases": to_json(unit.aliases),
        "position": position,
        "active": True,
    }


def _insert(
    connection: Connection, given: Sequence[Unit], positions: dict[str, int]
) -> None:
    rows = [{"code": u.code, **_values(u, positions[u.code])} for u in given]
    if rows:
        connection.execute(insert(units), rows)


def _update(
    connection: Connection, given: Sequence[Unit], positions: dict[str, int]
) -> None:
    rows = [{"which": u.code, **_values(u, positions[u.code])} for u in given]
    if rows:
        changes: dict[str, BindParameter[object]] = {n: bindparam(n) for n in _COLUMNS}
        statement = update(units).where(units.c.code == bindparam("which"))
        connection.execute(statement.values(changes), rows)


def _set_inactive(connection: Connection, codes: Sequence[str]) -> None:
    statement = update(units).where(units.c.code.in_(codes))
    if codes:
        connection.execute(statement.values(active=False))


def _events(change: UnitsChange) -> list[NewEvent]:
    added = [NewEvent("unit", None, "active", unit=code) for code in change.added]
    back = [NewEvent("unit", "inactive", "active", unit=c) for c in change.returned]
    gone = [NewEvent("unit", "active", "inactive", unit=c) for c in change.vanished]
    return added + back + gone
