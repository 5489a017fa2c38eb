"""What a person decides about a unit: record, amend, excuse, undo."""

from collections.abc import Mapping

from starlette.responses import Response

from daemon.page.acting import Verb, acting, done, event_of, mode_of, phase_of, why
from daemon.page.gate import Desk
from daemon.page.unit_page import page_of
from daemon.page.visit import Visit
from daemon.page.writing import refusal
from daemon.people import RefusalError
from daemon.recording import Owed, Paper, amend, excuse, record
from daemon.undoing import undo
from parsers.values.reading import Correction


def act(desk: Desk, visit: Visit) -> Response:
    """Do what a verb says; the unit's page then says what was done, or why not."""
    verb, code = VERBS.get(visit.named("verb")), visit.named("code")
    if verb is None or code not in desk.parts.policy.by_code:
        return desk.notice(404)
    try:
        key = verb(desk, visit, code)
    except RefusalError as error:
        told = refusal(error.key, **error.parameters)
        return page_of(desk, visit, code, told)
    return done(desk, f"/units/{code}", key)


def _record(desk: Desk, visit: Visit, code: str) -> str:
    nil, file = visit.form.flag("nil"), visit.form.file
    if nil is (file is not None):
        raise RefusalError("record_one_of")
    paper = _paper(desk, *file) if file else None
    owed = _owed(desk, visit, code)
    decision = record(acting(desk, visit), owed, paper, mode_of(visit))
    if not decision.submissions:
        return "same"
    return "record_mismatch" if decision.findings else "record"


def _paper(desk: Desk, name: str, raw: bytes) -> Paper:
    paper = desk.parts.readers.paper(name, raw)
    if paper is None:
        raise RefusalError("file_unreadable", path=name)
    return paper


def _amend(desk: Desk, visit: Visit, code: str) -> str:
    form = visit.form
    change = Correction(
        form.text("number"), "set", form.text("column"), form.text("text")
    )
    decision = amend(acting(desk, visit), _owed(desk, visit, code), change)
    return "amend" if decision.submissions else "same"


def _excuse(desk: Desk, visit: Visit, code: str) -> str:
    new = excuse(acting(desk, visit), _owed(desk, visit, code))
    return "excuse" if new else "excused_already"


def _undo(desk: Desk, visit: Visit, code: str) -> str:
    undo(acting(desk, visit), event_of(visit), why(visit))
    return "undo"


def _owed(desk: Desk, visit: Visit, code: str) -> Owed:
    return Owed(desk.parts.campaign.number, code, phase_of(visit), why(visit))


VERBS: Mapping[str, Verb] = {
    "amend": _amend,
    "excuse": _excuse,
    "record": _record,
    "undo": _undo,
}
