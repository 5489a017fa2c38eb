"""A mail server in a process of its own that takes everything.

    python -m tests.benchmarks.sink

Its first line is the port. Then a line for each mail: when it was there, by the
machine's monotonic clock, and which mail it answers.
"""

import asyncio
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.benchmarks.place import ROOT, WrongError

_ANSWERED = re.compile(rb"^In-Reply-To:\s*(<[^>]*>)", re.MULTILINE | re.IGNORECASE)


class _Taker:
    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        found = _ANSWERED.search(envelope.original_content or b"")
        answered = found[1].decode() if found else "-"
        print(f"{time.monotonic():.4f}\t{answered}", flush=True)
        return "250 taken"


@dataclass(slots=True)
class Sink:
    """The other end: what the server said so far."""

    port: int
    #: Message-ID answered -> when the answer was there.
    answers: dict[str, float] = field(default_factory=dict)
    taken: int = 0
    _news: threading.Condition = field(default_factory=threading.Condition)

    def listen(self, lines: Iterator[str]) -> None:
        for line in lines:
            when, answered = line.rstrip("\n").split("\t")
            with self._news:
                self.answers.setdefault(answered, float(when))
                self.taken += 1
                self._news.notify_all()

    def wait_for(self, message_id: str, seconds: float) -> float:
        """Return when the answer to a mail was there, by the monotonic clock."""
        with self._news:
            if not self._news.wait_for(lambda: message_id in self.answers, seconds):
                raise WrongError(f"no answer to {message_id} in {seconds:.0f} s")
            return self.answers[message_id]

    def wait_until(self, taken: int, seconds: float) -> None:
        """Wait until so many mails were taken in all."""
        with self._news:
            if not self._news.wait_for(lambda: self.taken >= taken, seconds):
                raise WrongError(f"{self.taken} mails came of {taken}")


@contextmanager
def listening() -> Iterator[Sink]:
    """Yield a sink that listens until the block ends."""
    command = [sys.executable, "-m", "tests.benchmarks.sink"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        sink = Sink(int(process.stdout.readline()))
        thread = threading.Thread(target=sink.listen, args=(process.stdout,))
        thread.start()
        try:
            yield sink
        finally:
            process.terminate()
            thread.join()


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(_Taker()), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
