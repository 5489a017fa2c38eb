"""What a rule says when it applies: state, reason, and what people are to know."""

from collections.abc import Callable
from dataclasses import dataclass

from daemon.decide.view import View
from parsers.values.decision import MessageState, Reason
from parsers.values.finding import Finding
from parsers.values.outbox import Purpose


@dataclass(frozen=True, slots=True)
class Ruling:
    """A state and its reason; `answer` is the purpose of what may be said, or None."""

    state: MessageState
    reason: Reason | None
    answer: Purpose | None = None
    findings: tuple[Finding, ...] = ()


#: A row of the table of states: its Ruling where it applies, else None.
Rule = Callable[[View], Ruling | None]
