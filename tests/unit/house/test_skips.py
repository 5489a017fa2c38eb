"""Nothing is skipped that tests/skips.toml does not name."""

import os
import subprocess
import sys
from pathlib import Path

from tests.skips import allowed

ROOT = Path(__file__).resolve().parents[3]
SKIPS = """
import pytest
def test_that_runs(): pass
@pytest.mark.skip(reason="too lazy")
def test_that_is_marked(): raise AssertionError
def test_that_gives_up(): pytest.skip("no wish")
@pytest.mark.xfail(strict=True)
def test_that_must_fail(): raise AssertionError
"""
SKIPPED_WHOLE = "import pytest\npytest.skip('no wish', allow_module_level=True)\n"


def run(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Run a file of tests under the rule, as the tests of the house are run."""
    (folder / "test_it.py").write_text(text)
    given = ["-q", "-p", "tests.skips", "-p", "no:cacheprovider", "-c", os.devnull]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *given, "--rootdir", folder, "test_it.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_skip_that_nobody_named_fails(tmp_path: Path) -> None:
    done = run(tmp_path, SKIPS)
    assert done.returncode == 1, done.stdout
    # A mark skips before the test begins, which pytest calls an error.
    assert "1 failed, 1 passed, 1 xfailed, 1 error" in done.stdout
    assert done.stdout.count("not in tests/skips.toml") >= 2
    assert "no wish" in done.stdout


def test_a_file_that_skips_itself_fails(tmp_path: Path) -> None:
    done = run(tmp_path, SKIPPED_WHOLE)
    assert done.returncode != 0, done.stdout
    assert "not in tests/skips.toml" in done.stdout


def test_what_is_named_says_why_and_is_there() -> None:
    for test, reason in allowed().items():
        path, _, _ = test.partition("::")
        assert (ROOT / path).is_file(), test
        assert len(reason.split()) > 2, test
