"""What `read` shows people of one input: its files, its rows, what was noticed.

A cell that may be wrong stands out, in colour where there is any and by its certainty
in figures always. JSON is another file's business.
"""

from collections.abc import Iterator

from daemon.commands.terminal import Doubted, show_lines, show_table
from daemon.compose import sentence, word
from parsers.values.decision import Decision
from parsers.values.reading import Reading, Registration, Result
from parsers.values.table import Table

WORK_KEYS = ("number", "title", "method", "time", "expected_result")
WORK_HEADINGS = (
    "head_number",
    "head_title",
    "head_method",
    "head_time",
    "head_expected",
    "head_certainty",
    "head_place",
)
RESULT_HEADINGS = (
    "head_number",
    "head_title",
    "head_outcome",
    "head_progress",
    "head_certainty",
    "head_place",
)
FILE_HEADINGS = ("head_path", "head_type", "head_role", "head_encoding")


def show_understood(
    label: str, names: tuple[str, ...], reading: Reading, decision: Decision
) -> None:
    """Print what `reading` says; `names` are those of the units decided for."""
    words = [label, word("message_states", decision.state)]
    if decision.reason:
        words.append(word("reasons", decision.reason))
    show_lines([" · ".join([*words, *names])])
    if reading.attachments:
        show_table(FILE_HEADINGS, _files(reading))
    if reading.registrations:
        show_table(WORK_HEADINGS, [_work(row) for row in reading.registrations])
    if reading.results:
        show_table(RESULT_HEADINGS, [_outcome(row) for row in reading.results])
    told = (*reading.findings, *decision.findings)
    show_lines(f"  - {sentence(f)}{f' ({f.place})' if f.place else ''}" for f in told)


def show_tables(tables: tuple[Table, ...]) -> None:
    """Print every table as read, a line a row, before anyone asked what it means."""
    for table in tables:
        show_lines(_lines(table))


def _lines(table: Table) -> Iterator[str]:
    yield " › ".join([*table.attachment, table.place])
    for row in table.rows:
        yield "\t".join(c.text.replace("\n", " ⏎ ") if c else "" for c in row)


def _files(reading: Reading) -> Iterator[tuple[object, ...]]:
    for file in reading.attachments:
        role = word("roles", file.role)
        yield " › ".join(file.path), file.type, role, file.encoding


def _work(row: Registration) -> tuple[object, ...]:
    cells = [_cell(row.cells, key, getattr(row, key)) for key in WORK_KEYS]
    return (*cells, row.certainty, row.place)


def _outcome(row: Result) -> tuple[object, ...]:
    cells = [_cell(row.cells, key, getattr(row, key)) for key in WORK_KEYS[:2]]
    progress = word("progress", row.progress) if row.progress else None
    result = _cell(row.cells, "result", row.result)
    return (*cells, result, progress, row.certainty, row.place)


def _cell(cells: dict[str, float], key: str, text: str | None) -> object:
    certainty = cells.get(key, 1.0)
    return text if certainty >= 1.0 else Doubted(text or "", certainty)
