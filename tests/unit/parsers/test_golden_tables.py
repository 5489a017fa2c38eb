"""Each golden table means what its `expected.json` says; `why.md` says why."""

import json
from pathlib import Path
from typing import Any

import pytest

from parsers.readers import html, pdf, spreadsheet, word
from parsers.registrations import Recognition, recognise
from parsers.values.limits import Limits
from parsers.values.reading import Registration, Result
from parsers.values.table import Document
from tests.builders.tables import some_rules

FOLDER = Path(__file__).parents[2] / "golden"
CASES = sorted(path.name for path in FOLDER.glob("table-*"))
READ = {
    ".docx": word.read,
    ".xlsx": spreadsheet.read,
    ".html": html.read,
    ".pdf": pdf.read,
}


def _understood(name: str) -> Recognition:
    source = next((FOLDER / name).glob("input.*"))
    path = () if source.suffix == ".html" else (source.name,)
    document = READ[source.suffix](source.read_bytes(), path, Limits())
    assert isinstance(document, Document)
    return recognise([(path, document)], some_rules())


def _row(row: Registration | Result) -> dict[str, Any]:
    shown = {name: getattr(row, name) for name in row.__slots__ if name != "cells"}
    for name in ("start", "end"):
        if shown.get(name) is not None:
            shown[name] = shown[name].isoformat()
    shown["attachment"] = list(row.attachment)
    # Layout is compared here; what words alone say of a field has its own tests.
    if shown.pop("field_certainty", None) != 1:
        shown.pop("field", None)
    return {key: value for key, value in shown.items() if value is not None}


def as_json(found: Recognition) -> dict[str, Any]:
    """Return what of a recognition is compared."""
    return {
        "registrations": [_row(row) for row in found.registrations],
        "results": [_row(row) for row in found.results],
        "findings": [[f.code, f.audience, f.place] for f in found.findings],
        "kind_unclear": found.kind_unclear,
        "tables": [
            [t.place, t.role, list(t.heading_rows), list(t.columns)]
            for t in found.tables
        ],
        "letterheads": [
            [list(h.issuer), list(h.titles), list(h.signature), h.confirmation]
            for _, h in found.letterheads
        ],
    }


@pytest.mark.parametrize("name", CASES)
def test_a_golden_table_means_what_is_expected(name: str) -> None:
    expected = json.loads((FOLDER / name / "expected.json").read_text("utf-8"))
    assert as_json(_understood(name)) == expected


@pytest.mark.parametrize("name", CASES)
def test_a_golden_table_says_why_it_is_kept(name: str) -> None:
    assert (FOLDER / name / "why.md").read_text("utf-8").strip()


def test_the_word_file_means_the_same_whoever_wrote_it() -> None:
    one = as_json(_understood("table-word-sections-and-merges"))
    assert one == as_json(_understood("table-word-through-libreoffice"))


def test_there_are_golden_tables() -> None:
    assert len(CASES) >= 5
