"""What a person takes back: one act, by another one, in one transaction.

Nothing is edited: versions that the act made are withdrawn, a mail is held again for
its former reason, and mails that were decided on what is withdrawn are decided anew. An
act that a later act of a person is built on is not taken back before that one.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from daemon.casework import Read, case_of, decide_and_store
from daemon.decide import held_again
from daemon.judging import Acting, decide_anew, kept_mail
from daemon.people import RefusalError
from parsers.values.act import Act
from storage import acts, built_on
from storage.acts import KeptAct
from storage.addresses import Taught, forget
from storage.database import Connection
from storage.release import call_off_answers
from storage.store import (
    decided,
    give_turn_back,
    reopen,
    store_decisions,
    take_turn,
)
from storage.versions import withdraw


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, and the messages that were decided anew for it."""

    act: KeptAct
    messages: tuple[int, ...] = ()


def undo(acting: Acting, event: int, why: str) -> Undone:
    """Take back the act of that event of the history; return what became of it.

    Raises RefusalError, and changes nothing then, where the event is no act, was taken
    back already, or a later act is built on it.
    """
    with acting.database.write() as connection:
        kept = _meant(connection, event)
        made = built_on.made_by(connection, kept)
        later = built_on.first_later(connection, kept, made)
        if later is not None:
            raise RefusalError("undo_later", event=kept.event, later=later)
        act = kept.act
        told = Act(
            "undo",
            why,
            message=act.message,
            campaign=act.campaign,
            unit=act.unit,
            phase=act.phase,
            undoes=kept.event,
        )
        # Asked before the mail loses its turn: who was decided after it may change.
        others = built_on.decided_after(connection, kept, made)
        acts.keep(connection, told, acting.now, acting.by)
        withdraw(connection, [one.id for one in made], acting.now, acting.by)
        if act.message is not None:
            _mail_back(connection, acting, kept)
        return Undone(kept, _anew(connection, acting, others, act.message))


def _meant(connection: Connection, event: int) -> KeptAct:
    """Return the act of the event, or the one whose transaction wrote the event."""
    kept = acts.find(connection, event) or acts.around(connection, event)
    if kept is None or kept.act.verb == "undo":
        known = acts.standing(connection)
        shown = "; ".join(f"{k.event} {k.act.verb}" for k in known)
        raise RefusalError("undo_unknown", event=event, candidates=shown)
    if kept.undone is not None:
        raise RefusalError("undo_done", event=kept.event)
    return kept


def _mail_back(connection: Connection, acting: Acting, kept: KeptAct) -> None:
    """Put a mail back to where it was before the act, and what it taught with it."""
    message, said = kept.act.message, kept.act.details
    if message is None:
        return
    call_off_answers(connection, kept, acting.now, acting.by)
    if said.taught is not None and kept.act.unit is not None:
        taught = Taught(said.taught, said.taught_from)
        forget(connection, taught, kept.act.unit, acting.now, acting.by)
    give_turn_back(connection, message)
    read = kept_mail(connection, acting.archive, message)
    if read is None:
        reopen(connection, [message], acting.now, acting.by)
    elif _spoken_since(connection, kept) or said.state != "held":
        decide_anew(connection, acting, read)
    else:
        _hold(connection, acting, kept, read)


def _spoken_since(connection: Connection, kept: KeptAct) -> bool:
    """Return whether a person said something later of the mail that still stands."""
    message = kept.act.message
    found = acts.of_messages(connection, [message] if message is not None else [])
    return any(
        one.event > kept.event and one.undone is None and one.act.verb != "undo"
        for one in found
    )


def _hold(connection: Connection, acting: Acting, kept: KeptAct, read: Read) -> None:
    reason = kept.act.details.reason
    if reason is None:
        raise ValueError("a held mail has its reason")
    case = case_of(connection, read, acting.now)
    decision = replace(held_again(case, acting.policy, reason), items=())
    stored = decided(decision, read.fence, read.reading, read.reading_key)
    store_decisions(connection, [stored], acting.now, acting.by)
    if kept.act.message is not None:
        take_turn(connection, kept.act.message, kept.act.details.turn)


def _anew(
    connection: Connection,
    acting: Acting,
    others: Collection[int],
    first: int | None,
) -> tuple[int, ...]:
    """Decide the mails anew that met what is withdrawn; return them and the first."""
    found = (kept_mail(connection, acting.archive, ident) for ident in others)
    read = [one for one in found if one is not None]
    decide_and_store(connection, acting.policy, read, acting.now, acting.by)
    return (*([first] if first is not None else []), *(one.id for one in read))
