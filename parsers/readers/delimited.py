"""Read tables written as plain text, a row a line: .csv and .tsv.

Which letter parts the columns is found out; text without the shape of a table is read
as text.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Literal

from parsers.charsets import decode_text
from parsers.errors import LimitExceededError
from parsers.readers import text as plain_text
from parsers.readers.letters import Letters, settled
from parsers.readers.sheet import Sheet, document_of
from parsers.readers.spans import MOST_COLUMNS
from parsers.values.limits import Limits
from parsers.values.table import Document

#: Excel's own line above the heading says what parts the columns: `sep=;`.
_SAID = re.compile(r'^"?sep=(.)"?[ ;,\t]*\r?\n', re.IGNORECASE)
#: What parts columns, and how far it is trusted: commas stand in numbers and sentences.
_DELIMITERS = {"\t": 1.0, ";": 1.0, "|": 0.98, ",": 0.9}
#: So many rows are looked at to tell them apart.
_LOOKED_AT = 200
#: csv refuses longer fields; no honest cell is longer than Excel's 32,767 letters.
_LONGEST = 1_000_000
#: How much of the rows must be as wide as most are.
_EVEN = 0.6
#: A table within a text written by hand, whose other lines are not filled up to its
#: width, has so many columns at least: two parts are a sentence with a comma.
_LEAST_WITHIN, _WITHIN = 3, 0.85


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the one table of the text `payload`, in whatever encoding.

    Raises LimitExceededError; rows left out are the finding `rows_cut`.
    """
    text = _decoded(payload)
    said = _SAID.match(text)
    body = text[said.end() :] if said else text
    delimiter = said[1] if said else _delimiter(body)
    if delimiter is None:
        return plain_text.read(text.encode("utf-8", "replace"), path, limits)

    def once(letters: Letters) -> Document:
        sheet = _sheet(body, delimiter, letters, limits.rows)
        return document_of([sheet], path, limits)

    return settled(once, path)


def _decoded(payload: bytes) -> str:
    if b"\0" in payload[:200] and not payload.startswith((b"\xff\xfe", b"\xfe\xff")):
        # UTF-16 without its mark: every second byte of Latin letters is zero.
        little = payload[1:200:2].count(0) >= payload[0:200:2].count(0)
        return payload.decode("utf-16-le" if little else "utf-16-be", "replace")
    return decode_text(payload, None).lstrip("\ufeff")


def _delimiter(text: str) -> str | None:
    """Return what parts the columns, None where rows are not alike with any."""
    best, found = 0.0, None
    for delimiter, trust in _DELIMITERS.items():
        if delimiter in text:
            merit = trust * _share(text, delimiter)
            if merit > best:
                best, found = merit, delimiter
    return found


def _share(text: str, delimiter: str) -> float:
    """Return the share of rows parted by `delimiter` that are as wide as most are.

    It is 0 where they are not those of a table, in which only a few lines above and
    below, written by hand, are of other widths.
    """
    rows = [
        row
        for row in _first_rows(text, delimiter, _LOOKED_AT)[0]
        if any(cell.strip() for cell in row)
    ]
    widths = Counter(map(len, rows))
    wide = [count for width, count in widths.items() if width > 1]
    share = max(wide) / widths.total() if wide else 0.0
    return share if share >= _EVEN else _share_within(rows)


def _share_within(rows: list[list[str]]) -> float:
    """Return the share from the first row of the table's width to the last one.

    Programs write a letterhead and signatures as short rows beside it. What is parted
    by a mark and a space is a sentence.
    """
    for width in sorted({len(row) for row in rows}, reverse=True):
        at = [index for index, row in enumerate(rows) if len(row) == width]
        share = len(at) / (at[-1] - at[0] + 1)
        if width >= _LEAST_WITHIN and len(at) > 1 and share >= _EVEN:
            cells = [c for index in at for c in rows[index][1:] if c.strip()]
            spaced = sum(cell[0] == " " for cell in cells)
            return 0.0 if spaced * 2 > len(cells) else share * _WITHIN
    return 0.0


def _first_rows(
    text: str, delimiter: str, most: int
) -> tuple[list[list[str]], str | None]:
    """Return the first rows, and why they are not certain, None where they are."""
    rows = list(islice(_rows(text, delimiter, csv.QUOTE_MINIMAL), most))
    if not rows or not rows[-1] or not _never_closed(rows[-1], delimiter):
        return rows, None
    rows = list(islice(_rows(text, delimiter, csv.QUOTE_NONE), most))
    return rows, "a quotation mark that is never closed"


def _rows(text: str, delimiter: str, quoting: Literal[0, 3]) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST)
    lines = io.StringIO(text, newline="")
    try:
        yield from csv.reader(lines, delimiter=delimiter, quoting=quoting)
    except csv.Error as fault:
        raise LimitExceededError(f"a text that is no table: {fault}") from fault


def _never_closed(row: list[str], delimiter: str) -> bool:
    """Say whether the last row holds the rest of the text, for want of a mark."""
    return "\n" in row[-1].strip() and row[-1].count(delimiter) > 1


def _sheet(text: str, delimiter: str, letters: Letters, most_rows: int) -> Sheet:
    rows, doubt = _first_rows(text, delimiter, most_rows * 2)
    sheet = Sheet("", doubt=doubt)
    for number, row in enumerate(rows, 1):
        if len(sheet.rows) >= most_rows:
            sheet.cut = True
            break
        if len(row) > MOST_COLUMNS:
            sheet.cut = True
        shown = {
            column: text
            for column, raw in enumerate(row[:MOST_COLUMNS], 1)
            if raw and (text := letters.shown(raw))
        }
        if shown:
            sheet.rows[number] = shown
    return sheet
