"""A real SMTP server on loopback that keeps every byte and answers by a script.

Verbs: CONNECT, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, BODY (the mail's first bytes are
read, its dot is not) and `.` (the mail is there whole). What the script does not say is
answered as a server that is well would.
"""

import asyncio
import contextlib
import ssl
import subprocess
import threading
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiosmtpd
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests import neighbours


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection is cut without a word."""


@dataclass(frozen=True, slots=True)
class Hold:
    """No answer before the event is set, then the connection is cut."""

    until: threading.Event


Reply = str | bytes | Drop | Hold
DROP = Drop()


@dataclass(frozen=True, slots=True)
class Caught:
    """A mail whose final dot came; `taken` says whether it was answered with 250."""

    sender: str
    to: tuple[str, ...]
    raw: bytes
    connection: int
    taken: bool


@dataclass
class Sink:
    """The server's memory and its script."""

    port: int = 0
    certificate: Path | None = None
    #: Verb -> answers that are used up, one a time; then `always`, then a good one.
    script: dict[str, list[Reply]] = field(default_factory=lambda: defaultdict(list))
    always: dict[str, Reply] = field(default_factory=dict)
    #: Argument of RCPT (the address) -> its answer.
    recipients: dict[str, str] = field(default_factory=dict)
    #: Called in the server's thread with verb and argument, before the answer.
    watch: Callable[[str, str], None] | None = None
    #: Called after the answer to a whole mail is on its way.
    answered: Callable[[], None] | None = None
    caught: list[Caught] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    connections: int = 0
    transports: list[asyncio.Transport] = field(default_factory=list)
    #: What went wrong in `watch` or `answered`; the fixture raises it.
    failures: list[BaseException] = field(default_factory=list)

    @property
    def taken(self) -> list[Caught]:
        return [mail for mail in self.caught if mail.taken]

    def next(self, verb: str, argument: str = "") -> Reply | None:
        """Return the scripted answer to a verb, or None for the usual one."""
        self.commands.append(f"{verb} {argument}".strip())
        if self.watch is not None:
            self.call(lambda: self.watch and self.watch(verb, argument))
        if verb == "RCPT":
            for address, reply in self.recipients.items():
                if f"<{address}>" in argument:
                    return reply
        if self.script[verb]:
            return self.script[verb].pop(0)
        return self.always.get(verb)

    def call(self, what: Callable[[], object]) -> None:
        try:
            what()
        except BaseException as error:
            self.failures.append(error)


class _Server(SMTP):
    def __init__(self, sink: Sink, **options: Any) -> None:
        super().__init__(_Keeper(sink), **options)
        self._sink = sink
        self.number = 0

    async def _scripted(self, verb: str, argument: str = "") -> bool:
        """Answer as the script says; return whether it said anything."""
        reply = self._sink.next(verb, argument)
        if reply is None:
            return False
        await self.give(reply)
        return True

    async def give(self, reply: Reply) -> None:
        if isinstance(reply, Hold):
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(None, reply.until.wait)
        if isinstance(reply, Drop | Hold):
            self.wire().abort()
            return
        said = reply.encode() if isinstance(reply, str) else reply
        await self.push(said)
        if said.startswith(b"421"):
            self.wire().close()

    def wire(self) -> asyncio.Transport:
        assert isinstance(self.transport, asyncio.Transport)
        return self.transport

    async def _handle_client(self) -> None:
        if not self.number:
            self._sink.connections += 1
            self.number = self._sink.connections
            self._sink.transports.append(self.wire())
            if await self._scripted("CONNECT"):
                self.wire().close()
                return
        await super()._handle_client()

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802
        if not await self._scripted("EHLO", hostname):
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802
        if not await self._scripted("STARTTLS"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802
        if not await self._scripted("AUTH", arg.split()[0]):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        if not await self._scripted("MAIL", arg or ""):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        if not await self._scripted("RCPT", arg or ""):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if await self._scripted("DATA"):
            return
        cut = self._sink.next("BODY")
        if cut is not None:
            await self.push("354 go ahead")
            await self._reader.read(1000)
            await self.give(cut)
            return
        await super().smtp_DATA(arg)
        if self._sink.answered is not None:
            self._sink.call(self._sink.answered)


class _Keeper:
    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    async def handle_DATA(  # noqa: N802
        self, server: _Server, session: Session, envelope: Envelope
    ) -> str:
        reply = self._sink.next(".")
        mail = Caught(
            sender=envelope.mail_from or "",
            to=tuple(envelope.rcpt_tos),
            raw=envelope.original_content or b"",
            connection=server.number,
            taken=reply is None or (isinstance(reply, str) and reply[:3] == "250"),
        )
        self._sink.caught.append(mail)
        if isinstance(reply, str):
            return reply
        if reply is not None:
            await server.give(reply)
        return f"250 taken as number {len(self._sink.caught)}"


@contextlib.contextmanager
def listening(
    sink: Sink, folder: Path, password: str = "", tls: bool = False
) -> Iterator[Sink]:
    """Yield the sink while it listens; STARTTLS is offered with its own certificate.

    With a `password`, everybody who knows it may log in and nobody else may send. With
    `tls` it speaks TLS from the first byte.
    """
    sink.certificate = self_signed(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sink.certificate, folder / "sink-key.pem")

    def authenticator(*given: Any) -> AuthResult:
        data = given[-1]
        pair = data.login.decode(), data.password.decode()
        sink.logins.append(pair)
        return AuthResult(success=pair[1] == password, handled=False)

    options: dict[str, Any] = {} if tls else {"tls_context": context}
    if password:
        options |= {
            "authenticator": authenticator,
            "auth_required": True,
            "auth_require_tls": False,
        }
    with _loop() as loop:
        server = loop.call(_open(sink, options, context if tls else None))
        sink.port = server.sockets[0].getsockname()[1]
        neighbours.used(f"SMTP sink (aiosmtpd {aiosmtpd.__version__})")
        yield sink
        loop.call(_close(server, sink))
    if sink.failures:
        raise sink.failures[0]


class _Loop:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def call(self, what: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(what, self.loop).result(30)


@contextlib.contextmanager
def _loop() -> Iterator[_Loop]:
    made = _Loop()
    try:
        yield made
    finally:
        made.loop.call_soon_threadsafe(made.loop.stop)
        made.thread.join(30)
        made.loop.close()


async def _open(
    sink: Sink, options: dict[str, Any], tls: ssl.SSLContext | None
) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    return await loop.create_server(
        lambda: _Server(sink, loop=loop, **options), "127.0.0.1", 0, ssl=tls
    )


async def _close(server: asyncio.Server, sink: Sink) -> None:
    server.close()
    for transport in sink.transports:
        transport.abort()
    # One turn of the loop, in which the cut connections end their tasks.
    await asyncio.sleep(0)


def self_signed(folder: Path) -> Path:
    """Return the PEM file of a fresh certificate for 127.0.0.1; its key beside it."""
    certificate = folder / "sink-cert.pem"
    if not certificate.exists():
        subprocess.run(
            [
                *[
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                ],
                *("-nodes", "-days", "3650"),
                *("-subj", "/CN=localhost"),
                *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
                *("-keyout", str(folder / "sink-key.pem"), "-out", str(certificate)),
            ],
            check=True,
            capture_output=True,
            timeout=60,
        )
    return certificate
