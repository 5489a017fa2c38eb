"""Take one attachment out of a mail by its path, for a person who asks for the file.

It reads no document; only the containers on the way are opened.
"""

from collections import deque
from dataclasses import replace

from parsers.containers.by_type import CONTAINERS
from parsers.containers.contents import budget_of
from parsers.errors import EncryptedFileError, ParserError
from parsers.filetype import found_type
from parsers.message import parse
from parsers.readers.lock import unlocked_package
from parsers.values.message import Part
from parsers.values.reading import Rules


def payload_at(raw: bytes, path: tuple[str, ...], rules: Rules) -> bytes | None:
    """Return the decoded bytes of the attachment at `path`, None where there is none.

    The path is one that a Reading of the same bytes names.
    """
    budget = budget_of(rules.limits)
    waiting = deque(parse(raw, rules).parts)
    while waiting:
        part = waiting.popleft()
        if part.body is not None:
            continue
        if part.path == path and (part.payload or not part.container):
            return part.payload
        inside = path[: len(part.path)] == part.path
        if not inside or part.container:
            continue
        part = _open(part)
        kind = found_type(part.payload, part.path[-1])
        if kind not in CONTAINERS:
            continue
        try:
            contents = CONTAINERS[kind](part, budget)
        except ParserError:
            continue
        waiting.extendleft(reversed(contents.parts))
    return None


def _open(part: Part) -> Part:
    """Return the package in `part` if it opens without asking, else `part`."""
    if found_type(part.payload, part.path[-1]) != "encrypted":
        return part
    try:
        return replace(part, payload=unlocked_package(part.payload))
    except (EncryptedFileError, ParserError):
        return part
