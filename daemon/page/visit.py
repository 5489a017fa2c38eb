"""One request of somebody who may make it: who he is, what he asks, what he sent.

It answers nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from daemon.page.sessions import Session
from daemon.page.users import User

#: Letters of one field that are taken; a reason or a cell is no novel.
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent: texts by field, and one file (name, bytes) or None."""

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: tuple[str, bytes] | None = None

    def text(self, name: str) -> str:
        """Return the field without the white space around it; "" without one."""
        return next((one.strip() for one in self.texts.get(name, ())), "")

    def every(self, name: str) -> tuple[str, ...]:
        """Return all values of a field that may come several times."""
        return tuple(one.strip() for one in self.texts.get(name, ()))

    def flag(self, name: str) -> bool:
        """Say whether a box was ticked."""
        return self.text(name).lower() not in ("", "0", "false", "no", "off")


@dataclass(frozen=True, slots=True)
class Visit:
    """A request with its user; `token` is what his forms carry."""

    request: Request
    user: User
    token: str
    session: Session | None = None
    form: Form = field(default_factory=Form)

    @property
    def decides(self) -> bool:
        """Say whether he may decide."""
        return self.user.role == "decide"

    def asked(self, name: str) -> str:
        """Return a parameter of the address, "" without it."""
        return self.request.query_params.get(name, "").strip()[:200]

    def number(self, name: str, least: int = 1) -> int:
        """Return a parameter of the address as a number, `least` where it is none."""
        text = self.asked(name)
        known = text.isascii() and text.isdigit() and len(text) < 8
        return max(least, int(text)) if known else least

    def named(self, name: str) -> str:
        """Return a piece of the path."""
        return str(self.request.path_params.get(name, ""))


async def read_form(data: FormData) -> Form:
    """Return what a form brought; of several files the first that has a name."""
    texts: dict[str, list[str]] = {}
    file = None
    for name, value in data.multi_items():
        if isinstance(value, UploadFile):
            if value.filename and file is None:
                file = (value.filename, await value.read())
        else:
            texts.setdefault(name, []).append(value[:_LONGEST])
    return Form({name: tuple(some) for name, some in texts.items()}, file)
