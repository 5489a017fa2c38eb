"""Read HTML: mail bodies, and files that are HTML whatever they are called.

Pictures, scripts and what is styled away are left out; nothing is fetched. The bytes
are UTF-8: whoever calls has decoded the mail's charset.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from parsers.errors import LimitExceededError
from parsers.readers.html_fonts import html_fonts
from parsers.readers.html_hints import Hints, hints_of, whole
from parsers.readers.letters import Letters, Run, settled
from parsers.readers.listing import with_lists
from parsers.readers.places import inside, table_name
from parsers.readers.quotation import begins_quotation, quotation_marker
from parsers.readers.spans import Spanning, lay_out, rows_cut
from parsers.values.finding import Finding, finding
from parsers.values.limits import Limits
from parsers.values.table import Document, Paragraph, Table
from parsers.vietnamese.legacy.fonts import may_name_old_fonts

#: The parser's work grows with the square of the depth.
_DEEPEST = 20_000
_SMALL = 64 * 1024
#: Honest mails have a few hundred paragraphs.
_MOST_BLOCKS = 20_000

_SKIPPED = frozenset(
    {
        *("head", "script", "style", "title", "template", "noscript", "object"),
        *("iframe", "svg", "math", "select"),
    }
)
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center"),
        *("dd", "div", "dl", "dt", "fieldset", "figure", "figcaption", "footer"),
        *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "pre", "section", "summary", "details", "ul"),
    }
)
_TABLE_PARTS = frozenset(("table", "tr", "td", "th"))
_TAKEN = _BLOCKS | _TABLE_PARTS | {"br"}
_OPEN_TAG = re.compile(rb"<(/?)(?!br|hr|img|meta|link|input|p\b|li|td|tr|o:p)[a-z]")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LABELS: dict[str, Callable[[int], str]] = {
    "a": lambda n: chr(ord("a") + (n - 1) % 26),
    "A": lambda n: chr(ord("A") + (n - 1) % 26),
}
_BULLET = "- "


@dataclass(slots=True)
class _Text:
    """Text that is being gathered: of a cell, or of the document between tables."""

    letters: Letters
    pieces: list[Run] = field(default_factory=list)

    def add(self, text: str, font: str | None = None) -> None:
        self.pieces.append((text, font))

    def begins_line(self) -> bool:
        """Tell whether nothing stands yet in the line that is being gathered."""
        return not self.pieces or self.pieces[-1][0] == "\n"

    def take(self, in_fonts: bool) -> str:
        if in_fonts:
            shown = self.letters.shown_runs(self.pieces)
        else:
            shown = self.letters.shown("".join([text for text, _ in self.pieces]))
        self.pieces.clear()
        return shown


@dataclass(slots=True)
class _OpenTable:
    """A table whose end has not come: its place among the blocks is kept."""

    slot: int
    number: int
    rows: list[list[Spanning]] = field(default_factory=list)
    cell: _Text | None = None


@dataclass(slots=True)
class _Walk:
    """One pass over the nodes, with its own stack so that depth costs nothing."""

    path: tuple[str, ...]
    limits: Limits
    hints: Hints
    letters: Letters
    flow: _Text
    blocks: list[Table | Paragraph | None] = field(default_factory=list)
    fonts: list[str | None] = field(default_factory=lambda: [None])
    tables: list[_OpenTable] = field(default_factory=list)
    counters: list[int | None] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    preformatted: int = 0
    rows_left: int = 0
    cut: bool = False
    stopped: bool = False
    quoted: bool = False
    only_label: bool = False
    count: int = 0

    def run(self, root: LexborNode) -> None:
        """Walk all of `root`, children before what follows."""
        open_nodes: list[tuple[LexborNode, str]] = []
        node: LexborNode | None = root
        while node is not None:
            if len(self.blocks) >= _MOST_BLOCKS:
                self.stopped = True
                break
            tag = node.tag or ""
            if tag == "-text":
                self._take_text(node.text_content or "")
            elif self._enter(node, tag):
                child = node.child
                if child is not None:
                    open_nodes.append((node, tag))
                    if self.hints.fonts:
                        own = self.hints.fonts.get(node.mem_id)
                        self.fonts.append(own or self.fonts[-1])
                    node = child
                    continue
                self._leave(tag)
            node = self._next(node, open_nodes)
        while self.tables:
            self._close_table()
        self._flush()

    def _next(
        self, node: LexborNode, open_nodes: list[tuple[LexborNode, str]]
    ) -> LexborNode | None:
        following = node.next
        while following is None and open_nodes:
            node, tag = open_nodes.pop()
            if self.hints.fonts:
                self.fonts.pop()
            self._leave(tag)
            following = node.next
        return following

    def _enter(self, node: LexborNode, tag: str) -> bool:
        """Take the beginning of `node`; say whether what it holds is to be read."""
        if self.hints.quoting and node.mem_id in self.hints.quoting:
            self._begin_quotation()
        if tag not in _TAKEN:
            return tag not in _SKIPPED and tag[:1] not in ("!", "-", "")
        if tag == "br":
            self._gathering().add("\n")
        elif tag in _BLOCKS:
            self._enter_block(node, tag)
        else:
            return self._enter_table_part(node, tag)
        return True

    def _leave(self, tag: str) -> None:
        if tag not in _TAKEN or tag == "br":
            return
        if tag in _BLOCKS:
            self._leave_block(tag)
        elif tag in ("td", "th") and self.tables:
            self._close_cell()
        elif tag == "table" and self.tables:
            self._close_table()

    def _leave_block(self, tag: str) -> None:
        self._break_line(tag == "li")
        if tag in ("ol", "ul") and self.counters:
            self.counters.pop()
            self.kinds.pop()
        elif tag == "pre":
            self.preformatted -= 1

    def _gathering(self) -> _Text:
        if self.tables and self.tables[-1].cell is not None:
            return self.tables[-1].cell
        return self.flow

    def _take_text(self, text: str) -> None:
        if self.preformatted == 0 and not text.isprintable():
            text = _SPACES.sub(" ", text)
            if text == " " and self._gathering().begins_line():
                # QUIRK: LibreOffice indents its source: this is no line of the cell.
                return
        self.only_label = self.only_label and text.isspace()
        self._gathering().add(text, self.fonts[-1])

    def _enter_block(self, node: LexborNode, tag: str) -> None:
        self._break_line(tag == "li")
        if tag in ("ol", "ul"):
            given = self.hints.lists.get(node.mem_id, {})
            start = whole(given.get("start"), 1)
            self.counters.append(start if tag == "ol" else None)
            self.kinds.append(given.get("type") or "1")
        elif tag == "li":
            self._gathering().add(self._label(node))
            self.only_label = True
        elif tag == "pre":
            self.preformatted += 1

    def _label(self, node: LexborNode) -> str:
        """Return what is shown before a list item, and count on."""
        if not self.counters or self.counters[-1] is None:
            return _BULLET
        given = self.hints.lists.get(node.mem_id, {})
        number = whole(given.get("value"), self.counters[-1])
        self.counters[-1] = number + 1
        shown = _LABELS.get(self.kinds[-1], str)(number)
        return f"{shown}. "

    def _break_line(self, past_label: bool = False) -> None:
        # QUIRK: LibreOffice and Word put a paragraph inside every list item; what it
        # holds stands beside the number, not below.
        if self.only_label and not past_label:
            return
        self.only_label = False
        gathering = self._gathering()
        if gathering is not self.flow:
            if not gathering.begins_line():
                gathering.add("\n")
            return
        self._flush()

    def _flush(self) -> None:
        text = self.flow.take(bool(self.hints.fonts))
        if not text:
            return
        if self.tables and self.tables[-1].cell is None:
            # A caption, or what stands between rows: it comes before the table.
            self.blocks.insert(self.tables[-1].slot, Paragraph(text))
            self.tables[-1].slot += 1
        elif begins_quotation(text) and (not self.quoted or self._just_marked()):
            self._mark(text)
        else:
            self.blocks.append(Paragraph(text))

    def _begin_quotation(self) -> None:
        if not self.quoted:
            self._flush()
            self._mark("")

    def _just_marked(self) -> bool:
        return self.blocks[-1:] == [quotation_marker("")]

    def _mark(self, text: str) -> None:
        if self._just_marked():
            # The words that introduce the quotation stand inside its element.
            self.blocks.pop()
        self.quoted = True
        self.blocks.append(quotation_marker(text))

    def _enter_table_part(self, node: LexborNode, tag: str) -> bool:
        if tag == "table":
            self.only_label = False
            self._flush()
            self.count += 1
            self.tables.append(_OpenTable(len(self.blocks), self.count))
            self.blocks.append(None)
            return True
        if not self.tables:
            return True
        table = self.tables[-1]
        self._close_cell()
        if tag == "tr":
            self.cut = self.cut or self.rows_left <= 0
            if self.rows_left <= 0:
                return False
            self.rows_left -= 1
            table.rows.append([])
        elif table.rows:
            columns, rows = self.hints.spans.get(node.mem_id, (1, 1))
            table.rows[-1].append(Spanning("", columns, rows))
            table.cell = _Text(self.letters)
        return True

    def _close_cell(self) -> None:
        table = self.tables[-1]
        if table.cell is not None:
            table.rows[-1][-1].text = table.cell.take(bool(self.hints.fonts))
            table.cell = None

    def _close_table(self) -> None:
        self._close_cell()
        table = self.tables.pop()
        rows = [row for row in table.rows if row]
        grid = lay_out(rows)
        self.cut = self.cut or grid.cut
        if grid.rows:
            name = table_name(table.number)
            self.blocks[table.slot] = grid.table(self.path, name)


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return paragraphs and tables of the UTF-8 HTML `payload`, in order.

    A table within a cell follows the table around it. What quotes another mail comes
    after a Paragraph whose place is QUOTATION; lists of numbered works are tables.
    Rows left out are the finding `rows_cut`. Raises LimitExceededError where elements
    are nested by the ten thousand.
    """
    return settled(lambda letters: _read(payload, path, limits, letters), path)


