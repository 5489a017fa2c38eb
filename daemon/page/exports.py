"""Files for the office: what `hopthu export` writes, sent as it is read back.

It builds no file; `daemon.exporting` does, into a file on disk, so that memory is flat.
"""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import IO
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response, StreamingResponse

from daemon.exporting import ENDINGS, WHATS, Ending, Order, OrderError, write
from daemon.page.gate import Desk
from daemon.page.visit import Visit

#: What can be had, and in which forms.
EXPORTS: tuple[tuple[str, tuple[Ending, ...]], ...] = tuple((w, ENDINGS) for w in WHATS)
_TYPES: Mapping[Ending, str] = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FILTERS = ("category", "unit", "field", "since", "marked")
_PIECE = 256 * 1024


def export(desk: Desk, visit: Visit) -> Response:
    """Return a document, of one category, unit or field where named; 404 for none.

    `since` marks what is different from the beginning of that day, `marked` are only
    works that staff chose.
    """
    what, _, word = visit.named("file").partition(".")
    ending = next((e for e in ENDINGS if e == word), None)
    order = _order(desk, visit, what)
    if ending is None or order is None:
        return desk.notice(404)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has been sent
    try:
        with desk.parts.database.read() as connection:
            write(connection, order, ending, desk.parts.issuer(), file)
    except OrderError:
        file.close()
        return desk.notice(404)
    size = file.tell()
    file.seek(0)
    headers = {
        "Content-Disposition": f'attachment; filename="{what}.{ending}"',
        "Content-Length": str(size),
    }
    return StreamingResponse(_pieces(file), media_type=_TYPES[ending], headers=headers)


def choose(desk: Desk, visit: Visit) -> Response:
    """Return the way to the document that a form names."""
    what, ending = visit.asked("what"), visit.asked("ending")
    if what not in WHATS or ending not in ENDINGS:
        return desk.notice(404)
    asked = {name: visit.asked(name) for name in _FILTERS if visit.asked(name)}
    query = f"?{urlencode(asked)}" if asked else ""
    return RedirectResponse(desk.address(f"/export/{what}.{ending}{query}"), 303)


def _order(desk: Desk, visit: Visit, what: str) -> Order | None:
    """Return what is asked for; None where it cannot be understood."""
    named = next((w for w in WHATS if w == what), None)
    field, since = visit.asked("field"), visit.asked("since")
    if named is None or (field and not (field.isascii() and field.isdigit())):
        return None
    begins = None
    if since:
        try:
            day = date.fromisoformat(since)
        except ValueError:
            return None
        begins = datetime.combine(day, time(), desk.parts.zone)
    return Order(
        what=named,
        category=visit.asked("category") or None,
        unit=visit.asked("unit") or None,
        field=int(field[:6]) if field else None,
        since=begins,
        marked=visit.asked("marked") == "1",
    )


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
