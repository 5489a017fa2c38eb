"""Make a sender's text harmless in what we write: nothing breaks a line or turns it.

It does not escape for HTML; the templates do.
"""

import re

#: Controls but LF, C1, lone surrogates, marks that turn the direction of writing, line
#: breaks that only some programs honour, and what is no character (XML takes none).
_HARMFUL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e"
    "\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_BLANK = re.compile(r"\s+")


def line(text: str | None, longest: int) -> str:
    """Return `text` on one line of at most `longest` characters, `…` where cut."""
    return cut(_BLANK.sub(" ", _HARMFUL.sub(" ", text or "")).strip(), longest)


def lines(text: str | None, longest: int) -> str:
    """Return `text` with its own line breaks as LF, cut at `longest` characters."""
    plain = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return cut(_HARMFUL.sub(" ", plain).strip(), longest)


def cut(text: str, longest: int) -> str:
    """Return at most `longest` characters of `text`."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
