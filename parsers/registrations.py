"""Turn the tables of all documents of one mail into registrations and results.

Which unit and which campaign they belong to is not asked here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from parsers.abreast import with_abreast
from parsers.copies import Copies, TableRows, find_copies
from parsers.forms import with_forms
from parsers.judged_rows import JudgedTable, judge_piece
from parsers.letterhead import Letterhead, document_letterhead
from parsers.pieces import Found, Piece, find_pieces
from parsers.places import table_place
from parsers.table_roles import with_role
from parsers.unheaded import with_introduced_list
from parsers.values.finding import Finding, finding
from parsers.values.reading import AttachmentRole, Registration, Result, Rules
from parsers.values.table import Document, Table
from parsers.wordings import Wordings

Path = tuple[str, ...]
Documents = Sequence[tuple[Path, Document]]


@dataclass(frozen=True, slots=True)
class Recognition:
    """What the tables of one mail mean.

    `tables` are all of them in order, with role, heading rows and columns filled.
    `roles` has an entry for each attachment that holds works: table or copy.
    `letterheads` are pairs of attachment path and what stands around one table of
    works, or around a document without any.
    """

    registrations: tuple[Registration, ...] = ()
    results: tuple[Result, ...] = ()
    findings: tuple[Finding, ...] = ()
    tables: tuple[Table, ...] = ()
    kind_unclear: bool = False
    roles: Mapping[Path, AttachmentRole] = field(default_factory=dict)
    letterheads: tuple[tuple[Path, Letterhead], ...] = ()

    @property
    def rows(self) -> tuple[Registration | Result, ...]:
        """Return every row, registrations first."""
        return (*self.registrations, *self.results)


def wordings_of(rules: Rules) -> tuple[Wordings, ...]:
    """Return the headings' words, one set for each campaign; build them once."""
    return tuple(Wordings(rules.headings, c) for c in rules.campaigns) or (
        Wordings(rules.headings),
    )


def recognise(
    documents: Documents,
    rules: Rules,
    words: Sequence[Wordings] = (),
    hints: Sequence[str] = (),
    forwarded: bool = False,
) -> Recognition:
    """Return what the documents' tables mean, in the order of the documents.

    `documents` are pairs of attachment path (empty for the body) and what a reader
    found. `words` are `wordings_of(rules)`, built here when left out. `hints` are lines
    that may say which kind it is: subject, own text of the mail. Quoted tables count
    only when the mail was `forwarded`.
    """
    words = words or wordings_of(rules)
    documents = [(path, _shaped(one, words[0], path)) for path, one in documents]
    found = [
        find_pieces(number, path, document, words, hints, forwarded)
        for number, (path, document) in enumerate(documents)
    ]
    found = _without_lists(found)
    judged = _judge(found)
    copies = find_copies([_table_rows(one) for one in judged])
    counted = [t for i, t in enumerate(judged) if i not in copies.copies]
    registrations = [r for t in counted for r in t.rows if isinstance(r, Registration)]
    results = [r for t in counted for r in t.rows if isinstance(r, Result)]
    return Recognition(
        registrations=tuple(registrations),
        results=tuple(results),
        findings=(*_findings(documents, found, counted), *copies.findings),
        tables=tuple(_tables(documents, found)),
        kind_unclear=_unclear(counted) or bool(registrations and results),
        roles=_roles(judged, copies),
        letterheads=tuple(_letterheads(documents, found)),
    )


def _shaped(document: Document, words: Wordings, path: Path) -> Document:
    """Return the document with what stands for tables of works as tables."""
    shaped = with_forms(with_abreast(document, words), words, path)
    return with_introduced_list(shaped, path) if path else shaped


def _without_lists(found: Sequence[Found]) -> list[Found]:
    """Drop lists without headings where the mail holds a table of works as well.

    A letter counts what it sends: "1. Bảng đăng ký; 2. Biên bản".
    """
    pieces = [piece for one in found for piece in one.pieces]
    if all(piece.listed for piece in pieces):
        return list(found)
    return [
        replace(one, pieces=tuple(p for p in one.pieces if not p.listed))
        for one in found
    ]


def _judge(found: Sequence[Found]) -> list[JudgedTable]:
    """Read every piece; those that only go on belong to the table before."""
    judged: list[JudgedTable] = []
    for one in found:
        for piece in one.pieces:
            former = judged[-1] if piece.joined and judged else None
            table = judge_piece(piece, former)
            if former is not None:
                judged[-1] = former.joined_by(table)
            else:
                judged.append(table)
    return [table.checked() for table in judged]


def _table_rows(judged: JudgedTable) -> TableRows:
    piece = judged.pieces[0]
    path = piece.stretch.grid.table.attachment
    return TableRows(path, piece.document, judged.rows, piece.letterhead.issuer)


def _unclear(judged: Sequence[JudgedTable]) -> bool:
    return any(table.pieces[0].kind is None for table in judged if table.rows)


def _findings(
    documents: Documents, found: Sequence[Found], judged: Sequence[JudgedTable]
) -> list[Finding]:
    """Return findings by document, then by place within it."""
    gathered: list[Finding] = []
    for number, (_, document) in enumerate(documents):
        gathered.extend(
            finding("heading_missing", table_place(document.tables[index]))
            for index in found[number].headless
        )
        for table in judged:
            if table.pieces[0].document == number:
                gathered.extend(table.findings)
    return gathered


def _roles(judged: Sequence[JudgedTable], copies: Copies) -> dict[Path, AttachmentRole]:
    roles: dict[Path, AttachmentRole] = {}
    for index, table in enumerate(judged):
        if not table.rows:
            continue
        # The pages of one table may be pictures, each an attachment of its own.
        for piece in table.pieces:
            path = piece.stretch.grid.table.attachment
            if index not in copies.copies:
                roles[path] = "table"
            else:
                roles.setdefault(path, "copy")
    return roles


def _tables(documents: Documents, found: Sequence[Found]) -> list[Table]:
    tables: list[Table] = []
    for number, (_, document) in enumerate(documents):
        first: dict[int, Piece] = {}
        for piece in found[number].pieces:
            first.setdefault(piece.table, piece)
        begun = False
        for index, table in enumerate(document.tables):
            tables.append(with_role(table, first.get(index), begun))
            begun = begun or index in first
    return tables


def _letterheads(
    documents: Documents, found: Sequence[Found]
) -> list[tuple[Path, Letterhead]]:
    letterheads: list[tuple[Path, Letterhead]] = []
    for number, (path, document) in enumerate(documents):
        pieces = [p for p in found[number].pieces if not p.joined]
        letterheads.extend((path, piece.letterhead) for piece in pieces)
        if not pieces and path:
            letterheads.append((path, document_letterhead(document)))
    return letterheads
