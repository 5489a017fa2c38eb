"""The page's paths: what is shown where, to whom, and what may be done.

It opens no socket. GET changes nothing; what is decided comes by POST, with a token.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from daemon import journal
from daemon.page import (
    exports,
    files,
    health_page,
    login,
    message_acts,
    message_list,
    message_page,
    outbox_page,
    pictures,
    status_page,
    unit_acts,
    unit_page,
)
from daemon.page.envelope import Envelope
from daemon.page.gate import Desk, Endpoint, Gate, Handler
from daemon.page.latest import Latest, Seen
from daemon.page.parts import Parts
from daemon.page.sessions import Sessions
from daemon.page.visit import Visit
from daemon.page.writing import ICON, SCRIPT, STYLE, Writer

_KEPT = {"Cache-Control": "public, max-age=86400"}


def make_app(parts: Parts) -> ASGIApp:
    """Return the application; what it shows and calls is in `parts`.

    Where status or health raise StorageError the last figures are shown with their age.
    """
    prefix = parts.entrance.prefix
    writer = Writer(
        prefix,
        parts.zone,
        {c.code: c.name for c in parts.campaign.categories},
        {u.code: u.name for u in parts.policy.units},
        exports.EXPORTS,
    )
    desk = Desk(parts, writer, Sessions(parts.secret))
    open_ones = _Open(desk, Latest(parts.status, parts.health))
    app = Starlette(
        routes=_routes(desk, open_ones),
        exception_handlers={
            HTTPException: open_ones.refused,
            Exception: open_ones.failed,
        },
    )
    # Its redirects would repeat the Host header that the client sent.
    app.router.redirect_slashes = False
    return Envelope(app, parts.most_bytes + 1024 * 1024)


def _routes(desk: Desk, open_ones: "_Open") -> list[Route]:
    gate, prefix = Gate(desk), desk.parts.entrance.prefix
    table: Handler = partial(_table, open_ones.latest)
    shown: dict[str, Handler] = {
        "/": table,
        "/units/{code}": unit_page.show,
        "/messages": message_list.show,
        "/messages/{id}": message_page.show,
        "/messages/{id}/files/{key}": files.download,
        "/messages/{id}/files/{key}/view": pictures.view,
        "/messages/{id}/files/{key}/pages/{page}": pictures.draw,
        "/outbox": outbox_page.show,
        "/outbox/{id}": outbox_page.show_item,
        "/outbox/{id}/letter": outbox_page.show_letter,
        "/health": health_page.show,
        "/export": exports.choose,
        "/export/{file}": exports.export,
    }
    if prefix:
        shown[""] = table
    done: dict[str, Handler] = {
        "/messages/{id}/{verb}": message_acts.act,
        "/units/{code}/{verb}": unit_acts.act,
        "/outbox/{verb}": outbox_page.act,
    }
    to_all: dict[str, Endpoint] = {
        "/healthz": open_ones.health,
        "/metrics": open_ones.metrics,
        "/style.css": open_ones.style,
        "/htmx.js": open_ones.script,
        "/icon.svg": open_ones.icon,
        "/login": partial(login.show_login, desk),
    }
    routes = [Route(prefix + p, e, methods=["GET"]) for p, e in to_all.items()]
    routes.append(
        Route(prefix + "/login", partial(login.log_in, desk), methods=["POST"])
    )
    out = gate.decide(login.log_out, "look")
    routes.append(Route(prefix + "/logout", out, methods=["POST"]))
    for path, handler in done.items():
        routes.append(Route(prefix + path, gate.decide(handler), methods=["POST"]))
    for path, handler in shown.items():
        routes.append(Route(prefix + path, gate.look(handler), methods=["GET"]))
    return routes


def _table(latest: Latest, desk: Desk, visit: Visit) -> Response:
    return status_page.show(desk, visit, latest)


@dataclass(frozen=True, slots=True)
class _Open:
    """What anybody may ask."""

    desk: Desk
    latest: Latest

    async def health(self, request: Request) -> Response:
        seen = await _looked(self.latest, whole=False)
        healthy = seen.fresh and seen.health is not None and seen.health.healthy
        told = {
            "healthy": healthy,
            "as_of": self._as_of(seen),
            "faults": list(seen.faults),
        }
        return JSONResponse(told, 200 if healthy else 503)

    async def metrics(self, request: Request) -> Response:
        seen = await _looked(self.latest)
        return health_page.metrics(self.desk, seen)

    async def style(self, request: Request) -> Response:
        return Response(STYLE, media_type="text/css", headers=_KEPT)

    async def script(self, request: Request) -> Response:
        return Response(SCRIPT, media_type="text/javascript", headers=_KEPT)

    async def icon(self, request: Request) -> Response:
        return Response(ICON, media_type="image/svg+xml", headers=_KEPT)

    def refused(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            return self.desk.notice(500)
        answer = self.desk.notice(error.status_code)
        headers: Mapping[str, str] = error.headers or {}
        answer.headers.update(headers)
        return answer

    def failed(self, request: Request, error: Exception) -> Response:
        journal.internal_fault("page", error)
        return self.desk.notice(500)

    def _as_of(self, seen: Seen) -> str | None:
        if seen.health is None:
            return None
        zone = self.desk.parts.zone
        return seen.health.as_of.astimezone(zone).isoformat(timespec="seconds")


async def _looked(latest: Latest, whole: bool = True) -> Seen:
    return await run_in_threadpool(latest.look, whole)
