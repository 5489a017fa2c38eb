"""Tables as read, before anyone asks what they mean."""

from dataclasses import dataclass
from typing import Literal

from parsers.values.finding import Finding

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


@dataclass(frozen=True, slots=True)
class Table:
    """Rows × columns of cells; every row has the same length; None is no cell.

    `place` names it within its attachment (`Sheet1!A1`; `bảng 2`). `merged` holds
    (top, left, bottom, right), from 0, ends excluded: the text stands at top left, the
    rest is None. `hidden_rows` are row indexes that the program did not show.
    `heading_rows`, `columns` (a key or None for each column) and `role` are filled by
    recognition.
    """

    attachment: tuple[str, ...]
    place: str
    rows: tuple[tuple[Cell | None, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden: bool = False
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
    there was no text.
    """

    blocks: tuple[Table | Paragraph, ...]
    findings: tuple[Finding, ...] = ()
    encoding: str | None = None

    @property
    def tables(self) -> tuple[Table, ...]:
        """Return the tables alone, in order."""
        return tuple(b for b in self.blocks if isinstance(b, Table))


@dataclass(frozen=True, slots=True)
class Needs:
    """A reader's answer when an office program must convert the payload first.

    `conversion` is the type to convert to (`docx`), whose reader then reads the result.
    """

    conversion: str
    payload: bytes
