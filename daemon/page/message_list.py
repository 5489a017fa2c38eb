"""The ledger of mails: filtered, the newest first, a page at a time."""

from typing import get_args

from starlette.responses import Response

from daemon.page.gate import Desk
from daemon.page.paging import Place
from daemon.page.visit import Visit
from daemon.page.writing import said
from parsers.values.decision import MessageState
from storage.pages import MailFilter, message_page, reasons
from storage.status import message_counts

SIZE = 50


def show(desk: Desk, visit: Visit) -> Response:
    """Return one page of the ledger."""
    states = get_args(MessageState)
    state = visit.asked("state") if visit.asked("state") in states else ""
    wanted = MailFilter(
        state, visit.asked("reason"), visit.asked("unit"), visit.asked("q")
    )
    asked = {
        "state": wanted.state,
        "reason": wanted.reason,
        "unit": wanted.unit,
        "q": wanted.text,
    }
    place = Place(desk.address("/messages"), asked, visit.number("page"), SIZE)
    with desk.parts.database.read() as connection:
        lines, total = message_page(connection, wanted, place.part)
        counts = message_counts(connection)
        why = reasons(connection)
    return desk.writer.page(
        "messages.html.j2",
        visit,
        lines=lines,
        total=total,
        counts=counts,
        reasons=why,
        wanted=wanted,
        place=place,
        said=said(visit.asked("said")),
    )
