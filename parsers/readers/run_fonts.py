"""Find the font in which a run of a word document is set.

Only what may tell an old encoding is asked for: a file that names no such font has no
need of this.
"""

from dataclasses import dataclass, field

from lxml import etree

from parsers.readers.numbering import W, leading
from parsers.readers.styles import Styles
from parsers.vietnamese.legacy.fonts import font_encoding

_PROPERTIES, _FONTS = f"{W}rPr", f"{W}rFonts"
_VAL = f"{W}val"
#: Letters beyond ASCII are set in the second of these.
_KINDS = (f"{W}hAnsi", f"{W}ascii", f"{W}cs")
_THEMES = (f"{W}hAnsiTheme", f"{W}asciiTheme")
#: A font of the theme is never one of an old encoding.
_THEME = "theme"


@dataclass(slots=True)
class RunFonts:
    """The fonts of one document's runs, by what stands above them."""

    styles: Styles
    _of_style: dict[str, str | None] = field(default_factory=dict)

    def of_paragraph(self, paragraph: etree._Element) -> str | None:
        """Return the font of runs in `paragraph` that name none themselves."""
        properties = leading(paragraph, f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        if style is not None:
            found = self._style(style.get(_VAL, ""))
            if found is not None:
                return found
        default = self.styles.default_paragraph()
        found = self._style(default) if default else None
        return found or _named(self.styles.defaults())

    def of(self, run: etree._Element, otherwise: str | None) -> str | None:
        """Return the font of `run`; `otherwise` is its paragraph's."""
        properties = leading(run, _PROPERTIES)
        if properties is None:
            return otherwise
        found = _named(properties)
        if found is None:
            style = properties.find(f"{W}rStyle")
            if style is not None:
                found = self._style(style.get(_VAL, ""))
        return found or otherwise

    def _style(self, style: str) -> str | None:
        if style not in self._of_style:
            chain = self.styles.chain(style)
            named = (_named(element.find(_PROPERTIES)) for element in chain)
            self._of_style[style] = next((n for n in named if n is not None), None)
        return self._of_style[style]


def _named(properties: etree._Element | None) -> str | None:
    """Return the font that run properties name, None for none."""
    fonts = properties.find(_FONTS) if properties is not None else None
    if fonts is None:
        return None
    names = [name for kind in _KINDS if (name := fonts.get(kind))]
    old = next((name for name in names if font_encoding(name) is not None), None)
    if old is not None:
        return old
    if names:
        return names[0]
    return _THEME if any(fonts.get(kind) for kind in _THEMES) else None
