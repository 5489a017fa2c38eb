"""Works that staff chose, for documents of chosen works: chosen, and chosen no more.

It decides nothing about a work; each change is a line of the unit's history.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from storage.events import NewEvent, write_events
from storage.mark_tables import marked_works


def chosen(connection: Connection) -> dict[tuple[str, str], frozenset[str]]:
    """Return the titles of the chosen works by (campaign, unit)."""
    m = marked_works.c
    found: dict[tuple[str, str], set[str]] = {}
    for row in connection.execute(select(m.campaign, m.unit, m.title)):
        found.setdefault((row.campaign, row.unit), set()).add(row.title)
    return {key: frozenset(titles) for key, titles in found.items()}


def choose(
    connection: Connection,
    of: tuple[str, str],
    titles: Collection[str],
    now: datetime,
    by: str,
) -> None:
    """Choose works of a (campaign, unit); what was chosen already stays so."""
    new = sorted(set(titles) - chosen(connection).get(of, frozenset()))
    if not new:
        return
    row = {"campaign": of[0], "unit": of[1], "at": now, "by": by}
    connection.execute(insert(marked_works), [row | _named(t) for t in new])
    told = [NewEvent("mark", None, of[0], title, unit=of[1]) for title in new]
    write_events(connection, told, now, by)


def forget(
    connection: Connection,
    of: tuple[str, str],
    titles: Collection[str],
    now: datetime,
    by: str,
) -> None:
    """Choose works no more; what was not chosen stays so."""
    m = marked_works.c
    gone = sorted(set(titles) & chosen(connection).get(of, frozenset()))
    for title in gone:
        which = (m.campaign == of[0]) & (m.unit == of[1])
        which &= m.title_digest == _named(title)["title_digest"]
        connection.execute(delete(marked_works).where(which))
    told = [NewEvent("unmark", of[0], None, title, unit=of[1]) for title in gone]
    write_events(connection, told, now, by)


def _named(title: str) -> dict[str, str]:
    digest = hashlib.sha256(title.encode(errors="surrogatepass")).hexdigest()
    return {"title": title, "title_digest": digest}
