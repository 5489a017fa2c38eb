"""What a command shows: JSON or a table on standard output, sentences on stderr.

Every sentence stands in phrases.toml; nothing here decides anything.
"""

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Doubted:
    """A cell that may be wrong, by how much (below 1.0)."""

    text: str
    certainty: float


@lru_cache(maxsize=1)
def _phrases() -> dict[str, str]:
    path = Path(__file__).with_name("phrases.toml")
    return tomllib.loads(path.read_text("utf-8"))["phrases"]  # type: ignore[no-any-return]


def phrase(key: str, **parameters: object) -> str:
    """Return the Vietnamese sentence `key`; raises KeyError when it is not written."""
    return _phrases()[key].format(**parameters)


def say(key: str, **parameters: object) -> None:
    """Say a sentence on standard error."""
    print(_steady(phrase(key, **parameters)), file=sys.stderr, flush=True)


def show_json(value: object) -> None:
    """Print one JSON object on a line of its own, flushed."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def show_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; nothing in it is taken for markup."""
    # Drawing costs a tenth of a second to load, which `poll` and JSON do not need.
    from daemon.commands.drawing import draw_table

    given = [list(row) for row in rows]
    doubted = {
        (r, c)
        for r, row in enumerate(given)
        for c, cell in enumerate(row)
        if isinstance(cell, Doubted)
    }
    shown = [[_shown(cell) for cell in row] for row in given]
    draw_table([phrase(heading) for heading in headings], shown, doubted)


def show_lines(lines: Iterable[str]) -> None:
    """Print plain lines."""
    for line in lines:
        print(_steady(line))


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return phrase("yes") if cell else ""
    if isinstance(cell, Doubted):
        return _shown(phrase("doubted", text=cell.text, certainty=cell.certainty))
    return "".join(c if c.isprintable() or c == "\n" else " " for c in str(cell))


def _steady(text: str) -> str:
    # Control characters of a stranger's text could steer the terminal.
    return "".join(c if c.isprintable() or c in "\n\t" else " " for c in text)


def progress(items: Sequence[Item], key: str) -> Iterable[Item]:
    """Yield the items, with a bar on a terminal and nothing elsewhere."""
    if not sys.stderr.isatty():
        return items
    from daemon.commands.drawing import draw_bar

    return draw_bar(items, phrase(key))


def busy(items: Iterator[Item], key: str) -> Iterator[Item]:
    """Return the items, showing on a terminal that something moves.

    Lines that appear on the same terminal show it well enough.
    """
    if not sys.stderr.isatty() or sys.stdout.isatty():
        return items
    from daemon.commands.drawing import draw_motion

    return draw_motion(items, phrase(key))
