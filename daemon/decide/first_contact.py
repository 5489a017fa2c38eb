"""May an unknown address speak for the unit that its mail names?

Units write from private addresses, and on the first day the directory has hardly one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from daemon.decide.mentions import DOCUMENT, exact
from daemon.decide.policy import Policy
from daemon.decide.trust import Sender
from parsers.values.decision import Case
from parsers.values.reading import Registration, Result
from parsers.values.unit import Mention

#: Another unit that is named this clearly, anywhere, is a contradiction.
_HEARD = 0.7


@dataclass(frozen=True, slots=True)
class Introduction:
    """A mail of an unknown address: its rows, and whether their phase is open."""

    case: Case
    sender: Sender
    rows: Sequence[Registration | Result]
    phase_open: bool


def introduced(new: Introduction, policy: Policy) -> str | None:
    """Return the unit for which the address is accepted, None where it is not.

    All five conditions of the contract's first contact must hold.
    """
    case = new.case
    proved = new.sender.proven and new.sender.trust != "failed"
    if policy.first_contact != "trust" or not proved or not new.rows:
        return None
    if not new.phase_open or case.received.junk:
        return None
    code = _named_twice(case.reading.mentions, new.rows)
    if code is None or code not in policy.by_code or code in case.addressed:
        return None
    return code


def _named_twice(
    mentions: Sequence[Mention], rows: Sequence[Registration | Result]
) -> str | None:
    """Return the one unit that each table's document and another place name."""
    tables = {row.attachment for row in rows}
    heads = [m for m in mentions if m.source in DOCUMENT and m.attachment in tables]
    codes = {m.code for m in heads if exact(m)}
    if len(codes) != 1 or {m.attachment for m in heads if exact(m)} != tables:
        return None
    code = codes.pop()
    if any(m.foreign or (m.code != code and m.score >= _HEARD) for m in mentions):
        return None
    if any(row.unit not in {None, code} for row in rows):
        return None
    return code if any(_second(m, code, tables) for m in mentions) else None


def _second(mention: Mention, code: str | None, tables: set[tuple[str, ...]]) -> bool:
    """Return whether it names the unit independently of the document's own text."""
    if mention.code != code or not exact(mention):
        return False
    if mention.source == "file_name":
        size = len(mention.attachment)
        return any(table[:size] == mention.attachment for table in tables)
    return mention.source in {"subject", "body"} and not mention.attachment
