"""Each golden container is opened as its `expected.json` says; `why.md` says why."""

import json
from pathlib import Path
from typing import Any

import pytest

from parsers.attachments import Opened
from tests.builders.containers import opened

FOLDER = Path(__file__).parents[2] / "golden"
CASES = sorted(path.name for path in FOLDER.glob("open-*"))


def summary(found: Opened) -> dict[str, Any]:
    return {
        "attachments": [
            {
                "path": list(attachment.path),
                "type": attachment.type,
                "role": attachment.role,
                "bytes": attachment.bytes,
                "sha256": attachment.sha256,
            }
            for attachment in found.attachments
        ],
        "tables": [list(path) for path, document in found.documents if document.tables],
        "findings": [[f.code, f.place] for f in found.findings],
    }


@pytest.mark.parametrize("name", CASES)
def test_a_golden_container_is_opened_as_expected(name: str) -> None:
    case = FOLDER / name
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    source = next(case.glob("input.*"))
    assert summary(opened(source.read_bytes(), source.name)) == expected
    assert (case / "why.md").read_text("utf-8").strip()


def test_there_are_golden_containers() -> None:
    assert len(CASES) >= 5
