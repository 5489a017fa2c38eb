"""Tables as read, before anyone asks what they mean."""

from collections import deque
from dataclasses import dataclass
from itertools import repeat
from typing import Literal

from parsers.values.finding import Finding
from parsers.values.scan import ScannedMark

Role = Literal["data", "letterhead", "signature", "other"]

#: `Paragraph.place` of the marker after which a body quotes another mail.
QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: NFC text as displayed, trimmed, lines joined by LF.

    `certainty` is 1.0 where nothing was guessed. `evidence` says what a guess rests on.
    `place` is where it stood, for people (`A12`; `hàng 3, cột 2`).
    """

    text: str
    certainty: float = 1.0
    evidence: str | None = None
    place: str = ""


def certain_cells(texts: list[str], places: list[str]) -> list[Cell]:
    """Return a certain Cell for each text and its place, by the thousand.

    They are filled column by column of the class, by its slots: calling the class for
    each costs three times as much, and makes up half of what a large sheet costs.
    """
    cells = list(map(Cell.__new__, repeat(Cell, len(texts))))
    for slot, values in (
        ("text", texts),
        ("certainty", repeat(1.0)),
        ("evidence", repeat(None)),
        ("place", places),
    ):
        deque(map(getattr(Cell, slot).__set__, cells, values), maxlen=0)
    return cells


@dataclass(frozen=True, slots=True)
class Table:
    """Rows × columns of cells; every row has the same length; None is no cell.

    `place` names it within its attachment (`Sheet1!A1`; `bảng 2`). `merged` holds
    (top, left, bottom, right), from 0, ends excluded: the text stands at top left, the
    rest is None. `hidden_rows` are row indexes that the program did not show.
    `continues` says that the reader saw it go on from the table before it, over the end
    of a page. `heading_rows`, `columns` (a key or None for each column) and `role` are
    filled by recognition.
    """

    attachment: tuple[str, ...]
    place: str
    rows: tuple[tuple[Cell | None, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden: bool = False
    continues: bool = False
    role: Role = "other"
    heading_rows: tuple[int, ...] = ()
    columns: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that stands outside of every table; lines joined by LF.

    `certainty` is 1.0 where nothing was guessed, not even where lines end.
    """

    text: str
    place: str = ""
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader found in one payload, in the order of the source.

    `encoding` is `unicode`, `vni`, `tcvn3`, `viscii`, `vps`, `mixed`, or None where
    there was no text. `marks` are the seals and strokes of a pen seen where a document
    is confirmed; `signed` says that a digital signature covers the whole payload.
    """

    blocks: tuple[Table | Paragraph, ...]
    findings: tuple[Finding, ...] = ()
    encoding: str | None = None
    marks: tuple[ScannedMark, ...] = ()
    signed: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        """Return the tables alone, in order."""
        return tuple(b for b in self.blocks if isinstance(b, Table))


@dataclass(frozen=True, slots=True)
class Needs:
    """A reader's answer when an office program must convert the payload first.

    `conversion` is the type to convert to (`docx`), whose reader then reads the result;
    `kind` is the type that the payload was found to be. `pages`, from 0, are those that
    are to be recognised where the conversion is a `scan`.
    """

    conversion: str
    payload: bytes
    kind: str = ""
    pages: tuple[int, ...] = ()
