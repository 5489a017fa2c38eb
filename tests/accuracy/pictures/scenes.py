"""Draw pictures that hold no table of works: streets, walls, cards, strokes, screens.

Each is height × width × RGB. They are meant to tempt: windows, tiles and squared paper
have rules as a table has, cards and newspapers have words.
"""

from itertools import pairwise
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.accuracy.content import DEEDS, METHODS, PEOPLE
from tests.accuracy.pictures import ink
from tests.accuracy.pictures.faces import ARIMO, TINOS, Face
from tests.accuracy.pictures.ink import Picture

_HIGH, _WIDE = 1600, 1200


def a_blank_page(random: Random) -> Picture:
    """Return an empty sheet from a scanner: noise, a shadow, two punched holes."""
    page = _rough(random, 2200, 1700, (246, 246, 243), 4)
    for at in (0.42, 0.58):
        cv2.circle(page, (70, int(2200 * at)), 26, (40, 40, 40), -1, cv2.LINE_AA)
    return page


def a_back_side(random: Random) -> Picture:
    """Return the empty back of a printed page, whose letters shine through."""
    page = Image.fromarray(_rough(random, 2200, 1700, (247, 246, 242), 3))
    other = Image.new("RGB", page.size, (247, 246, 242))
    _column(ImageDraw.Draw(other), random, (150, 200, 1550), TINOS, 34, (205, 204, 200))
    mirrored = np.asarray(other)[:, ::-1]
    return np.minimum(np.asarray(page), mirrored)


def a_street(random: Random) -> Picture:
    """Return houses with windows under a sky, a road, cars and a shop's sign."""
    sky = np.linspace(1.0, 0.75, _HIGH, dtype=np.float32)[:, None, None]
    base = np.array((150, 190, 225), np.float32)
    picture = _rough(random, _HIGH, _WIDE, (255, 255, 255), 6) * sky * base / 255
    scene = picture.astype(np.uint8)
    x = 0
    while x < _WIDE:
        x += _a_house(scene, random, x)
    road = int(_HIGH * 0.78)
    scene[road:] = _rough(random, _HIGH - road, _WIDE, (95, 92, 90), 14)
    for at in range(0, _WIDE, 240):
        cv2.rectangle(scene, (at, 1400), (at + 120, 1416), (225, 225, 215), -1)
    for _ in range(3):
        _a_car(scene, random, road)
    sign = Image.fromarray(scene)
    pen = ImageDraw.Draw(sign)
    pen.rectangle((300, 1010, 800, 1110), fill=(200, 30, 30))
    pen.text((320, 1025), "TẠP HÓA SỐ 9", (255, 250, 210), _font(ARIMO, 62))
    return np.asarray(sign).copy()


def _a_house(scene: Picture, random: Random, left: int) -> int:
    wide, high = random.randint(180, 360), random.randint(500, 1100)
    top = int(_HIGH * 0.78) - high
    colour = [random.randint(120, 235) for _ in range(3)]
    cv2.rectangle(scene, (left, top), (left + wide, int(_HIGH * 0.78)), colour, -1)
    floors, across = random.randint(3, 9), random.randint(2, 5)
    for floor in range(floors):
        for at in range(across):
            x = left + int(wide * (at + 0.2) / across)
            y = top + int(high * (floor + 0.2) / floors)
            w, h = int(wide * 0.6 / across), int(high * 0.55 / floors)
            cv2.rectangle(scene, (x, y), (x + w, y + h), (60, 75, 90), -1)
            cv2.rectangle(scene, (x, y), (x + w, y + h), (230, 230, 230), 3)
    return wide


def _a_car(scene: Picture, random: Random, road: int) -> None:
    x, y = random.randint(0, _WIDE - 300), road + random.randint(20, 180)
    colour = [random.randint(20, 220) for _ in range(3)]
    cv2.rectangle(scene, (x, y), (x + 280, y + 80), colour, -1)
    cv2.ellipse(scene, (x + 140, y), (100, 60), 0, 180, 360, colour, -1)
    for wheel in (x + 60, x + 220):
        cv2.circle(scene, (wheel, y + 85), 30, (25, 25, 25), -1)


def a_tiled_wall(random: Random) -> Picture:
    """Return tiles with joints: rules in a grid, and nothing in its cells."""
    wall = _rough(random, _HIGH, _WIDE, (212, 205, 192), 9)
    size = random.choice((90, 140, 200))
    for y in range(random.randint(0, size), _HIGH, size):
        cv2.line(wall, (0, y), (_WIDE, y), (90, 86, 80), 5, cv2.LINE_AA)
    for x in range(random.randint(0, size), _WIDE, size):
        cv2.line(wall, (x, 0), (x, _HIGH), (90, 86, 80), 5, cv2.LINE_AA)
    return wall


