"""SMTP as values: a mail on the wire, and what a server's answer means for it and us.

Pure: it speaks to nobody.
"""

import re
from typing import Literal

#: The command that was answered; `.` is the end of the mail's bytes.
Stage = Literal["MAIL", "RCPT", "DATA", "."]
#: `taken`: go on. `later`, `refused`: this mail. `account`: us, whatever the mail.
#: `policy`: us, or this recipient; the same words are used for both. `closing`: not
#: taken, and the connection ends. `strange`: no answer of the protocol.
Verdict = Literal[
    "taken", "later", "refused", "account", "policy", "closing", "strange"
]

_LONGEST = 300
#: Login asked for or refused (RFC 4954 6).
_LOGIN = frozenset({530, 534, 535, 538})
#: Sending quota (5.4.5), login (5.7.0, 5.7.8, 5.7.9, 5.7.14) and the right to write as
#: this sender (5.7.60), as the large providers say them; 4.7.28 is too fast.
_ACCOUNT = frozenset({"5.4.5", "5.7.0", "5.7.8", "5.7.9", "5.7.14", "5.7.60", "4.7.28"})
#: Relaying forbidden, a quota of the relay, or a recipient who takes no mail of ours.
_POLICY = frozenset({"5.7.1"})
#: The sender's address is none, or is not ours to use (RFC 3463 3.2).
_SENDER = frozenset({"5.1.7", "5.1.8"})
_ENHANCED = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")


class RefusedError(Exception):
    """The server said no: to this mail, or to us; `stage` is what it was asked."""

    def __init__(
        self, verdict: Verdict, code: int, words: str, stage: Stage | None = None
    ) -> None:
        super().__init__(f"{code} {words}")
        self.verdict = verdict
        self.code = code
        self.stage = stage


def plain_words(reply: bytes | str) -> str:
    """Return an answer as one line that may be stored: no control letters, bounded."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.split())[:_LONGEST]


def on_the_wire(raw: bytes) -> bytes:
    """Return a mail with CRLF line ends as it follows DATA, the final dot included."""
    stuffed = raw.replace(b"\r\n.", b"\r\n..")
    if stuffed.startswith(b"."):
        stuffed = b"." + stuffed
    return stuffed + (b".\r\n" if raw.endswith(b"\r\n") else b"\r\n.\r\n")


def judge(stage: Stage, code: int, words: str) -> Verdict:
    """Return what the answer `code words` to `stage` means."""
    if code == 354 if stage == "DATA" else 200 <= code < 300:
        return "taken"
    if code == 421:
        return "closing"
    if not 400 <= code < 600:
        return "strange"
    said = _enhanced(words)
    if code in _LOGIN or said & _ACCOUNT:
        return "account"
    if stage == "MAIL" and (code == 554 or said & (_POLICY | _SENDER)):
        return "account"
    if said & _POLICY:
        return "policy"
    return "later" if code < 500 else "refused"


def was_policy(reply: str | None) -> bool:
    """Say whether a stored answer, code first, was one of policy."""
    code, _, words = (reply or "").partition(" ")
    return code.isdecimal() and judge("RCPT", int(code), words) == "policy"


def _enhanced(words: str) -> frozenset[str]:
    # QUIRK: servers that have no enhanced code in its place (RFC 2034) put it at the
    # end or in the middle; one in its place is the answer, others are quotations.
    first = _ENHANCED.match(words)
    return frozenset([first.group()] if first else _ENHANCED.findall(words))
