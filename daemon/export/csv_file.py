"""CSV that spreadsheets open without taking a stranger's text for a formula."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime, tzinfo

#: What makes a spreadsheet compute (OWASP, CSV injection).
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(
    rows: Iterable[tuple[object, ...]], columns: tuple[str, ...], zone: tzinfo
) -> bytes:
    """Return the rows as UTF-8 with BOM, lines ended by CRLF (RFC 4180).

    Booleans are `true` and `false`, times ISO 8601 in `zone`, None an empty cell.
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(value, zone) for value in row])
    return stream.getvalue().encode("utf-8-sig")


def cell(value: object, zone: tzinfo) -> str:
    """Return one cell's text, with an apostrophe before what could be a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.startswith(_DANGEROUS) else text
