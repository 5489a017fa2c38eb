"""A fetcher that is killed: afterwards a mail is wholly there, or not at all."""

import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.claims import claim
from storage.database import Database, open_database
from storage.digests import sha256
from storage.inbox import Holder
from storage.mails import message_detail, message_lines
from tests import neighbours
from tests.builders.arrival import NOW, a_raw_mail
from tests.integration.storage.keeper import MAILS, STEPS
from tests.integration.storage.test_database import environment

KEEPER = [sys.executable, "-m", "tests.integration.storage.keeper"]
KILLED = -9


def ledger(database: Database, archive: Archive) -> list[tuple[int, str]]:
    """What is there, each mail held against its archived bytes."""
    told = []
    with database.read() as connection:
        assert all(one.sound for one in archive.verify(connection))
        for line in message_lines(connection):
            detail = message_detail(connection, line.id)
            assert detail is not None
            raw = archive.get(connection, "raw", detail.raw_sha256)
            assert sha256(raw) == detail.raw_sha256
            assert [p.uid for p in detail.positions] == [line.uid]
            told.append((line.uid or 0, detail.raw_sha256))
    return told


WHOLE = [(n, sha256(a_raw_mail(n))) for n in MAILS]


@pytest.mark.parametrize("step", STEPS)
def test_a_fetcher_killed_between_two_steps_costs_a_repeat_only(
    database_url: str, tmp_path: Path, step: str
) -> None:
    folder = tmp_path / "archive"
    database, archive = open_database(database_url), Archive(folder)
    command = [*KEEPER, database_url, str(folder)]
    assert subprocess.run([*command, step], env=environment()).returncode == KILLED
    expected = WHOLE if step == "committed" else []
    assert ledger(database, archive) == expected
    assert subprocess.run([*command, "none"], env=environment()).returncode == 0
    assert ledger(database, archive) == WHOLE
    with database.write() as connection:
        # What the dead one had claimed is free again when its lease has run out.
        late = NOW + timedelta(minutes=1)
        taken = claim(connection, Holder("next", late), late, 50, 10**9)
    assert [one.attempts for one in taken] == [0, 0, 0]
    database.close()


CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "unlink")


@pytest.mark.slow
def test_a_fetcher_killed_at_any_system_call_costs_a_repeat_only(
    tmp_path: Path, sqlite_template: bytes
) -> None:
    counted = run_traced(tmp_path, sqlite_template, "none", [])
    points = [(call, n) for call in CALLS for n in range(1, calls(counted, call) + 1)]
    assert len(points) > 20
    for call, number in points:
        inject = ["-e", f"inject={call}:signal=KILL:when={number}"]
        run_traced(tmp_path, sqlite_template, "none", inject)
        archive = Archive(tmp_path / "archive")
        database = open_database(f"sqlite:///{tmp_path / 'hopthu.db'}")
        assert ledger(database, archive) in ([], WHOLE), (call, number)
        again = [*KEEPER, str(database.engine.url), str(tmp_path / "archive"), "none"]
        assert subprocess.run(again, env=environment()).returncode == 0
        assert ledger(database, archive) == WHOLE, (call, number)
        database.close()


def run_traced(folder: Path, template: bytes, last: str, inject: list[str]) -> str:
    shutil.rmtree(folder / "archive", ignore_errors=True)
    for old in folder.glob("hopthu.db*"):
        old.unlink()
    (folder / "hopthu.db").write_bytes(template)
    trace = folder / "trace"
    url = f"sqlite:///{folder / 'hopthu.db'}"
    strace = neighbours.tool("strace", "strace")
    tool = [strace, "-f", "-qq", "-o", str(trace), "-e", f"trace={','.join(CALLS)}"]
    command = [*tool, *inject, *KEEPER, url, str(folder / "archive"), last]
    subprocess.run(command, env=environment(), check=False)
    return trace.read_text("utf-8", "replace")


def calls(trace: str, name: str) -> int:
    return len(re.findall(rf"^\d+ +{name}\(", trace, re.M))
