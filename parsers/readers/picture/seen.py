"""Turn what the slow child saw on pages into a document, as any reader gives one."""

import msgspec

from parsers.readers import pdf
from parsers.readers.places import inside
from parsers.values.finding import finding
from parsers.values.limits import Limits
from parsers.values.scan import Scan
from parsers.values.table import Document, Needs

_SCAN = msgspec.json.Decoder(Scan)


def scanned(
    need: Needs, made: bytes | str, path: tuple[str, ...], limits: Limits
) -> Document | str:
    """Return the document of an attachment whose pages were looked at.

    `made` is the JSON of a Scan, or the code of why there is none: then a PDF gives the
    pages that have text, and the code is a finding; of a picture nothing is left but
    the code.
    """
    if isinstance(made, str):
        if need.kind != "pdf":
            return made
        document = pdf.read_scanned(need.payload, path, limits, Scan())
        if not document.blocks:
            return made
        given = {"name": path[-1]} if path else {}
        told = finding(made, inside(path), **given)
        return Document(document.blocks, (*document.findings, told), document.encoding)
    scan = _SCAN.decode(made)
    if need.kind == "pdf":
        return pdf.read_scanned(need.payload, path, limits, scan)
    return pdf.scanned_document(scan, path, limits)
