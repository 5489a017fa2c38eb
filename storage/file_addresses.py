"""The addresses of the units file, laid over those that were learned.

It reads no file; `storage.units` hands the units in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from parsers.values.unit import Unit
from storage.addresses import folded_address
from storage.events import NewEvent, write_events
from storage.tables import unit_addresses
from storage.upserts import insert_or_update

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Stored:
    address: str
    source: str
    by: str | None


def put_file_addresses(
    connection: Connection, given: Sequence[Unit], now: datetime, by: str
) -> None:
    """Make the file's addresses those of the given units.

    One that left the file goes, unless a person taught it: it is `learned` again.
    Health is kept.
    """
    wanted = _wanted(given)
    stored = _stored(connection, {unit.code for unit in given})
    left = {k: s for k, s in stored.items() if s.source == "file" and k not in wanted}
    _drop(connection, [key for key, was in left.items() if was.by is None])
    _learn_again(connection, [key for key, was in left.items() if was.by is not None])
    _write(connection, wanted)
    happened = [
        NewEvent("address", _source(stored.get(k)), "file", address, unit=k[1])
        for k, (address, _) in wanted.items()
        if _source(stored.get(k)) != "file"
    ]
    happened += [
        NewEvent("address", "file", "learned" if s.by else None, s.address, unit=k[1])
        for k, s in left.items()
    ]
    write_events(connection, happened, now, by)


def _wanted(given: Sequence[Unit]) -> dict[_Key, tuple[str, int]]:
    # Where the file names one address twice, its first place counts.
    wanted: dict[_Key, tuple[str, int]] = {}
    for unit in given:
        for place, address in enumerate(unit.addresses):
            key = (folded_address(address), unit.code)
            wanted.setdefault(key, (address.strip(), place))
    return wanted


def _stored(connection: Connection, codes: set[str]) -> dict[_Key, _Stored]:
    c = unit_addresses.c
    query = select(c.folded, c.unit, c.address, c.source, c.by)
    return {
        (folded, unit): _Stored(*rest)
        for folded, unit, *rest in connection.execute(query)
        if unit in codes
    }


def _source(stored: _Stored | None) -> str | None:
    return stored.source if stored else None


def _which() -> Any:
    c = unit_addresses.c
    return (c.folded == bindparam("f")) & (c.unit == bindparam("u"))


def _keys(keys: Sequence[_Key]) -> list[dict[str, str]]:
    return [{"f": folded, "u": unit} for folded, unit in keys]


def _drop(connection: Connection, keys: Sequence[_Key]) -> None:
    if keys:
        connection.execute(delete(unit_addresses).where(_which()), _keys(keys))


def _learn_again(connection: Connection, keys: Sequence[_Key]) -> None:
    if keys:
        statement = update(unit_addresses).where(_which()).values(source="learned")
        connection.execute(statement, _keys(keys))


def _write(connection: Connection, wanted: dict[_Key, tuple[str, int]]) -> None:
    rows = [
        {
            "folded": folded,
            "unit": unit,
            "address": address,
            "source": "file",
            "position": place,
        }
        for (folded, unit), (address, place) in wanted.items()
    ]
    if rows:
        statement = insert_or_update(
            connection,
            unit_addresses,
            ["folded", "unit"],
            ["address", "source", "position"],
        )
        connection.execute(statement, rows)
