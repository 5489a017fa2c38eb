"""What a reader gave, written as rows of texts so that it can be compared at sight."""

from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from parsers.values.table import Document, Paragraph, Table

Texts = list[list[str | None]]


def read_as(kind: str, payload: bytes | str, limits: Limits | None = None) -> Document:
    """Return what the reader of `kind` makes of `payload`."""
    data = payload.encode() if isinstance(payload, str) else payload
    path = () if kind in ("html", "text") else (f"bang.{kind}",)
    found = READERS[kind](data, path, limits or Limits())
    assert isinstance(found, Document)
    return found


def texts(table: Table) -> Texts:
    return [[None if c is None else c.text for c in row] for row in table.rows]


def all_texts(document: Document) -> list[Texts]:
    return [texts(t) for t in document.tables]


def outline(document: Document) -> list[Texts | str | tuple[str, str]]:
    """Return the blocks in order: tables as texts, paragraphs as text, with a place
    where they have one."""
    found: list[Texts | str | tuple[str, str]] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append((block.place, block.text) if block.place else block.text)
        else:
            found.append(texts(block))
    return found


def codes(document: Document) -> list[str]:
    return [f.code for f in document.findings]
