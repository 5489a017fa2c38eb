"""Read the plain text of a mail: paragraphs, and the tables that were pasted into it.

The bytes are UTF-8: whoever calls has decoded the mail's charset. Where columns or the
ends of lines had to be guessed, cells are less than certain.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from parsers.readers.letters import Letters, settled
from parsers.readers.listing import with_lists
from parsers.readers.pasted import (
    Pasted,
    PastedRow,
    aligned,
    piped,
    slashed,
    tabbed,
)
from parsers.readers.places import inside, line_name, table_name
from parsers.readers.quotation import (
    begins_header,
    begins_quotation,
    introduction,
    quotation_marker,
)
from parsers.readers.spans import MOST_COLUMNS, rows_cut
from parsers.readers.stacked import stacked
from parsers.values.finding import Finding, finding
from parsers.values.limits import Limits
from parsers.values.table import Cell, Document, Paragraph, Table
from parsers.vietnamese.fold import nfc_text
from parsers.vietnamese.legacy.decide import Shown

_QUOTED = re.compile(r"^ ?(?:> ?)+")
_LINE = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
#: Mail programs wrap lines between these lengths (RFC 5322 2.1.1, RFC 3676 4.2).
_SHORTEST_WRAP, _LONGEST_WRAP = 60, 80
_PROOF = 3
#: How sure a paragraph is whose lines a mail program seems to have broken.
_UNWRAPPED = 0.95
#: What begins a line of its own, however long the line before is.
_OWN_LINE = re.compile(
    r"^(?:\d{1,3}\s?[.)/:-]|[-–+•*]\s|[a-zđ][.)]\s|[IVX]+\.\s|[^\W\d_][^:;]{0,40}:\s)",
    re.IGNORECASE,
)
#: Longer bodies are cut: no honest mail has so many lines.
_MOST_LINES = 50_000
_WAYS: tuple[Callable[[Sequence[str], int], Pasted | None], ...] = (
    tabbed,
    piped,
    slashed,
    stacked,
    aligned,
)


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return paragraphs and tables of the UTF-8 text `payload`, in order.

    What quotes another mail comes after a Paragraph whose place is QUOTATION, without
    its `>`. Rows left out are the finding `rows_cut`, lines left out `limit_exceeded`.
    """
    return settled(lambda letters: _read(payload, path, limits, letters), path)


def _read(
    payload: bytes, path: tuple[str, ...], limits: Limits, letters: Letters
) -> Document:
    stored = _LINE.split(payload.decode("utf-8", "replace"))
    findings: list[Finding] = []
    if len(stored) > _MOST_LINES:
        limit = str(_MOST_LINES)
        findings.append(finding("limit_exceeded", inside(path), paragraphs=limit))
        del stored[_MOST_LINES:]
    lines = [letters.raw(line) for line in stored]
    doubts = {i: d for i, line in enumerate(stored) if (d := letters.doubt(line))}
    quoted = _quotation(lines)
    room = _Room(path, limits, doubts)
    room.guessed.update(nfc_text(lines[i]) for i in doubts)
    room.take(lines[:quoted], 1)
    blocks = list(with_lists(room.blocks, path, room.guessed))
    if quoted < len(lines):
        words, rest = _introduced(lines[quoted:])
        room.blocks = []
        room.take(rest, quoted + 1)
        blocks += [
            quotation_marker(words),
            *with_lists(room.blocks, path, room.guessed),
        ]
    if room.cut:
        findings.append(rows_cut(inside(path), limits))
    return Document(tuple(blocks), tuple(findings), "unicode" if blocks else None)


