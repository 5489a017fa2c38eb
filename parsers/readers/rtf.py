"""Read RTF documents: their tables and paragraphs in order, whatever they are called.

Footnotes, comments, pictures and embedded objects are left out. Tracked changes are
read as accepted. Source: Rich Text Format specification 1.9.1.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from parsers.errors import DamagedFileError, LimitExceededError
from parsers.readers.letters import Letters, settled
from parsers.readers.places import inside
from parsers.readers.rtf_flow import Flow, Item, RowsLeft, Shown
from parsers.readers.rtf_letters import Font, Fonts, page_of
from parsers.readers.rtf_tables import Edge, RowForm
from parsers.readers.rtf_words import (
    AROUND,
    BOXES,
    BULLET,
    DROPPED,
    ENTERED,
    MERGES,
    PRIVATE_USE,
    SIGNS,
    WORD_SIGNS,
)
from parsers.readers.spans import rows_cut
from parsers.values.limits import Limits
from parsers.values.table import Document

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])"
    rb"|([^\\{}]+)|\\",
    re.DOTALL,
)
#: In what is left out only these matter: where it ends, and bytes that mean nothing.
_LEFT_OUT = re.compile(rb"\\bin(\d{1,10}) ?|\\.|[{}]", re.DOTALL)
_MOST_TOKENS = 8_000_000
_DEEPEST = 2000


@dataclass(slots=True)
class _Group:
    """What holds inside one pair of braces; inner ones begin with a copy."""

    font: int = 0
    skipped: int = 1
    hidden: bool = False
    in_table: bool = False
    level: int | None = None
    place: str = ""
    flow: Flow | None = None

    @property
    def depth(self) -> int:
        """Return how many tables are around a paragraph that ends here."""
        return (self.level if self.level is not None else 1) if self.in_table else 0


@dataclass(slots=True)
class _Reader:
    """What is known while one file is walked."""

    payload: bytes
    fonts: Fonts
    rows: RowsLeft
    flow: Flow
    around: dict[str, list[Item]] = field(default_factory=dict)
    default_font: int = 0
    group: _Group = field(default_factory=_Group)
    groups: list[_Group] = field(default_factory=list)
    forms: dict[int, RowForm] = field(default_factory=dict)
    edge: Edge = field(default_factory=lambda: Edge(0))
    entry: Font = field(default_factory=Font)
    #: Letters to leave out: what stands for the last one in programs without Unicode.
    to_skip: int = 0
    starred: bool = False

    def run(self) -> None:
        """Walk the whole file; raises DamagedFileError where its end is missing."""
        at, size = 0, len(self.payload)
        for _ in range(_MOST_TOKENS):
            if at >= size:
                break
            found = _TOKEN.match(self.payload, at)
            assert found is not None
            at = self._token(found)
            if at < 0:
                return
        else:
            raise LimitExceededError("a file of too many words")
        raise DamagedFileError("an RTF file whose end is missing")

    def _token(self, found: re.Match[bytes]) -> int:
        """Take one token and return where the next one begins; below 0: the end."""
        word, number, code, sign, brace, text = found.groups()
        if word is not None:
            value = int(number) if number is not None else None
            return self._word(word.decode(), value, found.end())
        if code is not None:
            self._bytes(bytes((int(code, 16),)))
        elif sign is not None:
            self._sign(sign.decode("latin-1"))
        elif brace == b"{":
            self._open()
        elif brace == b"}":
            return found.end() if self._close() else -1
        elif text is not None:
            self._bytes(
                text.replace(b"\r", b"").replace(b"\n", b"").replace(b"\0", b"")
            )
        return found.end()

    def _open(self) -> None:
        if len(self.groups) >= _DEEPEST:
            raise LimitExceededError("groups nested too deeply")
        self.to_skip, self.starred = 0, False
        self.groups.append(self.group)
        self.group = replace(self.group, flow=None)

    def _close(self) -> bool:
        """Leave a group; return whether there is more of the file."""
        self.to_skip, self.starred = 0, False
        left = self.group
        if not self.groups:
            return False
        self.group = self.groups.pop()
        if left.flow is not None:
            ended, self.flow = self.flow, left.flow
            ended.end()
            if left.place == "box":
                self.flow.boxes += ended.items
            else:
                self.around.setdefault(left.place, []).extend(ended.items)
        return bool(self.groups)

    def _left_out(self, at: int) -> int:
        """Return where the group that begins before `at` ends: at its brace."""
        deep = 0
        while True:
            found = _LEFT_OUT.search(self.payload, at)
            if found is None:
                return len(self.payload)
            at = found.end()
            if found[0] == b"{":
                deep += 1
            elif found[0] == b"}":
                if not deep:
                    return found.start()
                deep -= 1
            elif found[1] is not None:
                at += int(found[1])

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.starred = True
        elif sign in "\r\n":
            self._paragraph()
        elif sign in SIGNS:
            self._text(SIGNS[sign])

    def _word(self, word: str, value: int | None, at: int) -> int:
        starred, self.starred = self.starred, False
        if word == "bin":
            return at + max(0, value or 0)
        if word in DROPPED or (starred and word not in ENTERED):
            return self._left_out(at)
        if word == "upr":
            # What follows for old programs stands again behind it, in Unicode.
            inner = self.payload.find(b"{", at)
            return self._left_out(inner + 1) + 1 if 0 <= inner < at + 8 else at
        if word in AROUND:
            self._around(AROUND[word])
        elif word in BOXES:
            self._around("box")
        elif word in WORD_SIGNS and word != "nestcell":
            self._text(WORD_SIGNS[word])
        else:
            action = _ACTIONS.get(word)
            if action is not None:
                action(self, value)
            elif word in MERGES:
                name, kind = MERGES[word]
                setattr(self.edge, name, kind)
        return at

    def _around(self, place: str) -> None:
        """Begin what stands beside the running text: a header, a text box."""
        if self.group.flow is None:
            self.group.flow = self.flow
            self.flow = Flow(self.fonts, self.rows)
            self.group.place = place
            self.group.in_table, self.group.level = False, None

    def _bytes(self, data: bytes) -> None:
        if self.to_skip:
            skipped = min(self.to_skip, len(data))
            self.to_skip -= skipped
            data = data[skipped:]
        if not data:
            return
        if self.group.place == "fonttbl":
            self._name(data)
        elif not self.group.hidden:
            self.flow.add_bytes(data, self.group.font)

    def _text(self, text: str) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif self.group.place != "fonttbl" and not self.group.hidden:
            if self.group.place == "label" and ord(text[0]) in PRIVATE_USE:
                text = BULLET
            self.flow.add(text, self.group.font)

    def _name(self, data: bytes) -> None:
        """Take a piece of a font's name; it ends with a semicolon."""
        name, mark, _ = data.partition(b";")
        self.entry.name += name.decode(self.fonts.page, "replace")
        if mark:
            self.entry.name = self.entry.name.strip()
            self.entry = Font()

    # What words do; each is given the number behind the word, None without one.

    def _unicode(self, value: int | None) -> None:
        self._text(chr((value or 0) & 0xFFFF))
        self.to_skip = self.group.skipped

    def _font(self, value: int | None) -> None:
        self.group.font = value or 0
        if self.group.place == "fonttbl":
            self.entry = self.fonts.table[value or 0] = Font()

    def _plain(self, value: int | None) -> None:
        self.group.hidden = False
        self.group.font = self.default_font

    def _hidden(self, value: int | None) -> None:
        self.group.hidden = value != 0

    def _pard(self, value: int | None) -> None:
        self.group.in_table, self.group.level = False, None

    def _in_table(self, value: int | None) -> None:
        self.group.in_table = value != 0

    def _level(self, value: int | None) -> None:
        self.group.level = value
        self.group.in_table = bool(value)

    def _paragraph(self, value: int | None = None) -> None:
        self.flow.end_paragraph(self.group.depth)

    def _cell(self, value: int | None) -> None:
        self.flow.end_cell(1)

    def _nested_cell(self, value: int | None) -> None:
        self.flow.end_cell(max(2, self.group.level or 2))

    def _row(self, value: int | None) -> None:
        self.flow.end_row(1, self.forms.get(1, RowForm()))

    def _nested_row(self, value: int | None) -> None:
        level = max(2, self.group.level or 2)
        self.flow.end_row(level, self.forms.get(level, RowForm()))

    @property
    def _form_level(self) -> int:
        if self.group.place == "nesttableprops":
            return max(2, self.group.level or 2)
        return 1

    def _new_form(self, value: int | None) -> None:
        self.forms[self._form_level] = RowForm()
        self.edge = Edge(0)

    def _left(self, value: int | None) -> None:
        self.forms.setdefault(self._form_level, RowForm()).left = value or 0

    def _last(self, value: int | None) -> None:
        self.forms.setdefault(self._form_level, RowForm()).last = True

    def _edge(self, value: int | None) -> None:
        edge, self.edge = self.edge, Edge(0)
        edge.right = value or 0
        self.forms.setdefault(self._form_level, RowForm()).edges.append(edge)

    def _page(self, value: int | None) -> None:
        self.fonts.page = page_of(value or 1252)

    def _charset(self, value: int | None) -> None:
        self.entry.charset = value

    def _font_page(self, value: int | None) -> None:
        if self.group.place == "fonttbl" and value:
            self.entry.page = page_of(value)

    def _default(self, value: int | None) -> None:
        self.default_font = self.group.font = value or 0

    def _fallback(self, value: int | None) -> None:
        self.group.skipped = max(0, value if value is not None else 1)

    def _font_table(self, value: int | None) -> None:
        self.group.place = "fonttbl"

    def _label(self, value: int | None) -> None:
        self.group.place = "label"

    def _nested_form(self, value: int | None) -> None:
        self.group.place = "nesttableprops"


