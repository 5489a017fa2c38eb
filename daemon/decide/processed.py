"""The rows of the table of states for mail that needs nobody, tried last."""

from daemon.decide.confirmation import vouched
from daemon.decide.ruling import Ruling
from daemon.decide.signature import signatures
from daemon.decide.view import View
from parsers.values.finding import Finding, finding


def nothing_to_register(view: View) -> Ruling | None:
    """Take note of a known sender's mail that brings nothing."""
    if view.content != "nothing":
        return None
    return Ruling("processed", "nothing_to_register")


def confirms(view: View) -> Ruling | None:
    """Take note of the code that was asked for; the mail that waits is decided anew.

    Beside a table of its own the code speaks for that table too.
    """
    if view.content == "rows" or not vouched(view):
        return None
    return Ruling("processed", "nothing_to_register")


def request(view: View) -> Ruling | None:
    """Answer a known sender who asks for the form, for help or for what has come."""
    if view.content != "request":
        return None
    return Ruling("processed", "request", "decision")


def confirmed(view: View) -> Ruling | None:
    """Take note that the confirmation of a table came alone, and say so."""
    if view.content != "nothing" or not signatures(view):
        return None
    return Ruling("processed", "nothing_changed", "decision")


def nothing_readable(view: View) -> Ruling | None:
    """Say what could not be read to the unit that sent it."""
    if view.content != "unreadable":
        return None
    said = {f.code for f in view.case.reading.findings}
    findings: tuple[Finding, ...] = ()
    if view.case.received.header_only and "file_too_large" not in said:
        findings = (finding("file_too_large", bytes=str(view.case.received.raw_bytes)),)
    return Ruling("processed", "nothing_readable", "decision", findings)


def nothing_changed(view: View) -> Ruling | None:
    """Say that another mail brought the rows that are in force."""
    changes = [taken.change for taken in view.taken]
    if not changes or not all(c.same and not c.reread for c in changes):
        return None
    return Ruling("processed", "nothing_changed", "decision")


def delivered(view: View) -> Ruling:
    """Take the rows; the last row of the table, it always applies."""
    return Ruling("processed", None, "decision")
