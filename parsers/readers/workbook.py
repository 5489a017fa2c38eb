"""Read what the sheets of a workbook share: their names, strings and formats.

The sheets themselves are read by `sheet`.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from parsers.errors import DamagedFileError
from parsers.readers.letters import Letters, Line, Run
from parsers.readers.number_format import BUILT_IN, Format, compile_format
from parsers.readers.package import (
    RELATION_ID,
    Package,
    int_of,
    parse_xml,
    plain_names,
)
from parsers.vietnamese.legacy.fonts import font_encoding, xml_may_name_old_fonts

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_HIDDEN = ("hidden", "veryHidden")
_TEXT, _RUN, _ITEM = f"{MAIN}t", f"{MAIN}r", f"{MAIN}si"
_RUN_FONT = f"{MAIN}rPr/{MAIN}rFont"
#: `_x000D_` stands for a character that XML cannot hold (ECMA-376 22.9.2.19).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: The shape that nearly every writer gives a string: no runs, no reading aids.
_PLAIN_ITEM = re.compile(r"<si><t(?: [^>]*)?>([^<]*)</t></si>")
_PLAIN_STYLES = re.compile(r"<cellXfs(?: [^>]*)?>(.*?)</cellXfs>", re.DOTALL)
_PLAIN_STYLE = re.compile(r'<xf [^>]*?\bnumFmtId="(\d+)"')
_PLAIN_CODE = re.compile(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"')


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it: `part` is the name of its XML."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Workbook:
    """What the cells of every sheet refer to.

    `formats` holds one format a cell style, None where cells show what they hold, and
    `fonts` one font a style; None where the file names no font of an old encoding.
    """

    sheets: tuple[SheetEntry, ...]
    strings: Sequence[str | Line]
    formats: tuple[Format | None, ...]
    epoch_1904: bool
    letters: Letters
    fonts: tuple[str | None, ...] | None = None
    shown: dict[str, str] = field(default_factory=dict)

    @property
    def words_in_formats(self) -> bool:
        """Say whether a format adds words to texts: `"Phường "@`."""
        return any(f is not None and f.text is not None for f in self.formats)

    def shared(self, index: str, style: str, key: str) -> str:
        """Return the shared string `index` as shown; "" where there is none.

        It is kept under `key`, which says all that its look depends on.
        """
        text = self.shown[key] = self.text(self.raw(index), style)
        return text

    def raw(self, index: str) -> str | Line:
        """Return the shared string `index` as it stands in the file."""
        number = int_of(index.strip(), -1)
        return self.strings[number] if 0 <= number < len(self.strings) else ""

    def text(self, stored: str | Line, style: str) -> str:
        """Return letters that a cell of `style` holds, as shown."""
        font = None
        if self.fonts is not None:
            index = int_of(style)
            font = self.fonts[index] if index < len(self.fonts) else None
        if isinstance(stored, str):
            return self.letters.shown(stored, font)
        # A run that names no font is set in the cell's.
        return self.letters.shown_runs((t, own or font) for t, own in stored)

    def format(self, style: str | None) -> Format | None:
        """Return the format of a cell's `s` attribute."""
        index = int_of(style)
        return self.formats[index] if index < len(self.formats) else None


def read_workbook(package: Package, letters: Letters) -> Workbook:
    """Return the workbook of `package`; its sheets are not read yet.

    Raises DamagedFileError where it names no sheet at all: a workbook without sheets
    does not exist, so something else is wrong.
    """
    part = package.main_part("xl/workbook.xml")
    root = package.xml(part)
    if root is None or root.find(f"{MAIN}sheets/{MAIN}sheet") is None:
        raise DamagedFileError("a workbook that names no sheets")
    relations = package.relations(part)
    by_kind = {r.kind: r.target for r in relations.values()}
    sheets = tuple(
        SheetEntry(e.get("name", ""), relations[key].target, e.get("state") in _HIDDEN)
        for e in root.iter(f"{MAIN}sheet")
        if (key := e.get(RELATION_ID, "")) in relations
        and relations[key].kind == "worksheet"
    )
    strings = package.read(by_kind.get("sharedStrings", "xl/sharedStrings.xml"))
    styles = package.read(by_kind.get("styles", "xl/styles.xml"))
    return Workbook(
        sheets,
        _strings(strings),
        _formats(styles),
        _counts_from_1904(root),
        letters,
        _fonts(styles, strings),
    )


