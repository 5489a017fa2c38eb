"""Cut an mbox file into its mails, a line at a time, whatever its size.

It parses no mail and keeps no index of the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

#: Bytes of one read: a file without line ends does not fill the memory.
_LINE_BYTES = 1024 * 1024
#: Bytes of a header that is kept of a mail above the limit.
HEADER_BYTES = 1024 * 1024
# QUIRK: sloppy writers do not quote a body's line that begins with "From ". Only what
# has the time and year of an envelope, and a header field after it, begins a mail.
_ENVELOPE = re.compile(rb"From .*\d{1,2}:\d{2}.*\d{4}")
_FIELD = re.compile(rb">?[!-9;-~]+[ \t]*:|From ")
_QUOTED = re.compile(rb">+From ")
_BLANK = (b"\n", b"\r\n")
_HEADER_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class CutMail:
    """One mail of a file: `number` from 1; `raw` is the header if `header_only`.

    `size` is that of the whole mail in bytes.
    """

    number: int
    raw: bytes
    size: int
    header_only: bool = False


def is_mbox(start: bytes) -> bool:
    """Return whether a file that begins with `start` is an mbox."""
    return bool(_ENVELOPE.match(start[:1000].split(b"\n", 1)[0]))


def cut_mbox(file: BinaryIO, message_bytes: int) -> Iterator[CutMail]:
    """Yield the mails of `file` in order, with `>From ` unquoted (mboxrd, mboxo).

    No more than one mail of at most `message_bytes` is in memory; of a larger one only
    the header is kept. The blank line between two mails belongs to neither, so that the
    last mail has the same bytes after the file has grown.
    """
    mail = _Mail(message_bytes)
    number = 0
    for line, begins in _lines(file):
        if begins:
            if mail.size:
                number += 1
                yield mail.cut(number)
            mail = _Mail(message_bytes)
        else:
            mail.take(line)
    if mail.size:
        yield mail.cut(number + 1)


def _lines(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Yield each line, unquoted, and whether it is the envelope of a new mail."""
    after_blank = True
    whole = True  # The line before ended with its line end.
    line = file.readline(_LINE_BYTES)
    while line:
        following = file.readline(_LINE_BYTES)
        begins = (
            whole
            and after_blank
            and bool(_ENVELOPE.match(line))
            and bool(_FIELD.match(following))
        )
        yield line[1:] if whole and _QUOTED.match(line) else line, begins
        after_blank = whole and line in _BLANK
        whole = line.endswith(b"\n")
        line = following


class _Mail:
    """The lines of one mail, as long as they are few enough."""

    def __init__(self, message_bytes: int) -> None:
        self.size = 0
        self._message_bytes = message_bytes
        self._lines: list[bytes] = []
        self._whole = True

    def take(self, line: bytes) -> None:
        if not self.size and line in _BLANK:
            # A mail begins with a field; blank lines before it are the file's.
            return
        self.size += len(line)
        if self._whole:
            self._lines.append(line)
        if self._whole and self.size > self._message_bytes:
            self._lines = [header_of(b"".join(self._lines))]
            self._whole = False

    def cut(self, number: int) -> CutMail:
        if self._whole and self._lines[-1] in _BLANK:
            # In a mail that is all header the blank line is the header's end, but
            # nothing is lost with it.
            self.size -= len(self._lines.pop())
        return CutMail(number, b"".join(self._lines), self.size, not self._whole)


def header_of(start: bytes) -> bytes:
    """Return the header with its blank line, at most 1 MiB, from a mail's first bytes.

    Where no blank line comes, what there is counts as header.
    """
    end = _HEADER_END.search(start, 0, HEADER_BYTES)
    return start[: end.end()] if end else start[:HEADER_BYTES]
