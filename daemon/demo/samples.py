"""Mails as real offices send them: who writes what, and what the provider adds."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from pathlib import Path
from zoneinfo import ZoneInfo

OFFICE = "bandanvanq3@gmail.com"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: display name and address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written: subject, text, and an HTML body where the client makes one."""

    subject: str
    text: str
    html: str | None = None


def at(day: int, hour: int, minute: int = 0, month: int = 6) -> datetime:
    """Return an instant of 2021 in the office's zone."""
    return datetime(2021, month, day, hour, minute, tzinfo=ZONE)


def write(
    sender: Sender,
    letter: Letter,
    received: datetime,
    files: Sequence[MIMEBase] = (),
    proven: bool = True,
    extra: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Return the mail as the office's provider delivered it."""
    domain = sender.address.split("@")[1]
    stamp = format_datetime(received)
    lines = [("Delivered-To", OFFICE)]
    lines.append(("Received", f"by mx.google.com with SMTPS; {stamp}"))
    if proven:
        verdict = f"dkim=pass header.i=@{domain}; spf=pass; dmarc=pass header.from="
        lines.append(
            ("Authentication-Results", f"mx.google.com; {verdict}{domain}"),
        )
    lines.append(("Received", f"from mail.{domain} by mx.google.com; {stamp}"))
    lines += [
        ("From", formataddr((str(Header(sender.name, "utf-8")), sender.address))),
        ("To", OFFICE),
        ("Subject", Header(letter.subject, "utf-8").encode()),
        ("Date", stamp),
        ("Message-ID", f"<{received:%Y%m%d%H%M%S}.{sender.address}>"),
        *extra,
    ]
    # A real mail has its trace on top, then what the sender wrote.
    header = "".join(f"{name}: {value}\n" for name, value in lines)
    raw = header.encode() + _body(letter, files).as_bytes()
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _body(letter: Letter, files: Sequence[MIMEBase]) -> MIMEBase:
    text = MIMEText(letter.text, "plain", "utf-8")
    body: MIMEBase = text
    if letter.html is not None:
        page = MIMEText(letter.html, "html", "utf-8")
        body = MIMEMultipart("alternative", _subparts=[text, page])
    if not files:
        return body
    return MIMEMultipart("mixed", _subparts=[body, *files])


def attached(name: str, payload: bytes, kind: str = "octet-stream") -> MIMEBase:
    """Return an attachment whose name stands as most clients write it."""
    part = MIMEApplication(payload, kind)
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    return part


def forwarded(raw: bytes) -> MIMEBase:
    """Return a mail as an attachment of another."""
    part = MIMEMessage(message_from_bytes(raw))
    part.add_header("Content-Disposition", "attachment", filename="thu-goc.eml")
    return part


def write_units(source: Path, target: Path, addresses: dict[str, str]) -> None:
    """Copy the units file with the demo's addresses filled in."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [*rows[0], "addresses"]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, "addresses": addresses.get(row["code"], "")})
