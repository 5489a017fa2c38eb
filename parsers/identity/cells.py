"""The unit that a cell or a section of a table names.

Whether rows may be filed under it is decided elsewhere.
"""

import re

from parsers.identity.directory import Directory
from parsers.identity.lines import line_of
from parsers.identity.naming import bodies, namings

#: "1.", "I.", "A-", "- " before a name.
_LEAD = re.compile(
    r"\s*(?:\(?(?:\d{1,2}|[IVX]{1,4}|[A-HĐ])\s?[.)/:\-–]+\s*|[-–+•*]\s*)"
)
_LONGEST = 150


def unit_in_cell(directory: Directory, text: str) -> str | None:
    """Return the code of the one unit that the text begins with, None for none.

    Whoever is named with another body, or may be one of several units, is none.
    """
    if not text or len(text) > _LONGEST:
        return None
    line = line_of(_LEAD.sub("", " ".join(text.split()), count=1))
    found = bodies(line, namings(directory, line))
    if len(found) != 1 or found[0].first > 0 or found[0].away:
        return None
    codes = found[0].codes
    return codes[0][0] if len(codes) == 1 and codes[0][1] == 1.0 else None
