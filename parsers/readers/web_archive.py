"""Read .mht files: a web page with all that belongs to it, as Excel and Word save them.

Every HTML page within is read like a file of its own; pictures are left out.
"""

from dataclasses import replace

from parsers.charsets import decode_text
from parsers.errors import DamagedFileError
from parsers.mime import tree
from parsers.readers import html
from parsers.readers.places import table_name
from parsers.text_type import text_type
from parsers.values.finding import Finding
from parsers.values.limits import Limits
from parsers.values.table import Document, Paragraph, Table


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the tables and paragraphs of all pages in `payload`, in order.

    Raises DamagedFileError where it holds no page, LimitExceededError.
    """
    blocks: list[Table | Paragraph] = []
    tables = 0
    findings: list[Finding] = []
    pages = 0
    for part in tree.walk(payload, limits).parts:
        if text_type(part.payload, None) != "html":
            continue
        pages += 1
        page = decode_text(part.payload, part.charset).encode("utf-8", "replace")
        document = html.read(page, path, limits)
        for block in document.blocks:
            if isinstance(block, Table):
                # Each page counts its own tables from the first.
                tables += 1
                block = replace(block, place=table_name(tables))
            blocks.append(block)
        findings += document.findings
    if not pages:
        raise DamagedFileError("a web archive without a page")
    return Document(tuple(blocks), tuple(findings), "unicode" if blocks else None)
