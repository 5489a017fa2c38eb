"""Items in an outbox, and whose turn it is."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from parsers.values.outbox import ComposedMail, NewItem
from storage.budget import Budget
from storage.outbox import enqueue, freeze
from storage.outbox_lists import find_item
from storage.sending import Claimed, Turn, claim_next
from tests.builders.decisions import NOW, an_item

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ROOMY = Budget(1000, 1000, 1000, 1000)


def queue(connection: Connection, *items: NewItem, bytes_too: bool = True) -> list[int]:
    """Enqueue the items at NOW and give them bytes; return their ids."""
    ids = list(enqueue(connection, [(None, item) for item in items], NOW, "hopthu"))
    if bytes_too:
        mails = [
            (i, ComposedMail(f"<{i}@quan3>", f"Thư {i}", b"mail %d" % i)) for i in ids
        ]
        freeze(connection, mails)
    return ids


def turn(connection: Connection, now: datetime = NOW, budget: Budget = ROOMY) -> Turn:
    """Claim the next item for ten minutes."""
    return claim_next(connection, "h", now, now + 10 * MINUTE, budget)


def take(connection: Connection, now: datetime = NOW) -> Claimed:
    """Claim the next item, which must be there."""
    claimed = turn(connection, now).item
    assert claimed is not None
    return claimed


def state(connection: Connection, item: int) -> tuple[str, str | None]:
    """Return state and reason of an item."""
    line = find_item(connection, item)
    assert line is not None
    return line.state, line.reason


def versions(number: int) -> list[NewItem]:
    """Return decisions that report a new version, to as many addresses."""
    return [
        an_item(f"v{n}", f"u{n}@x.vn", purpose="decision", reports_version=True)
        for n in range(number)
    ]
