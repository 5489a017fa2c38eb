"""Read .ods workbooks, and flat ones: every sheet that holds text becomes one Table.

A cell's paragraphs are what the program showed when it saved the file, in its language;
they are taken as they stand. Drawings, comments and charts are left out.
"""

from collections.abc import Iterator

from lxml import etree

from parsers.errors import DamagedFileError, EncryptedFileError, UnsupportedTypeError
from parsers.readers.letters import Letters, settled
from parsers.readers.ods_sheet import OFFICE, TABLE, read_sheet
from parsers.readers.ods_styles import Styles, read_styles
from parsers.readers.package import open_package, parse_xml
from parsers.readers.second_count import SecondCount
from parsers.readers.sheet import Sheet, document_of
from parsers.values.limits import Limits
from parsers.values.table import Document

_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTED = b"encryption-data"


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the tables of the workbook `payload`, one a sheet that holds text.

    Raises DamagedFileError, EncryptedFileError and LimitExceededError; findings as
    `document_of` says.
    """
    package = open_package(payload, limits)
    if _ENCRYPTED in (package.read(_MANIFEST) or b""):
        raise EncryptedFileError("the workbook asks for a password")
    content = package.xml("content.xml")
    if content is None:
        raise DamagedFileError("a workbook without its content")
    named = package.xml("styles.xml")

    def once(letters: Letters) -> Document:
        sheets = list(_sheets(content, named, letters, limits))
        # The second reader builds all sheets at once.
        area = sum(sheet.area for sheet in sheets)
        second = SecondCount(payload, area, failing_doubts=True)
        return document_of(sheets, path, limits, second)

    return settled(once, path)


def read_flat(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the tables of the workbook `payload`, which is one XML file.

    Raises DamagedFileError and UnsupportedTypeError.
    """
    root = parse_xml(payload)

    def once(letters: Letters) -> Document:
        return document_of(_sheets(root, None, letters, limits), path, limits)

    return settled(once, path)


def _sheets(
    content: etree._Element,
    named: etree._Element | None,
    letters: Letters,
    limits: Limits,
) -> Iterator[Sheet]:
    book = content.find(f"{OFFICE}body/{OFFICE}spreadsheet")
    if book is None:
        raise UnsupportedTypeError("an OpenDocument file that is no workbook")
    styles: Styles = read_styles(content, named)
    for table in book.iterchildren(f"{TABLE}table"):
        yield read_sheet(table, styles, letters, limits.rows)
