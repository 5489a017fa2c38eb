"""Readings that were kept: what the last decision on a mail was made from.

It reads no mail anew.
"""

from parsers.values.reading import Reading
from storage.archive import Archive
from storage.database import Connection
from storage.errors import DamagedArchiveError, NotArchivedError
from storage.jsontext import from_json
from storage.mails import MessageDetail


def kept_reading(
    connection: Connection, archive: Archive, message: MessageDetail
) -> Reading | None:
    """Return the reading that the last decision was made from; None without, or
    where the archive no longer holds what it was.
    """
    if message.reading_key is None:
        return None
    try:
        encoded = archive.get(connection, "reading", message.reading_key)
    except (NotArchivedError, DamagedArchiveError):
        return None
    return from_json(encoded.decode(), Reading)
