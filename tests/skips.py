"""Holds pytest's skips against skips.toml: what is not named there may not be skipped.

A pytest plugin. It says nothing of tests that are expected to fail: those are strict.
"""

import tomllib
from collections.abc import Generator
from pathlib import Path

import pytest

LIST = Path(__file__).with_name("skips.toml")


def allowed(path: Path = LIST) -> dict[str, str]:
    """Return the reason of each test that may be skipped, by its id."""
    given = tomllib.loads(path.read_text("utf-8")).get("skip", [])
    return {entry["test"]: entry["reason"] for entry in given}


def _hold(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip without a reason of ours into a failure."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    if report.nodeid in allowed():
        return
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
    report.outcome = "failed"
    report.longrepr = f"{report.nodeid}: not in tests/skips.toml, so no skip. {said}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[
    None, pytest.TestReport, pytest.TestReport
]:
    """Hold a test that was skipped."""
    report = yield
    _hold(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[
    None, pytest.CollectReport, pytest.CollectReport
]:
    """Hold a whole file that was skipped."""
    report = yield
    _hold(report)
    return report
