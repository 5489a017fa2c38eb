"""A simulated telephone camera over a table: where it stands, the light, the lens."""

from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.accuracy.pictures.ink import Picture

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Photo:
    """How a page is photographed; lengths are shares of the frame's or page's width.

    `tilt` is how far the page's corners move, `fill` how much of the frame it fills,
    `curl` how far paper bends, `barrel` the lens's distortion. `blur`, `shake`: in
    pixels of the photo, `noise`: in grey levels.
    """

    width: int
    fill: float
    tilt: float
    turn: float
    curl: float
    barrel: float
    shadow: float
    uneven: float
    warmth: float
    blur: float
    shake: float
    noise: float
    jpeg: int


def a_photo(random: Random) -> Photo:
    """Return how a clerk's telephone takes it; half were shrunk by a messenger."""
    shrunk = random.random() < 0.5
    return Photo(
        width=random.choice((1536, 1920)) if shrunk else random.choice((2448, 3024)),
        fill=random.uniform(0.80, 0.96),
        tilt=random.uniform(0.005, 0.06),
        turn=random.gauss(0, 2.0),
        curl=random.choice((0.0, random.uniform(0.002, 0.012))),
        barrel=random.uniform(-0.02, 0.03),
        shadow=random.choice((0.0, random.uniform(0.2, 0.55))),
        uneven=random.uniform(0.05, 0.30),
        warmth=random.uniform(-0.05, 0.10),
        blur=random.uniform(0.4, 0.95) if shrunk else random.uniform(0.7, 1.7),
        shake=random.choice((0.0, 0.0, random.uniform(1.0, 2.2))),
        noise=random.uniform(1.5, 6.0),
        jpeg=random.randint(62, 92),
    )


def photographed(page: Picture, photo: Photo, random: Random) -> Picture:
    """Return the photo of a page, upright; the frame has a telephone's 3 : 4."""
    lying = page.shape[1] > page.shape[0]
    short, long_ = photo.width, photo.width * 4 // 3
    wide, high = (long_, short) if lying else (short, long_)
    where = _corners(page.shape[1] / page.shape[0], wide, high, photo, random)
    sheet, there = _flattened(page, where, wide, high, photo, random)
    ground = _table_top(wide, high, random)
    edge = cv2.GaussianBlur(there, (0, 0), photo.width * 0.004)
    ground *= (
        1 - 0.45 * np.roll(edge, (int(photo.width * 0.006),) * 2, (0, 1))[..., None]
    )
    seen = ground * (1 - there[..., None]) + sheet * there[..., None]
    seen *= _light(wide, high, photo, random)[..., None]
    seen *= np.array([1 + photo.warmth, 1, 1 - photo.warmth], np.float32)
    return _through_the_lens(seen, photo, random)