def squared_paper(random: Random) -> Picture:
    """Return a page of a pupil's exercise book with some strokes on it."""
    page = _rough(random, 2000, 1500, (250, 250, 246), 3)
    for at in range(40, 2000, 56):
        cv2.line(page, (0, at), (1500, at), (150, 175, 215), 2)
    for at in range(40, 1500, 56):
        cv2.line(page, (at, 0), (at, 2000), (150, 175, 215), 2)
    for y in range(150, 1500, 112):
        words = random.randint(3, 9)
        ink.put(page, ink.handwriting(random, 200, words, ink.BLUE), 80, y)
    return page


def a_letter_by_hand(random: Random) -> Picture:
    """Return lines of strokes on plain paper, as of a letter written by hand."""
    page = _rough(random, 2200, 1700, (244, 242, 236), 4)
    colour = random.choice((ink.BLUE, ink.BLACK))
    for y in range(260, 1900, 95):
        words = random.randint(6, 12)
        left = 150 + random.randint(-20, 60)
        ink.put(page, ink.handwriting(random, 200, words, colour), left, y)
    ink.put(page, ink.a_signature(random, 200, colour), 1100, 1950)
    return page


def a_table_by_hand(random: Random) -> Picture:
    """Return a table ruled and filled by hand: nothing of it can be read."""
    page = _rough(random, 2200, 1700, (246, 245, 240), 4)
    xs, ys = [120, 240, 760, 1150, 1580], list(range(300, 1900, 200))
    for x in xs:
        _by_ruler(page, (x, ys[0]), (x, ys[-1]), random)
    for y in ys:
        _by_ruler(page, (xs[0], y), (xs[-1], y), random)
    for y in ys[:-1]:
        for left, right in pairwise(xs):
            words = max(1, (right - left) // 140)
            layer = ink.handwriting(random, 200, words, ink.BLUE)
            ink.put(page, layer, left + 15, y + random.randint(40, 110))
    return page


def _by_ruler(
    page: Picture, start: tuple[int, int], end: tuple[int, int], random: Random
) -> None:
    shift = [random.randint(-4, 4) for _ in range(4)]
    a = (start[0] + shift[0], start[1] + shift[1])
    b = (end[0] + shift[2], end[1] + shift[3])
    cv2.line(page, a, b, (40, 50, 130), 4, cv2.LINE_AA)


def an_identity_card(random: Random) -> Picture:
    """Return a card with a face, a number and lines of words, on a table."""
    scene = Image.fromarray(_rough(random, 1000, 1500, (120, 90, 60), 12))
    pen = ImageDraw.Draw(scene)
    pen.rounded_rectangle((120, 120, 1380, 880), 40, fill=(214, 232, 226))
    pen.rectangle((170, 330, 480, 740), fill=(170, 190, 205))
    pen.ellipse((250, 390, 400, 570), fill=(214, 178, 150))
    pen.ellipse((200, 570, 450, 900), fill=(60, 80, 120))
    texts = (
        (520, 150, 34, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (700, 195, 26, "Độc lập - Tự do - Hạnh phúc"),
        (560, 260, 50, "CĂN CƯỚC CÔNG DÂN"),
        (540, 350, 44, f"Số: 0790{random.randint(10**7, 10**8 - 1)}"),
        (540, 430, 34, f"Họ và tên: {random.choice(PEOPLE).upper()}"),
        (540, 490, 34, f"Ngày sinh: {random.randint(1, 28):02}/05/1975"),
        (540, 550, 34, "Giới tính: Nam   Quốc tịch: Việt Nam"),
        (540, 610, 34, "Quê quán: Phường 9, Quận 3"),
        (540, 670, 34, "Nơi thường trú: 12 Lý Chính Thắng, Quận 3"),
    )
    for x, y, size, text in texts:
        pen.text((x, y), text, (30, 40, 60), _font(ARIMO, size))
    return np.asarray(scene).copy()


def a_newspaper(random: Random) -> Picture:
    """Return a page of a newspaper: headline, three columns, a picture among them."""
    page = Image.fromarray(_rough(random, 2400, 1800, (236, 231, 218), 6))
    pen = ImageDraw.Draw(page)
    pen.text((120, 80), "SÀI GÒN GIẢI PHÓNG", (20, 20, 20), _font(TINOS, 110, True))
    pen.line((100, 225, 1700, 225), fill=(20, 20, 20), width=5)
    pen.text((120, 250), random.choice(DEEDS), (20, 20, 20), _font(TINOS, 52, True))
    for column in range(3):
        left = 110 + column * 545
        top = 900 if column == 1 else 380
        _column(pen, random, (left, top, left + 500), TINOS, 26, (35, 33, 30))
    pen.rectangle((655, 380, 1155, 860), fill=(120, 118, 112))
    return np.asarray(page).copy()


def a_chat(random: Random) -> Picture:
    """Return a telephone's screen with a chat in bubbles."""
    page = Image.new("RGB", (1080, 2200), (225, 233, 242))
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, 1080, 170), fill=(0, 104, 255))
    pen.text((60, 65), "Nhóm Dân vận Quận 3", (255, 255, 255), _font(ARIMO, 52))
    y = 230
    while y < 1950:
        text = random.choice((*DEEDS, *METHODS))[:42]
        left = random.choice((60, 300))
        pen.rounded_rectangle((left, y, left + 720, y + 130), 30, fill=(255, 255, 255))
        pen.text((left + 30, y + 38), text, (20, 20, 20), _font(ARIMO, 34))
        y += 170
    return np.asarray(page).copy()


