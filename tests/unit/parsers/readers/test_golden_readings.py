"""Each golden file is read as its `expected.json` says; `why.md` says why."""

import json
from pathlib import Path
from typing import Any

import pytest

from parsers.filetype import found_type
from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from parsers.values.table import Document, Paragraph, Table

FOLDER = Path(__file__).parents[3] / "golden"
CASES = sorted(path.name for path in FOLDER.glob("read-*"))


def read_case(folder: Path) -> Document:
    """Return what is read of the case, its type found by the bytes alone."""
    source = next(folder.glob("input.*"))
    payload = source.read_bytes()
    path = () if source.suffix in (".html", ".txt") else (source.name,)
    document = READERS[found_type(payload, None)](payload, path, Limits())
    assert isinstance(document, Document)
    return document


def as_json(document: Document) -> dict[str, Any]:
    """Return everything of a document that a reader decides."""
    return {
        "blocks": [
            [b.place, b.text] if isinstance(b, Paragraph) else _table(b)
            for b in document.blocks
        ],
        "findings": [[f.code, f.place, dict(f.parameters)] for f in document.findings],
        "encoding": document.encoding,
    }


def _table(table: Table) -> dict[str, Any]:
    cells = [cell for row in table.rows for cell in row]
    return {
        "attachment": list(table.attachment),
        "place": table.place,
        "rows": [[None if c is None else c.text for c in row] for row in table.rows],
        "certainty": sorted({c.certainty for c in cells if c}),
        "first_and_last": [c.place for c in (cells[0], cells[-1]) if c],
        "merged": [list(area) for area in table.merged],
        "hidden_rows": list(table.hidden_rows),
        "hidden": table.hidden,
    }


def test_there_are_cases() -> None:
    assert len(CASES) > 5


@pytest.mark.parametrize("name", CASES)
def test_a_golden_file_is_read_as_expected(name: str) -> None:
    expected = json.loads((FOLDER / name / "expected.json").read_text("utf-8"))
    assert (FOLDER / name / "why.md").read_text("utf-8").strip()
    assert as_json(read_case(FOLDER / name)) == expected
