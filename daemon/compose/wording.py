"""The Vietnamese word for each of the program's own words; it knows no sentence."""

import tomllib
from functools import cache
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"


def word(group: str, key: str | None) -> str:
    """Return the word of `key` in a group of words.toml, `key` itself if it has none.

    A group that is not there raises KeyError.
    """
    return words()[group].get(key or "", key or "")


@cache
def words() -> dict[str, dict[str, str]]:
    """Return every group of words.toml: key -> word."""
    with (TEMPLATES / "words.toml").open("rb") as file:
        return tomllib.load(file)
