"""Number the list items and headings of an OpenDocument text as they are shown.

What stands in them is read elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.readers.numbering import Lists
from parsers.readers.open_styles import TABLE, TEXT, OpenStyles
from parsers.readers.package import int_of

_LIST, _ITEM, _HEADER = f"{TEXT}list", f"{TEXT}list-item", f"{TEXT}list-header"
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_TABLE = f"{TABLE}table"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_DEEPEST = 10
_OUTLINE = "outline"


@dataclass(slots=True)
class OpenLists:
    """The lists of a document and where their counting stands.

    Each list that does not continue another one counts for itself.
    """

    styles: OpenStyles
    counting: Lists = field(default_factory=Lists)
    _last: dict[str, str] = field(default_factory=dict)
    _by_id: dict[str, str] = field(default_factory=dict)
    _made: int = 0

    def heading(self, element: etree._Element) -> str:
        """Return the number of a heading that stands in no list; "" for none."""
        if element.tag != f"{TEXT}h" or not self.styles.levels(""):
            return ""
        if element.get(f"{TEXT}is-list-header") == "true":
            return ""
        self.counting.abstract[_OUTLINE] = _OUTLINE
        self.counting.levels[_OUTLINE] = self.styles.levels("")
        level = int_of(element.get(f"{TEXT}outline-level"), 1) - 1
        return self.counting.label(_OUTLINE, level)

    def items(self, element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
        """Yield the paragraphs and tables of a list, each with its label."""
        style = element.get(f"{TEXT}style-name", "")
        yield from self._walk(element, (self._key(element, style), style), 0)

    def _key(self, element: etree._Element, style: str) -> str:
        """Return the name under which a list counts: its own, or that of another."""
        continued = element.get(f"{TEXT}continue-list")
        key = self._by_id.get(continued) if continued else None
        if key is None and element.get(f"{TEXT}continue-numbering") == "true":
            key = self._last.get(style)
        if key is None:
            self._made += 1
            key = f"list {self._made}"
            self.counting.abstract[key] = key
        self._last[style] = key
        name = element.get(_ID)
        if name:
            self._by_id[name] = key
        return key

    def _walk(
        self, element: etree._Element, key: tuple[str, str], depth: int
    ) -> Iterator[tuple[etree._Element, str]]:
        if depth >= _DEEPEST:
            return
        for item in element:
            if item.tag not in (_ITEM, _HEADER):
                continue
            labelled = item.tag == _ITEM
            start = item.get(f"{TEXT}start-value")
            if start is not None:
                counter = self.counting.counters.setdefault(key[0], {})
                counter[depth] = int_of(start, 1) - 1
            for child in item:
                if child.tag == _LIST:
                    own = child.get(f"{TEXT}style-name") or key[1]
                    yield from self._walk(child, (key[0], own), depth + 1)
                elif child.tag in _PARAGRAPHS:
                    yield child, self._label(key, depth) if labelled else ""
                    labelled = False
                elif child.tag == _TABLE:
                    yield child, ""

    def _label(self, key: tuple[str, str], depth: int) -> str:
        self.counting.levels[key[0]] = self.styles.levels(key[1]) if key[1] else {}
        return self.counting.label(key[0], depth)
