"""Answers laid into a folder as .eml, for people to send inside a closed network.

It knows no outbox: which mail, and whether it was laid down already, is for the caller.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from storage.durable import flush_folder

_LONGEST = 120


def lay_down(folder: Path, message_id: str, raw: bytes) -> None:
    """Write the mail into `folder`, durably; the same mail is always the same file.

    Raises OSError where the folder takes it not.
    """
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        flush_folder(folder.parent)
    name = _name(message_id)
    # Who looks into the folder never sees half a mail.
    draft = folder / f".{name}.part"
    with draft.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / f"{name}.eml")
    flush_folder(folder)


def is_laid_down(folders: Iterable[Path], message_id: str) -> bool:
    """Say whether one of the folders has the mail."""
    name = f"{_name(message_id)}.eml"
    return any((folder / name).is_file() for folder in folders)


def _name(message_id: str) -> str:
    return re.sub(r"[^0-9A-Za-z.-]", "_", message_id.strip("<>"))[:_LONGEST]
