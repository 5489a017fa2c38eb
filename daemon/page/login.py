"""Log in and out: a name and a password for a session, tried so often and no more.

Which password is right is said by `daemon.page.users`.
"""

import hashlib
import re
import secrets
from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from daemon import journal
from daemon.page.doorway import by_https, from_our_page, peer
from daemon.page.gate import Desk
from daemon.page.sessions import COOKIE, LIFE, VISITOR_COOKIE, same
from daemon.page.users import LONGEST_PASSWORD, User
from daemon.page.visit import Form, Visit, read_form
from storage.errors import StorageError
from storage.logins import Attempt, begin_attempt, end_session, forget_attempt

#: So many wrong passwords in a quarter of an hour: for one name, from one address (a
#: whole office behind its proxy), and in all.
WINDOW = timedelta(minutes=15)
MOST_NAME, MOST_PEER, MOST_ALL = 5, 40, 200
#: A path of ours: not of another host (`//host`), and no backslash that is taken so.
_OURS = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")


async def show_login(desk: Desk, request: Request) -> Response:
    """Return the form; its token goes with a cookie of its own."""
    if not desk.parts.entrance.names.known(request):
        return desk.notice(403, "host")
    if desk.parts.entrance.users is None:
        return RedirectResponse(desk.address("/"), 303)
    return _form(desk, request, _next(desk, request.query_params.get("next", "")))


async def log_in(desk: Desk, request: Request) -> Response:
    """Begin a session for a right password; the form again for a wrong one."""
    names = desk.parts.entrance.names
    if not names.known(request) or not from_our_page(request, names):
        return desk.notice(403, "origin")
    async with request.form(max_files=0, max_fields=10) as data:
        form = await read_form(data)
    visitor = request.cookies.get(VISITOR_COOKIE, "")
    token = desk.sessions.token(f"visitor:{visitor}")
    if not visitor or not same(form.text("token"), token):
        journal.form_refused("token")
        return desk.notice(403, "token")
    return await run_in_threadpool(_log_in, desk, request, form)


def log_out(desk: Desk, visit: Visit) -> Response:
    """End the session, so that its cookie is worth nothing wherever it is."""
    if visit.session is not None:
        now = desk.parts.clock.now()
        with desk.parts.database.write() as connection:
            end_session(connection, visit.session.key, visit.session.until, now)
    answer = RedirectResponse(desk.address("/login"), 303)
    answer.delete_cookie(COOKIE, path=desk.address("") or "/")
    return answer


def _log_in(desk: Desk, request: Request, form: Form) -> Response:
    target = _next(desk, form.text("next"))
    # A password is what was typed, white space at its ends included.
    password = next(iter(form.texts.get("password", ())), "")[: LONGEST_PASSWORD + 1]
    try:
        user, attempt = _checked(desk, request, form.text("username"), password)
    except StorageError as error:
        journal.database_failed(error)
        return desk.notice(503)
    if attempt.again is not None:
        left = attempt.again - desk.parts.clock.now()
        journal.login_refused("too_many")
        answer = _form(desk, request, target, "too_many", 429)
        answer.headers["Retry-After"] = str(max(1, int(left.total_seconds())))
        return answer
    if user is None:
        journal.login_refused("wrong")
        return _form(desk, request, target, "wrong", 401)
    journal.logged_in(user.role)
    answer = RedirectResponse(target, 303)
    cookie = desk.sessions.begin(user, desk.parts.clock.now())
    _set(desk, request, answer, COOKIE, cookie)
    answer.delete_cookie(VISITOR_COOKIE, path=desk.address("") or "/")
    return answer


def _checked(
    desk: Desk, request: Request, name: str, password: str
) -> tuple[User | None, Attempt]:
    users = desk.parts.entrance.users
    folded = hashlib.sha256(name.casefold().encode("utf-8", "replace")).hexdigest()
    most = {
        f"name:{folded[:32]}": MOST_NAME,
        f"peer:{peer(request)}"[:100]: MOST_PEER,
        "all": MOST_ALL,
    }
    now, database = desk.parts.clock.now(), desk.parts.database
    with database.write() as connection:
        attempt = begin_attempt(connection, most, now, WINDOW)
    if attempt.again is not None or users is None:
        return None, attempt
    user = users.check(name, password)
    if user is not None:
        with database.write() as connection:
            forget_attempt(connection, attempt.rows)
    return user, attempt


def _form(
    desk: Desk, request: Request, target: str, fault: str = "", code: int = 200
) -> Response:
    visitor = request.cookies.get(VISITOR_COOKIE, "")
    if not re.fullmatch(r"[0-9a-f]{32}", visitor):
        visitor = secrets.token_hex(16)
    token = desk.sessions.token(f"visitor:{visitor}")
    shown = {"target": target, "fault": fault, "token": token}
    answer = desk.writer.page("login.html.j2", None, code, **shown)
    _set(desk, request, answer, VISITOR_COOKIE, visitor)
    return answer


def _set(desk: Desk, request: Request, answer: Response, name: str, text: str) -> None:
    answer.set_cookie(
        name,
        text,
        max_age=int(LIFE.total_seconds()),
        path=desk.address("") or "/",
        secure=by_https(request),
        httponly=True,
        samesite="lax",
    )


def _next(desk: Desk, asked: str) -> str:
    """Return where somebody goes once he is in: a page of ours and no other."""
    ours = _OURS.fullmatch(asked) and asked.startswith(desk.address("/"))
    return asked if ours else desk.address("/")
