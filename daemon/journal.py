"""The business log: one function an event, one JSON line a call, on standard error.

It never holds the contents of a mail, a whole address or a secret.
"""

import json
import logging
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

_log = logging.getLogger("hopthu")


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, "fields", {})
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        line = {"at": at, "level": record.levelname.lower()}
        line["event"] = record.getMessage()
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps({**line, **fields}, ensure_ascii=False)


def start(level: int) -> None:
    """Send events at or above `level` to standard error, and nobody else's."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    _log.handlers[:] = [handler]
    _log.propagate = False
    _log.setLevel(level)


def _event(name: str, level: int = logging.INFO, **fields: object) -> None:
    _log.log(level, name, extra={"fields": fields})


def fetched(mailbox: str, folder: str | None, mails: int, known: int) -> None:
    """So many mails were archived and entered; `known` were there already."""
    _event("fetched", mailbox=mailbox, folder=folder, mails=mails, known=known)


def counted_only(mailbox: str, folder: str, mails: int) -> None:
    """So many mails are older than `since`: counted, not fetched."""
    _event("counted_only", mailbox=mailbox, folder=folder, mails=mails)


def not_yet(mailbox: str, folder: str, uids: int) -> None:
    """The server answered short or not at all for so many mails; they stay due."""
    _event("not_yet", logging.WARNING, mailbox=mailbox, folder=folder, mails=uids)


def uidvalidity_changed(mailbox: str, folder: str, old: int, new: int) -> None:
    """The server renumbered a folder; it is listed anew."""
    _event(
        "uidvalidity_changed",
        logging.WARNING,
        mailbox=mailbox,
        folder=folder,
        old=old,
        new=new,
    )


def decided(message: int, state: str, reason: str | None, units: list[str]) -> None:
    """One mail got its state."""
    _event("decided", message=message, state=state, reason=reason, units=units)


def attempt_failed(message: int, attempts: int, how: str) -> None:
    """A mail's own reader died, overran or raised."""
    _event(
        "attempt_failed", logging.WARNING, message=message, attempts=attempts, how=how
    )


def reader_unavailable(detail: str) -> None:
    """No reader child could be started; nothing is held against the mails."""
    _event("reader_unavailable", logging.ERROR, detail=detail)


def conversion_failed(kind: str, code: str) -> None:
    """An office program did not convert one file; it is tried once more."""
    _event("conversion_failed", type=kind, code=code)


def office_program_broken() -> None:
    """The office program converts nothing at all; its mails are held."""
    _event("office_program_broken", logging.ERROR)


def page_unseen(kind: str, page: int, why: str) -> None:
    """A page that is a picture could not be looked at; the others are."""
    _event("page_unseen", type=kind, page=page, why=why)


def recogniser_missing(what: str) -> None:
    """Libraries or weights that read pictures are absent; the mails are held."""
    _event("recogniser_missing", logging.ERROR, what=what)


def network_in_reach() -> None:
    """Conversions run without a wall before the network: the kernel allows none."""
    _event("network_in_reach_of_conversions")


def mailbox_failed(mailbox: str, error: Exception, retry_seconds: float) -> None:
    """A mailbox could not be looked into; it is tried again."""
    _event(
        "mailbox_failed",
        logging.WARNING,
        mailbox=mailbox,
        error=type(error).__name__,
        retry_seconds=round(retry_seconds),
    )


def mailbox_recovered(mailbox: str) -> None:
    """A mailbox that had failed answers again."""
    _event("mailbox_recovered", mailbox=mailbox)


def mail_sent(item: int, kind: str) -> None:
    """One outbox item was taken by the mail server or laid into its folder."""
    _event("mail_sent", item=item, kind=kind)


def mail_waits(item: int, reason: str) -> None:
    """One outbox item was not sent now."""
    _event("mail_waits", item=item, reason=reason)


def mail_failed(item: int, code: int | None) -> None:
    """One outbox item was refused for good."""
    _event("mail_failed", logging.ERROR, item=item, code=code)


def mail_unknown(item: int) -> None:
    """Nobody can say whether an item was taken; it is looked up, then repeated."""
    _event("mail_unknown", logging.WARNING, item=item)


def smtp_failed(error: Exception) -> None:
    """The mail server could not be spoken to; what is due stays due."""
    _event("smtp_failed", logging.WARNING, error=type(error).__name__)


def compose_failed(item: int, error: Exception) -> None:
    """A template failed; the rows are stored and the item waits for a person."""
    _event("compose_failed", logging.ERROR, item=item, error=type(error).__name__)


def alert_begun(kind: str) -> None:
    """A condition began of which the staff is told."""
    _event("alert_begun", logging.WARNING, kind=kind)


def alert_over(kind: str) -> None:
    """A condition ended of which the staff was told."""
    _event("alert_over", kind=kind)


def internal_fault(where: str, error: BaseException) -> None:
    """Something that we got wrong: where, and what it was."""
    _log.error(
        "internal_fault",
        exc_info=error,
        extra={"fields": {"where": where, "words": str(error)[:200]}},
    )


def database_failed(error: Exception) -> None:
    """The database could not be used; it is tried again."""
    _event("database_failed", logging.ERROR, error=type(error).__name__)


def started(version: str) -> None:
    """The daemon runs."""
    _event("started", version=version)


def stopped() -> None:
    """The daemon has finished the mail in hand and ends."""
    _event("stopped")


def reminders_queued(
    reminders: int, no_address: int, held: int, moved: Sequence[str]
) -> None:
    """So many reminders stand in the outbox; so many units cannot or need not be.

    `moved` are their steps that fell on a day off, and what said that it is one.
    """
    told = {"reminders": reminders, "no_address": no_address, "held": held}
    _event("reminders_queued", **told, moved=list(moved))


def reminders_wait(mailboxes: Sequence[str]) -> None:
    """Reminders are due, and a mailbox was not looked into for half an hour."""
    _event("reminders_wait", logging.WARNING, mailboxes=list(mailboxes))


def reminder_missed(campaign: str, phase: str, step: str) -> None:
    """A step of reminders went by while nothing ran; it is not sent any more."""
    _event(
        "reminder_missed", logging.WARNING, campaign=campaign, phase=phase, step=step
    )


def logged_in(role: str) -> None:
    """Somebody logged in to the page; who it was stands with what he decides."""
    _event("logged_in", role=role)


def login_refused(why: str) -> None:
    """A login was `wrong`, or not looked at because of `too_many`."""
    _event("login_refused", logging.WARNING, why=why)


def form_refused(why: str) -> None:
    """A form came without its `token`, or from a page that is not ours (`origin`)."""
    _event("form_refused", logging.WARNING, why=why)
