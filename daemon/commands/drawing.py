"""Tables and bars on a terminal; loaded only by a command that draws one."""

import sys
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TypeVar

from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

Item = TypeVar("Item")

#: Columns of a terminal that does not say how wide it is.
WIDTH = 160


#: What may be wrong must be seen on a light and on a dark ground.
DOUBTED = "bold red"


def draw_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    doubted: Set[tuple[int, int]],
) -> None:
    """Print a table on standard output; nothing in it is taken for markup.

    `doubted` are the cells (row, column, from 0) that stand out.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading)
    for r, row in enumerate(rows):
        styles = [DOUBTED if (r, c) in doubted else "" for c in range(len(row))]
        table.add_row(*[Text(t, s) for t, s in zip(row, styles, strict=True)])
    width = None if sys.stdout.isatty() else WIDTH
    console = Console(width=width, highlight=False, emoji=False, markup=False)
    console.print(table)


def draw_bar(items: Sequence[Item], words: str) -> Iterable[Item]:
    """Yield the items behind a bar on standard error."""
    console = Console(stderr=True)
    return track(items, description=words, console=console, transient=True)


def draw_motion(items: Iterator[Item], words: str) -> Iterator[Item]:
    """Yield items of an unknown number, showing on standard error that it moves."""
    with Console(stderr=True).status(words):
        yield from items
