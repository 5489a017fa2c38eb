"""Read .xls workbooks: every sheet that holds text becomes one Table.

Charts, drawings and macro sheets are left out; hidden columns are read like others.
"""

from collections.abc import Iterator

from parsers.compound import open_compound
from parsers.compound_file import compound_of
from parsers.errors import DamagedFileError
from parsers.readers.biff import Stream, read_stream
from parsers.readers.biff_sheet import read_sheet
from parsers.readers.letters import Letters, settled
from parsers.readers.lock import unlocked_stream
from parsers.readers.second_count import SecondCount
from parsers.readers.sheet import Sheet, document_of
from parsers.values.limits import Limits
from parsers.values.table import Document

#: What the stream is called since 1997, and before.
_NAMES = ("Workbook", "Book")


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the tables of the workbook `payload`, one a sheet that holds text.

    Raises DamagedFileError, EncryptedFileError and UnsupportedTypeError; findings as
    `document_of` says.
    """
    name, data = _stream_of(payload)
    clear = unlocked_stream(data)

    def once(letters: Letters) -> Document:
        read = read_stream(clear, letters)
        sheets = list(_sheets(read, limits.rows))
        # The second reader builds all sheets at once. It is given the records alone:
        # it follows chains of sectors in circles, and knows no password.
        area = sum(sheet.area for sheet in sheets)
        second = None
        if read.honest and all(sheet.regular for sheet in sheets):
            second = SecondCount(compound_of(name, clear), area, failing_doubts=True)
        return document_of(sheets, path, limits, second)

    return settled(once, path)


def _stream_of(payload: bytes) -> tuple[str, bytes]:
    """Return the workbook's stream and what it is called."""
    if payload[:1] == b"\x09":
        # QUIRK: simple exporters write the records alone; before 1993 Excel did.
        return _NAMES[1], payload
    compound = open_compound(payload)
    streams = {n: compound.stream(n) for n in _NAMES} if compound else {}
    found = next(((n, d) for n, d in streams.items() if d), None)
    if found is None:
        raise DamagedFileError("a workbook without its stream")
    return found


def _sheets(stream: Stream, most_rows: int) -> Iterator[Sheet]:
    for entry in stream.sheets:
        sheet = read_sheet(stream, entry, most_rows)
        if sheet is not None:
            yield sheet
