"""Mail that lies in files: .eml, .msg, .dxl, mbox, Maildir, and folders of them.

One mail is in memory at a time. What is no mail is named, never made into one; nothing
is changed, moved or remembered.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Literal

from daemon.mailbox.mbox import HEADER_BYTES, CutMail, cut_mbox, header_of, is_mbox
from daemon.mailbox.received import received_time
from parsers.filetype import found_type
from parsers.notes import mails_in

#: Bytes by which a file of unknown name is judged.
_LOOK = 8192
_UNSUPPORTED = (".dxl", ".nsf", ".pst")
_OUTLOOK = (".msg", ".eml")
_MBOX_NAMES = (".mbox", ".mbx")
# What office files and pictures begin with, whatever they are called.
_BINARY = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff")
_OLE = b"\xd0\xcf\x11\xe0"
_FIELD = re.compile(rb"^[A-Za-z][A-Za-z0-9-]*[ \t]*:", re.M)
_DXL = re.compile(rb"<(?:document|database|note)\b[^>]*lotus\.com/dxl", re.I)
# A file without a mail's name is a mail only if one of these fields begins it.
_TYPICAL = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:From|To|Subject|Date|Message-ID|Received|Return-Path|"
    rb"MIME-Version|Delivered-To|Reply-To|Content-Type|X-[\w-]+)[ \t]*:",
    re.I,
)


@dataclass(frozen=True, slots=True)
class FileMail:
    """One mail out of a file. `label` names it: `x.eml`, or `x.mbox#3` from 1.

    `raw` is its header alone if `header_only`; `size` is that of the whole mail in
    bytes; `received` is aware.
    """

    label: str
    raw: bytes
    received: datetime
    size: int
    header_only: bool = False


@dataclass(frozen=True, slots=True)
class NotMail:
    """A path that gives no mail, and why."""

    path: Path
    why: Literal["missing", "unreadable", "unsupported", "empty", "not_a_mail"]


Found = FileMail | NotMail


def read_paths(
    paths: Sequence[Path], now: datetime, message_bytes: int
) -> Iterator[Found]:
    """Yield every mail of `paths`, folders in sorted order, and what gave none.

    Of a mail above `message_bytes` only the header is read.
    """
    for path in paths:
        if path.is_dir():
            yield from _read_folder(path, now, message_bytes)
        elif path.exists():
            yield from read_file(path, now, message_bytes)
        else:
            yield NotMail(path, "missing")


def only_mails(found: Iterator[Found], faults: list[NotMail]) -> Iterator[FileMail]:
    """Yield the mails of `found`; what gave none is added to `faults`."""
    for one in found:
        if isinstance(one, NotMail):
            faults.append(one)
        else:
            yield one


def path_text(path: Path) -> str:
    """Return the path as text that can be stored and printed.

    QUIRK: a name from an old Windows is not UTF-8; its odd bytes show as U+FFFD.
    """
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def is_maildir(folder: Path) -> bool:
    """Return whether `folder` is a Maildir."""
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def _read_folder(folder: Path, now: datetime, message_bytes: int) -> Iterator[Found]:
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        yield NotMail(folder, "unreadable")
        return
    maildir = is_maildir(folder)
    if maildir:
        yield from read_maildir(folder, now, message_bytes)
    for path in inside:
        if path.is_dir() and not path.is_symlink():
            # The folders of a Maildir++ begin with a dot; other hidden ones are not
            # mail, and cur, new and tmp have been read.
            if is_maildir(path) if maildir else not path.name.startswith("."):
                yield from _read_folder(path, now, message_bytes)
        elif not maildir and not path.name.startswith("."):
            yield from read_file(path, now, message_bytes)


def maildir_files(folder: Path) -> list[Path]:
    """Return the mails of a Maildir by name, which begins with the time of delivery."""
    found = [*(folder / "cur").iterdir(), *(folder / "new").iterdir()]
    mails = [path for path in found if not path.name.startswith(".")]
    return sorted(mails, key=lambda path: path.name)


def read_maildir(folder: Path, now: datetime, message_bytes: int) -> Iterator[Found]:
    """Yield the mails of a Maildir, labelled `folder#1` and on."""
    for number, path in enumerate(maildir_files(folder), start=1):
        yield read_mail(path, f"{path_text(folder)}#{number}", now, message_bytes)


def read_mail(path: Path, label: str, now: datetime, message_bytes: int) -> Found:
    """Return the one mail of a file that is known to hold one, as in a Maildir."""
    try:
        with path.open("rb") as file:
            mail = _whole_mail(file, label, now, message_bytes)
    except OSError:
        return NotMail(path, "unreadable")
    return mail if mail.size else NotMail(path, "empty")


def read_file(path: Path, now: datetime, message_bytes: int) -> Iterator[Found]:
    """Yield the mails of one file, or why it gives none."""
    if not path.is_file():
        # A pipe would keep its reader waiting for ever.
        yield NotMail(path, "unreadable")
        return
    try:
        with path.open("rb") as file:
            kind = _kind(path, file.read(_LOOK))
            file.seek(0)
            if kind == "mbox":
                yield from _mbox_mails(file, path, now, message_bytes)
            elif kind == "dxl":
                yield from _notes_mails(file, path, now, message_bytes)
            elif kind == "outlook" and not _holds_mail(file, message_bytes):
                yield NotMail(path, "unsupported")
            elif kind == "mail" or kind == "outlook":
                yield _whole_mail(file, path_text(path), now, message_bytes)
            else:
                yield NotMail(path, kind)
    except OSError:
        yield NotMail(path, "unreadable")


def _kind(
    path: Path, start: bytes
) -> Literal["mbox", "mail", "outlook", "dxl", "unsupported", "empty", "not_a_mail"]:
    ending = path.suffix.casefold()
    if not start.strip():
        return "empty"
    if ending in _OUTLOOK and start.startswith(_OLE):
        return "outlook"
    if _DXL.search(start):
        return "dxl"
    if ending in _UNSUPPORTED:
        return "unsupported"
    if start.startswith(_BINARY):
        return "not_a_mail"
    if is_mbox(start) and ending != ".eml":
        return "mbox"
    if ending in _OUTLOOK and _FIELD.search(start):
        return "mail"
    # An mbox that does not begin with its envelope line is one mail at best.
    known = ending in _MBOX_NAMES or ending in ("", ".mail", ".rfc822")
    return "mail" if known and _TYPICAL.match(start) else "not_a_mail"


def _holds_mail(file: BinaryIO, message_bytes: int) -> bool:
    """Say whether Outlook's file is a mail; one that is too large is taken for it."""
    raw = file.read(message_bytes + 1)
    file.seek(0)
    return len(raw) > message_bytes or found_type(raw, None) == "msg"


