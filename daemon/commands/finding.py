"""Which mail a person means: a number, a receipt code, a Message-ID, a digest."""

from daemon.commands.office import Office, UsageError
from parsers.values.reading import Reading
from storage.archive import Archive
from storage.database import Connection
from storage.errors import DamagedArchiveError, NotArchivedError
from storage.jsontext import from_json
from storage.mails import MessageDetail, find_messages, message_detail, message_lines


def find(office: Office, ident: str) -> int:
    """Return the message's number; raises UsageError with the candidates."""
    with office.database.read() as connection:
        found = find_messages(connection, ident)
        if len(found) == 1:
            return found[0]
        lines = message_lines(connection, ids=found)
    if not found:
        raise UsageError("message_unknown", ident=ident)
    named = "; ".join(f"{x.id} {x.receipt} {x.author} “{x.subject}”" for x in lines)
    raise UsageError("message_ambiguous", ident=ident, candidates=named)


def detail(connection: Connection, message: int) -> MessageDetail:
    """Return the message, which is there."""
    found = message_detail(connection, message)
    if found is None:
        raise UsageError("message_unknown", ident=message)
    return found


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
