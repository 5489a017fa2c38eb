"""What a mail brings, before anybody asks who sent it."""

from typing import Literal

from parsers.values.decision import Case
from parsers.values.finding import Finding
from parsers.values.reading import Reading

Content = Literal["rows", "nil", "correction", "request", "unreadable", "nothing"]

#: Something lay there to be read, and could not be, or not wholly.
UNREAD = frozenset(
    {
        "file_damaged",
        "file_empty",
        "file_encrypted",
        "file_too_large",
        "heading_missing",
        "limit_exceeded",
        "program_missing",
        "rows_cut",
        "text_lost",
        "type_unsupported",
    }
)
#: The mail speaks of a table that is not there.
ELSEWHERE = frozenset({"attachment_forgotten", "link_instead_of_file"})


def content_of(case: Case) -> Content:
    """Return what the mail brings; a table goes before everything else.

    A table whose kind is unclear counts as rows even where none were taken from it.
    """
    reading = case.reading
    if reading.registrations or reading.results or reading.kind_unclear:
        return "rows"
    if case.received.header_only:
        return "unreadable"
    if reading.kind == "nil":
        return "nil"
    if reading.corrections or reading.kind == "correction":
        return "correction"
    if unread(reading):
        return "unreadable"
    if reading.kind == "request" or reading.request is not None:
        return "request"
    return "unreadable" if _elsewhere(reading) else "nothing"


def unread(reading: Reading) -> bool:
    """Return whether a part of the mail, or some of its rows, could not be read."""
    if any(part.role == "unreadable" for part in reading.attachments):
        return True
    return any(counts_against(found) for found in reading.findings)


def counts_against(found: Finding) -> bool:
    """Return whether the finding says that something was not counted."""
    return found.code in UNREAD and found.severity == "error"


def for_us(case: Case) -> bool:
    """Return whether a stranger's mail without rows should have held some.

    QUIRK: advertisements too say "see attached" and carry links. From a stranger such
    words count only beside the name of a unit or the number of a plan.
    """
    reading = case.reading
    if case.received.header_only or unread(reading):
        return True
    return _elsewhere(reading) and bool(reading.candidates or reading.plans)


def _elsewhere(reading: Reading) -> bool:
    return any(found.code in ELSEWHERE for found in reading.findings)