def _corners(
    shape: float, wide: int, high: int, photo: Photo, random: Random
) -> Floats:
    """Return where the page's corners lie in the frame, clockwise from top left."""
    width = min(wide * photo.fill, high * photo.fill * shape)
    height = width / shape
    x = (wide - width) * random.uniform(0.3, 0.7)
    y = (high - height) * random.uniform(0.3, 0.7)
    corners = np.array(
        [[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32
    )
    # Most often the telephone leans towards one side: there the page is larger.
    side = random.randrange(4)
    far = photo.tilt * width
    middle = corners.mean(axis=0)
    for at in (side, (side + 1) % 4):
        away = middle - corners[at]
        corners[at] += away / np.linalg.norm(away) * far * random.uniform(0.8, 1.2)
    for at in range(4):
        corners[at] += [random.uniform(-0.1, 0.1) * far for _ in range(2)]
    turn = cv2.getRotationMatrix2D(
        (float(middle[0]), float(middle[1])), photo.turn, 1.0
    )
    turned = corners @ turn[:, :2].T + turn[:, 2]
    return turned.astype(np.float32)


def _flattened(
    page: Picture, where: Floats, wide: int, high: int, photo: Photo, random: Random
) -> tuple[Floats, Floats]:
    """Return the page as it lies in the frame, and how much of each pixel is page."""
    tall, broad = page.shape[:2]
    flat = np.array([[0, 0], [broad, 0], [broad, tall], [0, tall]], np.float32)
    back = cv2.getPerspectiveTransform(where, flat)
    ys, xs = np.mgrid[0:high, 0:wide].astype(np.float32)
    xs, ys = _barrel(xs, ys, photo.barrel)
    depth = back[2, 0] * xs + back[2, 1] * ys + back[2, 2]
    px = (back[0, 0] * xs + back[0, 1] * ys + back[0, 2]) / depth
    py = (back[1, 0] * xs + back[1, 1] * ys + back[1, 2]) / depth
    bend = photo.curl * broad
    phase, waves = random.uniform(0, 6.28), random.uniform(0.5, 1.2)
    py = py + bend * np.sin(phase + 6.28 * waves * px / broad)
    px = px + bend * 0.4 * np.sin(phase + 6.28 * waves * 0.7 * py / tall)
    px, py = px.astype(np.float32), py.astype(np.float32)
    # What is far smaller than drawn must be smoothed first, or letters break up.
    shrink = broad / max(1.0, float(np.linalg.norm(where[1] - where[0])))
    soft = cv2.GaussianBlur(page, (0, 0), 0.42 * shrink) if shrink > 1.1 else page
    sheet = cv2.remap(
        soft, px, py, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.float32)
    inside = np.minimum.reduce([px, broad - 1 - px, py, tall - 1 - py])
    there = np.clip(inside + 0.5, 0, 1)
    # Bent paper is lighter where it turns to the window.
    shade = 1 + 6 * photo.curl * np.cos(phase + 6.28 * waves * px / broad)
    paper = 0.93 * sheet * shade[..., None]
    return paper.astype(np.float32), there.astype(np.float32)


def _barrel(xs: Floats, ys: Floats, much: float) -> tuple[Floats, Floats]:
    high, wide = xs.shape
    u, v = (xs - wide / 2) / wide, (ys - high / 2) / wide
    swell = 1 + much * (u * u + v * v)
    return u * swell * wide + wide / 2, v * swell * wide + high / 2


def _table_top(wide: int, high: int, random: Random) -> Floats:
    """Return what the page lies on: wood, cloth, stone or a dark desk."""
    dice = np.random.default_rng(random.getrandbits(32))
    kind = random.choice(("wood", "wood", "cloth", "stone", "dark"))
    base = {
        "wood": (
            random.randint(110, 180),
            random.randint(70, 120),
            random.randint(40, 80),
        ),
        "cloth": (
            random.randint(40, 110),
            random.randint(80, 140),
            random.randint(70, 140),
        ),
        "stone": (170, 168, 165),
        "dark": (45, 42, 40),
    }[kind]
    grain = (3, 90) if kind == "wood" else (40, 30)
    rough = dice.random(
        (max(2, high // grain[0] // 4), max(2, wide // grain[1])), dtype=np.float32
    )
    texture = cv2.resize(rough, (wide, high), interpolation=cv2.INTER_CUBIC)
    fine = dice.random((high // 2, wide // 2), dtype=np.float32)
    texture = 0.75 + 0.35 * texture + 0.12 * cv2.resize(fine, (wide, high))
    top: Floats = texture[..., None] * np.array(base, np.float32)
    if random.random() < 0.3:
        # The table ends within the frame.
        y = int(high * random.choice((0.04, 0.97)))
        half = slice(0, y) if y < high / 2 else slice(y, high)
        top[half] *= 0.35
    return top


def _light(wide: int, high: int, photo: Photo, random: Random) -> Floats:
    """Return how bright each place is: a lamp at one side, a soft shadow across."""
    ys, xs = np.mgrid[0:high, 0:wide].astype(np.float32)
    angle = random.uniform(0, 6.28)
    along = (xs / wide - 0.5) * np.cos(angle) + (ys / high - 0.5) * np.sin(angle)
    light: Floats = 1 - photo.uneven * (along + 0.5)
    far = (xs / wide - 0.5) ** 2 + (ys / high - 0.5) ** 2
    light *= 1 - 0.25 * far
    if photo.shadow:
        angle = random.uniform(0, 6.28)
        across = (xs / wide - 0.5) * np.cos(angle) + (ys / high - 0.5) * np.sin(angle)
        edge = (across - random.uniform(-0.2, 0.25)) / random.uniform(0.03, 0.15)
        light *= 1 - photo.shadow / (1 + np.exp(-np.clip(edge, -30, 30)))
    return light.astype(np.float32)


def _through_the_lens(seen: Floats, photo: Photo, random: Random) -> Picture:
    dice = np.random.default_rng(random.getrandbits(32))
    seen = cv2.GaussianBlur(seen, (0, 0), photo.blur)
    if photo.shake:
        size = int(np.ceil(photo.shake)) * 2 + 1
        kernel = np.zeros((size, size), np.float32)
        angle = random.uniform(0, 3.14)
        far = photo.shake / 2
        for t in np.linspace(-far, far, 15):
            x = round(size // 2 + t * float(np.cos(angle)))
            y = round(size // 2 + t * float(np.sin(angle)))
            kernel[y, x] += 1
        seen = cv2.filter2D(seen, -1, kernel / kernel.sum())
    grain = dice.standard_normal(seen.shape[:2], dtype=np.float32)
    seen = seen + photo.noise * grain[..., None]
    # Telephones sharpen what they took.
    seen = seen + 0.35 * (seen - cv2.GaussianBlur(seen, (0, 0), 1.5))
    made = np.clip(seen, 0, 255).astype(np.uint8)
    bgr = cv2.cvtColor(made, cv2.COLOR_RGB2BGR)
    fine, octets = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, photo.jpeg])
    assert fine
    return cv2.cvtColor(cv2.imdecode(octets, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
