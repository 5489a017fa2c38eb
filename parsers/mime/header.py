"""Find and read the header block of one entity: fields in order, repaired where odd.

It does not interpret values; fields of odd blocks are split by the standard library's
parser.
"""

import re
from email import policy
from email.parser import BytesHeaderParser

from parsers.charsets import decode_text
from parsers.mime.parameters import Structured, read_structured
from parsers.values.message import HeaderLine

#: Bytes of a header block and of one field that are read. A block of 210 kB cost a
#: well-known library 409 MB.
BLOCK_LIMIT = 256 * 1024
FIELD_LIMIT = 64 * 1024

_LINE = re.compile(rb"[^\n]*\n|[^\n]+")
_BLANK_LINE = re.compile(rb"\n\r?\n")
_FIELD = re.compile(rb"[!-9;-~]+([ \t]*):")
#: Fields that tell structure: found even behind a block that is too long, and a sign
#: that a line which is no field stands among headers, not at the start of the text.
_KNOWN = re.compile(
    rb"^(?:content-(?:type|transfer-encoding|disposition)|mime-version|from|to|subject"
    rb"|date|message-id|received|return-path|x-[a-z-]+)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_STRUCTURE = re.compile(
    rb"^content-(?:type|transfer-encoding|disposition)[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
_PARSER = BytesHeaderParser(policy=policy.compat32)
#: A block as nearly every program writes it, ASCII: fields and their folds, nothing
#: else. The standard parser costs five times as much and gives the same.
_PLAIN_BLOCK = re.compile(r"(?:[!-9;-~]+:[^\r\n\0]*\r?\n(?:[ \t][^\r\n\0]*\r?\n)*)+")
_PLAIN_FIELD = re.compile(r"([!-9;-~]+):[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)\n")


class Header:
    """The fields of one entity, in order; shows itself like the standard's Message.

    `items` holds (lower-case name, value with its folds, letters decoded). `repaired`:
    a line was mended or left out. `cut`: the block or a field was longer than what is
    read.
    """

    __slots__ = ("_structured", "_values", "cut", "items", "repaired")

    def __init__(
        self, items: tuple[tuple[str, str], ...], repaired: bool, cut: bool
    ) -> None:
        self.items = items
        self.repaired = repaired
        self.cut = cut
        self._values: dict[str, list[str]] = {}
        self._structured: dict[str, Structured] = {}
        for name, value in items:
            self._values.setdefault(name, []).append(value)

    def get_all(self, name: str, failobj: list[str] | None = None) -> list[str]:
        """Return the unfolded, trimmed values of every field of that name, in order."""
        values = self._values.get(name.lower())
        if values is None:
            return failobj if failobj is not None else []
        return [unfold(value) for value in values]

    def get(self, name: str, failobj: str | None = None) -> str | None:
        """Return the first such value, or `failobj`."""
        values = self._values.get(name.lower())
        return unfold(values[0]) if values else failobj

    def keys(self) -> list[str]:
        """Return the names of all fields in order, lower case, repeats included."""
        return [name for name, _ in self.items]

    def folded(self, name: str) -> str | None:
        """Return the first value of that name with its line breaks; None without."""
        values = self._values.get(name)
        return values[0] if values else None

    def structured(self, name: str) -> Structured:
        """Return the first value of that lower-case name as `main; name=value`."""
        known = self._structured.get(name)
        if known is None:
            known = self._structured[name] = read_structured(self.get(name) or "")
        return known

    def lines(self, *names: str) -> tuple[HeaderLine, ...]:
        """Return the fields of these lower-case names, in the order of the source."""
        return tuple(HeaderLine(k, unfold(v)) for k, v in self.items if k in names)


def unfold(value: str) -> str:
    """Return a field's value on one line, trimmed (RFC 5322 2.2.3)."""
    if "\n" in value:
        value = value.replace("\r\n", "").replace("\n", "")
    return value.strip()


def body_start(raw: bytes, low: int, high: int) -> tuple[int, int]:
    """Return (end of the header block, start of the body) of the entity raw[low:high].

    Without a blank line all of it is header; an entity that begins with one has none.
    """
    if raw.startswith((b"\n", b"\r\n"), low, high):
        return low, raw.index(b"\n", low) + 1
    blank = _BLANK_LINE.search(raw, low, high)
    return (blank.start() + 1, blank.end()) if blank else (high, high)


def read_header(raw: bytes, low: int, high: int) -> tuple[Header, int]:
    """Return the header of the entity in raw[low:high] and where its body starts.

    QUIRK: a line that is no field ends the header for the standard library; here it is
    left out when known fields follow it before the blank line, else the text starts
    with it. Blanks before a colon, NUL and lone CR are mended.
    """
    end, start = body_start(raw, low, high)
    plain = _plain_items(raw[low:end]) if end - low <= FIELD_LIMIT else None
    if plain is not None:
        return Header(plain, False, False), start
    block = raw[low : min(end, low + BLOCK_LIMIT)]
    cut = end - low > BLOCK_LIMIT
    if cut:
        rest = _STRUCTURE.findall(raw, low + BLOCK_LIMIT, end)
        block = block[: block.rfind(b"\n") + 1] + b"\n".join(rest[:9])[:BLOCK_LIMIT]
    mended = _Mended(block)
    if mended.text_from is not None and not cut:
        start = low + mended.text_from
    standard = _PARSER.parsebytes(b"".join(mended.lines))
    items = tuple(
        (name.lower(), _letters(value)) for name, value in standard.raw_items()
    )
    return Header(items, mended.repaired, cut or mended.cut), start


def _plain_items(block: bytes) -> tuple[tuple[str, str], ...] | None:
    """Return the items of a block in which nothing is odd; None for any other."""
    if not block.isascii() or block.startswith(b"--"):
        return None
    text = block.decode("ascii")
    if _PLAIN_BLOCK.fullmatch(text) is None:
        return None
    return tuple(
        (name.lower(), value.rstrip("\r\n"))
        for name, value in _PLAIN_FIELD.findall(text)
    )


class _Mended:
    """A header block as lines that the standard parser reads as fields, every one.

    `text_from` is the offset at which the text begins although no blank line stands
    before it, or None.
    """

    def __init__(self, block: bytes) -> None:
        self.lines: list[bytes] = []
        self.repaired = False
        self.cut = False
        self.text_from: int | None = None
        self._room = 0
        self._read(block)

    def _read(self, block: bytes) -> None:
        offset = 0
        last_known: int | None = None
        if block.startswith(b"--"):
            # The delimiter of a body whose header was lost.
            self.text_from = 0
            return
        for line in _LINE.findall(block):
            if not self._take(line, first=offset == 0):
                if last_known is None:
                    known = [m.start() for m in _KNOWN.finditer(block)]
                    last_known = known[-1] if known else -1
                if last_known < offset:
                    self.text_from = offset
                    return
                self.repaired = True
            offset += len(line)

    def _take(self, line: bytes, first: bool) -> bool:
        """Add one line; return False where it is neither field nor continuation."""
        if line[:1] in (b" ", b"\t"):
            if self.lines:
                self._add(line)
            return True
        if first and line.startswith((b"From ", b">From ")):
            return True
        field = _FIELD.match(line)
        if field is None:
            return not line.strip()
        if field[1]:
            self.repaired = True
            line = line[: field.start(1)] + line[field.end(1) :]
        self._room = FIELD_LIMIT
        self._add(line)
        return True

    def _add(self, line: bytes) -> None:
        if len(line) > self._room:
            self.cut = True
            line = line[: self._room]
            line = line.rstrip(b"\r\n") + b"\n" if self._room > 2 else b""
        self._room -= len(line)
        if b"\0" in line or b"\r" in line.rstrip(b"\r\n"):
            self.repaired = True
            line = line.replace(b"\0", b"")
            line = line.rstrip(b"\r\n").replace(b"\r", b" ") + b"\n"
        if line:
            self.lines.append(line)


def _letters(value: object) -> str:
    """Return a raw value as text: ASCII as it is, 8-bit letters by likelihood."""
    text = str(value)
    if text.isascii():
        return text
    return decode_text(text.encode("ascii", "surrogateescape"), None)
