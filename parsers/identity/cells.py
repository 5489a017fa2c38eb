"""Which unit a cell or a section of a table names: a parent office's list of its units.

Whether rows may be filed under the units that they name is decided elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from parsers.identity.directory import Directory
from parsers.identity.lines import line_of
from parsers.identity.naming import bodies, namings
from parsers.values.reading import Registration, Result

Row = TypeVar("Row", Registration, Result)

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


def with_units(
    directory: Directory, rows: Sequence[Row], issuers: frozenset[str]
) -> tuple[Row, ...]:
    """Return the rows with the units that they name, where these are several.

    `issuers` are the units that the documents themselves name: rows that name another
    one only are no rows of the issuer's. A cell left empty means the unit above it.
    """
    named: list[str | None] = []
    for index, row in enumerate(rows):
        above = rows[index - 1] if index else None
        goes_on = above is not None and above.attachment == row.attachment
        if not row.unit_text and row.unit_text is not None and goes_on:
            named.append(named[-1])
        else:
            named.append(unit_in_cell(directory, row.unit_text or ""))
    codes = {code for code in named if code is not None}
    if not codes or (len(codes) == 1 and (not issuers or codes <= issuers)):
        return tuple(rows)
    return tuple(replace(row, unit=code) for row, code in zip(rows, named, strict=True))
