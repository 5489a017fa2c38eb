"""Read the styles of an Office Open XML workbook: each cell style's format and font.

Colours, borders and sizes are left out.
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from parsers.readers.number_format import BUILT_IN, Format, compile_format
from parsers.readers.package import MAIN, int_of, parse_xml, plain_names
from parsers.readers.plain_xml import as_plain

_PLAIN_STYLES = re.compile(r"<cellXfs(?: [^>]*)?>(.*?)</cellXfs>", re.DOTALL)
_PLAIN_STYLE = re.compile(r"<xf ([^>]*)>")
_PLAIN_CODE = re.compile(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"')
_PLAIN_FONTS = re.compile(r"<fonts(?: [^>]*)?>(.*?)</fonts>", re.DOTALL)
_PLAIN_FONT = re.compile(r"<font(?:/>|>(.*?)</font>)", re.DOTALL)
_PLAIN_NAME = re.compile(r'<name val="([^"]*)"')
_NUMBER = re.compile(r'\bnumFmtId="(\d+)"')
_FONT = re.compile(r'\bfontId="(\d+)"')

#: One format and one font a cell style: None shows what the cell holds, or names none.
Styles = tuple[tuple[Format | None, ...], tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class _Found:
    """Codes by number; of each style its format's and its font's number; the fonts."""

    codes: Mapping[int, str]
    styles: Sequence[tuple[int, int]]
    fonts: Sequence[str | None]


def read_styles(data: bytes | None) -> Styles:
    """Return the formats and fonts of the cell styles in the part `data`."""
    if data is None:
        return (), ()
    data = plain_names(data)
    found = _by_patterns(data) or _by_elements(data)
    formats = tuple(format_of(number, found.codes) for number, _ in found.styles)
    fonts = found.fonts
    names = (fonts[i] if i < len(fonts) else None for _, i in found.styles)
    return formats, tuple(names)


def format_of(number: int, codes: Mapping[int, str]) -> Format | None:
    """Return the format `number`; None where cells show what they hold."""
    code = codes.get(number) or BUILT_IN.get(number, "General")
    plain = code in ("General", "GENERAL", "@", "")
    return None if plain else compile_format(code)


def _by_patterns(data: bytes) -> _Found | None:
    """Return what patterns find where they account for every style, else None."""
    text = as_plain(data)
    section = _PLAIN_STYLES.search(text) if text is not None else None
    if text is None or section is None or "='" in text:
        return None
    styles = _PLAIN_STYLE.findall(section[1])
    codes = _PLAIN_CODE.findall(text) if "<numFmt " in text else []
    fonts = _PLAIN_FONTS.search(text)
    listed = _PLAIN_FONT.findall(fonts[1]) if fonts else []
    if len(styles) != section[1].count("<xf") or len(codes) != text.count("<numFmt "):
        return None
    if fonts and len(listed) != len(re.findall(r"<font[ />]", fonts[1])):
        return None
    return _Found(
        {int_of(n): html.unescape(code) for n, code in codes},
        [(_first(_NUMBER, style), _first(_FONT, style)) for style in styles],
        [_name(font) for font in listed],
    )


def _first(pattern: re.Pattern[str], attributes: str) -> int:
    found = pattern.search(attributes)
    return int_of(found[1]) if found else 0


def _name(font: str) -> str | None:
    found = _PLAIN_NAME.search(font)
    return html.unescape(found[1]) if found else None


def _by_elements(data: bytes) -> _Found:
    root = parse_xml(data)
    codes = root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
    styles = root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")
    return _Found(
        {int_of(e.get("numFmtId")): e.get("formatCode", "") for e in codes},
        [(int_of(e.get("numFmtId")), int_of(e.get("fontId"))) for e in styles],
        [_font_name(e) for e in root.iterfind(f"{MAIN}fonts/{MAIN}font")],
    )


def _font_name(font: etree._Element) -> str | None:
    name = font.find(f"{MAIN}name")
    return None if name is None else name.get("val")
