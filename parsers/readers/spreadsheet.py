"""Read .xlsx and .xlsm workbooks: every sheet that holds text becomes one Table.

Drawings, their text boxes, comments and charts are left out; hidden columns are read
like others; other spreadsheet formats are read elsewhere.
"""

from collections.abc import Iterator

from parsers.readers.letters import Letters, settled
from parsers.readers.package import Package, open_package
from parsers.readers.second_count import SecondCount
from parsers.readers.sheet import Sheet, document_of
from parsers.readers.sheet_cells import read_sheet
from parsers.readers.workbook import Workbook, read_workbook
from parsers.values.limits import Limits
from parsers.values.table import Document


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the tables of the workbook `payload`, one a sheet that holds text.

    Raises DamagedFileError, EncryptedFileError and LimitExceededError; findings as
    `document_of` says.
    """

    def once(letters: Letters) -> Document:
        package = open_package(payload, limits)
        book = read_workbook(package, letters)
        sheets = _sheets(package, book, limits.rows)
        return document_of(sheets, path, limits, SecondCount(payload))

    return settled(once, path)


def _sheets(package: Package, book: Workbook, most_rows: int) -> Iterator[Sheet]:
    for entry in book.sheets:
        data = package.read(entry.part)
        if data is None:
            yield Sheet(entry.name, entry.hidden, missing=True)
        else:
            yield read_sheet(data, entry, book, most_rows)
