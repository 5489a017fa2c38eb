"""What the content of a mail says of its sender, asked in the ways that rules need."""

from collections.abc import Iterable

from parsers.values.reading import Reading
from parsers.values.unit import Mention, Source

#: How much a kind of evidence weighs, heaviest first.
WEIGHT: tuple[Source, ...] = (
    "letterhead",
    "signature",
    "subject",
    "file_name",
    "body",
    "title",
    "sender_name",
)
DOCUMENT: frozenset[Source] = frozenset({"letterhead", "signature"})
#: A name or alias that stood there letter by letter.
EXACT = 0.99
#: A document's own head with letters lost still speaks against another unit.
CLOSE = 0.9


def exact(mention: Mention) -> bool:
    """Return whether it names one of our units without any guess."""
    return mention.code is not None and mention.score >= EXACT


def against(mention: Mention, allowed: frozenset[str]) -> bool:
    """Return whether it names an issuer other than `allowed`.

    A foreign place inside the running text of a mail is nobody's letterhead.
    """
    if mention.foreign:
        return mention.source != "body"
    if mention.code is None or mention.code in allowed:
        return False
    return exact(mention) or (mention.source in DOCUMENT and mention.score > CLOSE)


def heads(
    reading: Reading, attachment: tuple[str, ...] | None, sources: Iterable[Source]
) -> frozenset[str]:
    """Return the units that a document's own letterhead or signature block names.

    `attachment` None asks all documents of the mail.
    """
    wanted = frozenset(sources)
    return frozenset(
        mention.code
        for mention in reading.mentions
        if mention.code is not None
        and exact(mention)
        and mention.source in wanted
        and attachment in {None, mention.attachment}
    )


def evidence(reading: Reading, code: str) -> tuple[str, ...]:
    """Return which places name the unit, heaviest first."""
    named = {m.source for m in reading.mentions if m.code == code}
    return tuple(source for source in WEIGHT if source in named)
