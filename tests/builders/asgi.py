"""One request to an ASGI application, without a socket and without a client library."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Scope

HERE = ("127.0.0.1", 50000)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names in lower case, the body decoded as UTF-8."""

    code: int
    headers: dict[str, str]
    text: str


def ask(
    app: ASGIApp,
    path: str = "/",
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    client: tuple[str, int] | None = HERE,
    body: bytes = b"",
) -> Answer:
    """Return the answer; `Host` is localhost unless named."""
    named = {"host": "localhost:8025", **(headers or {})}
    if body:
        named = {"content-length": str(len(body)), **named}
    bare, _, query = path.partition("?")
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": bare,
        "raw_path": bare.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(n.encode(), v.encode("latin-1")) for n, v in named.items()],
        "client": client,
        "server": ("127.0.0.1", 8025),
    }
    return asyncio.run(_driven(app, scope, body))


async def _driven(app: ASGIApp, scope: Scope, body: bytes) -> Answer:
    sent: list[Message] = []

    given = False

    async def receive() -> Message:
        nonlocal given
        if given:
            # Whoever asks once more waits for the client to go, which it does not.
            await asyncio.Event().wait()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    try:
        await app(scope, receive, send)
    # Starlette answers 500 and raises again, for the server's log: the answer counts.
    except RuntimeError:
        if not sent:
            raise
    start = sent[0]
    said = b"".join(m.get("body", b"") for m in sent[1:])
    headers: dict[str, str] = {}
    for name, value in start["headers"]:
        key, text = name.decode().lower(), value.decode("latin-1")
        # Cookies come a line each.
        headers[key] = f"{headers[key]}\n{text}" if key in headers else text
    return Answer(start["status"], headers, said.decode("utf-8", "replace"))
