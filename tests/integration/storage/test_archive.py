import errno
import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.archive import Archive, Item, Stored
from storage.database import Database
from storage.errors import (
    DamagedArchiveError,
    NotArchivedError,
    StorageError,
    TemporaryStorageError,
)
from storage.tables import archive_objects
from tests.integration.storage.test_database import environment

HOUR, DAY = 3600, 86400


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def kept(database: Database, archive: Archive, *payloads: bytes) -> tuple[Stored, ...]:
    stored = archive.write([Item("raw", payload) for payload in payloads])
    with database.write() as connection:
        archive.index(connection, stored)
    return stored


def digest(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()


def packs(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "archive" / "packs").iterdir())


def damaged(database: Database, archive: Archive) -> tuple[int, list[str]]:
    with database.read() as connection:
        found = list(archive.verify(connection))
    return len(found), sorted(one.key for one in found if not one.sound)


def test_what_is_kept_is_got_back_by_its_digest(
    database: Database, archive: Archive
) -> None:
    payloads = [b"", b"one\n", b"\x00\r\n" * 700_000, "Phường".encode()]
    stored = kept(database, archive, *payloads)
    assert [one.key for one in stored] == [digest(p) for p in payloads]
    with database.read() as connection:
        for payload in payloads:
            assert archive.get(connection, "raw", digest(payload)) == payload
            assert archive.exists(connection, "raw", digest(payload))
        got = dict(archive.get_many(connection, "raw", [digest(p) for p in payloads]))
    assert got == {digest(p): p for p in payloads}


def test_a_reading_has_a_key_of_its_own(database: Database, archive: Archive) -> None:
    key = f"{digest(b'raw')}:3:{digest(b'rules')}"
    stored = archive.write([Item("reading", b"{}", key), Item("raw", b"{}")])
    with database.write() as connection:
        archive.index(connection, stored)
        assert archive.get(connection, "reading", key) == b"{}"
        assert archive.known(connection, "reading", [key, digest(b"{}")]) == {key}
        assert archive.known(connection, "raw", [key, digest(b"{}")]) == {digest(b"{}")}
        with pytest.raises(NotArchivedError):
            archive.get(connection, "attachment", key)


def test_a_wrong_digest_from_the_caller_is_noticed(
    database: Database, archive: Archive
) -> None:
    stored = archive.write([Item("raw", b"one", digest=digest(b"other"))])
    with database.write() as connection:
        archive.index(connection, stored)
        with pytest.raises(DamagedArchiveError):
            archive.get(connection, "raw", digest(b"other"))
    assert damaged(database, archive) == (1, [digest(b"other")])


