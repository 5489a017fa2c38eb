"""Put one reading together: message, parts, tables, words and names of units.

It is the whole of what a reader child does. It decides nothing about the mail's fate.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parsers.asked import Request
from parsers.attachments import Errand, Opened, Opener, Path, with_role
from parsers.automation import confirms_reading
from parsers.bodytext import BodyText, body_text, plan_numbers
from parsers.identity import (
    Sources,
    build_directory,
    mentions_in,
    rank,
)
from parsers.letterhead import Letterhead
from parsers.message import ParsedMessage, parse
from parsers.mime.header import read_header
from parsers.picture_sheets import gathered
from parsers.places import document_place
from parsers.registrations import Recognition, recognise, wordings_of
from parsers.returned import returned
from parsers.unit_column import column_mentions, rows_with_units
from parsers.values.finding import Finding, finding
from parsers.values.message import Part
from parsers.values.reading import (
    AttachmentReading,
    AttachmentRole,
    Confirmation,
    Cutout,
    Kind,
    Mode,
    Reading,
    Registration,
    Result,
    Rules,
)
from parsers.values.returned import Returned
from parsers.values.table import Needs
from parsers.vietnamese.fold import skeleton
from parsers.vietnamese.legacy.decide import shown_alone

_PLAIN = Errand()
#: What goes with a mail and is no document: logos, signatures, cards.
_NO_PAPER = frozenset({"asc", "bmp", "gif", "ics", "jpg", "p7s", "png", "vcf", "webp"})
#: Of one document: a seal and a signature, and one more of each.
_MOST_CUTOUTS = 4
#: Where a document itself says whose it is.
_DOCUMENT = ("letterhead", "signature")
_UNIT_OF_FORM = re.compile(r"(?:ten )?(?:don vi|co quan)(?: (?:dang ki|gui|bao cao))?")


@dataclass(frozen=True, slots=True)
class _Understood:
    opened: Opened
    recognised: Recognition
    body: BodyText

    @property
    def rows(self) -> bool:
        return bool(self.recognised.registrations or self.recognised.results)


class Reader:
    """Reads mails and bare files under one set of rules; building it costs most."""

    def __init__(self, rules: Rules) -> None:
        """Build the directory of names and the headings' words once."""
        self._rules = rules
        self._directory = build_directory(rules.units)
        self._words = wordings_of(rules)

    def read_message(
        self,
        raw: bytes,
        errand: Errand = _PLAIN,
        header_only: bool = False,
    ) -> Reading | tuple[Needs, ...]:
        """Return what the mail says, or what must be converted before it can be read.

        `header_only` bytes are a header whose mail is not kept.
        """
        parsed = parse(raw, self._rules)
        if header_only:
            return _header_alone(parsed)
        if parsed.message.own or parsed.message.automatic == "bounce":
            # A returned mail may hold our own answer with a unit's table in it.
            return replace(_not_opened(parsed), returned=self._returned(raw, parsed))
        opened = self._open(parsed.parts, errand)
        if errand.waits and opened.needs:
            return tuple(opened.needs)
        understood = self._understand(opened, parsed)
        reading = self._reading(understood, parsed)
        findings = (*parsed.findings, *reading.findings)
        parsed = _told_of_reading(parsed, reading)
        return replace(
            reading,
            message=parsed.message,
            kind=_mail_kind(reading.kind, parsed),
            findings=tuple(dict.fromkeys(findings)),
            content_digest=parsed.content_digest,
        )

    def _returned(self, raw: bytes, parsed: ParsedMessage) -> tuple[Returned, ...]:
        if parsed.message.own:
            return ()
        header, _ = read_header(raw, 0, len(raw))
        own = self._rules.own_domain
        return returned(parsed.message, header, parsed.parts, own)

    def read_file(
        self,
        name: str,
        payload: bytes,
        errand: Errand = _PLAIN,
    ) -> Reading | tuple[Needs, ...]:
        """Return what a bare file says; it is its own attachment, `message` is None.

        Or what must be converted before it can be read.
        """
        part = Part((name,), "application/octet-stream", payload)
        opened = self._open((part,), errand)
        if errand.waits and opened.needs:
            return tuple(opened.needs)
        return self._reading(self._understand(opened, None), None)

    def _open(self, parts: tuple[Part, ...], errand: Errand) -> Opened:
        opener = Opener(self._rules.limits, errand.skip, errand.opens, errand.converted)
        return opener.open_all(parts)

    def _understand(self, opened: Opened, parsed: ParsedMessage | None) -> _Understood:
        subject = parsed.message.subject if parsed else None
        body = body_text(opened.body, subject)
        recognised = recognise(
            gathered(opened.documents, opened.seen),
            self._rules,
            self._words,
            hints=[line for line in (subject, body.reply) if line],
            forwarded=body.forwarded,
        )
        return _Understood(opened, recognised, body)

    def _reading(self, known: _Understood, parsed: ParsedMessage | None) -> Reading:
        recognised = known.recognised
        heads = recognised.letterheads
        attachments, more = _attachments(known)
        named = mentions_in(self._directory, _sources(known, parsed, attachments))
        issuers = frozenset(m.code for m in named if m.code and m.source in _DOCUMENT)
        columns = column_mentions(self._directory, recognised.rows)
        mentions = (*named, *columns)
        secret = any(head.secret for _, head in heads)
        findings = [*known.opened.findings, *recognised.findings, *more]
        findings += _told(known, attachments)
        if secret:
            findings.append(finding("classified_marking"))
        titles = [line for _, head in heads for line in head.titles]
        plans = (*known.body.plans, *plan_numbers(titles))
        return Reading(
            kind=_kind(known),
            mode=_mode(known),
            confirmation=_confirmation(known, heads),
            registrations=rows_with_units(
                self._directory, recognised.registrations, issuers
            ),
            results=rows_with_units(self._directory, recognised.results, issuers),
            corrections=known.body.corrections,
            correction_unclear=known.body.correction_unclear and not known.rows,
            attachments=attachments,
            findings=tuple(dict.fromkeys(findings)),
            tables=recognised.tables,
            mentions=mentions,
            candidates=rank(mentions),
            plans=tuple(dict.fromkeys(plans)),
            reply_text=known.body.reply,
            request=_request(known),
            kind_unclear=recognised.kind_unclear,
            secret=secret,
            cutouts=() if secret else tuple(_cutouts(known)),
        )