def _read(
    payload: bytes, path: tuple[str, ...], limits: Limits, letters: Letters
) -> Document:
    if _depth(payload) > _DEEPEST:
        raise LimitExceededError(f"elements nested more than {_DEEPEST} deep")
    try:
        tree = LexborHTMLParser(payload.decode("utf-8", "replace"))
    except SelectolaxError as error:
        # The parser refuses trees that are deeper than any page.
        raise LimitExceededError(str(error)) from error
    if tree.root is None:
        return Document(())
    _drop_hidden(tree)
    fonts = html_fonts(tree) if may_name_old_fonts(payload) else {}
    hints = hints_of(tree, fonts)
    walk = _Walk(path, limits, hints, letters, _Text(letters), rows_left=limits.rows)
    walk.run(tree.root)
    blocks = with_lists([b for b in walk.blocks if b is not None], path)
    return Document(blocks, tuple(_findings(walk)), "unicode" if blocks else None)


def _findings(walk: _Walk) -> list[Finding]:
    found = []
    if walk.cut:
        found.append(rows_cut(inside(walk.path), walk.limits))
    if walk.stopped:
        limit = str(_MOST_BLOCKS)
        found.append(finding("limit_exceeded", inside(walk.path), paragraphs=limit))
    return found


def _depth(payload: bytes) -> int:
    """Return at least how deep elements are nested; 0 where that cannot matter."""
    if len(payload) < _SMALL:
        return 0
    deepest = depth = 0
    for closing in _OPEN_TAG.findall(payload.lower()):
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _drop_hidden(tree: LexborHTMLParser) -> None:
    """Remove what is styled away: preheaders, and rows that a program folded."""
    for node in tree.css('[style*="display" i], [style*="mso-hide" i], [hidden]'):
        attributes = node.attributes
        hidden = "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "")
        if hidden and node.tag not in ("html", "body"):
            node.decompose()
