"""Read the glyphs of a page, each with its place, its font and what it stands for.

Spaces that PDFium only supposes are left out: gaps are judged by `lines`.
"""

import ctypes
import math
import unicodedata

import pypdfium2.raw as pdfium

from parsers.readers.pdf.library import Handle
from parsers.readers.pdf.marks import Glyph, Style
from parsers.readers.pdf.view import View

#: A page of small print has some ten thousand; more is a drawing or an attack.
MOST_GLYPHS = 60_000
LOST = "\ufffd"
_UNSEEN = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
_CLIPPING = pdfium.FPDF_TEXTRENDERMODE_CLIP
#: A line's last hyphen, which may be soft, is told by these (PDFium's own choice).
_LINE_HYPHENS = (0x02, 0xFFFE)
_HYPHEN = 0x2D
_TAB = 0x09
_SOFT_HYPHEN = "\u00ad"
#: Of a glyph's height: a hyphen is narrower, the "ư" of TCVN3 is wider.
_HYPHEN_WIDTH = 0.375
_PICTURE_FONTS = ("Symbol", "Wingdings", "Webdings", "ZapfDingbats")
_SUBSET_PREFIX = 7
_NAME_BYTES = 256


def read_glyphs(page: Handle, view: View, pictured: bool) -> tuple[list[Glyph], bool]:
    """Return the glyphs in the order of the file, and whether some were left out.

    Unseen text counts only where a picture covers the page (`pictured`).
    """
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return [], False
    try:
        count = max(0, int(pdfium.FPDFText_CountChars(text)))
        reader = _Reader(text, view, pictured)
        for index in range(min(count, MOST_GLYPHS)):
            reader.take(index)
        return _without_garbled(reader.glyphs, reader.garbled), count > MOST_GLYPHS
    finally:
        pdfium.FPDFText_ClosePage(text)


class _Reader:
    """Takes one character of PDFium's text page after the other."""

    def __init__(self, text: Handle, view: View, pictured: bool) -> None:
        self.glyphs: list[Glyph] = []
        self.garbled: set[str] = set()
        self._text = text
        self._view = view
        self._pictured = pictured
        self._styles: dict[int | None, Style | None] = {}
        self._fonts: dict[int | None, str] = {}
        self._lost: dict[tuple[int | None, int], bool] = {}
        self._last: int | None = None
        self._box = pdfium.FS_RECTF()
        self._at = ctypes.c_double(), ctypes.c_double()

    def take(self, index: int) -> None:
        code = pdfium.FPDFText_GetUnicode(self._text, index)
        if code in (10, 13):
            return
        owner = pdfium.FPDFText_GetTextObject(self._text, index)
        if not owner:
            return
        address = ctypes.addressof(owner.contents)
        if address not in self._styles:
            self._styles[address] = self._style(index, owner)
        style = self._styles[address]
        if style is None:
            return
        box, text = self._box, self._text
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        x, y = self._at
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        letter = self._letter(index, code, (address, style.font))
        self._put(letter, (x.value, y.value), style, address != self._last)
        self._last = address

    def _put(
        self, letter: str, origin: tuple[float, float], style: Style, first: bool
    ) -> None:
        box, view = self._box, self._view
        matrix = view.matrix
        x0, y0 = matrix.point(box.left, box.bottom)
        x1, y1 = matrix.point(box.right, box.top)
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if not (-2 <= x <= view.width + 2 and -2 <= y <= view.height + 2):
            return
        base = matrix.point(*origin)[style.turn % 2 == 0]
        if self.glyphs and letter and unicodedata.combining(letter[0]):
            former = self.glyphs[-1]
            near = former.x0 - 4 <= x <= former.x1 + 4
            if near and abs(former.base - base) < (y1 - y0) and former.text != " ":
                # QUIRK: one drawn letter that stands for several signs is told as
                # several, each with its share of the width.
                self.glyphs[-1] = former._replace(
                    text=former.text + letter, x1=max(former.x1, x1)
                )
                return
        if letter == " " and self.glyphs:
            self.glyphs[-1] = _before_space(self.glyphs[-1], base)
        self.glyphs.append(
            Glyph(letter, x0, y0, x1, y1, base, style, len(self.glyphs), False, first)
        )

    def _letter(self, index: int, code: int, owner: tuple[int, str]) -> str:
        address, font = owner
        if code in _LINE_HYPHENS or code == _HYPHEN:
            return self._hyphen(font)
        key = address, code
        lost = self._lost.get(key)
        if lost is None:
            flag = pdfium.FPDFText_HasUnicodeMapError(self._text, index)
            private = 0xE000 <= code < 0xF900 or code in (0, 0xFFFD) or code > 0xF0000
            lost = self._lost[key] = flag == 1 or private or 0xD800 <= code < 0xE000
        if lost and 0xF000 <= code < 0xF100 and font.startswith(_PICTURE_FONTS):
            # QUIRK: Word's bullets and ticks are pictures in the private area.
            return "•"
        if code < 0x20 and code != _TAB:
            self.garbled.add(font)
            return LOST
        if lost:
            return LOST
        letter = chr(code)
        return " " if letter.isspace() else letter

    def _hyphen(self, font: str) -> str:
        """Return the hyphen, or the soft one, which is "ư" in the fonts of TCVN3.

        QUIRK: PDFium takes byte AD of WinAnsi for a hyphen (ISO 32000-1, D.2 note 6).
        """
        if not font.startswith((".Vn", "Vn")):
            return "-"
        box = self._box
        width, height = box.right - box.left, box.top - box.bottom
        return _SOFT_HYPHEN if width > abs(height) * _HYPHEN_WIDTH else "-"

    def _style(self, index: int, owner: Handle) -> Style | None:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(owner)
        unseen = mode in (_UNSEEN, _CLIPPING)
        if unseen and not self._pictured:
            return None
        angle = pdfium.FPDFText_GetCharAngle(self._text, index)
        quarter = round(angle / (math.pi / 2)) if angle >= 0 else 0
        turn = (quarter + self._view.turn) % 4
        mark = int(pdfium.FPDFPageObj_GetMarkedContentID(owner))
        return Style(self._font(owner), unseen, turn, mark)

    def _font(self, owner: Handle) -> str:
        font = pdfium.FPDFTextObj_GetFont(owner)
        address = ctypes.cast(font, ctypes.c_void_p).value
        if address not in self._fonts:
            name = ctypes.create_string_buffer(_NAME_BYTES)
            pdfium.FPDFFont_GetBaseFontName(font, name, _NAME_BYTES)
            self._fonts[address] = _without_prefix(
                name.value.decode("utf-8", "replace")
            )
        return self._fonts[address]


def _before_space(former: Glyph, base: float) -> Glyph:
    level = abs(former.base - base) < former.y1 - former.y0
    return former._replace(spaced=former.spaced or level)


def _without_garbled(glyphs: list[Glyph], fonts: set[str]) -> list[Glyph]:
    """Return the glyphs, those of `fonts` lost: what looks like letters is numbers."""
    if not fonts:
        return glyphs
    return [
        g._replace(text=LOST) if g.style.font in fonts and g.text != " " else g
        for g in glyphs
    ]


def _without_prefix(name: str) -> str:
    """Return a font's name without the tag of its subset (ISO 32000-1, 9.6.4)."""
    tag, plus, rest = name.partition("+")
    return rest if plus and len(tag) == _SUBSET_PREFIX - 1 and tag.isupper() else name