_ACTIONS: dict[str, Callable[[_Reader, int | None], None]] = {
    "u": _Reader._unicode,
    "uc": _Reader._fallback,
    "f": _Reader._font,
    "plain": _Reader._plain,
    "v": _Reader._hidden,
    "deleted": _Reader._hidden,
    "pard": _Reader._pard,
    "intbl": _Reader._in_table,
    "itap": _Reader._level,
    "par": _Reader._paragraph,
    "sect": _Reader._paragraph,
    "cell": _Reader._cell,
    "nestcell": _Reader._nested_cell,
    "row": _Reader._row,
    "nestrow": _Reader._nested_row,
    "trowd": _Reader._new_form,
    "trleft": _Reader._left,
    "lastrow": _Reader._last,
    "cellx": _Reader._edge,
    "ansicpg": _Reader._page,
    "mac": lambda reader, _: setattr(reader.fonts, "page", "mac_roman"),
    "pc": lambda reader, _: setattr(reader.fonts, "page", "cp437"),
    "pca": lambda reader, _: setattr(reader.fonts, "page", "cp850"),
    "fcharset": _Reader._charset,
    "cpg": _Reader._font_page,
    "deff": _Reader._default,
    "fonttbl": _Reader._font_table,
    "listtext": _Reader._label,
    "pntext": _Reader._label,
    "nesttableprops": _Reader._nested_form,
}


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the paragraphs and tables of the document `payload`, in order.

    Headers come first and footers last, a table within a cell follows the table around
    it, text boxes what they are anchored in. Raises DamagedFileError where the end is
    missing, and LimitExceededError; rows left out are `rows_cut`.
    """
    fonts, rows = Fonts(), RowsLeft(limits.rows)
    body = Flow(fonts, rows)
    reader = _Reader(payload, fonts, rows, body)
    reader.run()
    body.end()
    around = reader.around
    items = [*around.get("header", []), *body.items, *around.get("footer", [])]

    def once(letters: Letters) -> Document:
        shown = Shown(path, letters, rows.cut)
        blocks = tuple(shown.blocks(items))
        return Document(
            blocks,
            (rows_cut(inside(path), limits),) if shown.cut else (),
            "unicode" if blocks else None,
        )

    return settled(once, path)
