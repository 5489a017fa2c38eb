"""The table of marks: what was found today, beside what is asked for."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is done: a folder of the bench's own, and how large it may be."""

    folder: Path
    quick: bool = False
    full: bool = False

    def pick(self, usual: int, quick: int, full: int | None = None) -> int:
        """Return the number for this run."""
        if self.quick:
            return quick
        return full if self.full and full is not None else usual


@dataclass(frozen=True, slots=True)
class Mark:
    """One line: the mark's number, what was measured, what is asked, what was found.

    `range` is from the least to the most of the rounds.
    """

    number: str
    what: str
    asked: str
    today: str
    range: str = ""


def figure(values: Sequence[float], unit: str = "", digits: int = 1) -> tuple[str, str]:
    """Return the median of rounds and their range, as written in the table."""
    middle = statistics.median(values)
    low, high = f"{min(values):.{digits}f}", f"{max(values):.{digits}f}"
    return f"{middle:.{digits}f}{unit}", f"{low}-{high}" if len(values) > 1 else ""


HEADINGS = Mark("mark", "what", "asked", "today", "range")


def table(marks: Sequence[Mark]) -> str:
    """Return the marks as lines of five columns."""
    lines = [(m.number, m.what, m.asked, m.today, m.range) for m in (HEADINGS, *marks)]
    widths = [max(len(line[k]) for line in lines) for k in range(5)]
    rows = (
        "  ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)) for r in lines
    )
    return "\n".join(row.rstrip() for row in rows)
