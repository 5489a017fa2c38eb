"""Find the fonts that an HTML document names, by element, class and style.

Selectors other than classes and names of elements are left out: no writer of office
files uses them for fonts.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_FAMILY = re.compile(r"font(?:-family)?\s*:\s*([^;}]+)", re.IGNORECASE)
_SELECTOR = re.compile(r"^([a-z][a-z0-9]*)?(?:\.([\w-]+))?$", re.IGNORECASE)
#: What stands before the name in the short form `font: italic 12pt VNI-Times`.
_BEFORE_NAME = re.compile(r"^.*?\d[\w.%]*(?:/\S+)?\s+(?=\D)", re.DOTALL)
_MOST_RULES = 5000
_LONGEST_LIST = 2000
_LONGEST_NAME = 200

#: Element name or "" and class or "" -> font.
_Rules = dict[tuple[str, str], str]


def html_fonts(tree: LexborHTMLParser) -> dict[int, str]:
    """Return the first font that each element names, by the memory id of its node."""
    found: dict[int, str] = {}
    rules = _rules(tree)
    if rules:
        for node in tree.css("[class]" if _only_classes(rules) else "*"):
            name = _by_rules(node, rules)
            if name:
                found[node.mem_id] = name
    for node in tree.css("font[face]"):
        found[node.mem_id] = _first(node.attributes.get("face") or "")
    for node in tree.css('[style*="font" i]'):
        family = _FAMILY.search(node.attributes.get("style") or "")
        if family:
            found[node.mem_id] = _first(family[1])
    return {node: name for node, name in found.items() if name}


def _rules(tree: LexborHTMLParser) -> _Rules:
    rules: _Rules = {}
    for style in tree.css("style"):
        text = style.text(deep=True)
        for rule in text.split("}", _MOST_RULES)[:_MOST_RULES]:
            selectors, _, body = rule.rpartition("{")
            family = _FAMILY.search(body)
            if family is None:
                continue
            for selector in selectors[-_LONGEST_LIST:].split(","):
                parts = _SELECTOR.match(selector.strip().removeprefix("<!--").strip())
                if parts and (parts[1] or parts[2]):
                    key = (parts[1] or "").lower(), parts[2] or ""
                    rules[key] = _first(family[1])
    return rules


def _only_classes(rules: _Rules) -> bool:
    return all(kind for _, kind in rules)


def _by_rules(node: LexborNode, rules: _Rules) -> str | None:
    tag = node.tag or ""
    for kind in (node.attributes.get("class") or "").split():
        found = rules.get((tag, kind)) or rules.get(("", kind))
        if found:
            return found
    return rules.get((tag, ""))


def _first(families: str) -> str:
    name = families[:_LONGEST_NAME].split(",")[0].strip()
    return _BEFORE_NAME.sub("", name).strip(" \"'")
