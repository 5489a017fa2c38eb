"""Put pictures of one table together: photos of its pages, in whatever order they came.

Only what surely goes on from another is put behind it; the rest stays for itself.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from parsers.values.table import Document, Paragraph, Table

Path = tuple[str, ...]
_NUMBER = re.compile(r"\(?0*(\d{1,3})[.)]?")
_PAGE = re.compile(r"(?:trang\s*)?(\d{1,2})(?:\s*/\s*\d{1,2})?", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+)")
#: No mail holds a table on more photos.
_MOST = 60


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One picture: the first and last number of its works, its page's number."""

    index: int
    path: Path
    document: Document
    first: int | None
    last: int | None
    page: int | None


def gathered(
    documents: Sequence[tuple[Path, Document]], pictures: Collection[Path]
) -> list[tuple[Path, Document]]:
    """Return the documents, pictures that are one table as one document.

    It stands where its first page stood, under that page's path; each table keeps the
    path of its own picture. Pictures are only put together with those beside them in
    one mail, folder or archive.
    """
    out = list(documents)
    for parent in dict.fromkeys(path[:-1] for path, _ in documents if path in pictures):
        sheets = [
            _sheet(index, path, document)
            for index, (path, document) in enumerate(documents)
            if path in pictures and path[:-1] == parent and document.blocks
        ]
        if 1 < len(sheets) <= _MOST:
            for chain in _chains(sheets):
                _join(out, chain)
    return [pair for pair in out if pair[1].blocks or pair[0] not in pictures]


def _join(out: list[tuple[Path, Document]], chain: Sequence[_Sheet]) -> None:
    """Put a chain's blocks into its first document, and leave the others empty."""
    first = chain[0]
    blocks = tuple(block for sheet in chain for block in sheet.document.blocks)
    findings = tuple(f for sheet in chain for f in sheet.document.findings)
    marks = tuple(mark for sheet in chain for mark in sheet.document.marks)
    whole = Document(blocks, findings, first.document.encoding, marks)
    for sheet in chain[1:]:
        out[sheet.index] = (sheet.path, Document((), (), None))
    out[first.index] = (first.path, whole)


def _chains(sheets: Sequence[_Sheet]) -> list[list[_Sheet]]:
    """Return the sheets that go on from each other, each chain in its order."""
    left = sorted(sheets, key=_order)
    chains: list[list[_Sheet]] = []
    begins = [s for s in left if s.first == 1]
    if len(begins) != 1:
        # None, or several that begin at 1: nobody can tell which page goes on which.
        return []
    chain = [begins[0]]
    rest = [s for s in left if s is not begins[0]]
    while (following := _next(chain[-1], rest)) is not None:
        chain.append(following)
        rest.remove(following)
    chain = _with_unnumbered(chain, rest)
    if len(chain) > 1:
        chains.append(chain)
    return chains


def _next(sheet: _Sheet, rest: Sequence[_Sheet]) -> _Sheet | None:
    """Return the one sheet whose works count on from those of `sheet`."""
    if sheet.last is None:
        return None
    following = [s for s in rest if s.first == sheet.last + 1]
    return following[0] if len(following) == 1 else None


def _with_unnumbered(chain: list[_Sheet], rest: Sequence[_Sheet]) -> list[_Sheet]:
    """Return the chain with the page of letterhead or signature that has no works."""
    plain = [s for s in rest if s.first is None and not s.document.tables]
    if len(plain) != 1:
        return chain
    sheet = plain[0]
    ordered = _order(sheet) < _order(chain[0])
    return [sheet, *chain] if ordered else [*chain, sheet]


def _order(sheet: _Sheet) -> tuple[int, int, list[tuple[int, int, str]]]:
    """Return what pages are sorted by: their number, then the name's numbers."""
    known = sheet.page is not None
    parts = [p for p in _DIGITS.split(sheet.path[-1].casefold()) if p]
    name = [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts]
    return (0 if known else 1, sheet.page or 0, name)


def _sheet(index: int, path: Path, document: Document) -> _Sheet:
    numbers = [n for table in document.tables for n in _numbers(table)]
    return _Sheet(
        index,
        path,
        document,
        numbers[0] if numbers else None,
        numbers[-1] if numbers else None,
        _page(document),
    )


def _numbers(table: Table) -> list[int]:
    """Return the numbers in a table's first column that count on by one."""
    found: list[int] = []
    for row in table.rows:
        cell = row[0] if row else None
        match = _NUMBER.fullmatch(cell.text) if cell is not None else None
        if match is None:
            continue
        value = int(match[1])
        if not found or value == found[-1] + 1:
            found.append(value)
    return found


def _page(document: Document) -> int | None:
    """Return the number that stands alone at the top or bottom of a page."""
    for block in (*document.blocks[:1], *document.blocks[-1:]):
        if isinstance(block, Paragraph):
            match = _PAGE.fullmatch(block.text.strip(" -–"))
            if match is not None:
                return int(match[1])
    return None
