"""The one-time code by which an address says that a replacement is its own.

It is derived, not drawn: the same mail asks with the same code on every replay. Nothing
is stored here, and who may be asked is said by `daemon.decide.held`.
"""

import hashlib
import hmac
import re
from datetime import timedelta

from daemon.decide.receipt import ALPHABET
from daemon.decide.version import standing_rows
from daemon.decide.view import Taken, View
from parsers.values.decision import Pending
from parsers.values.outbox import AskedChange
from parsers.vietnamese.fold import skeleton

#: As long as a question waits for its code.
DAYS = 7
#: RELIABILITY 6 asks for 64 bits; 16 characters of five bits are 80. The two letters
#: before them keep a line that begins with a code from beginning with a row's number.
_MARK, _GROUPS, _GROUP = "HT", 4, 4
_NOT_CODE = re.compile(r"[^A-Z0-9]+")
#: Whoever writes this beside a code does not confirm with it.
_REFUSES = re.compile(
    r"\bkhong (?:phai|dong y|xac nhan|gui|chap nhan|thay the|thuc hien)\b"
    r"|\bgia mao\b|\btu choi\b|\bhuy (?:yeu cau|de nghi|viec)\b"
)


def code_for(
    secret: bytes, address: str, raw_sha256: str, changes: tuple[AskedChange, ...]
) -> str:
    """Return the code: one word of 22 characters, A-Z, 2-9 and `-`.

    It is bound to the address, to the mail by its bytes, and to each version in force
    that the mail would take out of force.
    """
    bound = [address.strip().casefold(), raw_sha256.lower()]
    bound += [f"{c.campaign} {c.unit} {c.phase} {c.version}" for c in changes]
    text = "\x1f".join(bound).encode("utf-8", "replace")
    bits = int.from_bytes(hmac.digest(secret, text, hashlib.sha256)[:10], "big")
    letters = [ALPHABET[bits >> 5 * i & 31] for i in range(_GROUPS * _GROUP)]
    groups = ("".join(letters[i::_GROUPS]) for i in range(_GROUPS))
    return "-".join([_MARK, *groups])


def asked_changes(view: View) -> tuple[AskedChange, ...]:
    """Return what the mail would take out of force, one entry a unit."""
    return tuple(
        _asked(view, taken)
        for taken in view.taken
        if taken.change.replaces and taken.change.in_force and not taken.change.same
    )


def vouched(view: View) -> tuple[int, ...]:
    """Return the held messages that this mail confirms by their codes.

    The code counts above the quotation, from the address that was asked, within seven
    days, and while the versions that it is bound to are in force. Robots confirm
    nothing: they send our own words back.
    """
    message = view.message
    if message is None or message.own or message.automatic is not None:
        return ()
    if view.sender.trust == "failed" or _REFUSES.search(_own_words(view)):
        return ()
    return tuple(p.message for p in view.case.pending if _answers(view, p))


def _asked(view: View, taken: Taken) -> AskedChange:
    standing, unit = taken.standing, view.policy.by_code.get(taken.unit)
    removal = view.content == "correction"
    rows = taken.change.rows
    return AskedChange(
        campaign=view.place.campaign.number if view.place.campaign else "",
        unit=taken.unit,
        unit_name=unit.name if unit else taken.unit,
        phase=view.place.phase.name if view.place.phase else "",
        version=standing.version if standing else 0,
        before=len(standing_rows(standing)) if standing else 0,
        after=len(rows),
        change="removal" if removal else "replacement" if rows else "nil",
    )


def _answers(view: View, pending: Pending) -> bool:
    late = view.case.received.received - pending.asked > timedelta(days=DAYS)
    if late or pending.message == view.case.received.id:
        return False
    stand = {(s.campaign, s.unit, s.phase, s.version) for s in view.case.standing}
    if not set(pending.versions) <= stand:
        return False
    said, code = _letters(view.case.reading.reply_text), _letters(pending.code)
    before, found, _ = said.partition(code)
    # QUIRK: Notes quotes without any mark. Our letter names its receipt code first, so
    # that a code behind that one is our own letter sent back, and says nothing.
    return bool(found) and pending.receipt not in before


def _letters(text: str) -> str:
    return _NOT_CODE.sub("", text.upper())


def _own_words(view: View) -> str:
    """Return what was written before our own letter begins, without accents."""
    text = view.case.reading.reply_text
    cuts = [text.find(p.receipt) for p in view.case.pending]
    end = min((cut for cut in cuts if cut >= 0), default=len(text))
    return skeleton(text[:end])
