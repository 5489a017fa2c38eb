"""Decisions, versions and outbox items that fill in whatever a test does not name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from itertools import count

from sqlalchemy import Connection, insert

from parsers.values.decision import Decision, NewSubmission
from parsers.values.outbox import NewItem, ReceiptFacts, Thread
from parsers.values.reading import Registration, Result
from storage.store import DecidedMessage
from storage.tables import messages

SAIGON = timezone(timedelta(hours=7))
NOW = datetime(2021, 6, 8, 9, 0, tzinfo=SAIGON)
PLAN = "41-KH/QU"
_numbers = count(1)


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return that time of June 2021 in Saigon."""
    return datetime(2021, 6, day, hour, minute, tzinfo=SAIGON)


def a_recorded_message(
    connection: Connection, received: datetime = NOW, **named: object
) -> int:
    """Insert a message as the ledger records it; return its id."""
    number = next(_numbers)
    digest = sha256(str(number).encode()).hexdigest()
    row: dict[str, object] = {
        "receipt": f"R{number:09}",
        "raw_sha256": digest,
        "same_bytes": digest,
        "raw_bytes": 1000,
        "header_sha256": digest,
        "received": received,
        "recorded": received,
        "mailbox": "gmail",
        "door": "imap",
        "fence": 1,
    }
    statement = insert(messages).values(row | named).returning(messages.c.id)
    ident: int = connection.scalar(statement)  # type: ignore[assignment]
    return ident


def a_work(number: int, title: str | None = None) -> Registration:
    """Return one registered work with provenance."""
    return Registration(
        number=str(number),
        title=title or f"Công trình số {number}",
        method="Vận động xã hội hóa",
        time="Tháng 6/2021",
        expected_result="",
        certainty=0.9,
        cells={"number": 1.0, "title": 0.9},
        extra={"Ghi chú": "=1+1"},
        place=f"bang.xlsx › Sheet1 › A{number + 1}:E{number + 1}",
        attachment=("bang.xlsx",),
    )


def an_outcome(number: int) -> Result:
    """Return the outcome of one work."""
    return Result(str(number), f"Công trình số {number}", "Đã làm xong", "done")


def a_version(unit: str = "P09", works: int = 2, **named: object) -> NewSubmission:
    """Return a version to be stored, with so many works, received at NOW."""
    rows = tuple(a_work(number + 1) for number in range(works))
    digest = sha256(repr(rows).encode()).hexdigest()
    made = NewSubmission(
        campaign=PLAN,
        unit=unit,
        phase="registration",
        state="accepted",
        kind="mailed",
        mode="new",
        supersedes=None,
        received=NOW,
        late=False,
        confirmation="signed",
        rows_digest=digest,
        registrations=rows,
    )
    return replace(made, **named)  # type: ignore[arg-type]


def a_results_version(
    unit: str, matched: tuple[int | None, ...], **named: object
) -> NewSubmission:
    """Return a version of the results phase, an outcome for each match."""
    rows = tuple(an_outcome(number + 1) for number in range(len(matched)))
    made = a_version(unit, 0, phase="results", results=rows, matched=matched)
    return replace(made, **named)  # type: ignore[arg-type]


def a_decision(message: int, *versions: NewSubmission, **named: object) -> Decision:
    """Return a decision that stores the versions."""
    made = Decision(
        message=message,
        state="processed",
        reason=None,
        kind="registration",
        trust="proven",
        mode="new",
        units=tuple(dict.fromkeys(version.unit for version in versions)),
        certainty="certain",
        submissions=versions,
    )
    return replace(made, **named)  # type: ignore[arg-type]


def a_decided(decision: Decision, fence: int = 1, **named: object) -> DecidedMessage:
    """Return the decision with its fence and the mail's own words."""
    made = DecidedMessage(
        decision=decision,
        fence=fence,
        message_id=f"<{decision.message}@phuong.example>",
        author="P9@example.org",
        subject="Đăng ký công trình",
        date=NOW.astimezone(UTC),
        content_digest=f"{decision.message:064x}",
        row_count=2,
    )
    return replace(made, **named)  # type: ignore[arg-type]


def an_item(key: str, to: str = "p9@example.org", **named: object) -> NewItem:
    """Return an answer to be enqueued, a receipt unless said otherwise."""
    thread = Thread("<1@phuong.example>", ("<0@phuong.example>",), "Đăng ký")
    made = NewItem(
        kind="acknowledgement",
        key=key,
        to=(to,),
        facts=ReceiptFacts("ABCDEFGHJK", thread, NOW),
        purpose="receipt",
    )
    return replace(made, **named)  # type: ignore[arg-type]
