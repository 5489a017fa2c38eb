"""An IMAP server that answers what a test tells it to, one line at a time.

It teaches no dialect: what a real server does is proved against Dovecot.
"""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

#: Gets the command without its tag; returns the untagged answers, each with its line
#: end, and the words that end it. None says nothing at all.
Script = Callable[[str], tuple[bytes, str] | None]

GREETING = b"* OK [CAPABILITY IMAP4rev1] ready\r\n"


@dataclass
class ScriptedServer:
    """A server on loopback; `commands` is what its clients said, without tags."""

    script: Script
    cut_after: int | None = None
    port: int = 0
    commands: list[str] = field(default_factory=list)
    connections: int = 0
    _listener: socket.socket | None = None

    def serve(self) -> None:
        """Answer one client after the other until the listener is closed."""
        assert self._listener is not None
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        # Only the first connection is cut: the second finds the server well.
        left = self.cut_after if self.connections == 1 else None
        with suppress(ConnectionError), client, client.makefile("rb") as lines:
            for answer in self._answers(lines):
                part = answer if left is None else answer[:left]
                client.sendall(part)
                if left is not None:
                    left -= len(part)
                    if not left:
                        return

    def _answers(self, lines: Iterator[bytes]) -> Iterator[bytes]:
        yield GREETING
        idle_tag = ""
        for line in lines:
            tag, _, command = line.decode("latin-1").strip().partition(" ")
            self.commands.append(command or tag)
            if tag == "DONE":
                yield f"{idle_tag} OK .\r\n".encode()
                continue
            if command == "LOGOUT":
                yield b"* BYE\r\n" + f"{tag} OK .\r\n".encode()
                return
            answer = self.script(command) or _ordinary(command)
            if command == "IDLE":
                # The tag is answered when the client says that it has waited enough.
                idle_tag = tag
                yield answer[0]
                continue
            # imaplib takes no status without words after it for one.
            yield answer[0] + f"{tag} {answer[1]} .\r\n".encode()


def _ordinary(command: str) -> tuple[bytes, str]:
    if command == "CAPABILITY":
        return b"* CAPABILITY IMAP4rev1\r\n", "OK"
    if command.startswith(("EXAMINE", "SELECT")):
        return b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n", "OK"
    if command.startswith("UID SEARCH"):
        return b"* SEARCH 1 2 3\r\n", "OK"
    return b"", "OK"


@contextmanager
def scripted(script: Script, cut_after: int | None = None) -> Iterator[ScriptedServer]:
    """Run a server that answers by `script`; cut the first connection after so many
    bytes of its answers.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = ScriptedServer(script, cut_after, listener.getsockname()[1])
        server._listener = listener
        thread = threading.Thread(target=server.serve, daemon=True)
        thread.start()
        yield server
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def asked_uids(command: str) -> list[int]:
    """Return the UIDs that a UID FETCH names."""
    found = re.match(r"UID FETCH ([\d:,]+) ", command)
    uids: list[int] = []
    for part in found[1].split(",") if found else []:
        first, _, last = part.partition(":")
        uids.extend(range(int(first), int(last or first) + 1))
    return uids


def fetch_row(uid: int, raw: bytes, size: int | None = None, body: str = "") -> bytes:
    """Return one FETCH answer; `body` is BODY[] unless named, "-" leaves it out."""
    told = len(raw) if size is None else size
    head = f'* {uid} FETCH (UID {uid} RFC822.SIZE {told} INTERNALDATE "08-Jun-2021 '
    head += '09:00:00 +0700"'
    if body == "-":
        return f"{head})\r\n".encode()
    return f"{head} {body or 'BODY[]'} {{{len(raw)}}}\r\n".encode() + raw + b")\r\n"


def serve_mails(mails: dict[int, bytes]) -> Script:
    """Return the script of a server that holds `mails` and behaves."""

    def answer(command: str) -> tuple[bytes, str] | None:
        if not command.startswith("UID FETCH"):
            return None
        leave = "-" if "BODY" not in command else ""
        rows = [
            fetch_row(u, mails[u], body=leave)
            for u in asked_uids(command)
            if u in mails
        ]
        return b"".join(rows), "OK"

    return answer
