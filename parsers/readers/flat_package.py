"""Read Word documents that are one XML file and no zip: flat packages.

They come under the name .doc as often as under their own. What is in them is read by
the reader of .docx.
"""

import base64
import binascii
import io
import zipfile

from lxml import etree

from parsers.errors import DamagedFileError
from parsers.readers import word
from parsers.readers.package import parse_xml
from parsers.values.limits import Limits
from parsers.values.table import Document

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the Word document in a package that is one XML file (flat OPC).

    Raises DamagedFileError, and what `word.read` raises.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for part in parse_xml(payload).iterchildren(f"{_PKG}part"):
            name = part.get(f"{_PKG}name", "").lstrip("/")
            if name and name not in package.NameToInfo:
                package.writestr(zipfile.ZipInfo(name), _content(part))
    return word.read(packed.getvalue(), path, limits)


def _content(part: etree._Element) -> bytes:
    data = part.find(f"{_PKG}xmlData")
    if data is not None and len(data):
        return etree.tostring(data[0])
    binary = part.findtext(f"{_PKG}binaryData") or ""
    try:
        return base64.b64decode(binary)
    except binascii.Error as fault:
        raise DamagedFileError("a part that is no base64") from fault
