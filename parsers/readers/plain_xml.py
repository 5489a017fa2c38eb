"""Read the XML of a workbook by patterns, where it is shaped as nearly all is.

Whether the patterns account for everything is for whoever uses them to count.
"""

import html


def as_plain(data: bytes) -> str | None:
    """Return XML as text where patterns may read it: UTF-8, no comments, no CDATA."""
    if b"<!" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def plain_values(values: list[str]) -> list[str]:
    """Return `values`, found between tags of plain XML, with entities resolved."""
    return [html.unescape(v) if "&" in v else v for v in values]
