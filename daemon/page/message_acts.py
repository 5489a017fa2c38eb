"""What a person decides about a mail: assign, accept, reject, reprocess, undo."""

from collections.abc import Mapping

from starlette.responses import Response

from daemon.judging import Assignment, accept, assign, reject
from daemon.page.acting import Verb, acting, done, event_of, mode_of, unit_named, why
from daemon.page.gate import Desk
from daemon.page.message_page import looked_up, meant, page_of
from daemon.page.visit import Visit
from daemon.page.writing import refusal
from daemon.people import RefusalError, Wish
from daemon.undoing import undo
from storage.store import reopen


def act(desk: Desk, visit: Visit) -> Response:
    """Do what a verb says; the mail's page then says what was done, or why not."""
    verb = VERBS.get(visit.named("verb"))
    with desk.parts.database.read() as connection:
        ids = meant(connection, visit.named("id"))
    if verb is None or len(ids) != 1:
        return desk.notice(404)
    try:
        key = verb(desk, visit, ids[0])
    except RefusalError as error:
        told = refusal(error.key, **error.parameters)
        return page_of(desk, visit, ids[0], told)
    return done(desk, f"/messages/{ids[0]}", key)


def _accept(desk: Desk, visit: Visit, message: int) -> str:
    code = visit.form.text("unit")
    unit = unit_named(desk, code) if code else None
    accept(acting(desk, visit), message, Wish(unit, mode_of(visit)))
    return "accept"


def _reject(desk: Desk, visit: Visit, message: int) -> str:
    tell = visit.form.flag("tell")
    person = acting(desk, visit, tells=tell)
    decision = reject(person, message, why(visit), tell)
    return "reject_not_told" if tell and not decision.items else "reject"


def _assign(desk: Desk, visit: Visit, message: int) -> str:
    part = visit.form.text("part")
    unit = unit_named(desk, visit.form.text("unit"))
    shown = looked_up(desk, message)
    reading = shown.reading if shown else None
    paths = {"/".join(a.path) for a in reading.attachments} if reading else set()
    if part and part not in paths:
        raise RefusalError("part_unknown", ident=message, part=part)
    given = Assignment(unit, part, visit.form.flag("remember"))
    assign(acting(desk, visit), message, given)
    desk.parts.readers.settle([message], visit.user.name, False)
    return "assign"


def _reprocess(desk: Desk, visit: Visit, message: int) -> str:
    now, by = desk.parts.clock.now(), visit.user.name
    with desk.parts.database.write() as connection:
        reopen(connection, [message], now, by)
    desk.parts.readers.settle([message], by, visit.form.flag("answer"))
    return "reprocess"


def _undo(desk: Desk, visit: Visit, message: int) -> str:
    undo(acting(desk, visit), event_of(visit), why(visit))
    return "undo"


VERBS: Mapping[str, Verb] = {
    "accept": _accept,
    "assign": _assign,
    "reject": _reject,
    "reprocess": _reprocess,
    "undo": _undo,
}
