"""Outbox to mail server or folder: the only room that knows smtplib.

Each mail is frozen and claimed in the database before a socket opens, and marked under
its claim after; what may have left is looked up before it is sent again. It decides
neither what is said nor to whom.
"""

import contextlib
import random
import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from daemon import journal
from daemon.answer_folder import lay_down
from daemon.clock import Clock
from daemon.compose.frame import recipient
from daemon.compose.office import ComposeError
from daemon.marking import Marking
from daemon.marking import Report as Report
from daemon.send_lease import sending_alone
from daemon.smtp_account import SmtpAccount as SmtpAccount
from daemon.smtp_reply import RefusedError, Stage, judge, on_the_wire, plain_words
from daemon.unresolved import LookUp, Unresolved
from parsers.values.outbox import ComposedMail, WaitReason
from storage import outbox, outcomes, sending
from storage.budget import Budget
from storage.database import Database
from storage.errors import StaleLeaseError

#: How long a claim stands. Whoever takes it over waits as long again before he sends.
CLAIM = timedelta(minutes=15)
#: Items whose bytes are built in one commit.
BATCH = 50
#: Seconds that a farewell may take: by then every mail is marked.
_FAREWELL = 5.0
_NO_SERVER = "no mail server is configured"


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
    #: Asks the Sent folder for Message-IDs; None where there is none.
    look_up: LookUp | None = None
    jitter: random.Random = field(default_factory=random.Random)
    #: Looks again at a reminder whose turn has come.
    look_again: sending.LookAgain | None = None
    _unresolved: Unresolved = field(init=False)
    _mark: Marking = field(init=False)

    def __post_init__(self) -> None:
        self._mark = Marking(self.database, self.clock, self.jitter)
        self._unresolved = Unresolved(self.database, self.look_up, self.folders)

    def pass_over(self, stopping: Callable[[], bool] = lambda: False) -> Report:
        """Compose and send what is due; return what became of it.

        Nothing happens while another process sends for the same account.
        """
        report = Report()
        account = self.account.name if self.account else "folders"
        with sending_alone(self.database, self.clock, self.holder, account) as alone:
            if alone:
                self._pass_alone(stopping, report)
        return report

    def _pass_alone(self, stopping: Callable[[], bool], report: Report) -> None:
        self._unresolved.resolve(self.clock.now())
        self._compose_all()
        with contextlib.ExitStack() as stack:
            line = _Line(self.account, stack) if self.account else None
            while not stopping():
                turn = self._claim(report)
                if turn.renewed:
                    self._compose_all()
                if turn.item is None and turn.renewed:
                    continue
                if turn.item is None:
                    self._finish(turn, report)
                    break
                try:
                    self._send(turn.item, line, report)
                except StaleLeaseError:
                    # Another holder took it for lost: what becomes of it is his to say.
                    journal.mail_waits(turn.item.id, "taken_over")

    def _claim(self, report: Report) -> sending.Turn:
        # What cannot go by SMTP is not claimed, so that it costs neither an attempt nor
        # the mails for folders their turn.
        closed: WaitReason | None = None
        if self.account is None:
            closed = "account_paused"
        elif report.unreachable is not None:
            closed = "temporary"
        now = self.clock.now()
        with self.database.write() as connection:
            return sending.claim_next(
                connection,
                self.holder,
                now,
                now + CLAIM,
                replace(self.budget, closed=closed),
                self.look_again,
            )

    def _finish(self, turn: sending.Turn, report: Report) -> None:
        report.again = turn.wait_until
        if self.account is None:
            now = self.clock.now()
            with self.database.read() as connection:
                if sending.next_due(connection, now) == now:
                    report.unreachable = _NO_SERVER

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

    def _send(
        self, item: sending.Claimed, line: "_Line | None", report: Report
    ) -> None:
        if item.door != "smtp":
            self._lay_down(item, report)
        elif line is not None:
            self._hand_in(item, line, report)

    def _lay_down(self, item: sending.Claimed, report: Report) -> None:
        folder = self.folders.get(item.door)
        if folder is None:
            self._mark.later(item, f"no folder for answers of {item.door}", report)
            return
        try:
            lay_down(folder, item.message_id, item.raw)
        except OSError as error:
            self._mark.later(item, f"{type(error).__name__}: {error}", report)
            return
        self._mark.sent(item, "folder", report)

    def _hand_in(self, item: sending.Claimed, line: "_Line", report: Report) -> None:
        try:
            reply = line.deliver(item, lambda: self._is_ours(item))
        except RefusedError as error:
            self._mark.refused(item, error, report)
        except _UnknownOutcomeError as error:
            self._mark.unknown(item, str(error), report)
        except OSError as error:
            journal.smtp_failed(error)
            words = f"{type(error).__name__}: {error}"
            # A server that took mail and then hangs up has its limits: the next mail
            # goes over a new connection.
            if not line.worked:
                report.unreachable = plain_words(words)
            self._mark.later(item, words, report)
        else:
            self._mark.sent(item, reply, report)

    def _is_ours(self, item: sending.Claimed) -> bool:
        with self.database.read() as connection:
            return sending.holds(connection, item, self.clock.now())


class _UnknownOutcomeError(Exception):
    """The final dot was sent and no answer came."""


