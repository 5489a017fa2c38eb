"""The page's paths: the status table for people, `/healthz` for monitors.

It has no login yet; it opens no socket, and no request changes anything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from daemon import journal
from daemon.page.doorway import from_this_machine
from daemon.page.health import Health
from daemon.page.latest import Latest, Seen
from daemon.page.writing import STYLE, Writer
from storage.status import Status

#: Nothing but our own style sheet; no script, no frame, no form, no foreign address.
_POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_STYLE_HEADERS = _HEADERS | {"Cache-Control": "public, max-age=86400"}


def make_app(
    status: Callable[[], Status],
    health: Callable[[], Health],
    prefix: str,
    zone: tzinfo,
    open_to_all: bool = False,
    categories: Mapping[str, str] | None = None,
) -> Starlette:
    """Return the application. `status` and `health` are called for every request.

    They run in worker threads and may raise StorageError: then the last figures are
    shown with their age. `prefix` is "" or begins with `/` and does not end with it.
    `open_to_all`: may everybody who reaches the port see the table without a login?
    True only for a port bound to loopback; False answers 403 in its place. Even then
    the peer and the Host must be this machine. `categories`: code -> name.
    """
    writer = Writer(prefix, zone, categories or {})
    desk = _Desk(Latest(status, health), writer, zone, open_to_all)
    paths = {"/": desk.table, "/healthz": desk.health, "/style.css": desk.style}
    if prefix:
        paths[""] = desk.table
    routes = [Route(prefix + path, answer) for path, answer in paths.items()]
    app = Starlette(
        routes=routes,
        exception_handlers={HTTPException: desk.refused, Exception: desk.failed},
    )
    # Its redirects would repeat the Host header that the client sent.
    app.router.redirect_slashes = False
    return app


@dataclass(frozen=True, slots=True)
class _Desk:
    latest: Latest
    writer: Writer
    zone: tzinfo
    open_to_all: bool

    def table(self, request: Request) -> Response:
        if not (self.open_to_all and from_this_machine(request)):
            return self._notice(403)
        seen = self.latest.look()
        if seen.status is None:
            return self._notice(503)
        text = self.writer.table(seen.status, seen.faults, seen.fresh)
        return HTMLResponse(text, headers=_HEADERS)

    def health(self, request: Request) -> Response:
        seen = self.latest.look(whole=False)
        healthy = seen.fresh and seen.health is not None and seen.health.healthy
        return JSONResponse(
            {
                "healthy": healthy,
                "as_of": self._as_of(seen),
                "faults": list(seen.faults),
            },
            200 if healthy else 503,
            _HEADERS,
        )

    def style(self, request: Request) -> Response:
        return Response(STYLE, media_type="text/css", headers=_STYLE_HEADERS)

    def refused(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            return self._notice(500)
        return self._notice(error.status_code, error.headers)

    def failed(self, request: Request, error: Exception) -> Response:
        journal.internal_fault("page", error)
        return self._notice(500)

    def _notice(self, code: int, headers: Mapping[str, str] | None = None) -> Response:
        text = self.writer.notice(code)
        return HTMLResponse(text, code, {**(headers or {}), **_HEADERS})

    def _as_of(self, seen: Seen) -> str | None:
        if seen.health is None:
            return None
        return seen.health.as_of.astimezone(self.zone).isoformat(timespec="seconds")
