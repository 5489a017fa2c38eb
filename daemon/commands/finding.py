"""Which mail a person means: a number, a receipt code, a Message-ID, a digest."""

from daemon.commands.office import Office, UsageError
from storage.database import Connection
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
