"""One batch through archive and ledger, in a process that may be killed on the way.

Run as a module: database URL, archive folder, and the step after which it kills itself
(`none`: it lives).
"""

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from storage.archive import Archive, Item
from storage.database import open_database
from storage.inbox import Holder, record
from tests.builders.arrival import NOW, a_new_mail, a_raw_mail

MAILS = range(1, 4)
STEPS = ("written", "indexed", "recorded", "committed")


def keep(url: str, folder: Path, last: str) -> None:
    """Do what a fetcher does with a batch."""

    def after(step: str) -> None:
        if step == last:
            os.kill(os.getpid(), signal.SIGKILL)

    database, archive = open_database(url), Archive(folder)
    stored = archive.write([Item("raw", a_raw_mail(n)) for n in MAILS])
    after("written")
    with database.write() as connection:
        archive.index(connection, stored)
        after("indexed")
        holder = Holder(str(os.getpid()), NOW + timedelta(minutes=1))
        record(connection, [a_new_mail(n) for n in MAILS], NOW, holder)
        after("recorded")
    after("committed")


if __name__ == "__main__":
    keep(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
