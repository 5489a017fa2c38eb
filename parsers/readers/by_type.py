"""The reader of each type of file."""

from collections.abc import Callable

from parsers.readers import (
    biff12,
    converted,
    delimited,
    excel97,
    flat_package,
    html,
    ods,
    office_xml,
    open_text,
    pdf,
    rtf,
    spreadsheet,
    text,
    web_archive,
    word,
)
from parsers.readers.picture import asked
from parsers.values.limits import Limits
from parsers.values.table import Document, Needs

#: Reads a payload; the path names the attachment, empty for the mail's own text.
#: Raises children of ParserError.
Reader = Callable[[bytes, tuple[str, ...], Limits], Document | Needs]

#: The reader of each type that `parsers.filetype.found_type` names.
READERS: dict[str, Reader] = {
    "xlsx": spreadsheet.read,
    "xlsm": spreadsheet.read,
    "xlsb": biff12.read,
    "xls": excel97.read,
    "ods": ods.read,
    "xml": office_xml.read,
    "csv": delimited.read,
    "tsv": delimited.read,
    "docx": word.read,
    "docm": word.read,
    "doc": converted.doc,
    "odt": open_text.read,
    "fodt": open_text.read,
    "rtf": rtf.read,
    "wordml": converted.wordml,
    "opc": flat_package.read,
    "mht": web_archive.read,
    "pdf": pdf.read,
    **dict.fromkeys(("bmp", "gif", "heic", "jpg", "png", "tif", "webp"), asked.read),
    "html": html.read,
    "text": text.read,
}