class _Line:
    """One SMTP connection, opened with the first mail and used for all."""

    def __init__(self, account: SmtpAccount, stack: contextlib.ExitStack) -> None:
        self._account = account
        self._stack = stack
        self._smtp: smtplib.SMTP | None = None
        #: Whether the connection, or the one that broke last, took a mail.
        self.worked = False

    def deliver(self, item: sending.Claimed, is_ours: Callable[[], bool]) -> str:
        """Hand the mail over and return the server's answer.

        Raises RefusedError, _UnknownOutcomeError, StaleLeaseError when it is not ours
        any more once the server is ready for it; else OSError or SMTPException. But for
        the second it did not leave.
        """
        sender, to = self._envelope(item)
        smtp = self._connected()
        try:
            self._say(smtp, "MAIL", f"FROM:<{sender}>")
            for address in to:
                self._say(smtp, "RCPT", f"TO:<{address}>")
            if not is_ours():
                raise StaleLeaseError(f"outbox item {item.id} is someone else's now")
            self._say(smtp, "DATA")
        except (RefusedError, StaleLeaseError):
            self._reset(smtp)
            raise
        except OSError:
            self._hang_up()
            raise
        return self._hand_over(smtp, item.raw)

    def _envelope(self, item: sending.Claimed) -> tuple[str, list[str]]:
        # Written out by ourselves: smtplib reads an address as a header, and takes
        # a@x for the recipient of `b:a@x`.
        try:
            sender = recipient(self._account.sender)
        except ComposeError as error:
            raise RefusedError("account", 553, str(error)) from error
        try:
            return sender, [recipient(address) for address in item.to]
        except ComposeError as error:
            raise RefusedError("refused", 553, str(error), "RCPT") from error

    def _say(self, smtp: smtplib.SMTP, stage: Stage, argument: str = "") -> None:
        code, reply = smtp.docmd(stage, argument)
        self._judge(stage, code, plain_words(reply))

    def _judge(self, stage: Stage, code: int, words: str) -> None:
        verdict = judge(stage, code, words)
        if verdict in ("closing", "strange"):
            raise smtplib.SMTPServerDisconnected(f"{code} {words}")
        if verdict != "taken":
            raise RefusedError(verdict, code, words, stage)

    def _hand_over(self, smtp: smtplib.SMTP, raw: bytes) -> str:
        try:
            # The dot comes last, so that what breaks here has not left.
            smtp.send(on_the_wire(raw))
        except OSError:
            self._hang_up()
            raise
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(self._account.patience)
            code, reply = smtp.getreply()
            if smtp.sock is not None:
                smtp.sock.settimeout(self._account.silence)
        # Every error of smtplib is an OSError, an answer that is too long among them.
        except OSError as error:
            self._hang_up()
            words = plain_words(f"{type(error).__name__}: {error}")
            raise _UnknownOutcomeError(words) from error
        words = plain_words(reply)
        if judge(".", code, words) == "strange":
            self._hang_up()
            raise _UnknownOutcomeError(f"{code} {words}")
        if code == 421:
            self._hang_up()
        self._judge(".", code, words)
        self.worked = True
        return f"{code} {words}"

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self.worked = False
            smtp = _greeted(self._account)
            self._stack.callback(_quit, smtp)
            try:
                _log_in(smtp, self._account)
            except (RefusedError, OSError):
                smtp.close()
                raise
            self._smtp = smtp
        return self._smtp

    def _reset(self, smtp: smtplib.SMTP) -> None:
        try:
            if smtp.rset()[0] != 250:
                self._hang_up()
        except OSError:
            self._hang_up()

    def _hang_up(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def try_login(account: SmtpAccount) -> None:
    """Connect and log in, send nothing; raises OSError, whose words hold no secret."""
    smtp = _greeted(account)
    try:
        _log_in(smtp, account)
    except RefusedError as error:
        raise smtplib.SMTPException(str(error)) from None
    finally:
        _quit(smtp)


def _log_in(smtp: smtplib.SMTP, account: SmtpAccount) -> None:
    if not account.username:
        return
    try:
        smtp.login(account.username, account.password)
    except smtplib.SMTPAuthenticationError as error:
        # The server's words may hold what was sent.
        raise RefusedError("account", error.smtp_code, "login refused") from None
    except UnicodeError:
        # smtplib sends ASCII only; the error itself would show the password.
        words = "login refused: user name or password is not ASCII"
        raise RefusedError("account", 535, words) from None


def _greeted(account: SmtpAccount) -> smtplib.SMTP:
    """Open a connection; a refusal of the connection is not one of the mail."""
    try:
        return _open(account)
    except smtplib.SMTPResponseException as error:
        words = f"{error.smtp_code} {plain_words(error.smtp_error)}"
        raise smtplib.SMTPServerDisconnected(words) from error


def _open(account: SmtpAccount) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=account.ca_file)
    host, port, silence = account.host, account.port, account.silence
    if account.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=silence, context=context
        )
    else:
        smtp = smtplib.SMTP(host, port, timeout=silence)
    try:
        smtp.ehlo_or_helo_if_needed()
        if account.security == "starttls":
            smtp.starttls(context=context)
            smtp.ehlo()
    except OSError:
        smtp.close()
        raise
    return smtp


def _quit(smtp: smtplib.SMTP) -> None:
    with contextlib.suppress(OSError):
        if smtp.sock is not None:
            smtp.sock.settimeout(_FAREWELL)
        smtp.quit()
