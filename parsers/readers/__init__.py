"""One file a format: payload -> Document, the same signature in each."""

from collections.abc import Callable

from parsers.readers import html, pdf, spreadsheet, text, word
from parsers.values.limits import Limits
from parsers.values.table import Document, Needs

#: Reads a payload; the path names the attachment, empty for the mail's own text.
#: Raises children of ParserError.
Reader = Callable[[bytes, tuple[str, ...], Limits], Document | Needs]

#: The reader of each type that `parsers.filetype.found_type` names.
READERS: dict[str, Reader] = {
    "xlsx": spreadsheet.read,
    "xlsm": spreadsheet.read,
    "docx": word.read,
    "docm": word.read,
    "html": html.read,
    "pdf": pdf.read,
    "text": text.read,
}
