"""What a run of tests ends with: the neighbours that it used and those it missed."""

from typing import Any

import pytest

from tests import neighbours
from tests.skips import (
    pytest_make_collect_report,
    pytest_runtest_makereport,
)

__all__ = ["pytest_make_collect_report", "pytest_runtest_makereport"]

_KINDS = ("used", "absent")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells its neighbours to whoever started it."""
    told: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["neighbours"] = neighbours.account()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker told; one that died has told nothing."""
    told = getattr(node, "workeroutput", {}).get("neighbours", {})
    for name in told.get("used", ()):
        neighbours.used(name)
    for name in told.get("absent", ()):
        neighbours.absent(name)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name them before the closing line."""
    account = neighbours.account()
    for kind in _KINDS:
        if kind == "used" or account[kind]:
            names = ", ".join(account[kind]) or "none"
            terminalreporter.write_line(f"neighbours {kind}: {names}")
