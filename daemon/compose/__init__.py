"""From the facts of an outbox item to a finished mail, byte for byte the same again.

Pure: the clock is handed in, and nothing is sent from here.
"""

import re

from daemon.compose.attachments import attachments
from daemon.compose.clean import line
from daemon.compose.frame import (
    Bodies,
    date_field,
    framed,
    identifier,
    mailbox_field,
    recipient,
    references,
    text_field,
    token_field,
)
from daemon.compose.letter import Part, changes, moment, parts, rejection, salutation
from daemon.compose.naming import edge, item_digest, message_id
from daemon.compose.notice import notice
from daemon.compose.office import ComposeError, ComposeInput, Office
from daemon.compose.reminder import reminder
from daemon.compose.sentences import sentence
from daemon.compose.template import template
from daemon.compose.wording import word
from parsers.values.outbox import (
    ComposedMail,
    ConfirmationFacts,
    DecisionFacts,
    ReceiptFacts,
    RejectionFacts,
    ReminderFacts,
)
from parsers.values.summary import AlertFacts, DigestFacts

Answer = DecisionFacts | ReceiptFacts | ConfirmationFacts | RejectionFacts

__all__ = [
    "ComposeError",
    "ComposeInput",
    "Office",
    "compose",
    "message_id",
    "sentence",
    "word",
]

_SUBJECT = 120
_NAMES: dict[type[Answer], str] = {
    DecisionFacts: "decision",
    ReceiptFacts: "receipt",
    ConfirmationFacts: "confirmation",
    RejectionFacts: "rejection",
}
#: QUIRK: programs and people put `Re:` before `Re:`, in Vietnamese `TL:` or `Trả lời:`.
_ANSWERED = re.compile(
    r"(?:(?:re|tl|trả lời|aw|sv)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE
)


def compose(item: ComposeInput, office: Office) -> ComposedMail:
    """Return the finished mail of an outbox item: text and HTML, headers, bytes.

    Raises ComposeError where the facts make no mail that may be sent.
    """
    facts = item.facts
    if isinstance(facts, ReminderFacts):
        return reminder(item, facts, office)
    if isinstance(facts, DigestFacts | AlertFacts):
        return notice(item, facts, office)
    return _answer(item, facts, office)


def _answer(item: ComposeInput, facts: Answer, office: Office) -> ComposedMail:
    thread = facts.thread
    own = message_id(item, office)
    subject = answer_subject(thread.subject)
    header = "".join(
        [
            date_field(item.date.astimezone(office.zone)),
            mailbox_field("From", line(office.name, _SUBJECT), office.address),
            token_field("To", [recipient(_only(item))]),
            text_field("Subject", subject),
            token_field("Message-ID", [own]),
            *_threaded(thread.message_id, thread.references),
            "Auto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All\r\n",
            token_field("X-Hopthu-Kind", [item.kind]),
            token_field("X-Hopthu-Purpose", [item.purpose or "decision"]),
            token_field("X-Hopthu-Receipt", [facts.receipt]),
            token_field("X-Hopthu-Item", [item_digest(item)]),
        ]
    )
    said, files = _bodies(item, facts, office), attachments(facts)
    return ComposedMail(own, subject, framed(header, said, edge(item), files))


def answer_subject(subject: str | None) -> str:
    """Return the subject of an answer: theirs, with `Re:` once, cut and cleaned."""
    asked = line(subject, 2000)
    found = _ANSWERED.match(asked)
    rest = asked[found.end() :].strip() if found else asked
    return line(f"Re: {rest or word('subjects', 'none')}", _SUBJECT)


def _bodies(item: ComposeInput, facts: Answer, office: Office) -> Bodies:
    name = _NAMES[type(facts)]
    shown: dict[str, object] = {
        "office": line(office.name, _SUBJECT),
        "receipt": facts.receipt,
        "received": moment(facts.received, office.zone),
    }
    if isinstance(facts, DecisionFacts):
        shown |= _told(facts, office, item.purpose == "correction")
    if isinstance(facts, ConfirmationFacts):
        shown |= _asked(facts)
    if isinstance(facts, RejectionFacts):
        shown |= rejection(facts)
    text, html = template(f"{name}.txt.j2"), template(f"{name}.html.j2")
    return Bodies(text.render(shown), html.render(shown))


def _asked(facts: ConfirmationFacts) -> dict[str, object]:
    """Return what a question for the code shows."""
    return {
        "code": facts.code,
        "days": facts.days,
        "changes": changes(facts),
        "greeting": line(facts.salutation, _SUBJECT) or None,
    }


def _told(facts: DecisionFacts, office: Office, corrects: bool) -> dict[str, object]:
    """Return what a decision shows; its sentences are plain text for both bodies."""
    shown = parts(facts, office.zone)
    name, opening = line(office.name, _SUBJECT), template("opening.txt.j2")
    return {
        "parts": shown,
        "greeting": salutation(facts),
        "openings": [
            opening.render(office=name, part=p, corrects=corrects).strip()
            for p in shown
        ],
        "standings": [_lines("standing.txt.j2", part=p) for p in shown],
        "help": _lines("help.txt.j2", part=shown[0]) if _asks_help(shown) else [],
        "closing": _lines("closing.txt.j2", parts=shown),
    }


def _asks_help(shown: tuple[Part, ...]) -> bool:
    return shown[0].outcome == "request" and shown[0].asked == "help"


def _lines(name: str, **known: object) -> list[str]:
    """Return the lines of a plain text that stands in both bodies."""
    text = template(name).render(known)
    return [said.strip() for said in text.split("\n") if said.strip()]


def _threaded(answered: str | None, before: tuple[str, ...]) -> list[str]:
    known, thread = identifier(answered), references(before, answered)
    fields = [token_field("In-Reply-To", [known])] if known else []
    return [*fields, token_field("References", thread)] if thread else fields


def _only(item: ComposeInput) -> str:
    if len(item.to) != 1:
        raise ComposeError("an answer goes to one address")
    return item.to[0]