@pytest.mark.parametrize("key", ["", "a b", "a\nb", "../x", "a/b", "ä", "x" * 201])
def test_a_key_that_could_be_misread_is_refused(archive: Archive, key: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        archive.write([Item("reading", b"x", key)])


def test_a_batch_is_one_private_file_that_tells_what_it_holds(
    database: Database, archive: Archive, tmp_path: Path
) -> None:
    kept(database, archive, b"one", b"two\n")
    (pack,) = packs(tmp_path)
    assert stat.S_IMODE(pack.stat().st_mode) == 0o600
    assert stat.S_IMODE(pack.parent.stat().st_mode) == 0o700
    lines = [
        f"hopthu-archive 1 raw {digest(p)} {digest(p)} {len(p)}\n".encode() + p + b"\n"
        for p in (b"one", b"two\n")
    ]
    assert pack.read_bytes() == b"".join(lines)


def test_a_batch_costs_two_flushes(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.write([Item("raw", b"the folder is there from now on")])
    flushed: list[str] = []
    really = os.fsync

    def fsync(descriptor: int) -> None:
        flushed.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        really(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    archive.write([Item("raw", str(n).encode()) for n in range(50)])
    assert [Path(name).suffix for name in flushed] == [".part", ""]


def test_nothing_to_keep_makes_no_file(archive: Archive, tmp_path: Path) -> None:
    assert archive.write([]) == ()
    assert not (tmp_path / "archive").exists()


def test_the_same_batch_again_is_the_same_file(
    database: Database, archive: Archive, tmp_path: Path
) -> None:
    first = kept(database, archive, b"one", b"two")
    assert kept(database, archive, b"one", b"two") == first
    assert len(packs(tmp_path)) == 1
    kept(database, archive, b"two", b"three")
    with database.read() as connection:
        assert archive.get(connection, "raw", digest(b"two")) == b"two"
    assert damaged(database, archive) == (3, [])


@pytest.mark.parametrize("harm", ["turned", "cut", "gone"])
def test_damage_is_named_and_never_handed_out(
    database: Database, archive: Archive, tmp_path: Path, harm: str
) -> None:
    kept(database, archive, *(str(n).encode() * 9 for n in range(5)))
    victim = kept(database, archive, b"victim")[0]
    pack = next(p for p in packs(tmp_path) if p.stem == victim.span.pack)
    whole = pack.read_bytes()
    if harm == "turned":
        pack.write_bytes(whole.replace(b"victim", b"Victim"))
    elif harm == "cut":
        pack.write_bytes(whole[:-3])
    else:
        pack.unlink()
    assert damaged(database, archive) == (6, [victim.key])
    with database.read() as connection:
        with pytest.raises(DamagedArchiveError):
            archive.get(connection, "raw", victim.key)
        assert archive.exists(connection, "raw", victim.key)


def test_verifying_goes_through_everything_page_by_page(
    database: Database, archive: Archive, tmp_path: Path
) -> None:
    stored = kept(database, archive, *(str(n).encode() for n in range(2100)))
    pack = packs(tmp_path)[0]
    pack.write_bytes(pack.read_bytes()[: stored[-2].span.offset])
    lost = sorted(one.key for one in stored[-2:])
    assert damaged(database, archive) == (2100, lost)


def test_a_dropped_mail_leaves_its_neighbours(
    database: Database, archive: Archive, tmp_path: Path
) -> None:
    stored = kept(database, archive, b"one", b"two", b"three")
    alone = kept(database, archive, b"alone")[0]
    before = len(packs(tmp_path))
    doomed = [stored[1].key, alone.key, digest(b"never there")]
    with database.write() as connection:
        archive.drop(connection, "raw", doomed)
    with database.read() as connection:
        assert archive.get(connection, "raw", stored[0].key) == b"one"
        assert archive.get(connection, "raw", stored[2].key) == b"three"
        assert not archive.exists(connection, "raw", stored[1].key)
        assert not archive.exists(connection, "raw", alone.key)
    assert damaged(database, archive) == (2, [])
    assert len(packs(tmp_path)) == before + 1
    now = packs(tmp_path)[0].stat().st_mtime
    with database.read() as connection:
        assert archive.sweep(connection, now + DAY + HOUR) == 2
    assert damaged(database, archive) == (2, [])
    (left,) = packs(tmp_path)
    assert b"two" not in left.read_bytes()


def test_a_drop_that_is_undone_drops_nothing(
    database: Database, archive: Archive
) -> None:
    stored = kept(database, archive, b"one", b"two")

    def undone() -> None:
        with database.write() as connection:
            archive.drop(connection, "raw", [stored[0].key])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undone()
    assert damaged(database, archive) == (2, [])


def test_a_drop_beside_damage_drops_nothing(
    database: Database, archive: Archive, tmp_path: Path
) -> None:
    stored = kept(database, archive, b"one", b"two")
    pack = packs(tmp_path)[0]
    pack.write_bytes(pack.read_bytes()[:-2])
    with pytest.raises(DamagedArchiveError), database.write() as connection:
        archive.drop(connection, "raw", [stored[0].key])
    assert damaged(database, archive) == (2, [stored[1].key])
    assert [p.suffix for p in packs(tmp_path)] == [".pack"]


def test_the_sweep_takes_only_what_nobody_can_need(
    database: Database, archive: Archive, tmp_path: Path
) -> None:
    kept(database, archive, b"indexed")
    archive.write([Item("raw", b"never committed")])
    unfinished = packs(tmp_path)[0].parent / "x.0011.part"
    unfinished.write_bytes(b"half")
    now = unfinished.stat().st_mtime
    left = []
    for age in (HOUR - 60, HOUR + 60, DAY - 60, DAY + 60):
        with database.read() as connection:
            archive.sweep(connection, now + age)
        left.append(sorted(p.suffix for p in packs(tmp_path)))
    both = [".pack", ".pack"]
    assert left == [[*both, ".part"], both, both, [".pack"]]
    assert damaged(database, archive) == (1, [])


def test_a_batch_that_was_swept_meanwhile_is_not_indexed(
    database: Database, archive: Archive, tmp_path: Path
) -> None:
    stored = archive.write([Item("raw", b"late")])
    packs(tmp_path)[0].unlink()
    with pytest.raises(StorageError, match="swept"), database.write() as connection:
        archive.index(connection, stored)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, TemporaryStorageError),
        (errno.EDQUOT, TemporaryStorageError),
        (errno.EIO, StorageError),
    ],
)
@pytest.mark.parametrize("which", [0, 1])
def test_a_flush_that_fails_stops_the_batch_and_is_not_tried_again(
    archive: Archive,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    kind: type[StorageError],
    which: int,
) -> None:
    archive.write([Item("raw", b"before")])
    calls: list[int] = []
    really = os.fsync

    def fsync(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) - 1 == which:
            raise OSError(number, "injected")
        really(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(StorageError) as told:
        archive.write([Item("raw", b"after")])
    assert type(told.value) is kind
    assert len(calls) == which + 1
    assert not [p for p in packs(tmp_path) if p.suffix == ".part"]


FULL = """
import resource, sys
from pathlib import Path
from storage.archive import Archive, Item
from storage.errors import TemporaryStorageError
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
archive = Archive(Path(sys.argv[1]))
archive.write([Item("raw", b"small")])
try:
    archive.write([Item("raw", b"s"), Item("raw", b"x" * (2 << 20))])
except TemporaryStorageError:
    sys.exit(7)
"""


def test_no_room_leaves_whole_packs_only(tmp_path: Path) -> None:
    folder = str(tmp_path / "archive")
    done = subprocess.run([sys.executable, "-c", FULL, folder], env=environment())
    assert done.returncode == 7
    (pack,) = packs(tmp_path)
    assert pack.suffix == ".pack"
    assert pack.read_bytes().endswith(b"small\n")


def test_an_object_is_indexed_once(database: Database, archive: Archive) -> None:
    for _ in range(2):
        kept(database, archive, b"one", b"one")
    with database.read() as connection:
        query = select(func.count()).select_from(archive_objects)
        assert connection.scalar(query) == 1
