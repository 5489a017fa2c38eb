"""The archive: raw mails, attachments and readings, kept by what they are.

Bytes are durable before the database hears of them; the index rows go with the caller's
transaction. A pack whose rows were never committed (a crash between the two) is not
adopted: its mails are fetched again, and `sweep` removes it. No path leaves this room.
"""

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    select,
    tuple_,
    update,
)

from storage.errors import DamagedArchiveError, NotArchivedError, StorageError
from storage.packs import PackFolder, Record, Span
from storage.portions import SIZE, portions
from storage.tables import archive_objects
from storage.upserts import insert_new

Kind = Literal["raw", "reading", "attachment"]

#: Real seconds. Nothing ever points to an unfinished file; a finished pack may belong
#: to a transaction that somebody is about to commit.
_UNFINISHED_AGE, _UNINDEXED_AGE = 3600, 24 * 3600
_PRIMARY = ("kind", "key")
_KEY = re.compile(r"[A-Za-z0-9._:+-]{1,200}")


@dataclass(frozen=True, slots=True)
class Item:
    """Bytes to be kept. `key` is what they are asked for by; None: their SHA-256.

    A reading's key names the raw mail's digest, the reader's version and the rules.
    `digest` is the SHA-256 of the bytes, where the caller has computed it already.
    """

    kind: Kind
    payload: bytes
    key: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """One kept object: `digest` is the SHA-256 of its bytes."""

    kind: str
    key: str
    digest: str
    span: Span


@dataclass(frozen=True, slots=True)
class Checked:
    """What `verify` found of one object; `sound` is false where its bytes are not."""

    kind: str
    key: str
    sound: bool


