"""Values of the house as JSON text in a column, and back.

It knows no table; what is kept that way is never asked for by SQL.
"""

from typing import TypeVar

import msgspec

T = TypeVar("T")


def to_json(value: object) -> str:
    """Return the value (frozen dataclasses, tuples, datetimes) as JSON text."""
    return msgspec.json.encode(value).decode()


def from_json(text: str, kind: type[T]) -> T:
    """Return the value of that type.

    Raises msgspec.ValidationError where the text says something else.
    """
    return msgspec.json.decode(text, type=kind)
