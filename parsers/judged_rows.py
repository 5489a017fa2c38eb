"""Works as registrations or results, each with what is wrong with it.

It judges one table by its campaign's form; other tables and versions are not known.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from parsers import sections
from parsers.continued import completed
from parsers.pieces import Piece
from parsers.places import cell_place, rows_place, table_place
from parsers.results import progress_of
from parsers.rows import read_works
from parsers.several import parted
from parsers.values.finding import Finding, finding
from parsers.values.reading import Registration, Result
from parsers.vietnamese.fold import fold
from parsers.vietnamese.spans import outside, time_span
from parsers.works import Skipped, Work

Row = Registration | Result

#: A skipped row is quoted no longer than this in its finding.
_LONGEST_QUOTE = 200
_NOT_ASKED_OF_RESULTS = frozenset(["method", "time", "expected_result", "field"])
_NOT_ASKED_OF_REGISTRATIONS = frozenset(["result", "progress"])
_TELLS_THE_FIELD = ("method", "expected_result")
#: Rows that no sender needs to hear of: what stands below every table.
_FOR_STAFF = frozenset(["footer", "note"])


@dataclass(frozen=True, slots=True)
class JudgedTable:
    """One table of works with the pieces that go on from it. `field` is the last one's.

    `findings` are in the order of the rows. `rest` ends the last work of the table
    that this one goes on from.
    """

    pieces: tuple[Piece, ...]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    field: int | None
    rest: Work | None = None

    def joined_by(self, table: "JudgedTable") -> "JudgedTable":
        """Return this table with the rows of one that goes on from it."""
        rows = self.rows
        if table.rest is not None and rows:
            campaign = table.pieces[0].stretch.campaign
            rows = (*rows[:-1], completed(rows[-1], table.rest, campaign))
        return JudgedTable(
            self.pieces + table.pieces,
            rows + table.rows,
            self.findings + table.findings,
            table.field,
        )

    def checked(self) -> "JudgedTable":
        """Return it with what only the whole table shows: columns missing, repeats."""
        if not self.rows:
            return self
        added = (
            *_columns_missing(self.pieces[0]),
            *self.findings,
            *_repeats(self.rows),
        )
        return replace(self, findings=added)


def judge_piece(piece: Piece, former: JudgedTable | None) -> JudgedTable:
    """Return the piece's rows; a section of the `former` table still holds in it."""
    stretch = piece.stretch
    if former is not None:
        section = former.rows[-1].unit_text if former.rows else None
        stretch = replace(
            stretch, field=former.field, section=section or "", continues=True
        )
    works, skipped, last_field = read_works(stretch)
    rest = works.pop(0) if works and works[0].rest else None
    rows: list[Row] = []
    found: list[tuple[int, Finding]] = [_skipped(piece, one) for one in skipped]
    for work in (part for one in works for part in parted(one, len(works) == 1)):
        row = _result(piece, work) if piece.kind == "results" else None
        rows.append(row or _registration(piece, work))
        found.extend((work.first, one) for one in _judge(piece, work, rows[-1]))
    found.sort(key=lambda pair: pair[0])
    findings = tuple(one for _, one in found)
    return JudgedTable((piece,), tuple(rows), findings, last_field, rest)


def _registration(piece: Piece, work: Work) -> Registration:
    values, campaign = work.values, piece.stretch.campaign
    time = values.get("time")
    span = time_span(time, campaign.period) if campaign and time else (None, None)
    field, certainty = _field(piece, work)
    return Registration(
        number=values.get("number"),
        title=values.get("title"),
        method=values.get("method"),
        time=time,
        expected_result=values.get("expected_result"),
        unit_text=values.get("unit", work.section or None),
        field=field,
        field_certainty=certainty,
        start=span[0],
        end=span[1],
        certainty=work.certainty,
        cells=_cells(work, Registration),
        extra=work.extra,
        place=rows_place(piece.stretch.grid, work.first, work.last),
        attachment=piece.stretch.grid.table.attachment,
    )


