"""Files of pictures that register nothing: scenes, other papers, damaged and huge ones.

No row may be read from any; each is told of by a finding, and nothing dies of it.
"""

import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image

from tests.accuracy.negatives import a_negative
from tests.accuracy.offices import offices
from tests.accuracy.pictures import packing, paper
from tests.accuracy.pictures.camera import a_photo, photographed
from tests.accuracy.pictures.ink import Picture
from tests.accuracy.pictures.originals import another_paper
from tests.accuracy.pictures.printed import printed
from tests.accuracy.pictures.scanner import a_clean_scan, scanned
from tests.accuracy.pictures.scenes import SCENES
from tests.accuracy.pictures.screens import a_screenshot
from tests.neighbours.chromium import Chromium


@dataclass(frozen=True)
class Negative:
    """A file without works; `spoilt` ones cannot be read and must be named for it."""

    path: Path
    tag: str
    spoilt: bool = False


def negatives(folder: Path, seed: int, count: int) -> Iterator[Negative]:
    """Write `count` of each kind of scene, as many other papers, and the spoilt."""
    folder.mkdir(parents=True, exist_ok=True)
    for tag, draw in SCENES.items():
        for at in range(count):
            random = Random(f"{seed}/{tag}/{at}")
            yield _written(folder, f"{tag} {at}", draw(random), random, tag)
    yield from other_papers(folder, seed, 4 * count)
    yield from screenshots(folder, seed, count)
    for tag, octets, ending in spoilt(seed):
        path = folder / f"{tag}.{ending}"
        path.write_bytes(octets)
        yield Negative(path, tag, spoilt=True)


def _written(
    folder: Path, name: str, picture: Picture, random: Random, tag: str
) -> Negative:
    ending = random.choice(("jpg", "jpg", "png", "webp"))
    path = folder / f"{name}.{ending}"
    path.write_bytes(packing.as_one(picture, ending, None))
    return Negative(path, tag)


def other_papers(folder: Path, seed: int, count: int) -> Iterator[Negative]:
    """Yield scans and photos of invoices, timetables, rolls, and of letters."""
    everyone = offices()
    docs = []
    for at in range(count):
        random = Random(f"{seed}/other/{at}")
        make = another_paper if at % 5 == 4 else a_negative
        docs.append(make(random, random.choice(everyone), f"x{at:04}"))
    for print_ in printed(docs, folder / "printed"):
        random = Random(f"{seed}/{print_.doc.name}/other")
        marks = paper.some_marks(random, print_, False)
        scan = a_clean_scan(random)
        sheet = paper.pages_of(print_, scan.dpi, marks, random)[0]
        by_camera = random.random() < 0.4
        if by_camera:
            seen = photographed(sheet, a_photo(random), random)
        else:
            seen = scanned(sheet, scan, random)
        tag = print_.doc.tags[0]
        yield _written(folder, f"{print_.doc.name}", seen, random, tag)


def screenshots(folder: Path, seed: int, count: int) -> Iterator[Negative]:
    """Yield screens of a spreadsheet program with tables of other things."""
    browser = Chromium()
    everyone = offices()
    for at in range(count):
        random = Random(f"{seed}/screen/{at}")
        doc = a_negative(random, random.choice(everyone), f"man hinh {at}")
        path = folder / f"{doc.name}.png"
        path.write_bytes(a_screenshot(browser, doc, random))
        yield Negative(path, "screenshot")
    browser.close()


def spoilt(seed: int) -> Iterator[tuple[str, bytes, str]]:
    """Yield name, bytes and ending of pictures that cannot be read, or not afforded."""
    random = Random(f"{seed}/spoilt")
    page = SCENES["newspaper"](random)
    for form in ("jpg", "png", "webp", "tif"):
        whole = packing.as_one(page, form, 200)
        yield f"cut {form}", whole[: len(whole) // 3], form
        yield f"holed {form}", _holed(whole, random), form
    head = packing.as_one(page, "jpg", 200)[:600]
    yield "head alone", head, "jpg"
    yield "no picture", b"\xff\xd8\xff\xe0" + bytes(4000), "jpg"
    yield "huge", a_bomb(14_200, 14_200), "png"
    yield "far too huge", a_bomb(30_000, 30_000), "png"
    yield "lying size", _lying(), "png"
    yield "500 pages", many_pages(500), "tif"


def _holed(octets: bytes, random: Random) -> bytes:
    """Return the file with some of its middle overwritten."""
    spoiled = bytearray(octets)
    for _ in range(40):
        spoiled[random.randrange(len(octets) // 4, len(octets))] ^= 0xFF
    return bytes(spoiled)


def a_bomb(wide: int, high: int) -> bytes:
    """Return a small PNG of very many white pixels, 8 bits each."""
    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * wide
    data = b"".join(packer.compress(row) for _ in range(high)) + packer.flush()
    return _png(wide, high, data)


def _lying() -> bytes:
    """Return a PNG whose head says more pixels than any memory holds."""
    return _png(2**31 - 1, 2**31 - 1, zlib.compress(b"\0" * 1000))


def _png(wide: int, high: int, data: bytes) -> bytes:
    head = wide.to_bytes(4, "big") + high.to_bytes(4, "big") + bytes((8, 0, 0, 0, 0))
    made = b"\x89PNG\r\n\x1a\n"
    for kind, body in ((b"IHDR", head), (b"IDAT", data), (b"IEND", b"")):
        check = zlib.crc32(kind + body).to_bytes(4, "big")
        made += len(body).to_bytes(4, "big") + kind + body + check
    return made


def many_pages(count: int) -> bytes:
    """Return a TIFF of many pages, black and white, nothing on most of them."""
    sheet = np.full((1100, 850), 255, np.uint8)
    images: Sequence[Image.Image] = [Image.fromarray(sheet).convert("1")] * count
    out = io.BytesIO()
    images[0].save(
        out, "TIFF", save_all=True, append_images=images[1:], compression="group4"
    )
    return out.getvalue()
