"""What a command shows: JSON or a table on standard output, sentences on stderr.

Every sentence stands in phrases.toml; nothing here decides anything.
"""

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

Item = TypeVar("Item")

#: Columns of a terminal that does not say how wide it is.
WIDTH = 160


@lru_cache(maxsize=1)
def _phrases() -> dict[str, str]:
    path = Path(__file__).with_name("phrases.toml")
    return tomllib.loads(path.read_text("utf-8"))["phrases"]  # type: ignore[no-any-return]


def phrase(key: str, **parameters: object) -> str:
    """Return the Vietnamese sentence `key`; raises KeyError when it is not written."""
    return _phrases()[key].format(**parameters)


def say(key: str, **parameters: object) -> None:
    """Say a sentence on standard error."""
    print(phrase(key, **parameters), file=sys.stderr, flush=True)


def show_json(value: object) -> None:
    """Print one JSON object on a line of its own, flushed."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def show_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; nothing in it is taken for markup."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(phrase(heading))
    for row in rows:
        table.add_row(*[Text(_shown(cell)) for cell in row])
    _console().print(table)


def show_lines(lines: Iterable[str]) -> None:
    """Print plain lines."""
    for line in lines:
        print(line)


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return phrase("yes") if cell else ""
    # Control characters of a stranger's text could steer the terminal.
    return "".join(c if c.isprintable() else " " for c in str(cell))


def _console() -> Console:
    width = None if sys.stdout.isatty() else WIDTH
    return Console(width=width, highlight=False, emoji=False, markup=False)


def progress(items: Sequence[Item], key: str) -> Iterable[Item]:
    """Yield the items, with a bar on a terminal and nothing elsewhere."""
    if not sys.stderr.isatty():
        return items
    console = Console(stderr=True)
    return track(items, description=phrase(key), console=console, transient=True)


def busy(items: Iterator[Item], key: str) -> Iterator[Item]:
    """Yield items of an unknown number, showing on a terminal that it moves."""
    console = Console(stderr=True)
    if not console.is_terminal or sys.stdout.isatty():
        # Lines that appear on the same terminal show it well enough.
        yield from items
        return
    with console.status(phrase(key)):
        yield from items
