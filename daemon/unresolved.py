"""Mail of which nobody knows whether it left: looked up, then sent once more.

It sends nothing itself: what is to go again waits in the outbox like any other.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from daemon import journal
from daemon.answer_folder import is_laid_down
from storage import outcomes
from storage.database import Database
from storage.outcomes import UNKNOWN_WAIT, UnknownItem

#: Returns which of these Message-IDs stand in the Sent folder; None where nobody can
#: say. All are asked at once: providers count logins.
LookUp = Callable[[Collection[str]], frozenset[str] | None]

#: Between two looks for one mail. One that was unknown twice waits for a person.
_SOON, _SELDOM = timedelta(minutes=1), timedelta(hours=1)


@dataclass(slots=True)
class Unresolved:
    """Keeps in mind what it looked for, so that no pass asks the same again."""

    database: Database
    #: None where there is no Sent folder to look into.
    look_up: LookUp | None
    folders: Mapping[str, Path]
    _looked: dict[int, datetime] = field(default_factory=dict)

    def resolve(self, now: datetime) -> None:
        """Find what was lost; mark what is found to have left; let the rest go again.

        Nothing goes again on a guess: where the Sent folder cannot be asked, it waits.
        """
        items = self._open_items(now)
        asked = [item for item in items if self._may_ask(item, now)]
        if not items:
            return
        found = self._find(asked)
        self._looked |= dict.fromkeys((item.id for item in asked), now)
        if found is None:
            return
        overdue = {i.id for i in items if _is_overdue(i, now)}
        with self.database.write() as connection:
            for item in asked:
                if item.message_id in found:
                    outcomes.found_sent(connection, item.id, now, "found in Sent")
            if overdue <= {item.id for item in asked}:
                outcomes.send_again(connection, now)

    def _open_items(self, now: datetime) -> tuple[UnknownItem, ...]:
        with self.database.write() as connection:
            lost = outcomes.find_lost(connection, now)
            items = outcomes.unknown_items(connection)
        for ident in lost:
            journal.mail_unknown(ident)
        self._looked = {i.id: self._looked[i.id] for i in items if i.id in self._looked}
        return items

    def _may_ask(self, item: UnknownItem, now: datetime) -> bool:
        last = self._looked.get(item.id)
        pause = _SOON if item.unknowns < 2 else _SELDOM
        return last is None or now - last >= pause

    def _find(self, asked: Collection[UnknownItem]) -> frozenset[str] | None:
        names = {item.message_id for item in asked}
        folders = tuple(self.folders.values())
        laid = frozenset(name for name in names if is_laid_down(folders, name))
        rest = names - laid
        if not rest or self.look_up is None:
            return laid
        sent = self.look_up(rest)
        return None if sent is None else laid | sent


def _is_overdue(item: UnknownItem, now: datetime) -> bool:
    return item.unknowns < 2 and item.unknown_since <= now - UNKNOWN_WAIT
