"""Mail that machines write, of many makes: some hundred mails from data/machines.toml.

Reports of failed delivery bring back a mail of ours; everything else asks for nothing.
"""

import tomllib
from base64 import encodebytes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from quopri import encodestring
from typing import Any

KEY = "0123456789abcdef0123456789abcdef"
OURS = f"acknowledgement.{KEY}@gmail.com"
OFFICE = "bandanvanq3@gmail.com"
GONE = "vanthu.p9@quan3.example"
DATA = Path(__file__).parents[1] / "data" / "machines.toml"
ABSENT = "Tôi đang đi công tác, sẽ trả lời sau. Việc gấp xin gọi 0900 000 000."
COPY = (
    f"From: {OFFICE}\nTo: {GONE}\nSubject: Re: =?utf-8?b?xJDEg25nIGvDvQ==?=\n"
    f"Message-ID: <{OURS}>\nX-Hopthu-Kind: acknowledgement\nX-Hopthu-Item: {KEY}\n"
    "Content-Type: text/plain; charset=utf-8\n\nKinh gui: Phuong 9\n"
)


@dataclass(frozen=True, slots=True)
class Machine:
    """One mail. `fate`: what a report says of GONE; None for all that reports none."""

    name: str
    raw: bytes
    fate: str | None = None


@cache
def _data() -> dict[str, Any]:
    text = DATA.read_text("utf-8").replace("{gone}", GONE)
    return tomllib.loads(text)


def _mail(sender: str, subject: str, name: str, body: str, *fields: str) -> bytes:
    head = [
        *fields,
        f"From: {sender}",
        f"To: {OFFICE}",
        f"Subject: {subject}",
        f"Message-ID: <{sha256(name.encode()).hexdigest()[:16]}@machine.example>",
        "Date: Tue, 08 Jun 2021 08:00:00 +0700",
        "MIME-Version: 1.0",
    ]
    return ("\n".join(head) + "\n" + body).replace("\n", "\r\n").encode()


def _plain(text: str, encoding: str = "8bit") -> str:
    octets = text.encode()
    if encoding == "base64":
        text = encodebytes(octets).decode()
    elif encoding == "quoted-printable":
        text = encodestring(octets).decode()
    head = "Content-Type: text/plain; charset=utf-8\n"
    return f"{head}Content-Transfer-Encoding: {encoding}\n\n{text}"


def _report(kind: str, parts: list[str]) -> str:
    """Return the body of a multipart/report (RFC 6522)."""
    inner = "".join(f"--B1\n{part}\n" for part in parts)
    head = "Content-Type: multipart/report;\n"
    return f'{head} report-type={kind}; boundary="B1"\n\n{inner}--B1--\n'


def _delivery(said: str, cause: dict[str, str], copy: str) -> str:
    back = COPY if copy == "message/rfc822" else COPY.split("\n\n", 1)[0] + "\n"
    status = (
        "Reporting-MTA: dns; mx.quan3.example\nArrival-Date: Tue, 8 Jun 2021 07:59:00 "
        f"+0700\n\nOriginal-Recipient: rfc822;{GONE}\nFinal-Recipient: RFC822; {GONE}\n"
        f"Action: {cause['action']}\nStatus: {cause['status']}\n"
        f"Remote-MTA: dns; mx.quan3.example\nDiagnostic-Code: smtp; {cause['words']}"
    )
    parts = [
        f"Content-Type: text/plain; charset=utf-8\n\n{said}\n",
        f"Content-Type: message/delivery-status\n\n{status}\n",
        f"Content-Type: {copy}\n\n{back}",
    ]
    return _report("delivery-status", parts)


def reports() -> Iterator[Machine]:
    """Yield RFC 3464 reports: every make, every cause, header or whole mail back."""
    for make, one in _data()["reporters"].items():
        for cause in _data()["causes"]:
            for copy in ("message/rfc822", "text/rfc822-headers"):
                name = f"{make} {cause['status']} {cause['action']} {copy}"
                body = _delivery(one["said"], cause, copy)
                path = "Return-Path: <>"
                raw = _mail(one["from"], one["subject"], name, body, path)
                yield Machine(name, raw, cause["fate"])


def free_forms() -> Iterator[Machine]:
    """Yield reports in free form, in every transfer encoding, the mail copied below."""
    for make, one in _data()["free_forms"].items():
        for encoding in ("8bit", "base64", "quoted-printable"):
            name = f"{make} {encoding}"
            body = _plain(f"{one['said']}\n{COPY}", encoding)
            more = [f"X-Failed-Recipients: {GONE}"] if one["failed"] else []
            more.append("Return-Path: <>")
            raw = _mail(one["from"], one["subject"], name, body, *more)
            yield Machine(name, raw, one["fate"])


def answerers(sender: str = GONE) -> Iterator[Machine]:
    """Yield absence notes, receipts and lists in the name of `sender`."""
    person = f"Van thu <{sender}>"
    for make, fields in _data()["answerers"].items():
        for encoding in ("8bit", "base64"):
            name, body = f"{make} {encoding}", _plain(ABSENT, encoding)
            raw = _mail(person, "Re: Dang ky", name, body, *fields.splitlines())
            yield Machine(name, raw)
    for subject in _data()["people"]["subjects"]:
        for more in (f"In-Reply-To: <{OURS}>", "X-Mailer: x"):
            name = f"{subject} {more}"
            yield Machine(name, _mail(person, subject, name, _plain(ABSENT), more))
    for robot in _data()["people"]["robots"]:
        body = _plain("Thong bao cua he thong.")
        yield Machine(robot, _mail(f"He thong <{robot}>", "Thong bao", robot, body))


def notifications(sender: str = GONE) -> Iterator[Machine]:
    """Yield formal receipts (RFC 8098), complaints (RFC 5965), answers to meetings."""
    person = f"Van thu <{sender}>"
    for kind in ("disposition-notification", "feedback-report", "tracking-status"):
        for subject in ("Read: Dang ky", "Bien nhan", "Re: Dang ky"):
            status = (
                f"Reporting-UA: x\nOriginal-Message-ID: <{OURS}>\nAction: displayed"
            )
            parts = [
                "Content-Type: text/plain\n\nDa doc.\n",
                f"Content-Type: message/{kind}\n\n{status}\n",
            ]
            name = f"{kind} {subject}"
            yield Machine(name, _mail(person, subject, name, _report(kind, parts)))
    for subject in ("Accepted: Họp giao ban", "Đã chấp nhận: Họp", "Declined: Họp"):
        body = (
            "Content-Type: text/calendar; method=REPLY; charset=utf-8\n\n"
            "BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n"
        )
        yield Machine(subject, _mail(person, subject, subject, body))


def machines(sender: str = GONE) -> tuple[Machine, ...]:
    """Return all of them; `sender` is in whose name people's robots write."""
    return (
        *reports(),
        *free_forms(),
        *answerers(sender),
        *notifications(sender),
    )


def about(machine: Machine, mail_id: str, address: str) -> Machine:
    """Return the same report about another mail of ours, to another address.

    `mail_id` is its Message-ID, `<kind.key@domain>`.
    """
    bare = mail_id.strip("<>")
    key = bare.partition("@")[0].rpartition(".")[2]
    raw = machine.raw.replace(OURS.encode(), bare.encode())
    raw = raw.replace(KEY.encode(), key.encode())
    return replace(machine, raw=raw.replace(GONE.encode(), address.encode()))
