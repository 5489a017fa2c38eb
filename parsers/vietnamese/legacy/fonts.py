"""Say which old encoding a font's name stands for; alone it proves nothing."""

import re
from functools import lru_cache

#: The prefix of a font of which a PDF holds only some letters.
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLES = re.compile(r"[\s,_-]*(?:bold|italic|regular|normal|mt)$")
#: How those names begin in files; other writings are so rare that letters must do.
_NAMES = (b"VNI-", b".Vn", b".VPS", b"VPS ", b"VISCII", b"vni-")
_IN_XML = re.compile(rb'="(?:VNI|Vni|vni|\.V[nN]|\.vn|\.?VPS|VI[ S])')
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
    """Say whether bytes of HTML may name a font of an old encoding at all."""
    return any(name in data for name in _NAMES)


def xml_may_name_old_fonts(data: bytes) -> bool:
    """Say whether the XML of an office file names such a font in an attribute."""
    return _IN_XML.search(data) is not None


def _plain(name: str) -> str:
    return _SUBSET.sub("", name.strip().strip("\"'")).lower()
