"""The sentence of a finding, for people: courteous, and something to act on."""

import tomllib
from functools import cache
from typing import TYPE_CHECKING

from daemon.compose.clean import line
from daemon.compose.wording import TEMPLATES, word
from parsers.values.finding import Finding

if TYPE_CHECKING:
    from jinja2 import Template

#: Longer than any sentence of ours, shorter than what a sender may put into it.
_QUOTED, _LONGEST = 200, 1000


def sentence(found: Finding) -> str:
    """Return the sentence of a finding as one line of plain text.

    Sender text in it is cut; the finding's place is not part of it. A code without a
    template raises KeyError.
    """
    given = {name: line(text, _QUOTED) for name, text in found.parameters}
    text = line(_templates()[found.code].render(given), _LONGEST)
    return text[:1].upper() + text[1:]


def codes() -> frozenset[str]:
    """Return the codes that have a sentence."""
    return frozenset(_texts())


@cache
def _texts() -> dict[str, str]:
    with (TEMPLATES / "findings.toml").open("rb") as file:
        texts: dict[str, str] = tomllib.load(file)["sentences"]
    return texts


@cache
def _templates() -> dict[str, "Template"]:
    # Loaded with the first sentence: most commands say none.
    from jinja2 import Environment

    # Plain text: whoever puts a sentence into HTML escapes it there.
    environment = Environment(autoescape=False)
    environment.filters["word"] = lambda key, group: word(group, key)
    return {code: environment.from_string(text) for code, text in _texts().items()}
