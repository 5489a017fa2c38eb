"""Read the styles of an OpenDocument workbook: fonts, and which sheets are hidden.

How numbers show is not needed: every cell says it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
#: Styles are made of styles; honest ones a few deep.
_DEEPEST = 20


@dataclass(slots=True)
class Styles:
    """Fonts by the name of the style that sets them; styles of hidden sheets."""

    fonts: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    usual: str | None = None

    def font(self, style: str) -> str | None:
        """Return the font of the style `style`, or of what it is made of."""
        for _ in range(_DEEPEST):
            if style in self.fonts:
                return self.fonts[style]
            if style not in self.parents:
                break
            style = self.parents[style]
        return self.usual


def read_styles(content: etree._Element, named: etree._Element | None) -> Styles:
    """Return the styles of a workbook: its own part for them, if any, and `content`."""
    styles = Styles()
    faces: dict[str, str] = {}
    for root in (named, content):
        if root is None:
            continue
        for face in root.iter(f"{_STYLE}font-face"):
            family = face.get(f"{_SVG}font-family", "")
            faces[face.get(f"{_STYLE}name", "")] = family.strip("'\"")
        for style in _listed(root):
            _note(styles, faces, style)
    return styles


def _listed(root: etree._Element) -> Iterator[etree._Element]:
    yield from root.iter(f"{_STYLE}style", f"{_STYLE}default-style")


def _note(styles: Styles, faces: dict[str, str], style: etree._Element) -> None:
    name = style.get(f"{_STYLE}name", "")
    parent = style.get(f"{_STYLE}parent-style-name")
    if parent:
        styles.parents[name] = parent
    letters = style.find(f"{_STYLE}text-properties")
    if letters is not None:
        face = letters.get(f"{_STYLE}font-name", "")
        font = faces.get(face, face) or letters.get(f"{_FO}font-family", "").strip("'")
        if font and name:
            styles.fonts[name] = font
        elif font and style.get(f"{_STYLE}family") == "table-cell":
            styles.usual = font
    sheet = style.find(f"{_STYLE}table-properties")
    if sheet is not None and sheet.get(f"{_TABLE}display") == "false":
        styles.hidden.add(name)