class Archive:
    """A content-addressed store in one folder; safe for many threads and processes."""

    __slots__ = ("_packs",)

    def __init__(self, folder: Path) -> None:
        self._packs = PackFolder(folder / "packs")

    def write(self, items: Sequence[Item]) -> tuple[Stored, ...]:
        """Keep a batch as one pack, with two flushes; durable when it returns.

        Returns one Stored an item, in order. Raises TemporaryStorageError (no room) or
        StorageError; then nothing of the batch may be told to the database.
        """
        if not items:
            return ()
        records = [_record(item) for item in items]
        sources = [item.payload for item in items]
        spans = self._packs.write(list(zip(records, sources, strict=True)))
        return tuple(
            Stored(record.kind, record.key, record.digest, span)
            for record, span in zip(records, spans, strict=True)
        )

    def index(self, connection: Connection, stored: Sequence[Stored]) -> None:
        """Tell the database; a key that is there already stays as it is.

        Raises StorageError where the pack is not there any more: whoever waited a day
        between `write` and here must write anew.
        """
        if not stored:
            return
        if not self._packs.holds([one.span for one in stored]):
            raise StorageError("the batch was written too long ago and was swept")
        rows = [_row(one) for one in stored]
        connection.execute(insert_new(connection, archive_objects, _PRIMARY), rows)

    def known(
        self, connection: Connection, kind: Kind, keys: Collection[str]
    ) -> frozenset[str]:
        """Return which of the keys are kept already, in few queries."""
        c = archive_objects.c
        found: set[str] = set()
        for some in portions(keys):
            query = select(c.key).where(c.kind == kind, c.key.in_(some))
            found.update(connection.scalars(query))
        return frozenset(found)

    def exists(self, connection: Connection, kind: Kind, key: str) -> bool:
        """Say whether the object is kept; its bytes are not looked at."""
        return bool(self.known(connection, kind, [key]))

    def get(self, connection: Connection, kind: Kind, key: str) -> bytes:
        """Return the bytes, held against their digest.

        Raises NotArchivedError, or DamagedArchiveError.
        """
        for _, payload in self.get_many(connection, kind, [key]):
            return payload
        raise NotArchivedError(f"no {kind} {key}")

    def get_many(
        self, connection: Connection, kind: Kind, keys: Collection[str]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield (key, bytes) of those that are kept, one at a time, in pack order.

        Raises DamagedArchiveError at the first whose bytes are not what they were.
        """
        c = archive_objects.c
        for some in portions(keys):
            query = select(archive_objects).where(c.kind == kind, c.key.in_(some))
            for row in connection.execute(query.order_by(c.pack, c.offset)).all():
                payload = b"".join(self._packs.pieces(_span(row)))
                if hashlib.sha256(payload).hexdigest() != row.digest:
                    raise DamagedArchiveError(f"{kind} {row.key} is damaged")
                yield row.key, payload

    def verify(self, connection: Connection) -> Iterator[Checked]:
        """Hash everything again in bounded memory; yield each object, in pack order."""
        c = archive_objects.c
        place = tuple_(c.pack, c.offset)
        after = ("", -1)
        while True:
            query = select(archive_objects).where(place > after)
            rows = connection.execute(
                query.order_by(c.pack, c.offset).limit(SIZE)
            ).all()
            for row in rows:
                yield Checked(row.kind, row.key, self._is_sound(row))
            if len(rows) < SIZE:
                return
            after = (rows[-1].pack, rows[-1].offset)

    def _is_sound(self, row: Row[tuple[object, ...]]) -> bool:
        digest = hashlib.sha256()
        try:
            for piece in self._packs.pieces(_span(row)):
                digest.update(piece)
        except StorageError:
            return False
        return bool(digest.hexdigest() == row.digest)

    def drop(self, connection: Connection, kind: Kind, keys: Collection[str]) -> None:
        """Forget objects: what shares their packs is written anew, then indexed there.

        The old packs stay for a day until `sweep`, so that whoever reads them now, or
        an undone transaction, finds them. Raises DamagedArchiveError where a
        neighbour's bytes are gone; then nothing is dropped.
        """
        c = archive_objects.c
        doomed = set(keys)
        packs: set[str] = set()
        for some in portions(doomed):
            query = select(c.pack).where(c.kind == kind, c.key.in_(some))
            packs.update(connection.scalars(query))
        for pack in sorted(packs):
            query = select(archive_objects).where(c.pack == pack).order_by(c.offset)
            rows = connection.execute(query.with_for_update()).all()
            self._packs.touch(pack)
            self._move(
                connection,
                [row for row in rows if row.kind != kind or row.key not in doomed],
            )
        for some in portions(doomed):
            connection.execute(
                delete(archive_objects).where(c.kind == kind, c.key.in_(some))
            )

    def _move(
        self, connection: Connection, rows: Sequence[Row[tuple[object, ...]]]
    ) -> None:
        if not rows:
            return
        spans = self._packs.write(
            [
                (Record(row.kind, row.key, row.digest, row.length), _span(row))
                for row in rows
            ]
        )
        c = archive_objects.c
        statement = (
            update(archive_objects)
            .where(c.kind == bindparam("its_kind"), c.key == bindparam("its_key"))
            .values(pack=bindparam("new_pack"), offset=bindparam("new_offset"))
        )
        moved = [
            {
                "its_kind": row.kind,
                "its_key": row.key,
                "new_pack": span.pack,
                "new_offset": span.offset,
            }
            for row, span in zip(rows, spans, strict=True)
        ]
        connection.execute(statement, moved)

    def sweep(self, connection: Connection, machine_now: float) -> int:
        """Remove what no crash or drop needs any more; return how many files.

        `machine_now` is the machine's own clock in Unix seconds, for the ages are the
        files' own: unfinished files after an hour, packs without a row after a day.
        """
        unfinished = self._packs.unfinished_before(machine_now - _UNFINISHED_AGE)
        for name in unfinished:
            self._packs.remove_unfinished(name)
        old = self._packs.packs_before(machine_now - _UNINDEXED_AGE)
        needed: set[str] = set()
        c = archive_objects.c
        for some in portions(old):
            needed.update(
                connection.scalars(select(c.pack).distinct().where(c.pack.in_(some)))
            )
        needless = [pack for pack in old if pack not in needed]
        for pack in needless:
            self._packs.remove_pack(pack)
        return len(unfinished) + len(needless)


def _record(item: Item) -> Record:
    digest = item.digest or hashlib.sha256(item.payload).hexdigest()
    key = digest if item.key is None else item.key
    if not _KEY.fullmatch(key):
        raise ValueError(f"no key of the archive: {key!r}")
    return Record(item.kind, key, digest, len(item.payload))


def _row(one: Stored) -> dict[str, object]:
    return {
        "kind": one.kind,
        "key": one.key,
        "digest": one.digest,
        "pack": one.span.pack,
        "offset": one.span.offset,
        "length": one.span.length,
    }


def _span(row: Row[tuple[object, ...]]) -> Span:
    return Span(row.pack, row.offset, row.length)
