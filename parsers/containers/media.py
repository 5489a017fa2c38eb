"""Take the pictures out of a Word file that holds no table: pages glued into it.

Logos and icons are left where they are. `.docx`, `.docm` and `.odt` are zip files.
"""

import io
import posixpath
import re
import warnings
from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from parsers.containers.contents import Budget
from parsers.errors import ParserError
from parsers.values.message import Part
from parsers.values.table import Document
from parsers.zip_directory import Member, list_members, unpack

#: The types of which the pictures are looked for.
WORD = frozenset({"docm", "docx", "odt"})
_FOLDERS = ("word/media/", "pictures/")
_ENDINGS = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp")
#: Pixels: a page, or half a one, is not smaller; what is glued in is often shrunk.
_LEAST_SIDE, _LEAST_PIXELS = 400, 450_000
_MOST_MEMBERS, _MOST_PICTURES = 5000, 60
_NUMBERS = re.compile(r"(\d+)")


def pictures_in(part: Part, document: Document, budget: Budget) -> tuple[Part, ...]:
    """Return the large pictures of a Word file as parts of it, by their numbers.

    None where the file has a table of its own. Raises LimitExceededError when more
    comes out than the mail may give; a picture that is damaged is left.
    """
    if any(len(t.rows) > 1 and len(t.rows[0]) > 2 for t in document.tables):
        return ()
    try:
        members = [m for m in list_members(part.payload, _MOST_MEMBERS) if _fits(m)]
    except ParserError:
        return ()
    members.sort(key=lambda m: _order(m.name))
    return tuple(_parts(part, members[:_MOST_PICTURES], budget))


def _parts(part: Part, members: list[Member], budget: Budget) -> Iterator[Part]:
    for member in members:
        budget.take_member()
        try:
            payload = unpack(part.payload, member, budget.bytes_left)
        except ParserError:
            continue
        budget.take(len(payload))
        if not _is_page(payload):
            continue
        name = posixpath.basename(member.name)
        yield Part(
            (*part.path, name),
            "application/octet-stream",
            payload,
            depth=part.depth,
            archives=part.archives,
        )


def _fits(member: Member) -> bool:
    name = member.name.lower()
    return name.startswith(_FOLDERS) and name.endswith(_ENDINGS)


def _order(name: str) -> list[tuple[bool, int, str]]:
    parts = [p for p in _NUMBERS.split(name.lower()) if p]
    return [(not p.isdigit(), int(p) if p.isdigit() else 0, p) for p in parts]


def _is_page(payload: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            Image.MAX_IMAGE_PIXELS = None
            with Image.open(io.BytesIO(payload)) as picture:
                wide, high = picture.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return False
    return min(wide, high) >= _LEAST_SIDE and wide * high >= _LEAST_PIXELS
