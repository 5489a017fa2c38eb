"""What stands above and below a document, as lines that every writer lays out.

The form is that of Hướng dẫn 36-HD/VPTW: two columns, the issuing body on the left, the
Party's name on the right; it says nothing about fonts of tables.
"""

from dataclasses import dataclass

from daemon.export.model import Letterhead, Part
from daemon.export.wording import text

#: The sizes of the guideline's annex, in points.
PARTY, ISSUER, PLAIN = 15.0, 14.0, 13.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line of a head or a signature block. An empty `text` is an empty line."""

    text: str
    size: float = PLAIN
    bold: bool = False
    italic: bool = False
    ruled: bool = False


def head(part: Part) -> tuple[tuple[Phrase, Phrase], ...]:
    """Return the lines of the head: (left, right)."""
    who = part.letterhead
    left = [Phrase(who.superior, ISSUER)] if who.superior else []
    left.append(Phrase(who.body, ISSUER, bold=True))
    left.append(Phrase(text("head", "asterisk"), ISSUER))
    if part.kind:
        left.append(Phrase(_number(part.kind, who.symbol), ISSUER))
    right = [Phrase(text("head", "party"), PARTY, bold=True, ruled=True)]
    empty = Phrase("", ISSUER)
    # Place and date stand beside the last line on the left.
    right += [empty] * (len(left) - len(right) - 1)
    right.append(Phrase(_dated(part), ISSUER, italic=True))
    return tuple(zip(left, right, strict=True))


def signature(who: Letterhead, recipients: bool) -> tuple[tuple[Phrase, Phrase], ...]:
    """Return the lines of the signature block: (left, right).

    `recipients`: on the left stand those who get the document, else who made it.
    """
    right = [Phrase(who.signer, ISSUER, bold=True)]
    right += [Phrase("", ISSUER)] * 4
    right.append(Phrase(who.signed_by, ISSUER, bold=True))
    if recipients and who.recipients:
        left = [Phrase(text("signature", "recipients"), 12, bold=True, italic=True)]
        left += [Phrase(line, 11) for line in who.recipients]
    else:
        left = [Phrase(text("signature", "maker"), ISSUER, bold=True)]
        left.append(Phrase(text("signature", "signed"), PLAIN, italic=True))
        left += [Phrase("", ISSUER)] * 3
        left.append(Phrase(who.maker, ISSUER, bold=True))
    most = max(len(left), len(right))
    left += [Phrase("", ISSUER)] * (most - len(left))
    right += [Phrase("", ISSUER)] * (most - len(right))
    return tuple(zip(left, right, strict=True))


def _number(kind: str, symbol: str) -> str:
    if symbol:
        return text("head", "number", kind=kind, symbol=symbol)
    return text("head", "number_plain", kind=kind)


def _dated(part: Part) -> str:
    day, place = part.day, part.letterhead.place
    # Days below 10 and the first two months take a nought, so that none is added.
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    given = {"day": f"{day.day:02}", "month": month, "year": day.year}
    if place:
        return text("head", "day", place=place, **given)
    return text("head", "day_plain", **given)