def a_group_of_people(random: Random) -> Picture:
    """Return something like a photo of a meeting: a banner over heads and shirts."""
    scene = _rough(random, 1200, 1600, (186, 170, 140), 16)
    for row in range(3):
        for at in range(9):
            x = 100 + at * 170 + random.randint(-30, 30)
            y = 620 + row * 170 + random.randint(-20, 20)
            skin = (random.randint(170, 225), random.randint(130, 170), 120)
            shirt = [random.randint(20, 240) for _ in range(3)]
            cv2.ellipse(scene, (x, y + 150), (75, 110), 0, 0, 360, shirt, -1)
            cv2.circle(scene, (x, y), 48, skin, -1, cv2.LINE_AA)
            cv2.ellipse(scene, (x, y - 20), (50, 38), 0, 180, 360, (30, 25, 22), -1)
    picture = Image.fromarray(scene)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((200, 120, 1400, 400), fill=(190, 20, 30))
    for at, text in enumerate(("LỄ RA MẮT CÔNG TRÌNH", "VIỆC CÓ Ý NGHĨA GIÚP DÂN")):
        pen.text((290, 160 + 105 * at), text, (255, 225, 80), _font(ARIMO, 78, True))
    return np.asarray(picture).copy()


def plain_noise(random: Random) -> Picture:
    """Return a picture of nothing but noise."""
    dice = np.random.default_rng(random.getrandbits(32))
    return dice.integers(0, 256, (900, 1200, 3), dtype=np.uint8)


def a_logo(random: Random) -> Picture:
    """Return a small picture, as stands below a signature."""
    page = np.full((90, 240, 3), 255, np.uint8)
    colour = [random.randint(0, 160) for _ in range(3)]
    cv2.circle(page, (45, 45), 36, colour, -1, cv2.LINE_AA)
    cv2.putText(page, "Q3", (95, 60), cv2.FONT_HERSHEY_SIMPLEX, 1.4, colour, 3)
    return page


def _rough(
    random: Random, high: int, wide: int, colour: tuple[int, int, int], much: float
) -> Picture:
    """Return a surface of one colour with coarse and fine unevenness."""
    dice = np.random.default_rng(random.getrandbits(32))
    coarse = dice.standard_normal((9, 7), dtype=np.float32) * much
    wave = cv2.resize(coarse, (wide, high), interpolation=cv2.INTER_CUBIC)
    fine = dice.standard_normal((high, wide), dtype=np.float32) * much * 0.5
    light = np.array(colour, np.float32) + (wave + fine)[..., None]
    return np.clip(light, 0, 255).astype(np.uint8)


def _column(
    pen: ImageDraw.ImageDraw,
    random: Random,
    place: tuple[int, int, int],
    face: Face,
    size: int,
    colour: tuple[int, int, int],
) -> None:
    """Set running text from left, top to right, down to the page's end."""
    left, top, right = place
    font, bottom = _font(face, size), pen.im.size[1] - 120
    words = " ".join(random.sample((*DEEDS, *METHODS), 40)).split()
    line: list[str] = []
    y = top
    while words and y < bottom:
        if pen.textlength(" ".join([*line, words[0]]), font) > right - left:
            pen.text((left, y), " ".join(line), colour, font)
            line, y = [], y + int(size * 1.3)
        line.append(words.pop(0))


def _font(face: Face, size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(face.bold_file if bold else face.regular_file), size)


SCENES = {
    "blank page": a_blank_page,
    "back side": a_back_side,
    "street": a_street,
    "tiled wall": a_tiled_wall,
    "squared paper": squared_paper,
    "letter by hand": a_letter_by_hand,
    "table by hand": a_table_by_hand,
    "identity card": an_identity_card,
    "newspaper": a_newspaper,
    "chat": a_chat,
    "people": a_group_of_people,
    "noise": plain_noise,
    "logo": a_logo,
}
