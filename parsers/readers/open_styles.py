"""Look up what the styles of an OpenDocument text say: fonts, hidden text, lists.

Nothing of the text itself is read here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.readers.numbering import Level
from parsers.readers.package import int_of

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_NS}office:1.0}}"
TEXT = f"{{{_NS}text:1.0}}"
STYLE = f"{{{_NS}style:1.0}}"
DRAW = f"{{{_NS}drawing:1.0}}"
TABLE = f"{{{_NS}table:1.0}}"
_FO = f"{{{_NS}xsl-fo-compatible:1.0}}"
_SVG = f"{{{_NS}svg-compatible:1.0}}"
LIBREOFFICE = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

_NAME = f"{STYLE}name"
#: Deeper chains of parents run in circles.
_DEEPEST = 20
#: How OpenDocument writes kinds of numbers -> how numbering.Level does.
_KINDS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "": "silent",
}
_LEVELS = frozenset(
    f"{TEXT}{n}"
    for n in (
        "list-level-style-number",
        "list-level-style-bullet",
        "list-level-style-image",
        "outline-level-style",
    )
)
_FORMAT = re.compile(r"%(\d)%")


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str | None
    font: str | None
    hidden: bool | None
    master: str | None


@dataclass(slots=True)
class OpenStyles:
    """The styles that one part of a document sees, by family and name."""

    fonts: dict[str, str] = field(default_factory=dict)
    styles: dict[tuple[str, str], _Style] = field(default_factory=dict)
    outline: etree._Element | None = None
    _lists: dict[str, etree._Element] = field(default_factory=dict)
    _read: dict[str, dict[int, Level]] = field(default_factory=dict)

    def take(self, parent: etree._Element | None) -> None:
        """Take in what stands in one element of styles; later ones hide earlier."""
        for element in parent if parent is not None else ():
            tag, name = element.tag, element.get(_NAME, "")
            if tag == f"{STYLE}font-face":
                self.fonts[name] = _bare(element.get(f"{_SVG}font-family") or name)
            elif tag == f"{STYLE}style":
                family = element.get(f"{STYLE}family", "")
                self.styles[family, name] = self._style(element)
            elif tag == f"{STYLE}default-style":
                family = element.get(f"{STYLE}family", "")
                self.styles[family, ""] = self._style(element)
            elif tag == f"{TEXT}list-style":
                self._lists[name] = element
            elif tag == f"{TEXT}outline-style":
                self.outline = element

    def levels(self, name: str) -> dict[int, Level]:
        """Return the levels of a list style; "" is the numbering of headings.

        They are read when first asked for: a file defines many more than it uses.
        """
        if name not in self._read:
            element = self._lists.get(name) if name else self.outline
            self._read[name] = {} if element is None else dict(_levels(element))
        return self._read[name]

    def font(self, family: str, name: str) -> str | None:
        """Return the font of a style, its parents and the default asked too."""
        for style in self._chain(family, name):
            if style.font is not None:
                return style.font
        return None

    def hidden(self, family: str, name: str) -> bool:
        """Say whether text in a style is not shown."""
        for style in self._chain(family, name):
            if style.hidden is not None:
                return style.hidden
        return False

    def master(self, family: str, name: str) -> str | None:
        """Return the page style that begins with a paragraph or table, None if none."""
        style = self.styles.get((family, name))
        return style.master if style else None

    def _chain(self, family: str, name: str) -> Iterator[_Style]:
        for _ in range(_DEEPEST):
            style = self.styles.get((family, name))
            if style is None:
                break
            yield style
            if not name or style.parent is None:
                break
            name = style.parent
        default = self.styles.get((family, ""))
        if default is not None and family == "paragraph":
            yield default

    def _style(self, element: etree._Element) -> _Style:
        properties = element.find(f"{STYLE}text-properties")
        font = hidden = None
        if properties is not None:
            name = properties.get(f"{STYLE}font-name")
            font = self.fonts.get(name, name) if name else None
            font = font or _bare(properties.get(f"{_FO}font-family", "")) or None
            shown = properties.get(f"{TEXT}display")
            hidden = shown == "none" if shown else None
        return _Style(
            element.get(f"{STYLE}parent-style-name"),
            font,
            hidden,
            element.get(f"{STYLE}master-page-name") or None,
        )


def styles_of(*roots: etree._Element | None) -> OpenStyles:
    """Return the styles that the last of `roots` sees.

    Of the others only what is common to the document counts.
    """
    found = OpenStyles()
    for root in roots:
        if root is not None:
            found.take(root.find(f"{OFFICE}font-face-decls"))
            found.take(root.find(f"{OFFICE}styles"))
    if roots and roots[-1] is not None:
        found.take(roots[-1].find(f"{OFFICE}automatic-styles"))
    return found


def _bare(family: str) -> str:
    return family.split(",")[0].strip().strip("'\"")


def _levels(style: etree._Element) -> Iterator[tuple[int, Level]]:
    """Yield the levels of a list style from 0, as numbering.Level has them."""
    for element in style:
        if element.tag not in _LEVELS:
            continue
        depth = int_of(element.get(f"{TEXT}level"), 1) - 1
        yield depth, _level(element, depth)


def _level(element: etree._Element, depth: int) -> Level:
    aligned = element.find(f".//{STYLE}list-level-label-alignment")
    followed = aligned.get(f"{TEXT}label-followed-by") if aligned is not None else None
    after = "" if followed == "nothing" else " "
    prefix = element.get(f"{STYLE}num-prefix", "")
    suffix = element.get(f"{STYLE}num-suffix", "")
    if element.tag == f"{TEXT}list-level-style-bullet":
        # QUIRK: LibreOffice writes the whole label beside the sign: it is shown once.
        return Level(1, "bullet", element.get(f"{TEXT}bullet-char", ""), after)
    kind = _KINDS.get(element.get(f"{STYLE}num-format", ""), "decimal")
    written = element.get(f"{LIBREOFFICE}num-list-format")
    if element.tag == f"{TEXT}list-level-style-image":
        return Level(1, "none", "", "")
    if written is not None:
        pattern = _FORMAT.sub(r"%\1", written)
    else:
        shown = int_of(element.get(f"{TEXT}display-levels"), 1)
        first = max(0, depth + 1 - max(1, shown))
        numbers = ".".join(f"%{n + 1}" for n in range(first, depth + 1))
        pattern = prefix + ("" if kind == "silent" else numbers) + suffix
    if kind == "silent":
        pattern = pattern.replace(f"%{depth + 1}", "")
        kind = "decimal" if pattern else "none"
    start = int_of(element.get(f"{TEXT}start-value"), 1)
    return Level(start, kind, pattern, after)
