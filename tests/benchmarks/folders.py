"""Mails put into the fixture's Maildir, as a delivery program does."""

import shutil
from collections.abc import Iterable
from datetime import datetime

from tests.benchmarks.corpus import Corpus
from tests.neighbours.dovecot import Dovecot

Delivery = tuple[bytes, datetime]


def deliver(server: Dovecot, user: str, mails: Iterable[Delivery], mark: str) -> int:
    """Put mails into a user's INBOX and return how many; `mark` keeps names apart."""
    count = 0
    for raw, received in mails:
        name = f"{int(received.timestamp())}.{mark}{count:06}.bench"
        server.drop(user, name, raw, received)
        count += 1
    server.own(user)
    return count


def of(corpus: Corpus, first: int = 0, count: int | None = None) -> Iterable[Delivery]:
    """Return mails of the corpus with their bytes."""
    end = None if count is None else first + count
    return ((corpus.raw(m), m.instant) for m in corpus.mails[first:end])


def make_unseen(server: Dovecot, user: str) -> None:
    """Take \\Seen from every mail of a user."""
    with server.client(user) as client:
        client.select("INBOX")
        client.store("1:*", "-FLAGS.SILENT", "(\\Seen)")


def empty(server: Dovecot, user: str) -> None:
    """Remove a user with all mail."""
    shutil.rmtree(server.folder / "mail" / user, ignore_errors=True)
