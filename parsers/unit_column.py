"""Whose each row is, where a column of the table says so: one unit a row, or none.

It guesses nothing: a cell that names two bodies, or one that is no unit, names nobody.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from parsers.identity import Directory, unit_in_cell
from parsers.values.reading import Registration, Result
from parsers.values.unit import Mention
from parsers.vietnamese.fold import skeleton

Row = TypeVar("Row", Registration, Result)

#: Headings of who does the work, which may be others than the one who registers it.
_DOES = ("thuc hien", "chu tri", "phoi hop", "luc luong", "phu trach")


def rows_with_units(
    directory: Directory, rows: Sequence[Row], issuers: frozenset[str]
) -> tuple[Row, ...]:
    """Return the rows with the units that they name, where these are several.

    `issuers` are the units that the documents themselves name: rows that name another
    one only are no rows of the issuer's.
    """
    codes = _codes(directory, rows)
    named = {code for code in codes if code}
    if not named or (len(named) == 1 and (not issuers or named <= issuers)):
        return tuple(rows)
    return tuple(replace(r, unit=c) for r, c in zip(rows, codes, strict=True))


def column_mentions(
    directory: Directory, rows: Sequence[Registration | Result]
) -> tuple[Mention, ...]:
    """Return the one unit that the unit column of a document names, a mention each.

    It is the document's own word, as running text is: it speaks against another unit,
    and is no second piece of evidence beside the document's letterhead.
    """
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for row, code in zip(rows, _codes(directory, rows), strict=True):
        if code:
            texts = found.setdefault(row.attachment, {})
            texts.setdefault(code, row.unit_text or "")
    return tuple(
        Mention("body", code, text, attachment=path)
        for path, texts in found.items()
        if len(texts) == 1
        for code, text in texts.items()
    )


def _codes(
    directory: Directory, rows: Sequence[Registration | Result]
) -> list[str | None]:
    """Return the unit that each row names; a cell left empty means the one above."""
    seen: dict[str, str | None] = {}
    codes: list[str | None] = []
    above: Registration | Result | None = None
    for row in rows:
        text = row.unit_text or ""
        goes_on = above is not None and above.attachment == row.attachment
        above = row
        if row.unit_text == "" and goes_on:
            codes.append(codes[-1])
            continue
        if text not in seen:
            seen[text] = unit_in_cell(directory, text)
        codes.append(seen[text])
    if all(codes) and len(set(codes)) > 1:
        return codes
    pairs = zip(rows, codes, strict=True)
    return [None if _does(row) else code for row, code in pairs]


def _does(row: Registration | Result) -> bool:
    """Tell whether the row's unit column says who does the work.

    The heading of a unit column stands in `extra`, with the same text.
    """
    return any(
        word in skeleton(heading)
        for heading, text in row.extra.items()
        if text == row.unit_text
        for word in _DOES
    )
