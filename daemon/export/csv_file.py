"""CSV that spreadsheets open without taking a stranger's text for a formula."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import BinaryIO

from daemon.export.model import Value

#: What makes a spreadsheet compute (OWASP ASVS 1.2.10): full-width forms and NUL too.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")


def write_csv(
    columns: Iterable[str],
    rows: Iterable[Iterable[Value]],
    stream: BinaryIO,
    zone: tzinfo,
) -> None:
    """Write the rows as UTF-8 with BOM, lines ended by CRLF (RFC 4180).

    Booleans are `true` and `false`, times ISO 8601 in `zone`, None an empty cell.
    """
    # A half of a pair has no bytes in UTF-8; it is shown as what it is, unreadable.
    text = io.TextIOWrapper(stream, "utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text)
    writer.writerow(list(columns))
    for row in rows:
        writer.writerow([cell(value, zone) for value in row])
    text.flush()
    text.detach()


def cell(value: Value, zone: tzinfo) -> str:
    """Return one cell's text, with an apostrophe before what could be a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if value.startswith(_DANGEROUS) else value
