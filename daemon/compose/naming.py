"""The names that an outbox item has whenever it is composed: Message-ID, key, boundary.

They come from kind and key alone, so that a retry bears the same.
"""

import hashlib

from daemon.compose.office import ComposeInput, Office


def item_digest(item: ComposeInput) -> str:
    """Return the first 32 hex digits over kind and key (RELIABILITY.md 3.1)."""
    whole = f"{item.kind}:{item.key}".encode("utf-8", "replace")
    return hashlib.sha256(whole).hexdigest()[:32]


def message_id(item: ComposeInput, office: Office) -> str:
    """Return the Message-ID that the item has whenever it is composed."""
    return f"<{item.kind}.{item_digest(item)}@{office.domain}>"


def edge(item: ComposeInput) -> str:
    """Return the boundary between the parts of its mail.

    It begins with two characters that base64 never puts at the start of a line.
    """
    return f"=_{item_digest(item)}"
