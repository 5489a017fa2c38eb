"""What makes two deliveries the same rows, whatever file or mail they stood in."""

import hashlib
import re
from collections.abc import Iterable

from parsers.values.reading import Registration, Result
from parsers.vietnamese.fold import fold

_LEADING_ZEROS = re.compile(r"\b0+(?=\d)")


def number_key(number: str | None) -> str:
    """Return a row's number without the ways of writing it: `01.` is `1`."""
    return _LEADING_ZEROS.sub("", fold(number or ""))


def row_key(row: Registration | Result) -> tuple[str, ...]:
    """Return what is compared of one row: its folded cells, number first."""
    cells: tuple[str | None, ...]
    if isinstance(row, Registration):
        cells = (row.title, row.method, row.time, row.expected_result)
    else:
        cells = (row.title, row.result, row.progress)
    return (number_key(row.number), *(fold(cell or "") for cell in cells))


def rows_digest(rows: Iterable[Registration | Result]) -> str:
    """Return the SHA-256, in hex, over the folded rows in their order.

    A nil statement has the digest of no rows. A column that is missing and one that is
    empty count as the same.
    """
    digest = hashlib.sha256()
    for row in rows:
        digest.update("\x1f".join(row_key(row)).encode("utf-8", "replace"))
        digest.update(b"\x1e")
    return digest.hexdigest()