def _header_alone(parsed: ParsedMessage) -> Reading:
    found = dict.fromkeys((*parsed.findings, finding("file_too_large")))
    return Reading(
        kind=_mail_kind("other", parsed),
        message=parsed.message,
        findings=tuple(found),
        content_digest=parsed.content_digest,
    )


def _not_opened(parsed: ParsedMessage) -> Reading:
    return Reading(
        kind="automatic",
        message=parsed.message,
        findings=parsed.findings,
        content_digest=parsed.content_digest,
    )


def _told_of_reading(parsed: ParsedMessage, reading: Reading) -> ParsedMessage:
    """Return the mail as automatic where it only says that another was read."""
    message = parsed.message
    brings = reading.registrations or reading.results or reading.attachments
    if message.automatic or brings or not confirms_reading(message.subject):
        return parsed
    return replace(parsed, message=replace(message, automatic="automatic"))


def _mail_kind(kind: Kind, parsed: ParsedMessage) -> Kind:
    rows = kind in ("registration", "results")
    return "automatic" if parsed.message.automatic and not rows else kind


def _kind(known: _Understood) -> Kind:
    if known.recognised.registrations:
        return "registration"
    if known.recognised.results:
        return "results"
    body = known.body
    if body.nil:
        return "nil"
    if body.corrections or body.correction_unclear:
        return "correction"
    return "request" if _request(known) else "other"


