"""What is done on the server beside reading: a label, a move, a look into Sent.

Only UIDs that the caller names are touched. A server without UID MOVE is left alone:
the old way, copy and delete and expunge, could take away a mail that is not ours.
"""

from collections.abc import Sequence

import imapclient

KEYWORD = "$hopthu"
_LABEL = "hopthu"


def find(
    client: imapclient.IMAPClient,
    message_id: str,
    key_header: tuple[str, str] | None,
) -> bool:
    """Return whether the selected folder holds a mail of ours.

    `key_header` is a name and a value that only this mail has. QUIRK: Gmail is reported
    to replace the Message-ID of what it sends, so either of the two will do.
    """
    wanted = ["HEADER", "Message-ID", message_id]
    if key_header is not None:
        wanted = ["OR", *wanted, "HEADER", *key_header]
    return bool(client.search(wanted))


def label(
    client: imapclient.IMAPClient, uids: Sequence[int], keywords: Sequence[str]
) -> bool:
    r"""Add Gmail's label or the keyword; return False where no keyword is kept.

    `keywords` is what the server says that it stores; `\*` means any.
    """
    if client.has_capability("X-GM-EXT-1"):
        client.add_gmail_labels(list(uids), [_LABEL], silent=True)
        return True
    kept = {word.casefold() for word in keywords}
    if "\\*" not in kept and KEYWORD not in kept:
        return False
    client.add_flags(list(uids), [KEYWORD.encode()], silent=True)
    return True


def move(client: imapclient.IMAPClient, uids: Sequence[int], target: str) -> bool:
    """Move by UID MOVE (RFC 6851); return False where the server lacks it."""
    if not client.has_capability("MOVE"):
        return False
    client.move(list(uids), target)
    return True
