"""Take the HTML out of the RTF that Outlook wrapped it into (MS-OXRTFEX).

Of RTF that never was HTML it gives the bare text; tables are for its own reader.
"""

import re
from dataclasses import dataclass, field, replace

from parsers.charsets import decode_text
from parsers.errors import DamagedFileError

#: One token: a control word with its number, a hexadecimal letter, a control symbol,
#: a brace, or plain text.
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])"
    rb"|([^\\{}\r\n]+)|[\r\n]+|\\'?"
)
_FROM_HTML = re.compile(rb"\\fromhtml1\b")
_HEAD = 4096
_MOST_GROUPS = 1000
_LETTERS = {
    b"par": "\r\n",
    b"line": "\r\n",
    b"tab": "\t",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"endash": "–",
    b"emdash": "—",
}
_SYMBOLS = {b"~": "\u00a0", b"_": "\u00ad", b"{": "{", b"}": "}", b"\\": "\\"}
#: Groups of which nothing is text.
_HIDDEN = frozenset(
    {b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"mhtmltag", b"pntext"}
)
#: Windows' charsets of fonts (`\fcharset`) and their code pages.
_CHARSETS = {
    0: "cp1252",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}


def html_in(rtf: bytes) -> str | None:
    """Return the HTML that `rtf` was made of; None where it was made of none.

    Raises DamagedFileError for groups without end.
    """
    if not rtf.startswith(b"{\\rtf") or not _FROM_HTML.search(rtf, 0, _HEAD):
        return None
    return _Unwrapping().text(rtf)


def text_in(rtf: bytes) -> str:
    """Return the letters of any RTF with its paragraphs as lines, and nothing else.

    Raises DamagedFileError for groups without end.
    """
    return _Unwrapping().text(rtf) if rtf.startswith(b"{\\rtf") else ""


@dataclass(slots=True)
class _Group:
    """The state that a closing brace gives back."""

    hidden: bool = False
    tag: bool = False
    fonts: bool = False
    only_rtf: bool = False
    charset: str | None = None
    skip: int = 1


@dataclass(slots=True)
class _Unwrapping:
    group: _Group = field(default_factory=_Group)
    outer: list[_Group] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    codepage: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    starred: bool = False
    to_skip: int = 0

    def text(self, rtf: bytes) -> str:
        for token in _TOKEN.finditer(rtf):
            word, number, hexadecimal, symbol, brace, plain = token.groups()
            if brace:
                self._brace(brace)
            elif word:
                self._word(word, int(number) if number else None)
            elif hexadecimal:
                self._bytes(bytes.fromhex(hexadecimal.decode("ascii")))
            elif symbol == b"*":
                self.starred = True
            elif symbol:
                self._letters(_SYMBOLS.get(symbol, ""))
            elif plain:
                self._bytes(plain)
        self._flush()
        # A letter beyond the first plane comes as two halves, each a word of its own.
        halves = "".join(self.out).encode("utf-16-le", "surrogatepass")
        return halves.decode("utf-16-le", "replace")

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.starred = False
        self.to_skip = 0
        if brace == b"{":
            if len(self.outer) >= _MOST_GROUPS:
                raise DamagedFileError("groups within groups")
            self.outer.append(self.group)
            self.group = replace(self.group)
        elif self.outer:
            self.group = self.outer.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        group, starred = self.group, self.starred
        self.starred = False
        if starred:
            group.tag = word == b"htmltag"
            group.hidden = group.hidden or not group.tag
        elif word in _HIDDEN:
            group.hidden = True
        elif word == b"fonttbl":
            group.fonts = True
        elif word == b"htmlrtf":
            self._flush()
            group.only_rtf = number != 0
        elif word == b"u" and number is not None:
            self._unicode(number)
        elif word in _LETTERS:
            self._letters(_LETTERS[word])
        else:
            self._setting(word, number or 0)

    def _setting(self, word: bytes, number: int) -> None:
        if word == b"ansicpg":
            self.codepage = f"cp{number}" if number != 65001 else "utf-8"
        elif word == b"uc":
            self.group.skip = number
        elif word == b"f" and self.group.fonts:
            self.font = number
        elif word == b"fcharset" and self.group.fonts:
            self.fonts[self.font] = _CHARSETS.get(number, self.codepage)
        elif word in (b"f", b"plain"):
            self._flush()
            self.group.charset = self.fonts.get(number) if word == b"f" else None

    @property
    def _shown(self) -> bool:
        group = self.group
        return not (group.hidden or group.fonts or group.only_rtf)

    def _unicode(self, number: int) -> None:
        self._letters(chr(number & 0xFFFF))
        self.to_skip = self.group.skip

    def _letters(self, letters: str) -> None:
        self.to_skip = 0
        if self._shown:
            self._flush()
            self.out.append(letters)

    def _bytes(self, raw: bytes) -> None:
        # Behind a Unicode letter stands what programs without Unicode are to show.
        dropped = min(self.to_skip, len(raw))
        self.to_skip -= dropped
        if self._shown:
            self.raw += raw[dropped:]

    def _flush(self) -> None:
        if self.raw:
            charset = None if self.group.tag else self.group.charset
            self.out.append(decode_text(bytes(self.raw), charset or self.codepage))
            self.raw.clear()
