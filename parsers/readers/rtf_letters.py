"""Decode the bytes of an RTF file by the fonts that they are set in.

The file's words and groups are understood elsewhere.
"""

from dataclasses import dataclass, field

from parsers.readers.letters import Run
from parsers.readers.runs import symbol_sign

#: \\fcharset -> code page (RTF 1.9.1, font table).
_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
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
    254: "cp437",
    255: "cp850",
}
_SYMBOL = 2
_DOUBLE = frozenset(("cp932", "cp949", "johab", "gbk", "cp950"))
_SURROGATES = range(0xD800, 0xE000)


@dataclass(slots=True)
class Font:
    """One entry of the font table."""

    name: str = ""
    charset: int | None = None
    page: str | None = None


@dataclass(slots=True)
class Fonts:
    """The font table, and the code page of what no font decides."""

    page: str = "cp1252"
    table: dict[int, Font] = field(default_factory=dict)

    def decoded(self, data: bytes, number: int) -> Run:
        """Return bytes set in a font as a run."""
        font = self.table.get(number)
        if font is None:
            return _decode(data, self.page), None
        name = font.name or None
        if font.charset == _SYMBOL:
            return "".join(symbol_sign(font.name, b) for b in data), name
        page = font.page or _CHARSETS.get(font.charset or -1)
        if font.charset == 0 and font.page is None:
            # What Windows calls its own is that of the machine that wrote the file.
            page = self.page if self.page != "utf-8" else "cp1252"
        return _decode(data, page or self.page), name


def page_of(number: int) -> str:
    """Return the codec of a code page; that of Windows where it is not known."""
    page = "utf-8" if number == 65001 else f"cp{number}"
    try:
        "".encode(page)
    except LookupError:
        return "cp1252"
    return page


def joined(text: str) -> str:
    """Return text whose letters beyond U+FFFF came in halves."""
    if not any(ord(c) in _SURROGATES for c in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _decode(data: bytes, page: str) -> str:
    if page in _DOUBLE or page == "utf-8":
        return data.decode(page, "replace")
    try:
        return data.decode(page)
    except UnicodeDecodeError:
        # A byte without a letter stays what it is: an old encoding may mean it.
        return "".join(bytes((b,)).decode(page, "ignore") or chr(b) for b in data)