def _notes_mails(
    file: BinaryIO, path: Path, now: datetime, message_bytes: int
) -> Iterator[Found]:
    """Yield the mails that Notes wrote into a DXL file, as those of an mbox."""
    whole = file.read(message_bytes + 1)
    mails = list(mails_in(whole)) if len(whole) <= message_bytes else []
    for number, raw in enumerate(mails, start=1):
        label = path_text(path) + (f"#{number}" if len(mails) > 1 else "")
        yield FileMail(label, raw, received_time(raw, _mtime(file), now), len(raw))
    if not mails:
        yield NotMail(path, "unsupported")


def _whole_mail(
    file: BinaryIO, label: str, now: datetime, message_bytes: int
) -> FileMail:
    size = os.fstat(file.fileno()).st_size
    header_only = size > message_bytes
    raw = header_of(file.read(HEADER_BYTES)) if header_only else file.read()
    return FileMail(
        label, raw, received_time(raw, _mtime(file), now), size, header_only
    )


def _mbox_mails(
    file: BinaryIO, path: Path, now: datetime, message_bytes: int
) -> Iterator[Found]:
    mtime = _mtime(file)
    mail: CutMail | None = None
    for mail in cut_mbox(file, message_bytes):
        received = received_time(mail.raw, mtime, now)
        label = f"{path_text(path)}#{mail.number}"
        yield FileMail(label, mail.raw, received, mail.size, mail.header_only)
    if mail is None:
        yield NotMail(path, "empty")


def _mtime(file: BinaryIO) -> datetime:
    return datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
