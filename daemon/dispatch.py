"""Outbox to mail server or folder: the only room that knows smtplib.

Each mail is frozen and claimed in the database before a socket opens, and marked under
its claim after; what may have left is looked up before it is sent again. It decides
neither what is said nor to whom.
"""

import contextlib
import os
import random
import re
import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from daemon import journal
from daemon.clock import Clock
from parsers.values.outbox import ComposedMail
from storage import outbox, outcomes, sending
from storage.budget import Budget
from storage.database import Database

#: How long a claim stands: longer than the longest silence of a server below.
CLAIM = timedelta(minutes=15)
#: Seconds that a mail server may be silent (RFC 5321 4.5.3.2 allows more; the rest is
#: an unknown outcome).
SILENCE = 120
#: Items whose bytes are built in one commit.
BATCH = 50
#: How long an account that refused us is left alone.
PAUSE = timedelta(hours=1)

_DOT = re.compile(rb"(?m)^\.")
#: Answers that speak of our account and not of the mail (RELIABILITY: quota, policy).
_ACCOUNT = re.compile(r"\b(?:5\.4\.5|5\.7\.1|4\.7\.28|5\.7\.8|4\.5\.127)\b")

LookUp = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """Where mail is handed in. `password` never appears in a log or `repr`."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    sender: str
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: str | None = None


@dataclass(slots=True)
class Report:
    """What one pass did; `unreachable` says why no mail server could be spoken to."""

    sent: int = 0
    waiting: int = 0
    unreachable: str | None = None


class _AccountRefusedError(Exception):
    """The server refuses the account; nothing is wrong with the mail."""


@dataclass(slots=True)
class Dispatch:
    """Sends what stands in the outbox; one pass at a time."""

    database: Database
    clock: Clock
    compose: Callable[[outbox.DueItem], ComposedMail]
    account: SmtpAccount | None
    budget: Budget
    holder: str
    #: Directory mailbox -> the folder that takes its answers.
    folders: Mapping[str, Path]
    #: Asks the Sent folder for a Message-ID; None where there is none.
    look_up: LookUp | None = None
    jitter: random.Random = field(default_factory=random.Random)
    still_owed: sending.StillOwed | None = None

    def pass_over(self, stopping: Callable[[], bool] = lambda: False) -> Report:
        """Compose and send what is due; return what became of it."""
        report = Report()
        self._resolve_unknown()
        self._compose_all()
        with contextlib.ExitStack() as stack:
            line = _Line(self.account, stack) if self.account else None
            while not stopping():
                turn = self._claim()
                if turn.item is None:
                    break
                if not self._send(turn.item, line, report):
                    break
        return report

    def _claim(self) -> sending.Turn:
        now = self.clock.now()
        with self.database.write() as connection:
            return sending.claim_next(
                connection,
                self.holder,
                now,
                now + CLAIM,
                self.budget,
                self.still_owed,
            )

    def _compose_all(self) -> None:
        while True:
            now = self.clock.now()
            with self.database.read() as connection:
                due = outbox.compose_due(connection, now, BATCH)
            if not due:
                return
            built = [(item.id, self._compose(item)) for item in due]
            with self.database.write() as connection:
                done = [(i, mail) for i, mail in built if mail is not None]
                outbox.freeze(connection, done)
                for ident, mail in built:
                    if mail is None:
                        outcomes.not_composed(connection, ident, now, "compose")

    def _compose(self, item: outbox.DueItem) -> ComposedMail | None:
        try:
            return self.compose(item)
        # Broad on purpose, one of the house's four: a template may raise anything on a
        # strange name, and the rows that it speaks of are stored all the same. The item
        # waits and is named; no other mail is kept back by it.
        except Exception as error:
            journal.compose_failed(item.id, error)
            return None

    def _resolve_unknown(self) -> None:
        now = self.clock.now()
        with self.database.write() as connection:
            for lost in outcomes.find_lost(connection, now):
                journal.mail_unknown(lost)
            open_items = outcomes.unknown_items(connection)
        if self.look_up is not None:
            found = [i for i in open_items if self.look_up(i.message_id)]
            with self.database.write() as connection:
                for item in found:
                    outcomes.found_sent(connection, item.id, now, "found in Sent")
        with self.database.write() as connection:
            outcomes.send_again(connection, now)

    def _send(
        self, item: sending.Claimed, line: "_Line | None", report: Report
    ) -> bool:
        """Send one claimed item; return whether the next may be tried."""
        with self.database.read() as connection:
            if not sending.holds(connection, item, self.clock.now()):
                return True
        if item.door != "smtp":
            _lay_down(self.folders[item.door], item)
            self._sent(item, "folder", report)
            return True
        if line is None:
            self._later(item, "no mail server is configured", report)
            return True
        return self._send_by_smtp(item, line, report)

    def _send_by_smtp(
        self, item: sending.Claimed, line: "_Line", report: Report
    ) -> bool:
        try:
            reply = line.deliver(item)
        except _AccountRefusedError as error:
            self._pause(item, str(error))
            report.waiting += 1
            report.unreachable = str(error)
            return False
        except smtplib.SMTPResponseException as error:
            self._refused(item, error.smtp_code, _words(error.smtp_error), report)
            return True
        except _UnknownOutcomeError as error:
            journal.mail_unknown(item.id)
            with self.database.write() as connection:
                outcomes.unknown(connection, item, self.clock.now(), str(error))
            report.waiting += 1
            return True
        except (OSError, smtplib.SMTPException) as error:
            journal.smtp_failed(error)
            self._later(item, f"{type(error).__name__}: {error}", report)
            report.unreachable = str(error) or type(error).__name__
            return False
        self._sent(item, reply, report)
        return True

    def _sent(self, item: sending.Claimed, reply: str, report: Report) -> None:
        with self.database.write() as connection:
            outcomes.sent(connection, item, self.clock.now(), reply)
        journal.mail_sent(item.id, item.kind)
        report.sent += 1

    def _refused(
        self, item: sending.Claimed, code: int, words: str, report: Report
    ) -> None:
        if 400 <= code < 500:
            self._later(item, f"{code} {words}", report)
            return
        journal.mail_failed(item.id, code)
        with self.database.write() as connection:
            outcomes.failed(connection, item, self.clock.now(), f"{code} {words}")

    def _later(self, item: sending.Claimed, reply: str, report: Report) -> None:
        journal.mail_waits(item.id, "temporary")
        share = self.jitter.uniform(-0.2, 0.2)
        with self.database.write() as connection:
            outcomes.temporary(connection, item, self.clock.now(), reply, share)
        report.waiting += 1

    def _pause(self, item: sending.Claimed, reply: str) -> None:
        journal.mail_waits(item.id, "account_paused")
        now: datetime = self.clock.now()
        with self.database.write() as connection:
            outcomes.account_paused(connection, item, now, now + PAUSE, reply)


class _UnknownOutcomeError(Exception):
    """The final dot was sent and no answer came."""


class _Line:
    """One SMTP connection, opened with the first mail and used for all."""

    def __init__(self, account: SmtpAccount, stack: contextlib.ExitStack) -> None:
        self._account = account
        self._stack = stack
        self._smtp: smtplib.SMTP | None = None

    def deliver(self, item: sending.Claimed) -> str:
        """Hand the mail over and return the server's reply.

        Raises SMTPResponseException when this mail is refused, _AccountRefusedError,
        _UnknownOutcomeError, else OSError or SMTPException: it did not leave.
        """
        smtp = self._connected()
        body = _DOT.sub(b"..", item.raw) + b"\r\n.\r\n"
        try:
            self._announce(smtp, item)
            self._expect(smtp.docmd("DATA"), 354)
            smtp.send(body)
        except smtplib.SMTPResponseException:
            self._reset(smtp)
            raise
        except (OSError, smtplib.SMTPException):
            self._hang_up()
            raise
        try:
            return _words(self._expect(smtp.getreply(), 250)[1])
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            self._hang_up()
            raise _UnknownOutcomeError(f"{type(error).__name__}: {error}") from error

    def _announce(self, smtp: smtplib.SMTP, item: sending.Claimed) -> None:
        self._expect(smtp.mail(self._account.sender), 250)
        for recipient in item.to:
            self._expect(smtp.rcpt(recipient), 250, 251)

    def _expect(self, reply: tuple[int, bytes], *codes: int) -> tuple[int, bytes]:
        code, words = reply
        if code in codes:
            return reply
        if code == 535 or _ACCOUNT.search(_words(words)):
            raise _AccountRefusedError(f"{code} {_words(words)}")
        if code == 421 or code < 0:
            raise smtplib.SMTPServerDisconnected(f"{code} {_words(words)}")
        raise smtplib.SMTPResponseException(code, words)

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            smtp = _greeted(self._account)
            # Closing is courtesy: by then every mail is marked.
            self._stack.callback(_quit, smtp)
            self._smtp = smtp
            self._log_in(smtp)
        return self._smtp

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        if not self._account.username:
            return
        try:
            smtp.login(self._account.username, self._account.password)
        except smtplib.SMTPAuthenticationError as error:
            self._hang_up()
            raise _AccountRefusedError(f"{error.smtp_code} login refused") from error

    def _reset(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._hang_up()

    def _hang_up(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _greeted(account: SmtpAccount) -> smtplib.SMTP:
    """Open a connection; a refusal of the connection is not one of the mail."""
    try:
        return _open(account)
    except smtplib.SMTPResponseException as error:
        words = f"{error.smtp_code} {_words(error.smtp_error)}"
        raise smtplib.SMTPServerDisconnected(words) from error


def try_login(account: SmtpAccount) -> str | None:
    """Connect and log in, send nothing; return what went wrong, None for nothing."""
    try:
        smtp = _open(account)
        try:
            if account.username:
                smtp.login(account.username, account.password)
        finally:
            _quit(smtp)
    except (OSError, smtplib.SMTPException) as error:
        return f"{type(error).__name__}: {error}"[:300]
    return None


def _open(account: SmtpAccount) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=account.ca_file)
    if account.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            account.host, account.port, timeout=SILENCE, context=context
        )
    else:
        smtp = smtplib.SMTP(account.host, account.port, timeout=SILENCE)
    smtp.ehlo_or_helo_if_needed()
    if account.security == "starttls":
        smtp.starttls(context=context)
        smtp.ehlo()
    return smtp


def _quit(smtp: smtplib.SMTP) -> None:
    with contextlib.suppress(OSError, smtplib.SMTPException):
        smtp.quit()


def _lay_down(folder: Path, item: sending.Claimed) -> None:
    """Write the mail into `folder` as .eml, durably; the same item, the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^0-9A-Za-z.-]", "_", item.message_id.strip("<>"))[:120]
    draft = folder / f".{name}.part"
    with draft.open("wb") as file:
        file.write(item.raw)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(folder / f"{name}.eml")
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _words(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())[:300]