def _field(piece: Piece, work: Work) -> tuple[int | None, float | None]:
    """Return the field and how sure it is: named outright, else inferred from words."""
    if work.field is not None:
        return work.field, 1.0
    elsewhere = "\n".join(work.values.get(key, "") for key in _TELLS_THE_FIELD)
    title = work.values.get("title", "")
    found = piece.words.fields.infer(title, elsewhere)
    return (found.number, found.certainty) if found else (None, None)


def _result(piece: Piece, work: Work) -> Result:
    values = work.values
    return Result(
        number=values.get("number"),
        title=values.get("title"),
        result=values.get("result"),
        progress=progress_of(values.get("progress"), values.get("result")),
        unit_text=values.get("unit", work.section or None),
        certainty=work.certainty,
        cells=_cells(work, Result),
        extra=work.extra,
        place=rows_place(piece.stretch.grid, work.first, work.last),
        attachment=piece.stretch.grid.table.attachment,
    )


def _cells(work: Work, row: type[Row]) -> dict[str, float]:
    """Return the certainties of the columns that stand as text in the row."""
    names = ("number", "title", "method", "time", "expected_result")
    if row is Result:
        names = ("number", "title", "result", "progress", "")
    return {k: work.certainties[k] for k in names if k in work.certainties}


def _judge(piece: Piece, work: Work, row: Row) -> Iterator[Finding]:
    grid = piece.stretch.grid
    asked = _asked(piece)
    for key in work.cells:
        if key in asked and sections.is_blank(work.values[key]):
            yield finding(
                "cell_empty",
                cell_place(grid, *work.cells[key]),
                column=key,
                heading=piece.words.heading_of(key),
                number=row.number or "",
            )
    if isinstance(row, Registration):
        yield from _judge_time(piece, work, row)


def _judge_time(piece: Piece, work: Work, row: Registration) -> Iterator[Finding]:
    campaign = piece.stretch.campaign
    if campaign is None or not row.time:
        return
    span = (row.start, row.end)
    place = cell_place(piece.stretch.grid, *work.cells["time"])
    named = {"number": row.number or "", "text": row.time}
    if span == (None, None):
        if not sections.is_blank(row.time):
            yield finding("time_unreadable", place, **named)
    elif outside(span, campaign.period):
        yield finding("outside_contest_period", place, **named)


def _asked(piece: Piece) -> frozenset[str]:
    """Return the keys that the campaign requires of a table of this kind."""
    if piece.kind == "results":
        return piece.words.required() - _NOT_ASKED_OF_RESULTS
    return piece.words.required() - _NOT_ASKED_OF_REGISTRATIONS


def _columns_missing(piece: Piece) -> Iterator[Finding]:
    present = set(piece.stretch.heading.keys)
    campaign = piece.stretch.campaign
    for column in campaign.columns if campaign else ():
        if column.key in _asked(piece) - present:
            place = table_place(piece.stretch.grid.table)
            yield finding(
                "column_missing", place, column=column.key, heading=column.heading
            )


def _repeats(rows: tuple[Row, ...]) -> Iterator[Finding]:
    """Return a finding for each title that stood above already in the same table."""
    first: dict[str, Row] = {}
    for row in rows:
        key = fold(row.title or "")
        if not key:
            continue
        if key in first:
            yield finding(
                "duplicate_title",
                row.place,
                title=row.title or "",
                number=row.number or "",
                first=first[key].number or "",
            )
        else:
            first[key] = row


def _skipped(piece: Piece, row: Skipped) -> tuple[int, Finding]:
    place = rows_place(piece.stretch.grid, row.first, row.last)
    text = row.text[:_LONGEST_QUOTE]
    found = finding("row_skipped", place, why=row.why, text=text)
    if row.why in _FOR_STAFF:
        found = replace(found, audience="staff")
    return row.first, found
