"""Read the text of a word document's paragraphs as it is shown.

Tables and the order of paragraphs are the business of `word`.
"""

from dataclasses import dataclass, field

from lxml import etree

from parsers.readers.letters import Run
from parsers.readers.numbering import Lists, W, leading, numbering_of
from parsers.readers.run_fonts import RunFonts
from parsers.readers.styles import Styles

_VAL = f"{W}val"
_OFF = ("0", "false", "off", "none")
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT, _PROPERTIES, _RUN, _FIELD = f"{W}t", f"{W}rPr", f"{W}r", f"{W}fldChar"
ALTERNATIVES = f"{_COMPATIBLE}AlternateContent"
_PARAGRAPH_PROPERTIES = f"{W}pPr"
_BOX = f"{W}txbxContent"
#: Signs that stand for themselves. U+00AD is dropped later, where text is Unicode; in
#: TCVN3 it is a letter.
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
}
#: Deleted text, field codes, the reading above East Asian text: not shown.
_SKIPPED = frozenset(
    [f"{W}{n}" for n in ("del", "moveFrom", "delText", "instrText", "rt", "pPr", "rPr")]
    + [f"{W}sectPr", f"{W}sdtPr", f"{W}footnoteReference", f"{_COMPATIBLE}Fallback"]
)
#: A content control; one that nobody filled in shows a prompt, which nobody wrote.
_CONTROL = f"{W}sdt"
#: The few signs of symbol fonts that people type into tables.
_SYMBOLS = {
    "wingdings": {0xFC: "✓", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0xFB: "✗", 0xE0: "→"},
    "symbol": {0xB7: "•", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xAE: "→"},
}
_SYMBOL_PAGE = 0xF000


@dataclass(slots=True)
class Paragraphs:
    """Reads paragraphs one after the other, counting lists on.

    `boxes` gathers the contents of text boxes anchored in what was read; whoever reads
    takes them out. `fonts` is None where the file names no font of an old encoding.
    """

    lists: Lists
    styles: Styles
    fonts: RunFonts | None = None
    boxes: list[etree._Element] = field(default_factory=list)
    _fields: list[bool] = field(default_factory=list)

    def of(self, paragraph: etree._Element) -> list[Run]:
        """Return the text of `paragraph` as stored, its list label before it."""
        # A field's code ends with its paragraph at the latest: where the mark that ends
        # it is lost, the rest of the document is not.
        self._fields.clear()
        label = self._label(paragraph) if self.lists.abstract else ""
        pieces: list[Run] = [(label, None)] if label else []
        font = self.fonts.of_paragraph(paragraph) if self.fonts else None
        self._gather(paragraph, pieces, font)
        return pieces

    def joins_next(self, paragraph: etree._Element) -> bool:
        """Say whether the mark that ends `paragraph` was deleted while tracked."""
        properties = leading(paragraph, _PARAGRAPH_PROPERTIES)
        mark = properties.find(_PROPERTIES) if properties is not None else None
        if mark is None:
            return False
        return any(mark.find(f"{W}{gone}") is not None for gone in ("del", "moveFrom"))

    def _label(self, paragraph: etree._Element) -> str:
        properties = leading(paragraph, _PARAGRAPH_PROPERTIES)
        if properties is None:
            return ""
        found = numbering_of(properties)
        style = properties.find(f"{W}pStyle")
        if (found is None or not found[0]) and style is not None:
            inherited = self.styles.numbering(style.get(_VAL, ""))
            if inherited is not None:
                found = inherited[0], found[1] if found else inherited[1]
        # List 0 is Word's way of taking a paragraph out of its style's list.
        if found is None or found[0] in ("", "0"):
            return ""
        return self.lists.label(*found)

    def _gather(
        self, element: etree._Element, pieces: list[Run], font: str | None
    ) -> None:
        for child in element:
            tag = child.tag
            if tag == _RUN:
                if not _is_hidden(child):
                    own = self.fonts.of(child, font) if self.fonts else None
                    self._gather(child, pieces, own)
            elif tag == _FIELD:
                self._field(child.get(f"{W}fldCharType"))
            elif True in self._fields:
                # Inside the code of a field even the results of others are not shown.
                if tag not in _SKIPPED and len(child):
                    self._gather(child, pieces, font)
            elif tag in (_TEXT, _MATH_TEXT):
                pieces.append((child.text or "", font))
            elif tag in _SIGNS:
                pieces.append((_SIGNS[tag], font))
            elif tag in _SKIPPED or (tag == _CONTROL and is_prompt(child)):
                continue
            elif tag == _BOX:
                self.boxes.append(child)
            elif tag == f"{W}sym":
                pieces.append((_symbol(child), font))
            elif len(child):
                self._gather(chosen(child), pieces, font)

    def _field(self, mark: str | None) -> None:
        """Note where the code of a field begins and ends: a stack, as they nest."""
        if mark == "begin":
            self._fields.append(True)
        elif self._fields and mark == "separate":
            self._fields[-1] = False
        elif self._fields and mark == "end":
            self._fields.pop()


def is_prompt(control: etree._Element) -> bool:
    """Say whether a content control shows its prompt, which nobody wrote."""
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _is_hidden(run: etree._Element) -> bool:
    properties = leading(run, _PROPERTIES)
    if properties is None:
        return False
    hidden = properties.find(f"{W}vanish")
    return hidden is not None and hidden.get(_VAL) not in _OFF


def chosen(element: etree._Element) -> etree._Element:
    """Return the one of several alternatives that is shown."""
    if element.tag != ALTERNATIVES:
        return element
    choice = element.find(f"{_COMPATIBLE}Choice")
    fallback = element.find(f"{_COMPATIBLE}Fallback")
    if choice is not None:
        return choice
    return element if fallback is None else fallback


def _symbol(element: etree._Element) -> str:
    """Return a sign of a symbol font; one that is not known stays a private code."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    return symbol_sign(element.get(f"{W}font", ""), code)


def symbol_sign(font: str, code: int) -> str:
    """Return the sign `code` of a symbol font; one that is not known stays a code."""
    font = font.lower()
    known = next((t for name, t in _SYMBOLS.items() if font.startswith(name)), {})
    shown = known.get(code & 0xFF)
    if shown is not None and (code < 0x100 or code & 0xFF00 == _SYMBOL_PAGE):
        return shown
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else ""
