"""Lists of UIDs from a folder, however large, in answers that imaplib can read.

It selects no folder and judges nothing.
"""

from collections.abc import Sequence
from datetime import date

import imapclient

#: Mails in one SEARCH answer: UIDs of ten digits stay far below the 1,000,000 bytes at
#: which imaplib gives up on a line.
IN_ONE_ANSWER = 50_000


def search_uids(
    client: imapclient.IMAPClient,
    exists: int,
    low: int = 1,
    since: date | None = None,
    in_one_answer: int = IN_ONE_ANSWER,
) -> tuple[int, ...]:
    """Return the UIDs from `low` on of the selected folder, rising, each once.

    `exists` is how many mails the folder holds. `since` is the server's own SINCE: it
    compares dates without time and zone.
    """
    if not exists:
        return ()
    extra = [] if since is None else ["SINCE", since]
    found: set[int] = set()
    for start, end in _ranges(client, exists, low, in_one_answer):
        answer = client.search(["UID", f"{start}:{end}", *extra])
        # `n:*` always holds the newest mail, be it below n: that is how IMAP reads a
        # range whose ends are the wrong way round.
        found.update(uid for uid in answer if uid >= start)
    return tuple(sorted(found))


def _ranges(
    client: imapclient.IMAPClient, exists: int, low: int, width: int
) -> list[tuple[int, str]]:
    """Return UID ranges of at most `width` mails each, from `low` to the end.

    The borders are UIDs, asked for by number of the mail, because numbers shift when
    somebody deletes a mail between two questions, and UIDs do not.
    """
    borders = _borders(client, range(width, exists, width)) if exists > width else ()
    starts = [low, *(border + 1 for border in borders if border >= low)]
    ends = [str(start - 1) for start in starts[1:]]
    return list(zip(starts, [*ends, "*"], strict=True))


def _borders(client: imapclient.IMAPClient, numbers: Sequence[int]) -> list[int]:
    return sorted(client.search([",".join(str(n) for n in numbers)]))