def _request(known: _Understood) -> Request | None:
    """Return what is asked for, beside whatever documents the mail brings."""
    papers = any(a.type not in _NO_PAPER for a in known.opened.attachments)
    asked = known.body.asked
    found = asked.beside_files if papers else asked.request
    return None if known.rows else found


def _mode(known: _Understood) -> Mode | None:
    """Return what the mail says of itself; None where it says two things, or nothing
    is delivered.
    """
    if not known.rows and not known.body.nil:
        return None
    if known.body.mode_unclear:
        return None
    return known.body.mode or "new"


def _confirmation(
    known: _Understood, heads: tuple[tuple[Path, Letterhead], ...]
) -> Confirmation | None:
    """Return how the document is confirmed: its block, and what stands over it."""
    rows = known.rows
    confirming = {
        path
        for path, head in heads
        if head.confirmation == "block_only" and (rows or path)
    }
    signed = {path for path, document in known.opened.documents if document.signed}
    # A signature on a letter or a bill that came along confirms no table.
    if signed & (confirming | set(known.recognised.roles)):
        return "signed"
    if not rows and not confirming:
        return None
    for path, document in known.opened.documents:
        sealed = any(mark.kind == "seal" for mark in document.marks)
        # A seal may hide the words of the block; strokes alone are anything.
        if document.marks and (path in confirming or sealed):
            return "signed"
    return "block_only" if confirming else "absent"


def _cutouts(known: _Understood) -> Iterator[Cutout]:
    """Yield what was seen of seals and signatures."""
    for path, document in known.opened.documents:
        for mark in document.marks[:_MOST_CUTOUTS]:
            yield Cutout(path, mark.kind, mark.jpeg)


def _attachments(
    known: _Understood,
) -> tuple[tuple[AttachmentReading, ...], list[Finding]]:
    """Return the attachments with their roles, and what that says of pictures.

    A picture beside a table is its signed copy, a logo, a photo of the works; a picture
    alone is the table that nobody read.
    """
    roles: dict[Path, AttachmentRole] = dict(known.recognised.roles)
    findings: list[Finding] = []
    if not known.rows and not known.body.nil:
        for path in known.opened.pictures:
            roles[path] = "unreadable"
            findings.append(finding("type_unsupported", document_place(path)))
    return with_role(known.opened.attachments, roles), findings


def _told(
    known: _Understood, attachments: tuple[AttachmentReading, ...]
) -> list[Finding]:
    if known.rows or known.body.nil:
        return []
    if known.body.links:
        return [finding("link_instead_of_file", link=known.body.links[0])]
    if known.body.promises_file and not attachments:
        return [finding("attachment_forgotten")]
    return []


def _units_of_forms(recognised: Recognition) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield what forms give as "Tên đơn vị đăng ký", one for all works of a file."""
    given: defaultdict[Path, set[str]] = defaultdict(set)
    rows: tuple[Registration | Result, ...] = (
        *recognised.registrations,
        *recognised.results,
    )
    for row in rows:
        given[row.attachment] |= {
            text
            for heading, text in row.extra.items()
            if text and _UNIT_OF_FORM.fullmatch(skeleton(heading))
        }
    for path, texts in given.items():
        if len(texts) == 1:
            yield path, (f"Đơn vị: {texts.pop()}",)


def _sources(
    known: _Understood,
    parsed: ParsedMessage | None,
    attachments: tuple[AttachmentReading, ...],
) -> Sources:
    heads = known.recognised.letterheads
    titles = [(p, h.titles) for p, h in heads if h.titles]
    author = parsed.message.author if parsed else None
    return Sources(
        letterheads=tuple((p, h.issuer) for p, h in heads if h.issuer),
        signatures=tuple((p, h.signature) for p, h in heads if h.signature),
        titles=(*titles, *_units_of_forms(known.recognised)),
        subject=parsed.message.subject if parsed else None,
        file_names=tuple(tuple(map(shown_alone, a.path)) for a in attachments),
        body=known.body.reply,
        sender_name=author.name if author else None,
    )
