"""Read a report of a failed delivery: who did not get which mail of ours, and why.

Delivery reports (RFC 3464) and the free forms of qmail, Exim, Exchange, Notes, Gmail
and their like. It believes nothing: whether the mail was sent to that address is for
whoever keeps the outbox.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from parsers.mime.header import Header
from parsers.values.message import Message, Part
from parsers.values.returned import Fate, Returned

#: Of each part so much is looked through, and of all together; recipients of a report.
_LOOKED_AT, _PARTS, _RECIPIENTS = 256 * 1024, 40, 20
_ADDRESSES = 30
_WORDS = 200
_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,250}"
)
_OWN_ID = re.compile(
    r"<((?:acknowledgement|reminder|digest|alert)\.[0-9a-f]{32}@[^<>@\s]{1,255})>"
)
_OWN_KEY = re.compile(r"^X-Hopthu-Item:[ \t]*([0-9a-f]{32})\b", re.I | re.M)
_KINDS = ("acknowledgement", "reminder", "digest", "alert")
#: RFC 3463: class, subject, detail. A version number or an IPv4 address has neighbours.
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
_REPLY = re.compile(r"(?<![\d.#-])([45]\d\d)(?=[ -])")
#: Address, domain or account do not exist (RFC 3463 3.2, 3.3, 3.5).
_GONE_STATUS = frozenset({"1.0", "1.1", "1.2", "1.3", "1.6", "1.10", "2.1", "4.4"})
#: The same in words, in letters without accents.
_GONE = re.compile(
    r"no such (?:user|recipient|address|account|mailbox|domain|person)"
    r"|(?:user|recipient|mailbox|account|address|domain|host)(?: name)?"
    r" (?:\S+ )?(?:is )?(?:unknown|not found|does(?:n't| not) exist|not exist|invalid"
    r"|disabled|inactive|unavailable|couldn'?t be found)"
    r"|unknown (?:user|recipient|mailbox|local part|address|host|domain)"
    r"|does(?:n't| not) (?:exist|have an? \S+ account)|not listed in"
    r"|isn'?t listed|address(?: could not be)? (?:not found|rejected)"
    r"|addresses? (?:failed|couldn'?t be found)|unrouteable|unroutable"
    r"|couldn'?t (?:find any host|be found)|khong tim thay|khong ton tai"
    r"|mailbox unavailable|recipient address rejected|invalid recipient"
)
#: It is still being tried.
_DELAYED = re.compile(
    r"(?:delivery|message|mail|it)\b.{0,40}\b(?:delayed|deferred)"
    r"|has not (?:yet )?been delivered|not yet been delivered"
    r"|still (?:be )?(?:being )?(?:retried|trying)|will (?:be retried|keep trying)"
    r"|(?:will|going to) (?:continue|keep on?) (?:to try|trying|retrying)"
    r"|do not need to resend|this is (?:only )?a warning|warning message only"
    r"|warning: (?:could not send|message)|bi cham|dang duoc gui lai|se thu gui lai"
)
_FINAL = re.compile(
    r"giv(?:en|ing) up|permanent|i've given up|expired|returned to sender"
    r"|failed permanently|fatal error"
)
#: Where reports in free form begin to quote the mail itself.
_COPY = re.compile(
    r"^(?:-+ *(?:below this line|this is a copy|the (?:header|body)|original message"
    r"|unsent message|message header|returned mail|begin message)"
    r"|(?:original message headers|diagnostic information for admin)).*$",
    re.IGNORECASE | re.MULTILINE,
)


def returned(
    message: Message, header: Header, parts: Sequence[Part], own_domain: str
) -> tuple[Returned, ...]:
    """Return what the report says of mails of ours, one value a recipient.

    `header` is the report's own. Empty where it names no mail of ours, or nobody who
    did not get it.
    """
    looked_at = parts[:_PARTS]
    answered = _answered(message, looked_at, own_domain)
    if not answered:
        return ()
    formal = [
        one
        for part in looked_at
        if part.declared_type in _REPORTS and part.depth == 0
        for one in _groups(_text(part), answered)
    ]
    if formal:
        return tuple(formal[:_RECIPIENTS])
    free = _free(message, header, looked_at, answered)
    return (free,) if free is not None else ()


def fate_of(words: str, status: str | None = None) -> Fate:
    """Return what a server's final refusal says of the recipient's address."""
    code = status or _status(words)
    if code is not None and code.partition(".")[2] in _GONE_STATUS:
        return "gone"
    # 5.7.1 with "address rejected" speaks of who writes, not of who is written to.
    other = code is not None and not code.endswith(".0.0")
    return "gone" if not other and _GONE.search(_plain(words)) else "refused"


def _answered(
    message: Message, parts: Iterable[Part], own_domain: str
) -> tuple[str, ...]:
    """Return our Message-IDs in the report: in its thread, and anywhere in its parts.

    QUIRK: some providers give mail that we send a Message-ID of their own, so that our
    second header counts too.
    """
    found = dict.fromkeys(i for i in (*message.in_reply_to, *message.references))
    for part in parts:
        text = _text(part)
        found |= dict.fromkeys(f"<{one}>" for one in _OWN_ID.findall(text))
        keys = _OWN_KEY.findall(text)
        found |= dict.fromkeys(
            f"<{kind}.{key.lower()}@{own_domain}>" for key in keys for kind in _KINDS
        )
    ours = (i for i in found if _is_ours(i, own_domain))
    return tuple(ours)[:_RECIPIENTS]


def _is_ours(identifier: str, own_domain: str) -> bool:
    match = _OWN_ID.fullmatch(identifier)
    domain = match[1].rpartition("@")[2] if match else ""
    return bool(own_domain) and domain.lower() == own_domain.lower()


def _text(part: Part) -> str:
    return part.payload[:_LOOKED_AT].decode("utf-8", "replace").replace("\r\n", "\n")


def _groups(text: str, answered: tuple[str, ...]) -> Iterator[Returned]:
    """Yield the recipients of a delivery-status part that did not get the mail.

    RFC 3464 2.1: groups of fields divided by blank lines, the first about the message.
    """
    for group in re.split(r"\n[ \t]*\n", text)[:200]:
        fields = _fields(group)
        addresses = tuple(
            dict.fromkeys(
                address
                for name in ("final-recipient", "original-recipient")
                for address in _addresses(fields.get(name, ""))
            )
        )
        action = fields.get("action", "").strip().lower()
        if not addresses or action not in ("failed", "delayed"):
            continue
        words = _line(fields.get("diagnostic-code", ""))
        status = _status(fields.get("status", "")) or _status(words)
        delayed = action == "delayed"
        fate: Fate = "delayed" if delayed else fate_of(words, status)
        yield Returned(addresses, answered, fate, status, words)


def _fields(group: str) -> dict[str, str]:
    unfolded = re.sub(r"\n[ \t]+", " ", group)
    pairs = (line.partition(":") for line in unfolded.splitlines())
    return {
        name.strip().lower(): value.strip() for name, colon, value in pairs if colon
    }


def _free(
    message: Message, header: Header, parts: Sequence[Part], answered: tuple[str, ...]
) -> Returned | None:
    """Return what a report in free form says; its own text stands above the copy."""
    texts = [_text(p) for p in parts if p.depth == 0 and p.body == "text"]
    texts += [_bare(_text(p)) for p in parts if p.depth == 0 and p.body == "html"]
    said = "\n".join(_COPY.split(text, 1)[0] for text in texts)[:_LOOKED_AT]
    named = " ".join(header.get_all("x-failed-recipients"))
    addresses = tuple(dict.fromkeys((*_addresses(named), *_addresses(said))))
    if not addresses:
        return None
    status, words = _status(said), _reason(said)
    told = _plain(f"{message.subject or ''}\n{said}")
    waits = bool(_DELAYED.search(told)) and not _FINAL.search(told) and not named
    fate: Fate = "delayed" if waits else fate_of(said, status)
    return Returned(addresses[:_ADDRESSES], answered, fate, status, words)


def _addresses(text: str) -> list[str]:
    found = (one.rstrip(".").lower() for one in _ADDRESS.findall(text))
    return list(dict.fromkeys(found))[:_ADDRESSES]


def _status(text: str) -> str | None:
    """Return the first enhanced code of a failure, else the first of any kind."""
    found = _STATUS.findall(text)
    kept = [code for code in found if code[0] == "5"] or found
    return ".".join(kept[0]) if kept else None


def _reason(text: str) -> str:
    """Return the line that gives a server's own words: it bears a code."""
    lines = text.splitlines()
    coded = (x for x in lines if _STATUS.search(x) or _REPLY.search(x))
    spoken = (x for x in lines if _GONE.search(_plain(x)))
    return _line(next(coded, next(spoken, "")))


def _plain(text: str) -> str:
    """Return lower case without accents, white space as one space."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    kept = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(kept.replace("\u2019", "'").split())


def _line(text: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.split())[:_WORDS]


def _bare(html: str) -> str:
    return re.sub(r"<[^<>]{0,2000}>", "\n", html)
