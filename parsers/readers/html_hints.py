"""Look up what attributes of an HTML document say of spans, lists and quotations."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.readers.spans import MOST_COLUMNS

_NO_BORDER = re.compile(r"border(?:-left)?\s*:\s*(?:none|0)", re.IGNORECASE)
#: Where mail programs begin the quotation of an earlier mail.
_QUOTING = (
    "blockquote, .gmail_quote, .gmail_extra, #divRplyFwdMsg, #appendonsend, "
    ".yahoo_quoted, .moz-cite-prefix, .protonmail_quote, .zmail_extra, "
    ".OutlookMessageHeader, #reply-intro, #mail-editor-reference-message-container"
)


@dataclass(slots=True)
class Hints:
    """What attributes say, looked up once by the parser instead of at every node."""

    quoting: frozenset[int]
    spans: dict[int, tuple[int, int]]
    fonts: dict[int, str]
    lists: dict[int, dict[str, str | None]]


def hints_of(tree: LexborHTMLParser, fonts: dict[int, str]) -> Hints:
    """Return what stands in the attributes of `tree`; `fonts` are found elsewhere."""
    spans = {
        node.mem_id: (
            min(whole(node.attributes.get("colspan"), 1), MOST_COLUMNS),
            whole(node.attributes.get("rowspan"), 1),
        )
        for node in tree.css("td[colspan], th[colspan], td[rowspan], th[rowspan]")
    }
    lists = {
        node.mem_id: node.attributes
        for node in tree.css("ol[start], ol[type], li[value]")
    }
    quoting = frozenset(n.mem_id for n in tree.css(_QUOTING) if _is_quoting(n))
    return Hints(quoting, spans, fonts, lists)


def _is_quoting(node: LexborNode) -> bool:
    if node.tag != "blockquote":
        return True
    attributes = node.attributes
    # QUIRK: Gmail and Outlook indent with a blockquote that has no border.
    plain = "type" not in attributes and "cite" not in attributes
    return not (plain and _NO_BORDER.search(attributes.get("style") or ""))


def whole(text: str | None, otherwise: int) -> int:
    """Return a whole number from 0 to 65535 as HTML reads it."""
    found = re.match(r"\s*(\d{1,5})", text or "")
    return min(int(found[1]), 65_535) if found else otherwise