def rich_text(element: etree._Element) -> str | Line:
    """Return the text of a string element, readings left out.

    Where runs name fonts of old encodings the runs come as pairs of text and font.
    """
    runs: list[Run] = []
    for child in element:
        if child.tag == _TEXT:
            runs.append((unescaped(child.text or ""), None))
        elif child.tag == _RUN:
            font = child.find(_RUN_FONT)
            name = font.get("val") if font is not None else None
            text = "".join(t.text or "" for t in child.iterchildren(_TEXT))
            runs.append((unescaped(text), name))
    if any(font_encoding(font) is not None for _, font in runs):
        return tuple(runs)
    return "".join(text for text, _ in runs)


def unescaped(text: str) -> str:
    """Return `text` with the escapes of ST_Xstring resolved."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)


def as_plain(data: bytes) -> str | None:
    """Return XML as text where patterns may read it: UTF-8, no comments, no CDATA."""
    if b"<!" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def plain_values(values: list[str]) -> list[str]:
    """Return `values`, found between tags of plain XML, with entities resolved."""
    return [html.unescape(v) if "&" in v else v for v in values]


def _counts_from_1904(root: etree._Element) -> bool:
    properties = root.find(f"{MAIN}workbookPr")
    return properties is not None and properties.get("date1904") in ("1", "true")


def _fonts(
    styles: bytes | None, strings: bytes | None
) -> tuple[str | None, ...] | None:
    """Return the font of each cell style where any may be of an old encoding."""
    named = (xml_may_name_old_fonts(data) for data in (styles, strings) if data)
    if styles is None or not any(named):
        return None
    root = parse_xml(styles)
    names = [
        name.get("val") if (name := font.find(f"{MAIN}name")) is not None else None
        for font in root.iterfind(f"{MAIN}fonts/{MAIN}font")
    ]
    of = [int_of(e.get("fontId")) for e in root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")]
    return tuple(names[index] if index < len(names) else None for index in of)


def _strings(data: bytes | None) -> Sequence[str | Line]:
    if data is None:
        return ()
    data = plain_names(data)
    text = as_plain(data)
    if text is not None:
        found = _PLAIN_ITEM.findall(text)
        if len(found) == text.count("<si"):
            return [unescaped(v) for v in plain_values(found)]
    return [rich_text(item) for item in parse_xml(data).iterchildren(_ITEM)]


def _formats(data: bytes | None) -> tuple[Format | None, ...]:
    if data is None:
        return ()
    data = plain_names(data)
    styles = _styles_by_patterns(data) or _styles_by_elements(data)
    codes = dict(BUILT_IN) | {int_of(n): code for n, code in styles[0]}
    formats: list[Format | None] = []
    for number in styles[1]:
        code = codes.get(int_of(number), "General")
        plain = code in ("General", "@", "")
        formats.append(None if plain else compile_format(code))
    return tuple(formats)


#: Format codes by number, and the number of each cell style.
_Styles = tuple[list[tuple[str, str]], list[str]]


def _styles_by_patterns(data: bytes) -> _Styles | None:
    """Return what patterns find where they account for every style, else None."""
    text = as_plain(data)
    section = _PLAIN_STYLES.search(text) if text is not None else None
    if text is None or section is None:
        return None
    numbers = _PLAIN_STYLE.findall(section[1])
    codes = _PLAIN_CODE.findall(text) if "<numFmt " in text else []
    if len(numbers) != section[1].count("<xf") or len(codes) != text.count("<numFmt "):
        return None
    return [(n, html.unescape(code)) for n, code in codes], numbers


def _styles_by_elements(data: bytes) -> _Styles:
    root = parse_xml(data)
    codes = [
        (e.get("numFmtId", ""), e.get("formatCode", ""))
        for e in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
    ]
    styles = root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")
    return codes, [e.get("numFmtId", "") for e in styles]
