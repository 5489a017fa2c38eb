"""What people put on a paper by hand: seals, signatures, ticks; as layers of ink.

A layer is height × width × 4, floats from 0 to 1: the ink's colour, and how much of it
lies there. Inks darken what is below them, as they do on paper.
"""

from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.accuracy.pictures.faces import ARIMO

Picture = NDArray[np.uint8]
Floats = NDArray[np.float32]

RED, BLUE, BLACK = (0.80, 0.10, 0.12), (0.10, 0.16, 0.55), (0.08, 0.08, 0.10)
VIOLET = (0.36, 0.22, 0.60)
#: The strokes of digits, in a square from the top left.
_DIGITS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "0": (
        ((0.5, 0), (0.1, 0.3), (0.1, 0.7), (0.5, 1), (0.9, 0.6), (0.8, 0.2), (0.5, 0)),
    ),
    "1": (((0.3, 0.25), (0.6, 0), (0.6, 1)),),
    "2": (((0.1, 0.25), (0.5, 0), (0.85, 0.3), (0.1, 1)), ((0.1, 1), (0.95, 0.97))),
    "3": (
        (
            (0.1, 0.1),
            (0.7, 0.05),
            (0.8, 0.3),
            (0.4, 0.48),
            (0.9, 0.7),
            (0.5, 1),
            (0.1, 0.9),
        ),
    ),
    "4": (((0.6, 0), (0.1, 0.65), (0.95, 0.65)), ((0.7, 0.3), (0.65, 1))),
    "5": (
        ((0.85, 0), (0.25, 0)),
        ((0.25, 0), (0.2, 0.45), (0.8, 0.5), (0.7, 0.95), (0.1, 0.95)),
    ),
    "6": (
        ((0.75, 0.02), (0.2, 0.5), (0.3, 0.95), (0.8, 0.8), (0.6, 0.5), (0.2, 0.65)),
    ),
    "7": (((0.1, 0.03), (0.9, 0)), ((0.9, 0), (0.4, 1)), ((0.3, 0.5), (0.8, 0.5))),
    "8": (
        (
            (0.5, 0.45),
            (0.2, 0.2),
            (0.5, 0),
            (0.8, 0.2),
            (0.2, 0.75),
            (0.5, 1),
            (0.85, 0.75),
            (0.5, 0.45),
        ),
    ),
    "9": (((0.8, 0.15), (0.3, 0.05), (0.2, 0.4), (0.7, 0.45), (0.8, 0.15), (0.6, 1)),),
}
#: A seal of an office measures 36 mm across.
SEAL_INCHES = 36 / 25.4


