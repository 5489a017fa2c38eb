"""Mark 10: from a mail in the mailbox to its answer at the mail server.

The daemon runs as it is installed, told by IDLE; mails come one at a time.
"""

import os
import random
import signal
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks import corpus
from tests.benchmarks.marks import Mark, Scale
from tests.benchmarks.place import ROOT, Place, WrongError
from tests.benchmarks.sink import Sink, listening
from tests.neighbours import dovecot

#: Mails that are not counted: the readers start with them.
_WARM = 3
#: Seconds after which an answer is held to be lost.
_PATIENCE = 60.0


def run(scale: Scale) -> list[Mark]:
    """Return half and ninety-nine of a hundred of the waiting times."""
    count = scale.pick(40, 8, 100)
    mails = corpus.make(scale.folder / "corpus", count + _WARM)
    server = dovecot.start()
    try:
        with listening() as sink:
            place = Place(
                scale.folder / "office",
                server.port,
                "bench",
                mails.units,
                smtp_port=sink.port,
                first_pass="send",
            ).write()
            with _running(place):
                waits = [_wait(server, sink, mails, mail) for mail in mails.mails]
    finally:
        server.stop()
    return _marks(waits[_WARM:])


@contextmanager
def _running(place: Place) -> Iterator[None]:
    log = place.folder / "log"
    with (
        log.open("w") as said,
        subprocess.Popen(
            place.command("run"),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
            stderr=said,
        ) as process,
    ):
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(_PATIENCE)
    if code or "Traceback" in log.read_text("utf-8"):
        raise WrongError(f"hopthu run ended with {code}\n{log.read_text('utf-8')}")


def _wait(
    server: dovecot.Dovecot, sink: Sink, mails: corpus.Corpus, mail: corpus.Known
) -> float:
    """Append a mail; return the seconds until its answer was there."""
    raw = mails.raw(mail)
    # Not in step with anything that the daemon or the server does by the clock.
    time.sleep(random.uniform(0.1, 1.1))
    with server.client("bench") as client:
        stamp = f'"{mail.instant:%d-%b-%Y %H:%M:%S %z}"'
        start = time.monotonic()
        answer, text = client.append("INBOX", "", stamp, raw)
        if answer != "OK":
            raise WrongError(str(text))
    return sink.wait_for(mail.message_id, _PATIENCE) - start


def _marks(waits: list[float]) -> list[Mark]:
    half = statistics.median(waits)
    # Of fewer than a hundred, the longest of all.
    ordered = sorted(waits)
    most = ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))]
    spread = f"{ordered[0]:.2f}-{ordered[-1]:.2f}"
    what = f"APPEND -> its answer at the server, {len(waits)} mails"
    return [
        Mark("10", f"{what}: half within", "1 s", f"{half:.2f} s", spread),
        Mark("10", "  99 of 100 within", "2 s", f"{most:.2f} s"),
    ]
