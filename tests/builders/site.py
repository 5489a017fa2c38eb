"""The page's parts, filled in where a test does not name them; and a browser of it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.types import ASGIApp

from daemon.clock import FixedClock
from daemon.export.model import Letterhead
from daemon.exporting import Issuer
from daemon.page.app import make_app
from daemon.page.doorway import Names
from daemon.page.health import Health, health_of
from daemon.page.parts import Disk, Entrance, Parts, Readers
from daemon.page.users import User, Users
from parsers.values.outbox import ComposedMail
from storage.archive import Archive
from storage.budget import Budget
from storage.database import open_database
from storage.outbox import DueItem
from storage.status import Status
from tests.builders.asgi import HERE, Answer, ask
from tests.builders.case import CAMPAIGN, a_policy
from tests.builders.statuses import NOW, ZONE, a_line, a_status

ONLOOKER = User("", "look")
#: Hashes of `mot` (decide) and `hai` (look), cheap to check: the cost is no secret.
USERS = """# who may look and decide
lan:decide:$argon2id$v=19$m=8,t=1,p=1$ir1Tmf1bGLPLvNE4NjKS1Q$FbnXulWIiwlsnWzz0vyxLPFugCl2NqmWQfUtk/kDvY0
minh:look:$argon2id$v=19$m=8,t=1,p=1$m/uFCKO8fOnUomn1rEvuvw$WSzWgeupNHHe9pU+CDp2A+FY7F8e12F2ajSk/Ncpsfo
"""


def a_site(status: Callable[[], Status] | Status | None = None, **named: Any) -> Parts:
    """Return parts of a page without a database; `prefix`, `users` (a file), `guest`
    and `url` are the entrance's, the rest are fields of Parts.
    """
    shown = status or a_status([a_line()])
    asked = shown if callable(shown) else lambda: shown
    entrance = Entrance(
        named.pop("prefix", ""),
        Names("127.0.0.1", named.pop("url", "")),
        _users(named.pop("users", None)),
        named.pop("guest", ONLOOKER),
    )
    parts = Parts(
        entrance=entrance,
        database=open_database("sqlite:///:memory:"),
        archive=Archive(Path("/nonexistent")),
        clock=FixedClock(NOW),
        zone=ZONE,
        policy=a_policy(),
        campaign=CAMPAIGN,
        secret=b"a secret of the tests' own page",
        status=asked,
        health=lambda: _health(asked),
        readers=Readers(_nothing, _nothing, _nothing, _undrawn),
        compose=_compose,
        issuer=_issuer,
        budget=Budget(20, 450, 3, 300),
        disk=lambda: Disk(10**9, 10**8),
        most_bytes=1024 * 1024,
    )
    return replace(parts, **named)


def an_app(
    status: Callable[[], Status] | Status | None = None, **named: Any
) -> ASGIApp:
    """Return the application of such parts."""
    return make_app(a_site(status, **named))


@dataclass
class Browser:
    """Somebody with cookies at an application."""

    app: ASGIApp
    prefix: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    client: tuple[str, int] = HERE

    def get(self, path: str = "/", **headers: str) -> Answer:
        """Return the answer to a GET below the prefix."""
        return self._kept(
            ask(
                self.app,
                self.prefix + path,
                headers=self._headers(headers),
                client=self.client,
            )
        )

    def post(self, path: str, fields: Mapping[str, Any], **headers: str) -> Answer:
        """Return the answer to a form as it is given, without any token of its own."""
        body = urlencode(fields, doseq=True).encode()
        named = {"content-type": "application/x-www-form-urlencoded", **headers}
        return self._kept(
            ask(
                self.app,
                self.prefix + path,
                "POST",
                self._headers(named),
                self.client,
                body,
            )
        )

    def send(self, page: str, path: str, **fields: Any) -> Answer:
        """Return the answer to a form with the token that stands on a page."""
        return self.post(path, {"token": self.token(page), **fields})

    def token(self, page: str) -> str:
        """Return the first token of a page's forms."""
        found = re.search(r'name="token" value="([^"]+)"', self.get(page).text)
        assert found, f"no form on {page}"
        return found[1]

    def log_in(self, name: str, password: str) -> Answer:
        """Return the answer to the login of that user."""
        return self.send("/login", "/login", username=name, password=password)

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        cookies = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        named = {k.replace("_", "-"): v for k, v in {**self.headers, **more}.items()}
        return {**({"cookie": cookies} if cookies else {}), **named}

    def _kept(self, answer: Answer) -> Answer:
        for line in answer.headers.get("set-cookie", "").splitlines():
            name, _, value = line.partition(";")[0].partition("=")
            if "Max-Age=0" in line or value in ("", '""'):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer


def _users(path: Path | None) -> Users | None:
    return Users(path) if path else None


def _health(status: Callable[[], Status]) -> Health:
    return health_of(status(), NOW)


def _nothing(*_: object) -> None:
    return None


def _undrawn(*_: object) -> str:
    return "file_damaged"


def _issuer() -> Issuer:
    return Issuer(Letterhead(body="BAN DÂN VẬN"), ZONE, NOW)


def _compose(item: DueItem) -> ComposedMail:
    raise LookupError(item.id)
