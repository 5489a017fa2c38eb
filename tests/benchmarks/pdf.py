"""What one PDF with text costs in CPU, beside pdfplumber on the same file.

python -m tests.benchmarks pdf
"""

import io
import random
import time
from collections.abc import Callable

import pdfplumber

from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from tests.benchmarks.marks import Mark, Scale, figure
from tests.printed.truth import registration, statistics
from tests.printed.writers import by_reportlab


def run(scale: Scale) -> list[Mark]:
    """Return CPU milliseconds a file of both, over files with and without rules."""
    payloads = [
        by_reportlab(make(random.Random(f"{make.__name__}{number}"), "bench", rules))
        for number in range(scale.pick(5, 1, 20))
        for make in (registration, statistics)
        for rules in ("all", "horizontal", "none")
    ]
    rounds = scale.pick(3, 1, 5)
    ours = [_each(_read, payloads) for _ in range(rounds)]
    theirs = [_each(_plumb, payloads) for _ in range(rounds)]
    return [
        Mark("5", "one PDF read, CPU", "less than below", *figure(ours, " ms")),
        Mark("", "  by pdfplumber, tables alone", "", *figure(theirs, " ms")),
    ]


def _each(call: Callable[[bytes], None], payloads: list[bytes]) -> float:
    started = time.process_time()
    for payload in payloads:
        call(payload)
    return (time.process_time() - started) / len(payloads) * 1000


def _read(payload: bytes) -> None:
    READERS["pdf"](payload, ("a.pdf",), Limits())


def _plumb(payload: bytes) -> None:
    with pdfplumber.open(io.BytesIO(payload)) as document:
        for page in document.pages:
            page.extract_tables()
            page.extract_text()
