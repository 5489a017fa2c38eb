"""Read addresses and the date of a mail, by mail-parser where it can.

It proves nothing about anybody; that is the judge of trust's, from the trace.
"""

import re
from datetime import UTC, datetime
from email.message import Message as StandardMessage
from email.utils import getaddresses, parsedate_to_datetime
from typing import NamedTuple

import mailparser
from mailparser.exceptions import MailParserError

from parsers.mime.header import Header
from parsers.mime.words import decode_words
from parsers.values.message import Address
from parsers.vietnamese.fold import nfc_text
from parsers.vietnamese.legacy.decide import shown_alone

#: Bytes of one address field that are interpreted: some two hundred addresses.
_FIELD = 16 * 1024
_BARE = re.compile(r"[^\s<>()\[\]\",;:\\@]+@[^\s<>()\[\]\",;:\\@]+")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)')
#: One address in the form that nearly every program writes: read without a library,
#: because the library costs as much as all the rest of the header.
_PLAIN = re.compile(
    r"(?:\"(?P<quoted>[^\"\\<>]*)\"|(?P<name>[^<>()\[\]\",;:\\@]*))\s*"
    r"<(?P<address>[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)>"
)
_PLAIN_DATE = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}"
    r"(?: \([A-Za-z0-9:+ -]*\))?"
)
_NOTES_NAME = re.compile(r"\s*(CN=[^<>\",;]+)", re.IGNORECASE)

#: What mail-parser was seen to raise on real headers (AttributeError on 4 of 1,640) and
#: what its parsing of fields, dates and words may pass on from the standard library.
_MAIL_PARSER_ERRORS = (
    MailParserError,
    AttributeError,
    IndexError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


class People(NamedTuple):
    """Who wrote to whom, and when."""

    senders: tuple[Address, ...]
    sender: Address | None
    recipients: tuple[Address, ...]
    date: datetime | None


def read_people(header: Header) -> People:
    """Return the addresses of every From field, Sender, To and Cc, and the Date.

    Names are decoded NFC text. A field in which nothing is an address gives one Address
    with `address` None, so that somebody is seen to stand there. `date` is aware.
    """
    fields = {
        name: header.get(name) or "" for name in ("from", "to", "cc", "date", "sender")
    }
    plain = _plainly(fields, header)
    if plain is not None:
        return plain
    parsed = _by_mail_parser({k: v for k, v in fields.items() if k != "sender"})
    first = _addresses(fields["from"], parsed, "from")
    others = tuple(a for v in header.get_all("from")[1:] for a in read_addresses(v))
    to = _addresses(fields["to"], parsed, "to") + _addresses(fields["cc"], parsed, "cc")
    return People(
        senders=first + others,
        sender=next(iter(read_addresses(fields["sender"])), None),
        recipients=tuple(a for a in to if a.address),
        date=_date(fields["date"], parsed),
    )


def _plainly(fields: dict[str, str], header: Header) -> People | None:
    """Return the people where every field is one plain address, else None."""
    if fields["cc"] or len(header.get_all("from")) != 1:
        return None
    if not _PLAIN_DATE.fullmatch(fields["date"]):
        return None
    found: dict[str, tuple[Address, ...]] = {}
    for name in ("from", "to", "sender"):
        if not fields[name] and name != "from":
            found[name] = ()
            continue
        one = _plain_address(fields[name])
        if one is None:
            return None
        found[name] = (one,)
    date = _date(fields["date"], None)
    sender = next(iter(found["sender"]), None)
    return People(found["from"], sender, found["to"], date)


def _plain_address(value: str) -> Address | None:
    match = _PLAIN.fullmatch(value.strip()) if len(value) < 1000 else None
    if match is None and _PLAIN.fullmatch(f"<{value.strip()}>"):
        return _address("", value)
    if match is None:
        return None
    return _address(match["quoted"] or match["name"] or "", match["address"])


def read_addresses(value: str) -> tuple[Address, ...]:
    """Return the addresses of one unfolded field."""
    if not value.strip():
        return ()
    return _addresses(value, _by_mail_parser({"from": value}), "from")


def _by_mail_parser(fields: dict[str, str]) -> mailparser.MailParser | None:
    """Return mail-parser's view of these fields alone; None where it fails on them.

    The other fields are kept from it: Received lines cost it more than all the rest.
    """
    message = StandardMessage()
    for name, value in fields.items():
        if value:
            message[name] = value[:_FIELD]
    try:
        return mailparser.MailParser(message)
    except _MAIL_PARSER_ERRORS:
        return None


def _addresses(
    value: str, parsed: mailparser.MailParser | None, field: str
) -> tuple[Address, ...]:
    if parsed is None:
        pairs = _by_standard(value[:_FIELD])
    else:
        pairs = list({"from": parsed.from_, "to": parsed.to, "cc": parsed.cc}[field])
    if not pairs and value.strip():
        return _leniently(value[:_FIELD])
    return tuple(_address(name, address) for name, address in pairs)


def _by_standard(value: str) -> list[tuple[str, str]]:
    """Return what the standard library reads, for fields that mail-parser fails on."""
    try:
        return [pair for pair in getaddresses([value]) if "@" in pair[1]]
    except (IndexError, RecursionError, ValueError):
        return []


def _leniently(value: str) -> tuple[Address, ...]:
    """Return what looks like addresses where mail-parser finds the field ambiguous.

    QUIRK: `<a@b.vn` without its end, an encoded word before a bare address, two angle
    addresses in a row: each address is told, and several are no proof of anybody.
    """
    notes = _NOTES_NAME.match(value)
    if notes and "@" in notes[1]:
        return (_address("", notes[1].strip()),)
    found = list(dict.fromkeys(_BARE.findall(_QUOTED.sub(" ", value))))
    name = value.split(found[0], 1)[0].strip(" <>,") if found else value
    if not found:
        return (_address(name, ""),)
    rest = tuple(_address("", address) for address in found[1:])
    return (_address(name, found[0]), *rest)


def _address(name: str, address: str) -> Address:
    text = nfc_text(shown_alone(decode_words(name.strip().strip('"')))).replace(
        "\n", " "
    )
    return Address(text or None, address.strip() or None)


def _date(value: str, parsed: mailparser.MailParser | None) -> datetime | None:
    """Return the Date field's instant; None where it is absent or says none."""
    if parsed is not None and isinstance(parsed.date, datetime):
        return parsed.date
    try:
        date = parsedate_to_datetime(value[:200])
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
