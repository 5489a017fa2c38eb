"""Say which old encoding a font's name stands for; alone it proves nothing."""

import re
from functools import lru_cache

#: The prefix of a font of which a PDF holds only some letters.
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLES = re.compile(r"[\s,_-]*(?:bold|italic|regular|normal|mt)$")
_FAMILIES = (
    (re.compile(r"vni\b|vni[-_ ]?[a-z]"), "vni"),
    (re.compile(r"\.vn|vn(?:time|arial|avant|helvet|courier|teknical|ari)"), "tcvn3"),
    (re.compile(r"\.?vps"), "vps"),
    (re.compile(r"vi(?:scii|[- ](?:times|arial|helve))"), "viscii"),
)


@lru_cache(maxsize=1024)
def font_encoding(name: str | None) -> str | None:
    """Return `vni`, `tcvn3`, `vps` or `viscii` for a font made for it, else None."""
    if not name:
        return None
    plain = _plain(name)
    return next((e for family, e in _FAMILIES if family.match(plain)), None)


@lru_cache(maxsize=1024)
def draws_capitals(name: str | None) -> bool:
    """Say whether the font draws lower-case codes as capitals (`.VnArial NarrowH`)."""
    if font_encoding(name) != "tcvn3" or not name:
        return False
    plain, before = _plain(name), ""
    while plain != before:
        plain, before = _STYLES.sub("", plain), plain
    return plain.endswith("h")


def may_name_old_fonts(data: bytes) -> bool:
    """Say whether a file's bytes may name a font of an old encoding at all."""
    return _ANY.search(data) is not None


_ANY = re.compile(rb"VNI|\.Vn|VPS|VISCII|VI Times|VI Arial|\.vn|vni-", re.ASCII)


def _plain(name: str) -> str:
    return _SUBSET.sub("", name.strip().strip("\"'")).lower()
