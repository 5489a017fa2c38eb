"""Read one raw message: its header as values, its parts as bytes with paths and names.

It decodes no body text, opens no container but a mail inside the mail, and judges
nobody: what a part is, and whom a mail is from, others decide.
"""

import hashlib
import re
from dataclasses import dataclass

from parsers.automation import automatic, is_own
from parsers.compound import MAGIC as COMPOUND
from parsers.containers.contents import finding_of
from parsers.containers.outlook import msg_tree
from parsers.errors import ParserError
from parsers.mime.addresses import People, read_people
from parsers.mime.header import Header
from parsers.mime.straighten import straighten
from parsers.mime.tree import Tree, walk
from parsers.mime.words import decode_words
from parsers.values.finding import Finding, finding
from parsers.values.limits import Limits
from parsers.values.message import Message, Part
from parsers.values.reading import Rules
from parsers.vietnamese.fold import nfc_text
from parsers.vietnamese.legacy.decide import shown_alone

_TRACE = ("received", "authentication-results", "return-path", "dkim-signature")
_ID = re.compile(r"<[^<>]{1,990}>")
#: References that are kept; a thread longer than this is no help to anybody.
_THREAD = 100
#: Letters of a subject that are kept.
_SUBJECT = 4_000


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """One message. `parts` are in the order of the source, nested mails before their
    leaves. `content_digest` is the mail's identity beside its Message-ID.
    """

    message: Message
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    content_digest: str


def parse(raw: bytes, rules: Rules) -> ParsedMessage:
    """Return header and parts of `raw`, MIME or .msg, whatever it is; never raises.

    Of `rules` the limits and our own addresses are used. What was mended, left out or
    is missing comes back as findings.
    """
    mended = False
    if raw.startswith(COMPOUND):
        tree = _of_outlook(raw, rules.limits)
    else:
        raw, mended = straighten(raw)
        tree = walk(raw, rules.limits)
    people = read_people(tree.header)
    message = _message(tree, people, rules)
    findings = dict.fromkeys(tree.findings)
    if mended:
        findings[finding("header_repaired")] = None
    if not any(a.address for a in message.senders):
        findings[finding("sender_missing")] = None
    if message.date is None:
        findings[finding("date_missing")] = None
    digest = _content_digest(message, tree.parts)
    return ParsedMessage(message, tree.parts, tuple(findings), digest)


def _of_outlook(raw: bytes, limits: Limits) -> Tree:
    """Return the parts of a .msg; where it is damaged, nothing but that."""
    try:
        return msg_tree(raw, limits)
    except ParserError as error:
        damaged = finding_of(error, (), limits)
        return Tree(Header((), False, False), (), (), (damaged,))


def _message(tree: Tree, people: People, rules: Rules) -> Message:
    header = tree.header
    reason = automatic(header, tree.kinds)
    if reason is None and any(
        (a.address or "").lower() in rules.own for a in people.senders
    ):
        # Staff who write to themselves are read like anybody, and never answered.
        reason = "automatic"
    return Message(
        message_id=header.get("message-id") or None,
        subject=_subject(header),
        senders=people.senders,
        from_fields=len(header.get_all("from")),
        sender=people.sender,
        recipients=people.recipients,
        date=people.date,
        in_reply_to=_ids(header, "in-reply-to"),
        references=_ids(header, "references")[-_THREAD:],
        trace=header.lines(*_TRACE),
        automatic=reason,
        own=is_own(header, rules.own_domain),
    )


def _subject(header: Header) -> str | None:
    value = header.get("subject")
    if value is None:
        return None
    return nfc_text(shown_alone(decode_words(value))).replace("\n", " ")[:_SUBJECT]


def _ids(header: Header, name: str) -> tuple[str, ...]:
    return tuple(i for v in header.get_all(name) for i in _ID.findall(v))


def _content_digest(message: Message, parts: tuple[Part, ...]) -> str:
    """Return SHA-256 over From, Date, Subject and the parts, as hexadecimal digits.

    Received lines and line ends do not count: they change with the way a mail took.
    """
    total = hashlib.sha256()
    senders = [f"{a.name or ''}\0{(a.address or '').lower()}" for a in message.senders]
    date = message.date.isoformat() if message.date else ""
    for text in (*senders, date, message.subject or ""):
        total.update(text.encode("utf-8", "surrogatepass") + b"\0\0")
    for part in parts:
        if not part.container:
            total.update(_part_digest(part))
    return total.hexdigest()


def _part_digest(part: Part) -> bytes:
    payload = part.payload
    if part.digest and not part.declared_type.startswith(("text/", "message/")):
        return bytes.fromhex(part.digest)
    if part.declared_type.startswith(("text/", "message/")):
        payload = payload.replace(b"\r\n", b"\n").rstrip(b"\n")
    return hashlib.sha256(payload).digest()
