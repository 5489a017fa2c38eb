"""An IMAP server and an SMTP sink on free loopback ports, in a thread of their own."""

import asyncio
import threading
from argparse import Namespace
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage

USER = "bandanvanq3"
PASSWORD = "demo"


@dataclass(frozen=True, slots=True)
class Delivered:
    """A mail that lies in the demo's mailbox when it begins."""

    raw: bytes
    received: datetime
    folder: str = "INBOX"


# QUIRK: without slots. The library looks through every attribute of what it is given,
# and Debian 12's Python 3.11.2 raises for the __weakref__ of a slotted dataclass: the
# server then cuts each connection without a word. Seen in a fresh clone.
@dataclass
class Sink:
    """Takes every mail and writes it into a folder, numbered in order of arrival."""

    folder: Path
    taken: int = 0

    async def handle_DATA(  # noqa: N802 - the library's name for the hook
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the mail as it came; the answer is SMTP's."""
        self.taken += 1
        content = envelope.content
        raw = content.encode() if isinstance(content, str) else content or b""
        (self.folder / f"{self.taken:03d}.eml").write_bytes(raw)
        return "250 taken"


@dataclass(slots=True)
class Servers:
    """Both servers; `imap_port` and `smtp_port` are known once `start` returns."""

    sink: Sink
    imap_port: int = 0
    smtp_port: int = 0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _thread: threading.Thread | None = None
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    def start(self, mails: Sequence[Delivered]) -> None:
        """Open both ports with `mails` already delivered."""
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        opening = asyncio.run_coroutine_threadsafe(self._open(mails), self._loop)
        opening.result(timeout=30)

    def stop(self) -> None:
        """Close both ports and end the thread."""
        closing = asyncio.run_coroutine_threadsafe(self._close(), self._loop)
        closing.result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        if self._thread is not None:
            self._thread.join(timeout=10)

    async def _close(self) -> None:
        await self._stack.aclose()
        mine = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not mine]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _open(self, mails: Sequence[Delivered]) -> None:
        backend, config = await DictBackend.init(_arguments())
        config.apply_context()
        await _deliver(backend, mails)
        imap = IMAPServer(backend.login, config)

        async def serve(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            await imap(reader, writer, SocketInfo.get(writer, None))

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        await self._stack.enter_async_context(server)
        self.imap_port = server.sockets[0].getsockname()[1]
        smtp = await self._loop.create_server(
            lambda: SMTP(self.sink, hostname="demo.localhost"), "127.0.0.1", 0
        )
        await self._stack.enter_async_context(smtp)
        self.smtp_port = smtp.sockets[0].getsockname()[1]


async def _deliver(backend: DictBackend, mails: Sequence[Delivered]) -> None:
    identity = backend.login.demo_user_identity
    async with identity.new_session() as session:
        for mail in mails:
            mailbox = await session.mailbox_set.get_mailbox(mail.folder)
            message = AppendMessage(mail.raw, mail.received, frozenset())
            await mailbox.append(message, recent=True)


def _arguments() -> Namespace:
    return Namespace(
        demo_data=False,
        demo_user=USER,
        demo_password=PASSWORD,
        debug=False,
        host=["127.0.0.1"],
        port="0",
        cert=None,
        key=None,
        tls=False,
        proxy_protocol=None,
        inherited_sockets=None,
        passlib_cfg=None,
    )
