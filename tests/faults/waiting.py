"""Waiting for what another process does: until it is so, or it took too long."""

import time
from collections.abc import Callable

from tests.faults.world import PATIENCE


def until(happened: Callable[[], object]) -> None:
    """Return once `happened()` is true; raises AssertionError after PATIENCE."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)
