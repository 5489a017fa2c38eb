"""Look up the styles of a word document and what they inherit.

What a style says of lists and fonts is asked by those who number and read runs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.readers.numbering import W, numbering_of

_VAL = f"{W}val"


@dataclass(slots=True)
class Styles:
    """The styles of a document, read when first asked for."""

    load: Callable[[], etree._Element | None]
    _root: etree._Element | None = None
    _loaded: bool = False
    _numbering: dict[str, tuple[str, int] | None] = field(default_factory=dict)
    _by_id: dict[str, etree._Element] = field(default_factory=dict)

    def root(self) -> etree._Element | None:
        """Return the root of the styles part, None without one."""
        if not self._loaded:
            self._loaded = True
            self._root = self.load()
            if self._root is not None:
                found = self._root.iterchildren(f"{W}style")
                self._by_id = {s.get(f"{W}styleId", ""): s for s in found}
        return self._root

    def chain(self, style: str) -> Iterator[etree._Element]:
        """Yield `style` and what it is based on, each style once."""
        self.root()
        for _ in range(len(self._by_id)):
            element = self._by_id.get(style)
            if element is None:
                return
            yield element
            parent = element.find(f"{W}basedOn")
            style = parent.get(_VAL, "") if parent is not None else ""

    def numbering(self, style: str) -> tuple[str, int] | None:
        """Return list and level of the paragraphs in `style`, its parents asked too."""
        if style not in self._numbering:
            self._numbering[style] = self._inherited(style)
        return self._numbering[style]

    def defaults(self) -> etree._Element | None:
        """Return the run properties that hold where no style says otherwise."""
        root = self.root()
        path = f"{W}docDefaults/{W}rPrDefault/{W}rPr"
        return root.find(path) if root is not None else None

    def default_paragraph(self) -> str | None:
        """Return the style of paragraphs that name none."""
        self.root()
        for name, element in self._by_id.items():
            kind, default = element.get(f"{W}type"), element.get(f"{W}default")
            if kind == "paragraph" and default in ("1", "true"):
                return name
        return None

    def _inherited(self, style: str) -> tuple[str, int] | None:
        level = 0
        for element in self.chain(style):
            found = numbering_of(element.find(f"{W}pPr"))
            if found is not None:
                level = level or found[1]
                if found[0]:
                    return found[0], level
        return None
