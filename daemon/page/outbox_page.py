"""Mail to be sent: what waits and why, a mail as it will look, release, cancel, retry.

It sends nothing; what was let go takes its turn like any other.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import get_args

from starlette.responses import HTMLResponse, Response

from daemon import journal
from daemon.compose import ComposeError
from daemon.page.acting import LAST, done
from daemon.page.envelope import HEADERS
from daemon.page.gate import Desk
from daemon.page.paging import Place
from daemon.page.visit import Visit
from daemon.page.writing import said
from parsers.values.outbox import ItemKind, ItemState
from storage import outbox as stored
from storage import release
from storage.database import Connection
from storage.events import events_of_item
from storage.outbox_lists import counts, find_item, waiting_for_release
from storage.pages import outbox_page

SIZE = 50
Change = Callable[[Connection, Collection[int] | None, datetime, str], tuple[int, ...]]
_VERBS: Mapping[str, Change] = {
    "release": release.release,
    "cancel": release.cancel,
    "retry": release.retry,
}
#: Our own mail in a frame: its inlined styles, and nothing that could run or load.
_FRAME = (
    "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
_FRAMED = HEADERS | {
    "Content-Security-Policy": _FRAME,
    "X-Frame-Options": "SAMEORIGIN",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it is, or will be, sent: its text, and whether it has HTML besides."""

    subject: str
    text: str
    html: str


def show(desk: Desk, visit: Visit) -> Response:
    """Return one page of the outbox, the newest first."""
    state, kind = visit.asked("state"), visit.asked("kind")
    state = state if state in get_args(ItemState) else ""
    kind = kind if kind in get_args(ItemKind) else ""
    asked = {"state": state, "kind": kind}
    place = Place(desk.address("/outbox"), asked, visit.number("page"), SIZE)
    with desk.parts.database.read() as connection:
        items, total = outbox_page(connection, state, kind, place.part)
        numbers = counts(connection)
        waiting = waiting_for_release(connection)
    return desk.writer.page(
        "outbox.html.j2",
        visit,
        items=items,
        total=total,
        counts=numbers,
        waiting=waiting,
        kinds=get_args(ItemKind),
        state=state,
        kind=kind,
        place=place,
        said=said(visit.asked("said")),
    )


def show_item(desk: Desk, visit: Visit) -> Response:
    """Return one mail as it will look, with its history."""
    ident = _number(visit.named("id"))
    with desk.parts.database.read() as connection:
        item = find_item(connection, ident)
        events = events_of_item(connection, ident) if item else ()
    if item is None:
        return desk.notice(404)
    return desk.writer.page(
        "item.html.j2",
        visit,
        item=item,
        events=events,
        letter=_letter(desk, ident),
        said=said(visit.asked("said")),
    )


def show_letter(desk: Desk, visit: Visit) -> Response:
    """Return the HTML of one of our mails, for the frame on its page."""
    letter = _letter(desk, _number(visit.named("id")))
    if letter is None or not letter.html:
        return desk.notice(404)
    return HTMLResponse(letter.html, headers=_FRAMED)


def act(desk: Desk, visit: Visit) -> Response:
    """Release, cancel or retry items (`id`, several), or `all` that may be."""
    change = _VERBS.get(visit.named("verb"))
    if change is None:
        return desk.notice(404)
    everything = visit.form.flag("all")
    ids = {_number(word) for word in visit.form.every("id") if word}
    if not ids and not everything:
        return done(desk, "/outbox", "nothing_named")
    with desk.parts.database.write() as connection:
        if not everything and any(find_item(connection, i) is None for i in ids):
            return desk.notice(404)
        now, by = desk.parts.clock.now(), visit.user.name
        changed = change(connection, None if everything else ids, now, by)
    key = visit.named("verb") if changed else "nothing_fits"
    one = next(iter(ids)) if len(ids) == 1 and visit.form.flag("back") else None
    return done(desk, f"/outbox/{one}" if one else "/outbox", key)


def _letter(desk: Desk, item: int) -> Letter | None:
    """Return the mail as it is frozen, else as it would be frozen now."""
    with desk.parts.database.read() as connection:
        due = stored.find_due(connection, item)
        raw = stored.frozen(connection, item)
    if due is None:
        return None
    try:
        raw = raw if raw is not None else desk.parts.compose(due).raw
    except ComposeError as error:
        journal.compose_failed(item, error)
        return None
    mail = message_from_bytes(raw, EmailMessage, policy=policy.default)
    return Letter(str(mail["subject"] or ""), _body(mail, "plain"), _body(mail, "html"))


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _number(word: str) -> int:
    return min(int(word), LAST) if word.isascii() and word.isdigit() else 0
