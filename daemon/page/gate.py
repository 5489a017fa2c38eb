"""The gate before every path: who may look, who may decide, and whose form it is.

What is behind it is not looked at before the answer is yes.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from daemon import journal
from daemon.page.doorway import from_our_page, from_this_machine
from daemon.page.parts import Parts
from daemon.page.sessions import COOKIE, Session, Sessions, same
from daemon.page.visit import Visit, read_form
from daemon.page.writing import Writer
from storage.errors import StorageError
from storage.logins import is_ended

#: The session of who looks without one, from this very machine.
_GUEST = "guest"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class Desk:
    """What every answer is made from."""

    parts: Parts
    writer: Writer
    sessions: Sessions

    def address(self, path: str) -> str:
        """Return a path of ours as a browser asks for it."""
        return self.parts.entrance.prefix + path

    def notice(self, code: int, key: str = "") -> Response:
        """Return the page that says why there is nothing else."""
        return self.writer.notice(code, key)


Handler = Callable[[Desk, Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Gate:
    """Makes endpoints of handlers; each asks for what its handler needs."""

    desk: Desk

    def look(self, handler: Handler) -> Endpoint:
        """Return the endpoint of a page: whoever may look sees it."""

        async def endpoint(request: Request) -> Response:
            return await run_in_threadpool(self._shown, handler, request)

        return endpoint

    def decide(self, handler: Handler, role: str = "decide") -> Endpoint:
        """Return the endpoint of a form of ours, for users of a role.

        Its body is not read before its sender is known to be one.
        """

        async def endpoint(request: Request) -> Response:
            visit = await run_in_threadpool(self._sender, request, role)
            if isinstance(visit, Response):
                return visit
            async with request.form(max_files=1, max_fields=2000) as data:
                visit = replace(visit, form=await read_form(data))
            if not same(visit.form.text("token"), visit.token):
                journal.form_refused("token")
                return self.desk.notice(403, "token")
            return await run_in_threadpool(self._done, handler, visit)

        return endpoint

    def _shown(self, handler: Handler, request: Request) -> Response:
        try:
            visit = self.visit(request)
            return handler(self.desk, visit) if isinstance(visit, Visit) else visit
        except StorageError as error:
            journal.database_failed(error)
            return self.desk.notice(503)

    def _done(self, handler: Handler, visit: Visit) -> Response:
        try:
            return handler(self.desk, visit)
        except StorageError as error:
            journal.database_failed(error)
            return self.desk.notice(503, "undone")

    def _sender(self, request: Request, role: str) -> Visit | Response:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in _FORMS:
            raise HTTPException(415)
        visit = self.visit(request)
        if isinstance(visit, Response):
            return visit
        if not from_our_page(request, self.desk.parts.entrance.names):
            journal.form_refused("origin")
            return self.desk.notice(403, "origin")
        if role == "decide" and not visit.decides:
            return self.desk.notice(403, "role")
        return visit

    def visit(self, request: Request) -> Visit | Response:
        """Return the visit of who may look; else the answer that he gets instead."""
        entrance = self.desk.parts.entrance
        if entrance.users is None:
            return self._guest(request)
        if not entrance.names.known(request):
            return self.desk.notice(403, "host")
        session = self._session(request)
        if session is None:
            return self._asked_to_log_in(request)
        token = self.desk.sessions.token(session.key)
        return Visit(request, session.user, token, session)

    def _guest(self, request: Request) -> Visit | Response:
        guest = self.desk.parts.entrance.guest
        if guest is None or not from_this_machine(request):
            return self.desk.notice(403, "here")
        return Visit(request, guest, self.desk.sessions.token(_GUEST))

    def _session(self, request: Request) -> Session | None:
        users, now = self.desk.parts.entrance.users, self.desk.parts.clock.now()
        cookie = request.cookies.get(COOKIE, "")
        session = self.desk.sessions.read(cookie, users, now) if users else None
        if session is None:
            return None
        try:
            with self.desk.parts.database.read() as connection:
                return None if is_ended(connection, session.key) else session
        except StorageError as error:
            # The page stays up: it has only old figures to show while this lasts.
            journal.database_failed(error)
            return session

    def _asked_to_log_in(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return self.desk.notice(401, "login")
        path = request.url.path
        if request.url.query:
            path = f"{path}?{request.url.query}"
        answer = self.desk.address(f"/login?next={quote(path, safe='/')}")
        if request.headers.get("hx-request"):
            # Inside of a page there is no room for a login: the whole page goes there.
            return Response(status_code=401, headers={"HX-Redirect": answer})
        return RedirectResponse(answer, 303)
