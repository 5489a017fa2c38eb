"""What a person does with a mail: one transaction from his word to the new state.

Commands and page call it; what his word means is said by `daemon.people`. The mail is
decided from the reading that he was shown, and not read again.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from daemon import people
from daemon.casework import Read, case_of, decide_and_store
from daemon.decide import Policy
from daemon.people import RefusalError, Wish
from parsers.values.act import Act, Details
from parsers.values.decision import Decision
from parsers.values.reading import Reading
from parsers.values.unit import AddressOwner
from storage import acts, said
from storage.addresses import Taught, learn
from storage.archive import Archive
from storage.claims import locked
from storage.database import Connection, Database
from storage.decisions import decision_of
from storage.errors import DamagedArchiveError, NotArchivedError
from storage.jsontext import from_json
from storage.mails import MessageDetail, message_detail
from storage.store import give_turn_back, reopen


@dataclass(frozen=True, slots=True)
class Acting:
    """Where a person acts, when, and under which name."""

    database: Database
    archive: Archive
    policy: Policy
    now: datetime
    by: str


def accept(acting: Acting, message: int, wish: Wish) -> Decision:
    """Let a held mail go on as if its doubt did not exist; return what it became.

    Raises RefusalError where it is not held, or its doubt would hold it all the same.
    """
    with acting.database.write() as connection:
        read, before = held_mail(connection, acting.archive, message)
        case = case_of(connection, read, acting.now)
        act, _ = people.accept(case, acting.policy, before, wish)
        keep_act(connection, acting, act)
        return decide_anew(connection, acting, read)


def reject(acting: Acting, message: int, why: str, tell: bool) -> Decision:
    """Do not take a held mail; return what it became, with the answer if one is due.

    Raises RefusalError where it is not held.
    """
    with acting.database.write() as connection:
        read, before = held_mail(connection, acting.archive, message)
        keep_act(connection, acting, people.reject(before, why, tell))
        return decide_anew(connection, acting, read)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whose a mail, or one part of it, is; `remember` teaches the directory."""

    unit: str
    part: str = said.WHOLE
    remember: bool = False


def assign(acting: Acting, message: int, given: Assignment) -> None:
    """Say whose the mail is, and have it read and decided anew by whoever comes next.

    A mail in any state may be assigned.
    """
    with acting.database.write() as connection:
        line = _detail(connection, message).line
        taught: tuple[Taught, ...] = ()
        if given.remember and line.author:
            owner = AddressOwner(line.author, given.unit, "learned")
            taught = learn(connection, [owner], acting.now, acting.by)
        details = Details(
            part=given.part,
            former=said.assigned_to(connection, message, given.part),
            taught=taught[0].address if taught else None,
            taught_from=taught[0].before if taught else None,
            state=line.state,
            reason=line.reason,
        )
        act = Act("assign", message=message, unit=given.unit, details=details)
        keep_act(connection, acting, act)
        reopen(connection, [message], acting.now, acting.by)


def keep_act(connection: Connection, acting: Acting, act: Act) -> int:
    """Keep an act on a mail, which from then on meets what stands today."""
    if act.message is None:
        raise ValueError("an act on a mail names it")
    newest = acts.newest_version(connection)
    turn = give_turn_back(connection, act.message)
    told = replace(act, details=replace(act.details, newest=newest, turn=turn))
    return acts.keep(connection, told, acting.now, acting.by)


def decide_anew(connection: Connection, acting: Acting, read: Read) -> Decision:
    """Decide and store one mail; return the decision."""
    made = decide_and_store(connection, acting.policy, [read], acting.now, acting.by)
    return made[0]


def held_mail(
    connection: Connection, archive: Archive, message: int
) -> tuple[Read, Decision]:
    """Return a held mail as it was read, and the decision that holds it.

    Raises RefusalError where it is not held, or its reading cannot be had.
    """
    read = kept_mail(connection, archive, message)
    before = decision_of(connection, message)
    if before is None or before.state != "held":
        raise RefusalError("message_not_held", ident=message)
    if read is None:
        raise RefusalError("archive_unreadable", ident=message)
    return read, before


def kept_mail(connection: Connection, archive: Archive, message: int) -> Read | None:
    """Return a mail with its last reading, locked until the transaction ends; None
    where the archive does not hold it any more.
    """
    stood = locked(connection, [message])[message]
    found = _detail(connection, message)
    if found.reading_key is None:
        return None
    try:
        encoded = archive.get(connection, "reading", found.reading_key)
    except (NotArchivedError, DamagedArchiveError):
        return None
    reading = from_json(encoded.decode(), Reading)
    return Read(message, stood.fence, reading, found.reading_key)


def _detail(connection: Connection, message: int) -> MessageDetail:
    found = message_detail(connection, message)
    if found is None:
        raise RefusalError("message_unknown", ident=message)
    return found
