"""Read what the sheets of a workbook share: their names, strings and formats.

The sheets themselves are read by `sheet`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from parsers.errors import DamagedFileError
from parsers.readers.letters import Letters, Run
from parsers.readers.number_format import Format
from parsers.readers.package import (
    MAIN,
    RELATION_ID,
    Package,
    Relation,
    int_of,
    parse_xml,
    plain_names,
)
from parsers.readers.plain_xml import as_plain, plain_values
from parsers.readers.workbook_styles import read_styles

_HIDDEN = ("hidden", "veryHidden")
_TEXT, _RUN, _ITEM = f"{MAIN}t", f"{MAIN}r", f"{MAIN}si"
_FONT_OF_RUN = f"{MAIN}rPr/{MAIN}rFont"
#: `_x000D_` stands for a character that XML cannot hold (ECMA-376 22.9.2.19).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: The shape that nearly every writer gives a string: no runs, no reading aids.
_PLAIN_ITEM = re.compile(r"<si><t(?: [^>]*)?>([^<]*)</t></si>")


#: Letters as they stand in the file: in the cell's font, or runs with fonts.
Raw = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it: `part` is the name of its XML."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Workbook:
    """What the cells of every sheet refer to.

    `formats` and `fonts` hold one entry a cell style: None where cells show what they
    hold, and where no font is named. `shown` are strings by index and style.
    `worked_out_anew` says that the program works all formulas out when it opens it,
    `words_in_formats` that a format adds words to texts: `"Phường "@`.
    """

    sheets: tuple[SheetEntry, ...]
    strings: Sequence[Raw]
    formats: tuple[Format | None, ...]
    fonts: tuple[str | None, ...]
    epoch_1904: bool
    letters: Letters
    worked_out_anew: bool = False
    shown: dict[tuple[Raw, str], str] = field(default_factory=dict)
    words_in_formats: bool = field(init=False)

    def __post_init__(self) -> None:
        self.words_in_formats = any(f is not None and f.text for f in self.formats)

    def shared(self, index: str, style: str) -> str:
        """Return the shared string `index` as shown; "" where there is none."""
        text = self.text(self.raw(index), style)
        self.shown[index, style] = text
        return text

    def raw(self, index: str) -> Raw:
        """Return the shared string `index` as it stands in the file."""
        number = int_of(index.strip(), -1)
        return self.strings[number] if 0 <= number < len(self.strings) else ""

    def text(self, raw: Raw, style: str) -> str:
        """Return `raw` as shown in a cell of `style`, whose font runs may lack."""
        index = int_of(style)
        font = self.fonts[index] if index < len(self.fonts) else None
        if isinstance(raw, str):
            return self.letters.shown(raw, font)
        return self.letters.shown_runs([(t, f or font) for t, f in raw])

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
    sheets = tuple(_listed(root, relations))
    strings = package.read(by_kind.get("sharedStrings", "xl/sharedStrings.xml"))
    styles = package.read(by_kind.get("styles", "xl/styles.xml"))
    formats, fonts = read_styles(styles)
    book = Workbook(
        sheets, _strings(strings), formats, fonts, _counts_from_1904(root), letters
    )
    working = root.find(f"{MAIN}calcPr")
    if working is not None:
        book.worked_out_anew = working.get("fullCalcOnLoad") in ("1", "true")
    return book


def _listed(
    root: etree._Element, relations: Mapping[str, Relation]
) -> Iterator[SheetEntry]:
    """Yield the sheets of cells; one that leads nowhere has no part."""
    for element in root.iter(f"{MAIN}sheet"):
        relation = relations.get(element.get(RELATION_ID, ""))
        if relation is None or relation.kind == "worksheet":
            part = relation.target if relation else ""
            hidden = element.get("state") in _HIDDEN
            yield SheetEntry(element.get("name", ""), part, hidden)


def rich_text(element: etree._Element) -> Raw:
    """Return the text of a string element, readings left out."""
    runs: list[Run] = []
    for child in element:
        if child.tag == _TEXT:
            runs.append((unescaped(child.text or ""), None))
        elif child.tag == _RUN:
            font = child.find(_FONT_OF_RUN)
            name = None if font is None else font.get("val")
            runs.extend((unescaped(t.text or ""), name) for t in child.iter(_TEXT))
    if all(font is None for _, font in runs):
        return "".join(text for text, _ in runs)
    return tuple(runs)


def unescaped(text: str) -> str:
    """Return `text` with the escapes of ST_Xstring resolved."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)


def _counts_from_1904(root: etree._Element) -> bool:
    properties = root.find(f"{MAIN}workbookPr")
    return properties is not None and properties.get("date1904") in ("1", "true")


def _strings(data: bytes | None) -> Sequence[Raw]:
    if data is None:
        return ()
    data = plain_names(data)
    text = as_plain(data)
    if text is not None:
        found = _PLAIN_ITEM.findall(text)
        if len(found) == text.count("<si"):
            return [unescaped(v) for v in plain_values(found)]
    return [rich_text(item) for item in parse_xml(data).iterchildren(_ITEM)]