def put(page: Picture, layer: Floats, left: int, top: int) -> None:
    """Lay ink on the page in place; what lies outside of the page is cut away."""
    high, wide = page.shape[:2]
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(wide, left + layer.shape[1]), min(high, top + layer.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = layer[y0 - top : y1 - top, x0 - left : x1 - left]
    below = page[y0:y1, x0:x1].astype(np.float32) / 255
    much = part[:, :, 3:]
    darkened = below * (1 - much * (1 - part[:, :, :3]))
    page[y0:y1, x0:x1] = (darkened * 255).astype(np.uint8)


def a_seal(
    random: Random, dpi: float, around: str, colour: tuple[float, float, float]
) -> Floats:
    """Return a round seal: two rings, words on the way round, a star and a name."""
    size = int(SEAL_INCHES * dpi)
    big = size * 2
    drawn = Image.new("L", (big, big), 0)
    pen = ImageDraw.Draw(drawn)
    for inset, width in ((0.01, 0.018), (0.20, 0.008)):
        at = big * inset
        pen.ellipse((at, at, big - at, big - at), outline=255, width=int(big * width))
    _on_the_way_round(drawn, around.upper(), big)
    _star(pen, big / 2, big * 0.42, big * 0.09)
    _middle(pen, big)
    mask = np.asarray(drawn.resize((size, size), Image.Resampling.LANCZOS))
    turned = _turned(mask, random.uniform(-25, 25))
    return _layer(_worn(turned, random), colour, random.uniform(0.70, 0.95))


def _on_the_way_round(drawn: Image.Image, text: str, big: int) -> None:
    font = ImageFont.truetype(str(ARIMO.bold_file), int(big * 0.075))
    text = f"* {text} "
    step = min(11.5, 330 / max(1, len(text)))
    for at, letter in enumerate(text):
        piece = Image.new("L", (big, big), 0)
        pen = ImageDraw.Draw(piece)
        pen.text((big / 2, big * 0.045), letter, 255, font, anchor="mt")
        angle = 165 - at * step
        drawn.paste(255, mask=piece.rotate(angle, Image.Resampling.BICUBIC))


def _star(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    points = []
    for at in range(10):
        far = radius if at % 2 == 0 else radius * 0.4
        angle = np.pi * at / 5 - np.pi / 2
        points.append((x + far * np.cos(angle), y + far * np.sin(angle)))
    pen.polygon(points, fill=255)


def _middle(pen: ImageDraw.ImageDraw, big: int) -> None:
    font = ImageFont.truetype(str(ARIMO.bold_file), int(big * 0.07))
    for at, line in enumerate(("BAN CHẤP", "HÀNH")):
        pen.text((big / 2, big * (0.56 + 0.08 * at)), line, 255, font, anchor="mt")


def _turned(mask: NDArray[np.uint8], degrees: float) -> NDArray[np.uint8]:
    turned = Image.fromarray(mask).rotate(degrees, Image.Resampling.BICUBIC)
    return np.asarray(turned)


def _worn(mask: NDArray[np.uint8], random: Random) -> Floats:
    """Return the mask as a dry or wet pad leaves it: blotches, a faint side."""
    high, wide = mask.shape
    dice = np.random.default_rng(random.getrandbits(32))
    rough = dice.random((max(2, high // 6), max(2, wide // 6)), dtype=np.float32)
    blotches = cv2.resize(rough, (wide, high), interpolation=cv2.INTER_CUBIC)
    slope = np.linspace(random.uniform(0.55, 1), 1, wide, dtype=np.float32)
    worn = mask.astype(np.float32) / 255 * np.clip(0.45 + blotches, 0, 1) * slope
    return cv2.GaussianBlur(worn, (0, 0), 0.6)


def a_signature(
    random: Random, dpi: float, colour: tuple[float, float, float]
) -> Floats:
    """Return a signature: one or two swift strokes, and often a line below."""
    wide, high = (
        int(dpi * random.uniform(1.1, 1.9)),
        int(dpi * random.uniform(0.5, 0.9)),
    )
    mask = np.zeros((high, wide), np.uint8)
    thick = dpi * random.uniform(0.012, 0.022)
    for _ in range(random.choice((1, 1, 2))):
        loops = random.randint(4, 8)
        points = [
            (
                wide * (0.05 + 0.9 * at / loops + random.uniform(-0.08, 0.08)),
                high * random.uniform(0.08, 0.92),
            )
            for at in range(loops + 1)
        ]
        _stroke(mask, points, thick, random)
    if random.random() < 0.6:
        y = high * random.uniform(0.6, 0.9)
        line = [(wide * 0.02, y), (wide * 0.5, y - high * 0.1), (wide * 0.98, y)]
        _stroke(mask, line, thick, random)
    inked = cv2.GaussianBlur(mask.astype(np.float32) / 255, (0, 0), 0.5)
    return _layer(inked, colour, random.uniform(0.8, 1.0))


def _stroke(
    mask: NDArray[np.uint8],
    points: list[tuple[float, float]],
    thick: float,
    random: Random,
) -> None:
    """Draw a smooth line through the points (Catmull-Rom), now thinner, now thicker."""
    ends = [points[0], *points, points[-1]]
    before: tuple[int, int] | None = None
    phase = random.uniform(0, 6)
    for at in range(len(points) - 1):
        a, b, c, d = (np.array(p) for p in ends[at : at + 4])
        for t in np.linspace(0, 1, 24):
            here = 0.5 * (
                2 * b
                + (c - a) * t
                + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )
            place = (round(float(here[0])), round(float(here[1])))
            if before is not None:
                swing = 1 + 0.45 * float(np.sin(phase + 5 * (at + t)))
                cv2.line(
                    mask, before, place, 255, max(1, round(thick * swing)), cv2.LINE_AA
                )
            before = place


def handwriting(
    random: Random, dpi: float, words: int, colour: tuple[float, float, float]
) -> Floats:
    """Return a line of strokes that looks like writing and is none."""
    high = int(dpi * 0.35)
    wide = int(dpi * 0.55 * words)
    mask = np.zeros((high, wide), np.uint8)
    thick = dpi * 0.013
    x = dpi * 0.05
    for _ in range(words):
        length = dpi * random.uniform(0.2, 0.45)
        bends = random.randint(4, 9)
        points = [
            (x + length * at / bends, high * random.uniform(0.3, 0.75))
            for at in range(bends + 1)
        ]
        points[random.randrange(len(points))] = (x + length / 2, high * 0.08)
        _stroke(mask, points, thick, random)
        x += length + dpi * 0.12
    inked = cv2.GaussianBlur(mask.astype(np.float32) / 255, (0, 0), 0.5)
    return _layer(inked, colour, 0.92)


def a_line(
    random: Random, wide: int, dpi: float, colour: tuple[float, float, float]
) -> Floats:
    """Return a stroke across, as of something that is struck out."""
    high = max(8, int(dpi * 0.06))
    mask = np.zeros((high, wide), np.uint8)
    ends = [(wide * t, high * random.uniform(0.3, 0.7)) for t in (0.02, 0.5, 0.98)]
    _stroke(mask, ends, dpi * 0.014, random)
    return _layer(mask.astype(np.float32) / 255, colour, 0.95)


def digits_by_hand(
    random: Random, digits: str, high: int, colour: tuple[float, float, float]
) -> Floats:
    """Return digits as a pen writes them."""
    step = int(high * 0.75)
    mask = np.zeros((high, step * len(digits) + 4), np.uint8)
    for at, digit in enumerate(digits):
        for stroke in _DIGITS[digit]:
            points = [
                (
                    step * at + high * (0.08 + 0.5 * x + random.uniform(-0.02, 0.02)),
                    high * (0.08 + 0.84 * y + random.uniform(-0.02, 0.02)),
                )
                for x, y in stroke
            ]
            _stroke(mask, points, max(2.0, high * 0.06), random)
    return _layer(mask.astype(np.float32) / 255, colour, 0.95)


def _layer(mask: Floats, colour: tuple[float, float, float], strength: float) -> Floats:
    layer = np.empty((*mask.shape, 4), np.float32)
    layer[:, :, :3] = colour
    layer[:, :, 3] = mask * strength
    return layer
