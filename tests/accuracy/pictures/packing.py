"""Put pictures of pages into files as offices send them: one picture, or many."""

import io
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path
from random import Random

import docx
from docx.shared import Cm
from PIL import Image

from tests import neighbours
from tests.accuracy.pictures.ink import Picture

_QUALITY = 92


def as_one(picture: Picture, ending: str, dpi: int | None, exif: int = 1) -> bytes:
    """Return one picture as a file: jpg, png, webp, tif or heic.

    `exif` is the orientation that the file's own label says (1: as it lies).
    """
    if ending == "heic":
        return _heic(picture)
    image = Image.fromarray(picture)
    out = io.BytesIO()
    resolution = {} if dpi is None else {"dpi": (dpi, dpi)}
    if ending == "jpg":
        label = image.getexif()
        label[0x0112] = exif
        image.save(out, "JPEG", quality=_QUALITY, exif=label, **resolution)
    elif ending == "tif":
        _plain(image).save(out, "TIFF", compression="tiff_lzw", **resolution)
    elif ending == "webp":
        image.save(out, "WEBP", quality=88)
    else:
        _plain(image).save(out, ending.upper(), **resolution)
    return out.getvalue()


def as_tif(pictures: Sequence[Picture], dpi: int) -> bytes:
    """Return a TIFF of several pages; black and white ones as faxes are kept."""
    images = [_plain(Image.fromarray(p)) for p in pictures]
    faxed = all(image.mode == "1" for image in images)
    out = io.BytesIO()
    images[0].save(
        out,
        "TIFF",
        save_all=True,
        append_images=images[1:],
        compression="group4" if faxed else "tiff_lzw",
        dpi=(dpi, dpi),
    )
    return out.getvalue()


def as_pdf(pictures: Sequence[Picture], dpi: int) -> bytes:
    """Return a PDF whose pages are pictures, as scanners write it."""
    images = [_plain(Image.fromarray(p)) for p in pictures]
    out = io.BytesIO()
    images[0].save(
        out, "PDF", save_all=True, append_images=images[1:], resolution=float(dpi)
    )
    return out.getvalue()


def as_word(pictures: Sequence[Picture]) -> bytes:
    """Return a Word file into which somebody put the pictures."""
    document = docx.Document()
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(document.sections[0], side, Cm(1))
    for picture in pictures:
        octets = io.BytesIO(as_one(picture, "jpg", None))
        document.add_picture(octets, width=Cm(18))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_zip(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Return an archive of some files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, octets in files:
            archive.writestr(zipfile.ZipInfo(name, (2021, 6, 8, 9, 0, 0)), octets)
    return out.getvalue()


def as_mail(files: Sequence[tuple[str, bytes]], name: str) -> bytes:
    """Return a mail of an unknown sender with some files attached."""
    mail = EmailMessage()
    mail["From"] = "Văn thư <vanthu.donvi@gmail.com>"
    mail["To"] = "bandanvanq3@gmail.com"
    mail["Date"] = "Tue, 08 Jun 2021 09:00:00 +0700"
    mail["Message-ID"] = f"<{name}@mail.gmail.com>"
    mail["Subject"] = "Gửi bảng đăng ký"
    mail.set_content("Kính gửi Ban Dân vận, đơn vị gửi hình chụp.")
    for label, octets in files:
        mail.add_attachment(
            octets, maintype="application", subtype="octet-stream", filename=label
        )
    mail.set_boundary(f"=={name}==")
    return mail.as_bytes()


def names_of_photos(random: Random, count: int) -> list[str]:
    """Return names as telephones and messengers give them, in the order taken."""
    way = random.randrange(4)
    first = random.randint(1000, 8000)
    stamp = random.randint(5_560_000_000_000, 5_570_000_000_000)
    if way == 0:
        return [f"IMG_{first + at}" for at in range(count)]
    if way == 1:
        return [
            f"z{stamp + 813 * at}_{random.getrandbits(128):032x}" for at in range(count)
        ]
    if way == 2:
        return [f"20210608_0912{10 + 7 * at}" for at in range(count)]
    return [f"trang {at}" for at in range(1, count + 1)]


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in the least of the modes that hold it: 1, L or RGB."""
    red, green, blue = (channel.getextrema() for channel in image.split())
    if not red == green == blue:
        return image
    channels = image.split()
    if channels[0].tobytes() != channels[1].tobytes():
        return image
    grey = channels[0]
    levels = {level for _, level in grey.getcolors(256) or []}
    return grey.convert("1") if levels <= {0, 255} else grey


def _heic(picture: Picture) -> bytes:
    program = neighbours.need("heif-enc", "libheif")
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name) / "a.png", Path(name) / "a.heic"
        Image.fromarray(picture).save(source, compress_level=1)
        subprocess.run(
            [program, "-q", "75", "-o", str(target), str(source)],
            check=True,
            capture_output=True,
            timeout=300,
            env={"PATH": os.environ.get("PATH", "")},
        )
        return target.read_bytes()
