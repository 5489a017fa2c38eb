"""How far the From address of a mail is believed (RELIABILITY: sender trust).

It decides nothing about the mail; what a class may do is written where it is done.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from daemon.decide.authres import AuthResults, Outcome, Provided, provided
from daemon.decide.domains import aligned, domain_of
from parsers.values.decision import Trust
from parsers.values.finding import Finding, finding
from parsers.values.message import Message

_ADDRESS = re.compile(
    r"[^\s<>\"'(),;:\[\]]+@[^\s<>\"'(),;:\[\]@]+\.[^\s<>\"'(),;:\[\]@]+"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Sender:
    """The judged From address.

    `proven` says that our provider's line proves it, whether the directory knows it or
    not; `trust` is the class, which asks for both.
    """

    address: str | None
    trust: Trust
    proven: bool = False
    findings: tuple[Finding, ...] = ()


def judge(message: Message | None, trusted: Sequence[str], listed: bool) -> Sender:
    """Return the class of the sender.

    `trusted` are the authserv-ids that are believed at this door, none where it proves
    nothing; `listed` says that the directory knows the From address.
    """
    if message is None or message.author is None or not message.author.address:
        return Sender(None, "unknown")
    address = message.author.address.strip()
    line = provided(message.trace, trusted)
    findings = _said_to_staff(line)
    if disguised(message) or _refused(line.line, address, message):
        return Sender(address, "failed", False, findings)
    proven = _proven(line.line, address, message) and not _delegated(message)
    if listed:
        if trusted and not proven:
            findings = (*findings, finding("sender_unverified", why="no_proof"))
        return Sender(address, "proven" if proven else "unproven", proven, findings)
    return Sender(address, "unknown", proven, findings)


def disguised(message: Message) -> bool:
    """Return whether the From line itself shows more than one author.

    Two fields, several addresses, or a display name that shows another address than the
    one behind it: programs and people would see different senders.
    """
    if message.from_fields > 1 or len(message.senders) > 1:
        return True
    author = message.author
    if author is None or not author.name or not author.address:
        return False
    shown = _INVISIBLE.sub("", unicodedata.normalize("NFKC", author.name))
    behind = author.address.strip().casefold()
    return any(
        found.strip(".").casefold() != behind for found in _ADDRESS.findall(shown)
    )


def _said_to_staff(line: Provided) -> tuple[Finding, ...]:
    if not line.spare:
        return ()
    return (finding("sender_unverified", why="second_line"),)


def _delegated(message: Message) -> bool:
    """Return whether somebody else sent it in the author's name."""
    sender, author = message.sender, message.author
    if sender is None or not sender.address or author is None or not author.address:
        return False
    return sender.address.strip().casefold() != author.address.strip().casefold()


def _refused(line: AuthResults | None, address: str, message: Message) -> bool:
    """Return whether our provider says that the sender is not who he says."""
    if line is None:
        return False
    if any(o.method == "dmarc" and o.result == "fail" for o in line.outcomes):
        return True
    if _proven(line, address, message):
        return False
    domain = domain_of(address)
    return any(
        o.method == "spf"
        and o.result in {"fail", "softfail", "hardfail"}
        and (envelope := domain_of(o.value("smtp.mailfrom"))) is not None
        and not aligned(envelope, domain)
        for o in line.outcomes
    )


def _proven(line: AuthResults | None, address: str, message: Message) -> bool:
    domain = domain_of(address)
    if line is None or domain is None:
        return False
    passed = [o for o in line.outcomes if o.result == "pass"]
    if any(_by_envelope(o, domain) for o in passed):
        return True
    if _only_loose_signatures(message, domain):
        return False
    return any(_by_policy(o, domain) or _by_signature(o, domain) for o in passed)


def _by_envelope(outcome: Outcome, domain: str) -> bool:
    envelope = domain_of(outcome.value("smtp.mailfrom"))
    return outcome.method == "spf" and aligned(envelope, domain)


def _by_policy(outcome: Outcome, domain: str) -> bool:
    judged = domain_of(outcome.value("header.from"))
    return outcome.method == "dmarc" and judged in {None, domain}


def _by_signature(outcome: Outcome, domain: str) -> bool:
    signer = domain_of(outcome.value("header.d") or outcome.value("header.i"))
    return outcome.method == "dkim" and aligned(signer, domain)


def _only_loose_signatures(message: Message, domain: str) -> bool:
    """Return whether every signature of the domain leaves body or From open.

    A signature with `l=` covers only the beginning of the body, one without From in
    `h=` no author; where the trace shows none, the provider's word stands.
    """
    signatures = [
        tags
        for header in message.trace
        if header.name == "dkim-signature"
        and aligned(domain_of((tags := _tags(header.value)).get("d")), domain)
    ]
    return bool(signatures) and all(_loose(tags) for tags in signatures)


def _loose(tags: dict[str, str]) -> bool:
    signed = {name.strip().lower() for name in tags.get("h", "").split(":")}
    return "l" in tags or "from" not in signed


def _tags(value: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in value.split(";"))
    return {name.strip().lower(): text.strip() for name, _, text in pairs}
