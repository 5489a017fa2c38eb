"""Take the pictures out of the files of the labelled set again, in their order."""

import email
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image

#: A picture's bytes, its kind as the chain names it, and the number of its page.
Leaf = tuple[bytes, str, int]
_PACKED = (".docx", ".zip")
_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".tif")


def leaves(path: Path) -> Iterator[Leaf]:
    """Yield every page that is a picture, as it lies in the file."""
    octets = path.read_bytes()
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(octets) as pdf:
            count = len(pdf)
        yield from ((octets, "pdf", number) for number in range(count))
    elif path.suffix == ".eml":
        for part in email.message_from_bytes(octets).walk():
            if part.get_filename():
                yield _octets(part.get_payload(decode=True)), "picture", 0
    elif path.suffix in _PACKED:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            for name in archive.namelist():
                if name.endswith(_ENDINGS):
                    yield archive.read(name), "picture", 0
    else:
        yield from ((octets, "picture", number) for number in range(_pages(octets)))


def _pages(octets: bytes) -> int:
    if octets[:2] not in (b"II", b"MM"):
        return 1
    with Image.open(io.BytesIO(octets)) as picture:
        return int(getattr(picture, "n_frames", 1))


def _octets(payload: object) -> bytes:
    assert isinstance(payload, bytes)
    return payload
