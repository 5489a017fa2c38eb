"""Turn letters as a file stores them into the text that its program shows.

A reader hands every run of letters over as it stands in the file, with the name of its
font where the file names one; nothing is folded, trimmed or dropped before. Which of
the old encodings a run is in can only be told when all of them have been seen, so that
a document in which some are is read a second time.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from parsers.readers.places import inside
from parsers.values.finding import finding
from parsers.values.table import Cell, Document, Paragraph, Table
from parsers.vietnamese.fold import nfc_text
from parsers.vietnamese.legacy.decide import Decided, Shown, decide
from parsers.vietnamese.legacy.fonts import draws_capitals
from parsers.vietnamese.legacy.stretches import Line, Run

__all__ = ["Letters", "Line", "Run", "settled"]

#: More lines are not judged: their encoding follows from the first ones.
_MOST_LINES = 100_000


class Letters:
    """The letters of one document; asked for each cell and paragraph as it is read.

    Without `lines` it gathers what is to be judged; with them it shows what they say.
    """

    def __init__(self, lines: Mapping[Line, Shown] | None = None) -> None:
        """Take the `lines` that show something else than they store; None: none yet."""
        self._lines = lines
        # Text without a font stands for its line: asking for it again costs least so.
        self._seen: dict[str | Line, None] = {}
        self._doubts: dict[str, Shown] = {}

    def shown(self, text: str, font: str | None = None) -> str:
        """Return `text`, all in one `font`, as `nfc_text` of what it says."""
        plain = text.isascii() and "?" not in text and text.isprintable()
        if plain and not (font and draws_capitals(font)):
            return nfc_text(text)
        if self._lines is None:
            if len(self._seen) < _MOST_LINES:
                self._seen[((text, font),) if font else text] = None
            return nfc_text(text)
        return self._line(((text, font or None),))

    def shown_runs(self, runs: Iterable[Run]) -> str:
        """Return the text of a cell or paragraph that is set in several fonts."""
        return self._line(tuple(runs))

    def raw(self, text: str, font: str | None = None) -> str:
        """Return `text` decoded, its blanks and line ends as they are stored."""
        if text.isascii() and "?" not in text and text.isprintable():
            return text
        line = ((text, font or None),)
        if self._lines is None:
            self._note(line if font else text)
            return text
        shown = self._lines.get(line)
        return text if shown is None else shown.text

    def doubt(self, text: str, font: str | None = None) -> Shown | None:
        """Return what `raw` showed if it is less than certain."""
        shown = self._lines.get(((text, font or None),)) if self._lines else None
        return shown if shown is not None and shown.certainty < 1.0 else None

    def decide(self) -> Decided:
        """Return what the lines that were asked for are in, in the order of asking."""
        return decide(
            ((seen, None),) if isinstance(seen, str) else seen for seen in self._seen
        )

    def settle(
        self, document: Document, decided: Decided, place: str | None
    ) -> Document:
        """Return `document` with its encoding, findings and doubts of its cells."""
        found = document.findings
        if decided.converted:
            named = decided.encoding not in (None, "unicode", "mixed")
            words = {"encoding": str(decided.encoding)} if named else {}
            found = (*found, finding("text_converted", place, **words))
        if decided.lost and all(f.code != "text_lost" for f in found):
            # A reader that has told it names the page.
            found = (*found, finding("text_lost", place))
        blocks = document.blocks
        if self._doubts:
            blocks = tuple(self._doubted(block) for block in blocks)
        encoding = document.encoding and (decided.encoding or document.encoding)
        return replace(document, blocks=blocks, findings=found, encoding=encoding)

    def _line(self, line: Line) -> str:
        stored = "".join(text for text, _ in line)
        if self._lines is None:
            self._note(line)
            return nfc_text(stored)
        shown = self._lines.get(line)
        if shown is None:
            return nfc_text(stored)
        text = nfc_text(shown.text)
        if shown.certainty < 1.0:
            for part in {text, *text.split("\n")}:
                self._doubts[part] = shown
        return text

    def _note(self, line: str | Line) -> None:
        if line and len(self._seen) < _MOST_LINES:
            self._seen[line] = None

    def _doubted(self, block: Table | Paragraph) -> Table | Paragraph:
        if isinstance(block, Paragraph):
            return block
        rows = tuple(tuple(self._cell(cell) for cell in row) for row in block.rows)
        return replace(block, rows=rows)

    def _cell(self, cell: Cell | None) -> Cell | None:
        if cell is None or not cell.text:
            return cell
        found = [
            d for p in (cell.text, *cell.text.split("\n")) if (d := self._doubts.get(p))
        ]
        if not found:
            return cell
        doubt = min(found, key=lambda d: d.certainty)
        if doubt.certainty >= cell.certainty:
            return cell
        return replace(cell, certainty=doubt.certainty, evidence=doubt.evidence)


def settled(
    read: Callable[[Letters], Document], path: tuple[str, ...] = ()
) -> Document:
    """Return what `read` makes of the document, its letters decoded.

    `read` may be called twice and must ask for the same runs each time. The document's
    `encoding` and the findings `text_converted` and `text_lost` are added here, their
    place being the attachment `path`.
    """
    letters = Letters()
    document = read(letters)
    decided = letters.decide()
    if decided.lines:
        letters = Letters(decided.lines)
        document = read(letters)
    return letters.settle(document, decided, inside(path))
