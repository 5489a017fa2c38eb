"""Mails as a door hands them to the ledger; what is not named is filled."""

from datetime import UTC, datetime, timedelta
from typing import Any

from storage.digests import header_sha256, same_bytes, sha256
from storage.inbox import NewMail, Position

NOW = datetime(2021, 6, 8, 2, 0, tzinfo=UTC)


def a_raw_mail(number: int = 1) -> bytes:
    head = f"Message-ID: <{number}@q3.vn>\r\nFrom: p{number}@q3.vn\r\n"
    body = f"Kính gửi Ban Dân vận {number}"
    return f"{head}Subject: Phường {number}\r\n\r\n{body}\r\n".encode()


def a_position(uid: int | None = 1, **given: Any) -> Position:
    filled: dict[str, Any] = {
        "mailbox": "gmail",
        "folder": "INBOX",
        "uidvalidity": 7,
        "uid": uid,
    }
    return Position(**(filled | given))


def a_new_mail(
    number: int = 1,
    raw: bytes | None = None,
    position: Position | None = None,
    **given: Any,
) -> NewMail:
    """Mail `number` has that UID and content, and came that many minutes after NOW."""
    raw = a_raw_mail(number) if raw is None else raw
    filled: dict[str, Any] = {
        "position": position or a_position(number),
        "door": "imap",
        "raw_sha256": sha256(raw),
        "same_bytes": same_bytes(raw),
        "header_sha256": header_sha256(raw),
        "raw_bytes": len(raw),
        "received": NOW + timedelta(minutes=number),
    }
    return NewMail(**(filled | given))
