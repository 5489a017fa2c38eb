"""The unit that a cell names: a short text that is nothing but a name."""

from parsers.identity.directory import Directory
from parsers.identity.lines import line_of
from parsers.identity.naming import bodies, namings

#: A cell that says more than a name says something else.
_LONGEST = 120


def unit_in_cell(directory: Directory, text: str) -> str | None:
    """Return the code of the one unit that the cell names letter by letter, or None."""
    if not text or len(text) > _LONGEST:
        return None
    line = line_of(text)
    found = bodies(line, namings(directory, line))
    if len(found) != 1 or found[0].away or len(found[0].codes) != 1:
        return None
    code, score = found[0].codes[0]
    return code if score == 1 else None
