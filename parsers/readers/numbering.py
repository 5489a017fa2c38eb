"""Number the paragraphs of a word document as the program shows them.

Only the labels are made here; which paragraphs are numbered says the document.
"""

from dataclasses import dataclass, field

from lxml import etree

from parsers.readers.package import int_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL, _ID, _LEVEL = f"{W}val", f"{W}numId", f"{W}ilvl"
_DEEPEST = 9
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST_ROMAN = 4000
_LETTERS = 26
#: Bullets stand in symbol fonts whose codes are no letters; `o` is Courier's circle.
_BULLET = "•"
_PRIVATE_USE = range(0xE000, 0xF900)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `pattern` holds `%1` to `%9` for the levels' numbers."""

    start: int = 1
    kind: str = "decimal"
    pattern: str = ""
    after: str = " "
    restarts: bool = True


@dataclass(slots=True)
class Lists:
    """The lists of a document and where their counting stands.

    `counters` are kept by the abstract list: lists that share one count on.
    """

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[str] = field(default_factory=set)

    def label(self, number: str, level: int) -> str:
        """Return the label of the next paragraph of list `number`; "" for none."""
        key = self.abstract.get(number)
        levels = self.levels.get(number) or self.levels.get(f"abstract {key}")
        if key is None or not levels or level not in levels:
            return ""
        counter = self._advance(number, key, level, levels)
        own = levels[level]
        if own.kind == "none":
            return ""
        if own.kind == "bullet":
            return _bullet(own.pattern) + own.after
        return _filled(own.pattern, counter, levels) + own.after

    def _advance(
        self, number: str, key: str, level: int, levels: dict[int, Level]
    ) -> dict[int, int]:
        counter = self.counters.setdefault(key, {})
        if number not in self.started:
            self.started.add(number)
            for depth in self.overrides.get(number, {}):
                counter.pop(depth, None)
        starts = self.overrides.get(number, {})
        if level in counter:
            counter[level] += 1
        else:
            counter[level] = starts.get(level, levels[level].start)
        for deeper in range(level + 1, _DEEPEST):
            if deeper not in levels or levels[deeper].restarts:
                counter.pop(deeper, None)
        return counter


def read_lists(root: etree._Element | None, styles: etree._Element | None) -> Lists:
    """Return the lists that a numbering part defines; none without it."""
    lists = Lists()
    if root is None:
        return lists
    linked = _style_lists(styles)
    links = {}
    for element in root.iterchildren(f"{W}abstractNum"):
        key = element.get(f"{W}abstractNumId", "")
        lists.levels[f"abstract {key}"] = _levels(element)
        link = element.find(f"{W}numStyleLink")
        if link is not None:
            links[key] = linked.get(link.get(_VAL, ""), "")
    for element in root.iterchildren(f"{W}num"):
        _take_list(element, lists)
    for key, number in links.items():
        target = lists.abstract.get(number)
        if target is not None:
            lists.levels[f"abstract {key}"] = lists.levels[f"abstract {target}"]
    return lists


def numbering_of(properties: etree._Element | None) -> tuple[str, int] | None:
    """Return list and level that paragraph properties name, None for neither."""
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    if numbered is None:
        return None
    number, level = numbered.find(_ID), numbered.find(_LEVEL)
    depth = int_of(level.get(_VAL)) if level is not None else 0
    return (number.get(_VAL, "") if number is not None else "", depth)


def leading(element: etree._Element, tag: str) -> etree._Element | None:
    """Return the first child if it is a `tag`, as properties always are, else None."""
    first = element[0] if len(element) else None
    return first if first is not None and first.tag == tag else None


def _take_list(element: etree._Element, lists: Lists) -> None:
    number = element.get(_ID, "")
    of = element.find(f"{W}abstractNumId")
    lists.abstract[number] = key = of.get(_VAL, "") if of is not None else ""
    changed: dict[int, Level] = {}
    for override in element.iterchildren(f"{W}lvlOverride"):
        depth = int_of(override.get(_LEVEL))
        start = override.find(f"{W}startOverride")
        if start is not None:
            begins = int_of(start.get(_VAL), 1)
            lists.overrides.setdefault(number, {})[depth] = begins
        changed |= _levels(override)
    if changed:
        lists.levels[number] = lists.levels.get(f"abstract {key}", {}) | changed


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {
        int_of(e.get(_LEVEL)): Level(
            int_of(_value(e, "start"), 1),
            _value(e, "numFmt") or "decimal",
            _value(e, "lvlText") or "",
            "" if _value(e, "suff") == "nothing" else " ",
            _value(e, "lvlRestart") != "0",
        )
        for e in parent.iterchildren(f"{W}lvl")
    }


def _value(parent: etree._Element, name: str) -> str | None:
    child = parent.find(f"{W}{name}")
    return child.get(_VAL) if child is not None else None


def _style_lists(styles: etree._Element | None) -> dict[str, str]:
    """Return the list that each numbering style stands for."""
    if styles is None:
        return {}
    found = {}
    for style in styles.iterchildren(f"{W}style"):
        numbered = numbering_of(style.find(f"{W}pPr"))
        if style.get(f"{W}type") == "numbering" and numbered is not None:
            found[style.get(f"{W}styleId", "")] = numbered[0]
    return found


def _filled(pattern: str, counter: dict[int, int], levels: dict[int, Level]) -> str:
    for depth in range(_DEEPEST):
        mark = f"%{depth + 1}"
        if mark in pattern:
            level = levels.get(depth, Level())
            shown = _shown(counter.get(depth, level.start), level.kind)
            pattern = pattern.replace(mark, shown)
    return pattern


def _shown(number: int, kind: str) -> str:
    """Return `number` in the writing `kind` (ECMA-376 17.18.59), else decimal."""
    if kind == "decimalZero":
        return f"{number:02d}"
    if kind in ("upperRoman", "lowerRoman") and 0 < number < _LARGEST_ROMAN:
        roman = _roman(number)
        return roman.upper() if kind == "upperRoman" else roman
    if kind in ("upperLetter", "lowerLetter") and number > 0:
        times, letter = divmod(number - 1, _LETTERS)
        letters = chr(ord("a") + letter) * min(times + 1, 10)
        return letters.upper() if kind == "upperLetter" else letters
    return str(number)


def _roman(number: int) -> str:
    shown = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        shown += letters * times
    return shown


def _bullet(pattern: str) -> str:
    if not pattern or ord(pattern[0]) in _PRIVATE_USE or pattern in ("o", "§", "·"):
        return _BULLET
    return pattern
