"""Files that somebody sent: as a download under a safe name, never as a page.

Their bytes are taken out of the mail by a reader child.
"""

import re
import unicodedata
from urllib.parse import quote

from starlette.responses import Response

from daemon.page.gate import Desk
from daemon.page.message_page import File, Shown, files_of, looked_up
from daemon.page.sessions import same
from daemon.page.visit import Visit
from storage.errors import DamagedArchiveError, NotArchivedError

#: Letters that some system takes for more than a letter of a name.
_UNSAFE = re.compile(r'[\\/:*?"<>|;%\x00-\x1f\x7f-\x9f]+')
_LONGEST = 120
_SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def download(desk: Desk, visit: Visit) -> Response:
    """Return one attachment's bytes to be kept; 404 where there is no such one."""
    shown, file = found_file(desk, visit)
    if shown is None or file is None:
        return desk.notice(404)
    payload = payload_of(desk, shown, file)
    if payload is None:
        return desk.notice(410, "file_gone")
    return as_download(payload, file.path[-1])


def found_file(desk: Desk, visit: Visit) -> tuple[Shown | None, File | None]:
    """Return the mail and the file that the address means; None where there is none."""
    word, key = visit.named("id"), visit.named("key")
    if not (word.isascii() and word.isdigit() and len(word) <= 9):
        return None, None
    shown = looked_up(desk, int(word))
    files = files_of(desk, shown) if shown else ()
    return shown, next((f for f in files if same(f.key, key)), None)


def payload_of(desk: Desk, shown: Shown, file: File) -> bytes | None:
    """Return the bytes of an attachment; None where they cannot be had."""
    try:
        with desk.parts.database.read() as connection:
            raw = desk.parts.archive.get(connection, "raw", shown.found.raw_sha256)
    except (NotArchivedError, DamagedArchiveError):
        return None
    return desk.parts.readers.part(raw, file.path)


def as_download(payload: bytes, name: str) -> Response:
    """Return bytes that a browser keeps under a safe name, and never shows."""
    safe = safe_name(name)
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", _without_accents(safe))
    return Response(
        payload,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": (
                f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe)}"
            ),
            "Content-Security-Policy": _SANDBOX,
        },
    )


def safe_name(name: str) -> str:
    """Return a name that is nothing but a name: no path, no direction, no device."""
    shown = "".join(
        c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Cf"
    )
    bare = _UNSAFE.sub("_", shown).strip(" .")
    if len(bare) > _LONGEST:
        _, dot, ending = bare.rpartition(".")
        keep = ending if dot and len(ending) <= 8 else ""
        bare = bare[: _LONGEST - 9] + (f".{keep}" if keep else "")
    return bare or "tep"


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in apart if not unicodedata.combining(c))
