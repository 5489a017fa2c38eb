"""A simulated scanner: what glass, lamp, feeder and file format do to a page."""

from dataclasses import dataclass
from random import Random
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.accuracy.pictures.ink import Picture

Mode = Literal["colour", "grey", "black"]


@dataclass(frozen=True)
class Scan:
    """How a page is scanned: skew in degrees, blur in pixels, noise in grey levels.

    `jpeg` is the quality of the file's compression, None where none is lost.
    """

    dpi: int
    mode: Mode
    skew: float = 0.0
    blur: float = 0.4
    noise: float = 2.0
    paper: int = 250
    fade: float = 0.0
    dust: int = 0
    streaks: int = 0
    edge: bool = False
    jpeg: int | None = 85
    fax: bool = False


def a_clean_scan(random: Random) -> Scan:
    """Return how a good office scanner is used: 200 dpi and more, nearly straight."""
    mode: Mode = random.choice(("colour", "colour", "grey", "grey", "black"))
    return Scan(
        dpi=random.choice((200, 200, 300, 300)),
        mode=mode,
        skew=random.gauss(0, 0.35),
        blur=random.uniform(0.3, 0.6),
        noise=random.uniform(0.5, 3.5),
        paper=random.randint(242, 255),
        dust=random.randint(0, 12),
        edge=random.random() < 0.15,
        jpeg=None if mode == "black" else random.randint(78, 95),
    )


def a_bad_scan(random: Random) -> Scan:
    """Return a scan with one or two of the usual faults."""
    fault = random.choice(("150", "150", "fax", "jpeg", "faint", "dirty", "across"))
    dpi = {"150": 150, "fax": 200}.get(fault, random.choice((150, 200, 200)))
    mode: Mode = random.choice(("colour", "grey", "grey"))
    return Scan(
        dpi=dpi,
        mode="black" if fault == "fax" else mode,
        skew=random.choice((-1, 1)) * random.uniform(0.4, 3.2),
        blur=random.uniform(0.4, 0.8),
        noise=random.uniform(2, 7),
        paper=random.randint(222, 250),
        fade=random.uniform(0.15, 0.4) if fault == "faint" else 0.0,
        dust=random.randint(40, 160) if fault == "dirty" else random.randint(0, 20),
        streaks=random.randint(1, 4) if fault == "dirty" else 0,
        edge=random.random() < 0.4,
        jpeg=None
        if fault == "fax"
        else random.randint(28 if fault == "jpeg" else 50, 80),
        fax=fault == "fax",
    )


def scanned(page: Picture, scan: Scan, random: Random) -> Picture:
    """Return the scan of a page that was drawn at `scan.dpi`; RGB in every mode."""
    dice = np.random.default_rng(random.getrandbits(32))
    seen = _on_the_glass(page, scan, random)
    if scan.mode != "colour":
        grey = cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY)
        seen = np.repeat(grey[:, :, None], 3, axis=2)
    light = seen.astype(np.float32)
    light = cv2.GaussianBlur(light, (0, 0), scan.blur)
    light = scan.paper - (255 - light) * (scan.paper / 255) * (1 - scan.fade)
    _dirty(light, scan, random)
    shape = light.shape if scan.mode == "colour" else (*light.shape[:2], 1)
    light += dice.standard_normal(shape, dtype=np.float32) * scan.noise
    made = np.clip(light, 0, 255).astype(np.uint8)
    if scan.mode == "black":
        return _black(made, scan, random, dice)
    return _compressed(made, scan.jpeg)


def _on_the_glass(page: Picture, scan: Scan, random: Random) -> Picture:
    """Lay the page a little askew; beside it the lid shows, white or black."""
    high, wide = page.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), scan.skew, 1.0)
    turn[0, 2] += random.uniform(-0.01, 0.01) * wide
    turn[1, 2] += random.uniform(-0.01, 0.01) * high
    lid = random.choice((20, 60)) if scan.edge else 255
    return cv2.warpAffine(
        page,
        turn,
        (wide, high),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(lid, lid, lid),
    )


def _dirty(light: NDArray[np.float32], scan: Scan, random: Random) -> None:
    high, wide = light.shape[:2]
    for _ in range(scan.dust):
        at = (random.randrange(wide), random.randrange(high))
        size = max(1, round(scan.dpi * random.uniform(0.003, 0.012)))
        shade = random.uniform(30, 180)
        cv2.circle(light, at, size, (shade, shade, shade), -1, cv2.LINE_AA)
    for _ in range(scan.streaks):
        x = random.randrange(wide)
        much = random.choice((-60.0, -35.0, 30.0))
        light[:, x : x + random.randint(1, 3)] += much


def _black(
    grey: Picture, scan: Scan, random: Random, dice: np.random.Generator
) -> Picture:
    """Return black and white, as a copier decides; a fax adds its line's faults."""
    one = grey[:, :, 0]
    limit = random.randint(140, 190) * scan.paper // 255
    made = np.where(one < limit, 0, 255).astype(np.uint8)
    if scan.fax:
        salt = dice.random(made.shape, dtype=np.float32)
        made[salt < 0.0006] = 0
        made[salt > 0.9995] = 255
        for _ in range(random.randint(0, 3)):
            y = random.randrange(made.shape[0])
            made[y : y + 1] = (
                255 - made[y : y + 1] // 2 * 2 if random.random() < 0.1 else 255
            )
    return np.repeat(made[:, :, None], 3, axis=2)


def _compressed(picture: Picture, quality: int | None) -> Picture:
    """Return what is left after the device's own compression."""
    if quality is None:
        return picture
    bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    fine, octets = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert fine
    return cv2.cvtColor(cv2.imdecode(octets, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
