"""When a mail that came as a file was received.

Pure; INTERNALDATE, which counts for mail from a server, is not its business.
"""

import re
from datetime import datetime

from daemon.mailbox.batches import aware_date
from daemon.mailbox.mbox import header_of
from parsers.compound import MAGIC as OUTLOOK
from parsers.containers.outlook import transport_header

#: Bytes of a header that are looked at: trace fields stand at its top.
_HEADER_BYTES = 64 * 1024
_RECEIVED = re.compile(rb"^Received[ \t]*:(.*(?:\r?\n[ \t].*)*)", re.I | re.M)
_COMMENT = re.compile(r"\([^()]*\)")


def received_time(raw: bytes, mtime: datetime, now: datetime) -> datetime:
    """Return the date of the topmost Received line, else the earlier of the two times.

    RFC 5322 section 3.6.7: the date follows the last semicolon. All times are aware.
    """
    if raw.startswith(OUTLOOK):
        raw = transport_header(raw)
    header = header_of(raw[:_HEADER_BYTES])
    line = _RECEIVED.search(header)
    if line is not None:
        text = line[1].decode("ascii", "replace").rpartition(";")[2]
        found = aware_date(" ".join(_COMMENT.sub(" ", text).split()))
        if found is not None:
            return found
    return min(mtime, now)
