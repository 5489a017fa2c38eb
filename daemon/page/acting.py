"""What a person does on the page, as the commands do it: under his name, then a page.

What his word means is said by `daemon.people`; nothing is decided here.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import RedirectResponse, Response

from daemon.judging import Acting
from daemon.page.gate import Desk
from daemon.page.visit import Visit
from daemon.people import RefusalError
from parsers.values.campaign import PhaseName
from parsers.values.decision import AnswerMode
from parsers.values.reading import Mode

#: What one verb does to a mail (id) or unit (code); it returns the key of the sentence
#: that says so.
Verb = Callable[[Desk, Visit, Any], str]
#: The greatest number that the database can be asked for.
LAST = 2**31 - 1
_MODES: Mapping[str, Mode] = {"replacement": "replacement", "supplement": "supplement"}
_PHASES: Mapping[str, PhaseName] = {
    "registration": "registration",
    "results": "results",
}


def acting(desk: Desk, visit: Visit, tells: bool = False) -> Acting:
    """Return where and as whom the visitor acts; `tells`: senders of filed mail too."""
    parts, policy = desk.parts, desk.parts.policy
    if tells:
        modes: dict[str, AnswerMode] = {**policy.answer_modes, "ingest": "sender"}
        policy = replace(policy, answer_modes=modes)
    now = parts.clock.now()
    return Acting(parts.database, parts.archive, policy, now, visit.user.name)


def why(visit: Visit) -> str:
    """Return the reason that was given; raises RefusalError without one."""
    said = visit.form.text("why")
    if not said:
        raise RefusalError("why_missing")
    return said


def unit_named(desk: Desk, code: str) -> str:
    """Return the code of a unit of the directory, whichever case it was typed in.

    Raises RefusalError for a unit that is not there.
    """
    known = {unit.code.casefold(): unit.code for unit in desk.parts.policy.units}
    if code.casefold() not in known:
        raise RefusalError("unit_unknown", code=code)
    return known[code.casefold()]


def mode_of(visit: Visit) -> Mode | None:
    """Return what a mail or paper does to the version in force, if that was said."""
    return _MODES.get(visit.form.text("mode"))


def phase_of(visit: Visit) -> PhaseName | None:
    """Return the delivery that is spoken of, if that was said."""
    return _PHASES.get(visit.form.text("phase"))


def event_of(visit: Visit) -> int:
    """Return the event that is taken back; 0, which is none, where no number is."""
    word = visit.form.text("event").lstrip("#") or visit.form.text("id").lstrip("#")
    return min(int(word), LAST) if word.isascii() and word.isdigit() else 0


def done(desk: Desk, path: str, key: str) -> Response:
    """Return the way back to a page, which then says what was done."""
    return RedirectResponse(desk.address(f"{path}?said={key}"), 303)