class _Room:
    """What has been gathered of one body."""

    def __init__(
        self, path: tuple[str, ...], limits: Limits, doubts: Mapping[int, Shown]
    ) -> None:
        self.path = path
        self.doubts = doubts
        self.blocks: list[Table | Paragraph] = []
        self.guessed: set[str] = set()
        self.rows_left = limits.rows
        self.tables = 0
        self.cut = False

    def take(self, lines: list[str], first: int) -> None:
        """Take `lines`, the first of which has the number `first`."""
        prose: list[str] = []
        at = 0
        while at < len(lines):
            found = next((p for way in _WAYS if (p := way(lines, at))), None)
            if found is None:
                prose.append(lines[at])
                at += 1
                continue
            self._prose(prose)
            prose = []
            self._table(found, first)
            at = found.end
        self._prose(prose)

    def _prose(self, lines: list[str]) -> None:
        gathered: list[str] = []
        for line in [*lines, ""]:
            if line.strip():
                gathered.append(line)
            elif gathered:
                joined = unwrap(gathered)
                guessed = len(joined) < len(gathered)
                if guessed:
                    self.guessed.update(map(nfc_text, set(joined) - set(gathered)))
                text = nfc_text("\n".join(joined))
                if text:
                    sure = _UNWRAPPED if guessed else 1.0
                    self.blocks.append(Paragraph(text, certainty=sure))
                gathered = []

    def _table(self, found: Pasted, first: int) -> None:
        self.tables += 1
        rows = found.rows[: self.rows_left]
        self.rows_left -= len(rows)
        width = min(max(len(row.cells) for row in found.rows), MOST_COLUMNS)
        longest = max(len(row.cells) for row in found.rows)
        self.cut = self.cut or len(rows) < len(found.rows) or longest > width
        if not rows:
            return
        cells = []
        ends = [*(row.line for row in found.rows[1:]), found.end]
        for row, end in zip(rows, ends, strict=False):
            place = line_name(first + row.line)
            certainty, evidence = self._certainty(row, first - 1, end)
            texts = [nfc_text(t) for t in row.cells[:width]]
            texts += [""] * (width - len(texts))
            cells.append(tuple(Cell(t, certainty, evidence, place) for t in texts))
        self.blocks.append(Table(self.path, table_name(self.tables), tuple(cells)))

    def _certainty(
        self, row: PastedRow, offset: int, end: int
    ) -> tuple[float, str | None]:
        """Return how certain the cells of `row` are, which ends before line `end`."""
        found = row.certainty, row.evidence
        for line in range(row.line, end) if self.doubts else ():
            doubt = self.doubts.get(offset + line)
            if doubt is not None and doubt.certainty < found[0]:
                found = doubt.certainty, doubt.evidence
        return found


def unwrap(lines: list[str]) -> list[str]:
    """Return the lines of one paragraph, those joined that a mail program had broken.

    A line was broken where its next word would not have fitted, or where it ends in
    the space of format=flowed (RFC 3676).
    """
    lengths = [len(line.rstrip()) for line in lines]
    width = max(lengths)
    # A capital letter begins a sentence as often as a name: only a paragraph of several
    # long lines proves that lines were broken.
    surely = sum(length >= _SHORTEST_WRAP for length in lengths) >= _PROOF
    joined = [lines[0]]
    for before, line in pairwise(lines):
        capital = line.lstrip()[:1].isupper() and not before.endswith(" ")
        if (surely or not capital) and _is_broken(before, line, width):
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
        else:
            joined.append(line)
    return joined


def _is_broken(before: str, line: str, width: int) -> bool:
    length = len(before.rstrip())
    if length < _SHORTEST_WRAP or _OWN_LINE.match(line.strip()):
        return False
    if before.endswith(" ") and before != "-- ":
        return True
    word = line.split(maxsplit=1)[0]
    room = max(width, 72)
    return width <= _LONGEST_WRAP and length + 1 + len(word) > room


def _quotation(lines: list[str]) -> int:
    """Return the line where a quotation of another mail begins, or their number."""
    for at, line in enumerate(lines):
        if line.startswith((">", " >")):
            return _with_introduction(lines, at)
        if begins_quotation("\n".join(s.strip() for s in lines[at : at + 7])):
            return at
    return len(lines)


def _with_introduction(lines: list[str], at: int) -> int:
    """Return where the words that introduce the quotation at line `at` begin."""
    above = at - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    for start in (above - 1, above):
        if start >= 0 and introduction([s.strip() for s in lines[start : above + 1]]):
            return start
    return at


def _introduced(lines: list[str]) -> tuple[str, list[str]]:
    """Return the words that introduce a quotation, and the quoted lines without `>`."""
    bare = [_QUOTED.sub("", line) for line in lines]
    count = 0 if begins_header(bare) else introduction([s.strip() for s in bare])
    return nfc_text(" ".join(bare[:count])), bare[count:]
