"""Read the XML of a workbook by patterns, where it is shaped as nearly all is.

Whether the patterns account for everything is for whoever uses them to count.
"""

import html

from lxml import etree

from parsers.readers.package import parse_xml

#: So many letters by number take longer one by one than a tree takes for all.
_MANY = 50


def as_plain(data: bytes) -> str | None:
    """Return XML as text where patterns may read it: UTF-8, no comments, no CDATA."""
    if b"<!" in data:
        return None
    if data.count(b"&#") > _MANY:
        # QUIRK: openpyxl and others write every letter beyond ASCII by its number.
        return etree.tostring(parse_xml(data), encoding="unicode")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def plain_values(values: list[str]) -> list[str]:
    """Return `values`, found between tags of plain XML, with entities resolved."""
    return [html.unescape(v) if "&" in v else v for v in values]
