"""Tables that real programs print are read from their PDFs as what was printed."""

import random
from collections import Counter
from collections.abc import Callable
from functools import cache

from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from parsers.values.table import Document, Table
from tests.printed.measures import Score, cells_score, f_one, relations
from tests.printed.truth import Printed, PrintedTable, registration, statistics
from tests.printed.writers import (
    as_docx,
    as_xlsx,
    by_chromium,
    by_office,
    by_reportlab,
)

_RULES = ("all", "horizontal", "none")
_SEEDS = range(2)

Maker = Callable[[random.Random, str, str], Printed]


@cache
def printed(maker: Maker, rules: str) -> tuple[tuple[str, Printed, bytes], ...]:
    """Return what each program printed: its name, the truth, the PDF."""
    truths = [
        maker(random.Random(f"{maker.__name__} {rules} {seed}"), f"{seed}", rules)
        for seed in _SEEDS
    ]
    office = by_office(
        {f"{t.name}.docx": as_docx(t) for t in truths}
        if rules != "all"
        else {f"{t.name}w.docx": as_docx(t) for t in truths}
        | {f"{t.name}c.xlsx": as_xlsx(t) for t in truths}
    )
    out = [("reportlab", t, by_reportlab(t)) for t in truths]
    out += [("chromium", t, by_chromium(t)) for t in truths]
    for name, payload in office.items():
        truth = next(t for t in truths if name.startswith(t.name))
        out.append((name.rpartition(".")[2], truth, payload))
    return tuple(out)


def data_tables(payload: bytes) -> list[Table]:
    """Return the tables read, without letterheads and signatures."""
    document = READERS["pdf"](payload, ("a.pdf",), Limits())
    assert isinstance(document, Document)
    return [t for t in document.tables if len(t.rows) > 3 or len(t.rows[0]) > 2]


def the_table(truth: Printed) -> PrintedTable:
    (table,) = [b for b in truth.blocks if isinstance(b, PrintedTable)]
    return table


def score_of(truth: Printed, payload: bytes) -> Score:
    rows = [
        [(c.text, c.certainty) if c is not None else None for c in row]
        for table in data_tables(payload)
        for row in table.rows
    ]
    table = the_table(truth)
    return cells_score(table.rows, rows, table.heading_rows)


def f_of(truth: Printed, payload: bytes) -> float:
    wanted: Counter[tuple[str, str, str]] = Counter()
    for block in truth.blocks:
        if isinstance(block, PrintedTable):
            wanted += relations(block.rows, block.merged)
    found: Counter[tuple[str, str, str]] = Counter()
    for table in data_tables(payload):
        rows = [[c.text if c is not None else None for c in r] for r in table.rows]
        found += relations(rows, table.merged)
    right, of_truth, read = f_one(wanted, found)
    return 2 * right / (of_truth + read)


def test_ruled_registrations_are_exact_whoever_printed_them() -> None:
    for program, truth, payload in printed(registration, "all"):
        score = score_of(truth, payload)
        assert (score.exact, score.invented) == (score.cells, 0), (program, truth.name)


def test_unruled_registrations_are_nearly_exact_and_never_certain_and_wrong() -> None:
    for rules in ("horizontal", "none"):
        total = Score()
        for _, truth, payload in printed(registration, rules):
            total += score_of(truth, payload)
        assert total.exact >= total.cells * 0.98
        assert (total.certain_wrong, total.invented) == (0, 0)


def test_tables_of_figures_reach_the_marks_of_the_competition() -> None:
    for rules, asked in zip(_RULES, (0.95, 0.9, 0.9), strict=True):
        values = [f_of(t, payload) for _, t, payload in printed(statistics, rules)]
        assert sum(values) / len(values) >= asked, rules
