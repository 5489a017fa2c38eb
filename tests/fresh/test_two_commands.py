"""`make demo` and `make test` as somebody meets them who has just cloned the project.

What is cloned is the last commit, not what lies uncommitted beside it.
"""

import os
import pwd
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fresh.machine import APT, ENSUREPIP, Machine, clone

pytestmark = pytest.mark.slow

ME = pwd.getpwuid(os.getuid()).pw_name
#: Root can try it as somebody who may install nothing as well.
USERS = ["root", "nobody"] if ME == "root" else [ME]
#: A second run makes no virtual environment and downloads nothing: it only does the
#: job, which took 6 seconds on two busy cores.
SECONDS = 60
DOVECOT_ONLY = "tests/integration/mailbox/test_dovecot.py"


@pytest.fixture
def machine(request: pytest.FixtureRequest) -> Iterator[Machine]:
    """An empty clone of the user whom the test names, else of our own."""
    made = clone(getattr(request, "param", ME))
    yield made
    shutil.rmtree(made.folder, ignore_errors=True)


def packages(machine: Machine) -> dict[Path, float]:
    """Return when each installed distribution was installed."""
    found = (machine.clone / ".venv").glob("lib/*/site-packages/*.dist-info")
    return {path: path.stat().st_mtime for path in found}


def demo_folder(done: "subprocess.CompletedProcess[str]") -> Path:
    """Return the folder that the demo said it left everything in."""
    found = re.search(r"/tmp/hopthu-demo-\w+", done.stdout + done.stderr)
    assert found is not None, done.stderr
    return Path(found[0])


@pytest.mark.parametrize("machine", USERS, indirect=True)
def test_make_demo_works_in_an_empty_clone_and_at_once_the_second_time(
    machine: Machine,
) -> None:
    first = machine.make("demo")
    assert first.returncode == 0, first.stderr[-3000:]
    assert int(re.findall(r"đã gửi (\d+)", first.stdout)[-1]) > 10
    folder = demo_folder(first)
    assert (folder / "hopthu.db").stat().st_size > 0
    assert len(list(folder.glob("*/*.eml"))) > 10
    assert (machine.clone / ".venv" / "bin" / "hopthu").exists()
    installed = packages(machine)
    assert len(installed) > 15

    begun = time.monotonic()
    # No package could be had now.
    second = machine.make("demo", PIP_NO_INDEX="1", PIP_FIND_LINKS="/nowhere")
    assert second.returncode == 0, second.stderr[-3000:]
    assert time.monotonic() - begun < SECONDS
    assert packages(machine) == installed
    assert "installing" in first.stderr
    assert "installing" not in second.stderr
    for left in (folder, demo_folder(second)):
        shutil.rmtree(left)


def test_an_interrupted_first_run_is_made_good_by_the_next(machine: Machine) -> None:
    python = machine.clone / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/usr/bin/python3")
    (machine.clone / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\n")
    done = machine.make("demo")
    assert done.returncode == 0, done.stderr[-3000:]


def test_without_venv_and_without_rights_the_line_is_said_and_nothing_begun(
    machine: Machine,
) -> None:
    assert ENSUREPIP, "this is no Debian with python3-venv: nothing to hide"
    done = machine.make("demo", hidden=[*APT, *ENSUREPIP])
    assert done.returncode == 2
    assert "apt-get install -y python3 python3-venv" in done.stderr
    assert not (machine.clone / ".venv").exists()
    assert done.stdout == ""


def test_make_test_names_the_neighbours_that_are_absent(machine: Machine) -> None:
    hidden = [*APT, "/usr/sbin/dovecot"]
    done = machine.make("test", f"TESTS={DOVECOT_ONLY}", hidden=hidden)
    assert done.returncode != 0
    assert re.search(r"apt-get install -y .*dovecot-imapd", done.stderr), done.stderr
    assert "neighbours absent: Dovecot" in done.stdout, done.stdout[-3000:]
    assert re.search(r"^\d+ .*error.* in [\d.]+s", done.stdout, re.M)
    assert " passed" not in done.stdout.splitlines()[-1]
