"""Pictures as pixels: what is refused, turned, flattened and cut."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from parsers.errors import DamagedFileError, LimitExceededError
from parsers.readers.by_type import READERS
from parsers.readers.picture import raster
from parsers.readers.picture.raster import frame_of, frames_of
from parsers.values.limits import Limits
from parsers.values.table import Document, Needs


def saved(picture: Image.Image, form: str, **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


def a_png_that_claims(wide: int, high: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data)


def test_two_hundred_megapixels_are_refused_by_the_header() -> None:
    # It holds no pixels at all: whoever decoded it would say that it is damaged.
    with pytest.raises(LimitExceededError):
        frame_of(a_png_that_claims(20_000, 10_000), 0)


def test_a_large_photo_is_worked_on_at_the_size_of_a_page() -> None:
    raw = saved(Image.new("RGB", (9000, 6000), "white"), "JPEG")
    assert max(frame_of(raw, 0).pixels.shape) <= raster.LONGEST


def test_a_picture_is_turned_as_its_camera_says() -> None:
    picture = Image.new("RGB", (300, 200), "white")
    exif = picture.getexif()
    exif[0x0112] = 6
    raw = saved(picture, "JPEG", exif=exif)
    assert frame_of(raw, 0).pixels.shape[:2] == (300, 200)


def test_what_is_see_through_lies_on_white_paper() -> None:
    raw = saved(Image.new("RGBA", (10, 10), (0, 0, 0, 0)), "PNG")
    assert frame_of(raw, 0).pixels.min() == 255


def test_a_fax_of_uneven_density_gets_the_shape_of_its_page() -> None:
    raw = saved(Image.new("1", (1728, 1100), 1), "TIFF", dpi=(204, 98))
    high, wide = frame_of(raw, 0).pixels.shape[:2]
    assert wide == 1728
    assert abs(high - 1100 * 204 / 98) < 5


def test_pages_of_a_tiff_are_counted_and_read_one_by_one() -> None:
    pages = [Image.new("L", (300, 400), shade) for shade in (10, 100, 200)]
    raw = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert frames_of(raw) == 3
    assert [int(np.mean(frame_of(raw, n).pixels)) for n in range(3)] == [10, 100, 200]


def test_a_picture_that_ends_too_early_is_damaged() -> None:
    rng = np.random.default_rng(1)
    noise = Image.fromarray(rng.integers(0, 255, (400, 400, 3), np.uint8))
    for form in ("JPEG", "PNG", "TIFF", "WEBP"):
        raw = saved(noise, form)
        with pytest.raises(DamagedFileError):
            frame_of(raw[: len(raw) // 2], 0)


def test_a_page_is_asked_for_and_a_logo_is_not() -> None:
    read = READERS["png"]
    page = saved(Image.new("L", (1200, 1600), 255), "PNG")
    needs = read(page, ("a.png",), Limits())
    assert isinstance(needs, Needs)
    assert (needs.conversion, needs.kind, needs.pages) == ("scan", "picture", (0,))
    logo = saved(Image.new("L", (180, 120), 255), "PNG")
    assert read(logo, ("logo.png",), Limits()) == Document(())
    with pytest.raises(DamagedFileError):
        read(b"\x89PNG\r\n\x1a\nnothing", ("a.png",), Limits())
