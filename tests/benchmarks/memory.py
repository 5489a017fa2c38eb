"""Mark 11: what the daemon's process holds at most, and what its readers hold.

A waiting mailbox ten times as long must not need more, nor one whose mails all wait for
a reader that hangs; one large mail a few times its own size.
"""

import contextlib
import os
import random
import signal
import time
from email.mime.application import MIMEApplication
from pathlib import Path

from daemon.demo.samples import Letter, Sender, write
from tests.benchmarks import corpus, folders
from tests.benchmarks.marks import Mark, Scale
from tests.benchmarks.place import MIB, Place, Spent, WrongError, children
from tests.neighbours import dovecot

#: Bytes of the attachment of a mail that is 25 MB as it comes over the wire.
_LARGE = 25_000_000 * 3 // 4 * 76 // 78

#: Seconds after which a reader that hangs is given up.
_SILENCE = 30
#: Bytes of a mail that carries nothing but its table.
_SMALL = 64 * 1024
_MOST = "<= 300 MB"


def run(scale: Scale) -> list[Mark]:
    """Return the peaks of a pass over few, over many and over one large mail."""
    many = scale.pick(3000, 400, 10_000)
    mails = corpus.make(scale.folder / "corpus", min(many, 300))
    server = dovecot.start()
    try:
        folders.deliver(server, "few", corpus.variants(mails, many // 10), "m")
        folders.deliver(server, "many", corpus.variants(mails, many), "m")
        raw = _large_mail(mails)
        folders.deliver(server, "large", [(raw, corpus.FIRST)], "m")
        bodies = (m for m in mails.mails if m.kind == "body")
        small = tuple(m for m in bodies if len(mails.raw(m)) < _SMALL)
        light = corpus.Corpus(mails.folder, small)
        folders.deliver(server, "stuck", corpus.variants(light, many), "m")
        users = {"stuck": many, "few": many // 10, "many": many, "large": 1, "none": 0}
        found = {
            user: _polled(server, mails, scale.folder, user, count)
            for user, count in users.items()
        }
    finally:
        server.stop()
    return _marks(found, many, len(raw))


def _polled(
    server: dovecot.Dovecot, mails: corpus.Corpus, folder: Path, user: str, count: int
) -> Spent:
    stuck = user == "stuck"
    more = f"[limits]\nseconds = {_SILENCE}" if stuck else ""
    units = mails.units
    place = Place(folder / user, server.port, user, units, more=more).write()
    if not count:
        # The server makes the folder of a user without mail when it is asked.
        server.client(user).logout()
    spent = place.hopthu("poll", during=_hang if stuck else None)
    status = place.hopthu("status", "--json").out
    if f'"in_ledger": {count}' not in status and f'"in_ledger":{count}' not in status:
        raise WrongError(f"{user}: not all of {count} mails are in the ledger")
    return spent


def _hang(daemon: int) -> None:
    """Stop the first reader that the daemon starts: it answers nothing any more."""
    for _ in range(600):
        found = children(daemon)
        if found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(found[0], signal.SIGSTOP)
            return
        time.sleep(0.1)


def _large_mail(mails: corpus.Corpus) -> bytes:
    first = mails.mails[0]
    part = MIMEApplication(random.Random(1).randbytes(_LARGE), "octet-stream")
    part.add_header("Content-Disposition", "attachment", filename="phim.bin")
    sender = Sender("Văn thư", f"vanthu.{first.unit.lower()}@quan3.example")
    letter = Letter("Phim tư liệu", "Kính gửi Ban Dân vận đoạn phim.")
    return write(sender, letter, corpus.FIRST, [part])


def _marks(found: dict[str, Spent], many: int, large: int) -> list[Mark]:
    few_peak, many_peak = found["few"].peak, found["many"].peak
    more = (found["large"].peak - found["none"].peak) / large
    readers = max(found["few"].peak_reader, found["many"].peak_reader)
    return [
        _mib(f"daemon, {many} mails waiting", many_peak, _MOST),
        Mark(
            "11",
            f"  the same / daemon, {many // 10} mails waiting",
            "flat",
            f"{many_peak / few_peak:.2f}",
        ),
        _mib("  a reader", readers),
        _mib(
            "  daemon, small mails and a reader that hangs", found["stuck"].peak, _MOST
        ),
        _mib("  daemon, nothing waiting", found["none"].peak),
        _mib(f"daemon, one mail of {large / 1e6:.0f} MB", found["large"].peak),
        Mark("11", "  beyond nothing waiting, times the mail", "<= 4", f"{more:.1f}"),
        Mark(
            "11",
            "  a reader, times the mail",
            "",
            f"{found['large'].peak_reader / large:.1f}",
        ),
    ]


def _mib(what: str, size: int, asked: str = "") -> Mark:
    return Mark("11", what, asked, f"{size / MIB:.0f} MiB")
