"""Read office files that are one XML file: what Excel 2003 and LibreOffice write.

Which of them it is, is told by the root element. Other XML is not read.
"""

import re

from parsers.errors import UnsupportedTypeError
from parsers.readers import excel2003, ods
from parsers.values.limits import Limits
from parsers.values.table import Document

_HEAD = 4096
_EXCEL = b"urn:schemas-microsoft-com:office:spreadsheet"
_FLAT = re.compile(rb"<office:document[\s>]")


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the tables of the office file `payload`.

    Raises DamagedFileError, LimitExceededError, and UnsupportedTypeError for XML of
    another kind.
    """
    head = payload[:_HEAD].replace(b"\0", b"")
    if _EXCEL in head:
        return excel2003.read(payload, path, limits)
    if _FLAT.search(head):
        return ods.read_flat(payload, path, limits)
    raise UnsupportedTypeError("XML of no office program")
