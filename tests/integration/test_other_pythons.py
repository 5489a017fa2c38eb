"""The versions of Python that are promised and that the other tests do not run in."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.neighbours import pythons

ROOT = Path(__file__).resolve().parents[2]
PROMISED = ("3.11", "3.12", "3.13")
PATIENCE = 900
OWN = f"{sys.version_info[0]}.{sys.version_info[1]}"

pytestmark = pytest.mark.slow


#: Whoever has Debian and nothing else meets an early release of its version.
DEBIAN = "/usr/bin/python3"


@pytest.fixture(params=[DEBIAN, *(v for v in PROMISED if v != OWN)])
def python(request: pytest.FixtureRequest) -> Path:
    """Another Python, with the locked packages."""
    version: str = request.param
    return pythons.python(version)


def run(python: Path, home: Path, *words: str) -> str:
    """Run a module in it, as a user who has nothing; return what it printed."""
    kept = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [python, "-m", *words],
        cwd=ROOT,
        env={**kept, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    return done.stdout


def passed(python: Path, home: Path, *tests: str) -> str:
    """Run tests in it; return what pytest printed."""
    options = ["-q", "--tb=short", "-p", "no:cacheprovider"]
    return run(python, home, "pytest", *options, *tests)


def test_the_pure_tests_pass(python: Path, tmp_path: Path) -> None:
    said = passed(python, tmp_path, "tests/unit")
    assert int(said.rsplit(" passed", 1)[0].split()[-1]) > 500


def test_the_demo_does_the_main_job(python: Path, tmp_path: Path) -> None:
    said = run(python, tmp_path, "daemon", "demo")
    folder = re.search(r"/tmp/hopthu-demo-\w+", said)
    assert folder is not None
    shutil.rmtree(folder[0])
    assert int(re.findall(r"đã gửi (\d+)", said)[-1]) > 10


def test_mail_goes_the_whole_road(python: Path, tmp_path: Path) -> None:
    """Dovecot, an SMTP server and SQLite: a mail for every row of the contract."""
    said = passed(python, tmp_path, "tests/acceptance/test_states.py")
    assert "Dovecot" in said
    assert " passed" in said
