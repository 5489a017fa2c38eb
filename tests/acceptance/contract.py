"""The public contract for machines: every JSON that a command prints is held to it.

The schema is the project's own copy; it names no outside address.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

_SCHEMA = json.loads(Path(__file__).with_name("contract.schema.json").read_text())


@cache
def _validator(kind: str) -> Draft202012Validator:
    assert kind in _SCHEMA["$defs"], kind
    return Draft202012Validator(
        {"$defs": _SCHEMA["$defs"], "$ref": f"#/$defs/{kind}"},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def valid(kind: str, text: str) -> Any:
    """Return the JSON object of `text`, which must be one valid `kind`."""
    value = json.loads(text, parse_constant=_no_constant)
    faults = [
        f"{'/'.join(map(str, e.absolute_path))}: {e.message[:300]}"
        for e in _validator(kind).iter_errors(value)
    ]
    assert not faults, faults
    return value


def valid_lines(kind: str, text: str) -> list[Any]:
    """Return the objects of a JSON text with one valid `kind` a line."""
    return [valid(kind, line) for line in text.splitlines()]


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")
