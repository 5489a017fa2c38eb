"""Pipelined UID FETCH over a connection that imapclient has opened and selected.

imapclient's own fetch waits for each answer, parses it byte by byte and holds all of
it; this asks for the next batch before it reads the one before, cuts literals by their
announced length and refuses one that is larger than it may be. It knows nothing of
batches, sizes or what a good answer is, and it never mends a connection.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn, Protocol

from daemon.mailbox.errors import (
    AnswerError,
    MailboxUnreachableError,
    ThrottledError,
    slow_code,
)

#: What an item may be: a number or atom as bytes, a string, a group's place, NIL.
Value = bytes | None

_LITERAL = re.compile(rb"\{(\d+)\+?\}\r\n\Z")
_FETCH = re.compile(rb"\* \d+ FETCH ", re.I)
_TOKEN = re.compile(
    rb'"((?:[^"\\]|\\.)*)"'  # a quoted string
    rb"|([()])"
    rb'|((?:\[[^\]]*\]|[^\s()"\[\]])+)'  # an atom, with a section such as BODY[HEADER]
)
_ESCAPE = re.compile(rb"\\(.)")


class Connection(Protocol):
    """The three methods of an IMAP connection that this needs (imaplib.IMAP4)."""

    def send(self, data: bytes) -> None: ...  # noqa: D102
    def readline(self) -> bytes: ...  # noqa: D102
    def read(self, size: int) -> bytes: ...  # noqa: D102


@dataclass(slots=True)
class Answer:
    """What one command brought: items of each UID asked for, by upper-case name."""

    asked: frozenset[int]
    rows: dict[int, dict[bytes, Value]] = field(default_factory=dict)
    status: str | None = None
    text: str = ""


class FetchWire:
    """Commands sent ahead, and their answers in whatever order they come."""

    def __init__(self, connection: Connection, literal_bytes: int) -> None:
        """Take a connection on which nothing is under way.

        A literal above `literal_bytes` ends the conversation before it is read.
        """
        self._connection = connection
        self._literal_bytes = literal_bytes
        self._open: dict[bytes, Answer] = {}
        self._number = 0
        #: The code by which the server asked for less on an otherwise good answer.
        self.slow: str | None = None

    @property
    def idle(self) -> bool:
        """Return whether every command has had its answer."""
        return not self._open

    def ask(self, uids: Sequence[int], items: bytes) -> bytes:
        """Send one UID FETCH without waiting; return the tag to collect."""
        self._number += 1
        # The tag differs from imaplib's (four letters and a number), so that an
        # answer that is left over can never be taken for one of its own.
        tag = b"HF%d" % self._number
        self._open[tag] = Answer(frozenset(uids))
        self._connection.send(b"%s UID FETCH %s (%s)\r\n" % (tag, uid_set(uids), items))
        return tag

    def collect(self, tag: bytes) -> Answer:
        """Read until the command of `tag` is answered; return its rows and status.

        Raises MailboxUnreachableError at the end of the connection, ThrottledError and
        AnswerError; after any of them the connection is of no further use.
        """
        while self._open[tag].status is None:
            self._take(*self._logical_line())
        return self._open.pop(tag)

    def _take(self, texts: list[bytes], literals: list[bytes]) -> None:
        line = texts[0]
        if _FETCH.match(line):
            self._take_row(parse_row(texts, literals))
            return
        first, _, rest = line.partition(b" ")
        if first in self._open:
            self._finish(self._open[first], rest)
        elif first == b"*":
            self._take_untagged(rest)
        else:
            raise AnswerError(f"unexpected answer {_shown(line)}")

    def _take_row(self, items: dict[bytes, Value]) -> None:
        uid = items.get(b"UID")
        if uid is None or not uid.isdigit():
            # A change of flags that somebody else made comes without UID.
            return
        for answer in self._open.values():
            if int(uid) in answer.asked:
                answer.rows.setdefault(int(uid), {}).update(items)

    def _take_untagged(self, rest: bytes) -> None:
        text = _shown(rest)
        word = text[:4].upper().strip()
        if word == "BYE":
            _end(text)
        if word in ("OK", "NO", "BAD"):
            self.slow = slow_code(text) or self.slow

    def _finish(self, answer: Answer, rest: bytes) -> None:
        status, _, text = rest.partition(b" ")
        answer.text = _shown(text)
        code = slow_code(answer.text)
        answer.status = status.decode("ascii", "replace").upper()
        if answer.status == "BAD":
            raise AnswerError(f"the server does not take UID FETCH: {answer.text}")
        if answer.status != "OK" and code:
            raise ThrottledError(f"fetch: {answer.text}", code)
        self.slow = code or self.slow

    def _logical_line(self) -> tuple[list[bytes], list[bytes]]:
        """Return the texts around the literals of one answer, and the literals."""
        texts: list[bytes] = []
        literals: list[bytes] = []
        while True:
            line = self._connection.readline()
            if not line.endswith(b"\r\n"):
                _end("the connection ended within a line")
            texts.append(line[:-2])
            announced = _LITERAL.search(line)
            if not announced:
                return texts, literals
            literals.append(self._literal(int(announced[1])))

    def _literal(self, size: int) -> bytes:
        if size > self._literal_bytes:
            raise AnswerError(f"the server announces a literal of {size} bytes")
        data = self._connection.read(size)
        if len(data) != size:
            _end(f"the connection ended after {len(data)} of {size} bytes")
        return data


def parse_row(texts: list[bytes], literals: list[bytes]) -> dict[bytes, Value]:
    """Return the items of one FETCH answer by upper-case name.

    `texts` are its lines without line ends, each but the last ending with the marker of
    the literal that follows it. A group in parentheses counts as an item without value.
    Raises AnswerError where the parentheses or the pairs do not agree.
    """
    row = _Row()
    start = texts[0].find(b"(")
    for text, literal in zip(texts, literals, strict=False):
        # Without the marker of its literal a text is plain tokens.
        row.take(_TOKEN.findall(text, start, text.rindex(b"{")))
        row.word(literal)
        start = 0
    row.take(_TOKEN.findall(texts[-1], start))
    if row.depth or row.name is not None:
        raise AnswerError(f"unreadable FETCH answer {_shown(texts[0])}")
    return row.items


class _Row:
    """The items of one FETCH answer as they are read, name and value in turn."""

    __slots__ = ("depth", "items", "name")

    def __init__(self) -> None:
        self.items: dict[bytes, Value] = {}
        self.name: bytes | None = None
        self.depth = 0

    def take(self, tokens: list[tuple[bytes, bytes, bytes]]) -> None:
        for quoted, parenthesis, atom in tokens:
            if atom:
                self.word(None if atom.upper() == b"NIL" else atom)
            elif parenthesis == b"(":
                self.depth += 1
            elif parenthesis:
                self.depth -= 1
                if self.depth == 1:
                    # A group that ends is the value of its name, and is left out.
                    self.name = None
            else:
                self.word(_ESCAPE.sub(rb"\1", quoted) if b"\\" in quoted else quoted)

    def word(self, value: Value) -> None:
        if self.depth != 1:
            return
        if self.name is None:
            self.name = (value or b"").upper()
        else:
            self.items[self.name], self.name = value, None


def uid_set(uids: Sequence[int]) -> bytes:
    """Return `uids` (rising) as an IMAP sequence set, runs written as ranges."""
    runs: list[list[int]] = []
    for uid in uids:
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return b",".join(b"%d" % a if a == b else b"%d:%d" % (a, b) for a, b in runs)


def _end(text: str) -> NoReturn:
    code = slow_code(text)
    if code:
        raise ThrottledError(text, code)
    raise MailboxUnreachableError(text, "cut")


def _shown(line: bytes) -> str:
    return line[:200].decode("utf-8", "replace")
