"""One mail: what became of it and why, what it holds, and what a person may do.

It changes nothing; `daemon.page.message_acts` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from daemon.page.gate import Desk
from daemon.page.visit import Visit
from daemon.page.writing import said
from daemon.readings import kept_reading
from parsers.values.decision import Decision, Reason
from parsers.values.reading import Reading
from parsers.values.table import Table
from parsers.values.unit import Unit
from storage import acts
from storage.acts import KeptAct
from storage.database import Connection
from storage.decisions import decision_of
from storage.events import Event, events_of_message
from storage.mails import MessageDetail, find_messages, message_detail, message_lines
from storage.outbox_lists import OutboxLine, items_of_message
from storage.submissions import StoredSubmission, submissions_of_message

#: More units than a list of choices can hold; then the code is typed.
_CHOICES = 300
#: Candidates that get a button of their own, and rows of a table that are shown.
_BUTTONS, ROWS = 5, 200
#: Found types that have pages to look at.
DRAWN = frozenset({"pdf", "bmp", "gif", "heic", "jpg", "png", "tif", "webp"})
_VERSIONS, _LINES = 20, 100
#: Doubts about whose a mail is: who accepts it says so.
_OF_UNIT: frozenset[Reason] = frozenset(
    {
        "sender_failed",
        "sender_unknown",
        "unit_mismatch",
        "unit_ambiguous",
        "unit_unknown",
    }
)


@dataclass(frozen=True, slots=True)
class File:
    """One attachment as it is listed; `key` is what its bytes are asked for by."""

    key: str
    path: tuple[str, ...]
    type: str
    bytes: int
    role: str
    encoding: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that stands on the page of one mail."""

    found: MessageDetail
    decision: Decision | None
    reading: Reading | None
    submissions: tuple[StoredSubmission, ...]
    items: tuple[OutboxLine, ...]
    events: tuple[Event, ...]
    acts: tuple[KeptAct, ...]

    @property
    def secret(self) -> bool:
        """Say whether its content may not be shown."""
        return self.found.line.reason == "secret" or bool(
            self.reading and self.reading.secret
        )

    @property
    def candidates(self) -> tuple[tuple[str, float, tuple[str, ...]], ...]:
        """Return code, score and evidence of those that get a button."""
        given = self.decision.candidates if self.decision else ()
        return tuple((c.code, c.score, c.evidence) for c in given[:_BUTTONS])

    @property
    def asks_unit(self) -> bool:
        """Say whether it is held because nobody is sure whose it is."""
        return self.found.line.reason in _OF_UNIT

    @property
    def tables(self) -> Sequence[Table]:
        """Return the tables as they were read, those with rows first of all."""
        return self.reading.tables if self.reading else ()

    @property
    def standing(self) -> tuple[KeptAct, ...]:
        """Return the acts that may be taken back, the newest first."""
        stands = [a for a in self.acts if a.undone is None and a.act.verb != "undo"]
        return tuple(reversed(stands))


def meant(connection: Connection, word: str) -> tuple[int, ...]:
    """Return the ids that a word of the address may mean."""
    return find_messages(connection, word)


def show(desk: Desk, visit: Visit) -> Response:
    """Return the page of a mail; 404 for none, 300 where the word means several."""
    with desk.parts.database.read() as connection:
        ids = meant(connection, visit.named("id"))
        if len(ids) > 1:
            lines = message_lines(connection, ids=ids)
            return desk.writer.page("choices.html.j2", visit, 300, lines=lines)
    if not ids:
        return desk.notice(404)
    return page_of(desk, visit, ids[0])


def page_of(desk: Desk, visit: Visit, message: int, fault: str = "") -> Response:
    """Return the page of that mail; with `fault`, why what was asked was not done."""
    shown = looked_up(desk, message)
    if shown is None:
        return desk.notice(404)
    return desk.writer.page(
        "message.html.j2",
        visit,
        409 if fault else 200,
        shown=shown,
        line=shown.found.line,
        files=files_of(desk, shown),
        drawn=DRAWN,
        units=_choices(desk),
        rows_shown=ROWS,
        fault=fault,
        said=said(visit.asked("said")) if not fault else "",
    )


def looked_up(desk: Desk, message: int) -> Shown | None:
    """Return what is known of a mail; None where there is none."""
    with desk.parts.database.read() as connection:
        found = message_detail(connection, message)
        if found is None:
            return None
        return Shown(
            found=found,
            decision=decision_of(connection, message),
            reading=kept_reading(connection, desk.parts.archive, found),
            submissions=submissions_of_message(connection, message)[-_VERSIONS:],
            items=items_of_message(connection, message)[-_LINES:],
            events=events_of_message(connection, message)[-_LINES:],
            acts=acts.of_messages(connection, [message]),
        )


def files_of(desk: Desk, shown: Shown) -> tuple[File, ...]:
    """Return the attachments of a mail; none of one whose content may not be shown."""
    if shown.reading is None or shown.secret:
        return ()
    ident = shown.found.line.id
    return tuple(
        File(
            desk.sessions.file_key(ident, place, one.sha256),
            one.path,
            one.type,
            one.bytes,
            one.role,
            one.encoding,
        )
        for place, one in enumerate(shown.reading.attachments)
    )


def _choices(desk: Desk) -> tuple[Unit, ...]:
    units = desk.parts.policy.units
    return tuple(units) if len(units) <= _CHOICES else ()
