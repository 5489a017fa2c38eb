"""The paper itself: a printed page in colour, signed and sealed where it should be."""

from dataclasses import dataclass
from random import Random

import pypdfium2

from tests.accuracy.pictures import ink
from tests.accuracy.pictures.ink import Picture
from tests.accuracy.pictures.printed import Box, Print

POINTS = 72
_AROUND = "Đảng bộ Quận 3 - TP. Hồ Chí Minh"


@dataclass(frozen=True)
class Marks:
    """What is put on a print: who seals and signs, and whether across the table."""

    seal: tuple[float, float, float] | None = None
    signature: tuple[float, float, float] | None = None
    across_table: bool = False

    @property
    def signed(self) -> bool:
        return self.seal is not None or self.signature is not None


def some_marks(random: Random, print_: Print, across: bool) -> Marks:
    """Return marks as they come: nearly always both, now and then one, or none."""
    if print_.block is None:
        return Marks(seal=ink.RED if across else None, across_table=across)
    way = random.random()
    seal = random.choice((ink.RED, ink.RED, ink.RED, ink.BLUE))
    signature = random.choice((ink.BLUE, ink.BLUE, ink.BLACK, ink.VIOLET))
    if way < 0.70:
        return Marks(seal, signature, across)
    if way < 0.80:
        return Marks(None, signature, False)
    if way < 0.85:
        return Marks(seal, None, across)
    return Marks(seal if across else None, None, across)


def pages_of(print_: Print, dpi: float, marks: Marks, random: Random) -> list[Picture]:
    """Return the pages, height × width × RGB, with the ink on them."""
    with pypdfium2.PdfDocument(print_.path) as pdf:
        pages = [
            page.render(scale=dpi / POINTS, rev_byteorder=True).to_numpy().copy()
            for page in pdf
        ]
    if print_.block is not None:
        number, box = print_.block
        _confirm(pages[number], box, dpi, marks, random)
    if marks.across_table and marks.seal is not None:
        for number, box in print_.tables[:2]:
            _across(pages[number], box, dpi, marks.seal, random)
    return pages


def _confirm(page: Picture, box: Box, dpi: float, marks: Marks, random: Random) -> None:
    """Sign between office and name; the seal covers a third of the signature."""
    left, top, right, bottom = _pixels(page, box, dpi)
    x, y = (left + right) / 2, (top + bottom) / 2
    if marks.signature is not None:
        layer = ink.a_signature(random, dpi, marks.signature)
        shift = random.uniform(-0.1, 0.1) * dpi
        ink.put(
            page,
            layer,
            int(x - layer.shape[1] / 2 + shift),
            int(y - layer.shape[0] / 2),
        )
    if marks.seal is not None:
        layer = ink.a_seal(random, dpi, _AROUND, marks.seal)
        size = layer.shape[0]
        beside = random.uniform(0.45, 0.95) * size
        ink.put(page, layer, int(x - beside), int(y - size / 2))


def _across(
    page: Picture,
    box: Box,
    dpi: float,
    colour: tuple[float, float, float],
    random: Random,
) -> None:
    left, top, right, bottom = _pixels(page, box, dpi)
    layer = ink.a_seal(random, dpi, _AROUND, colour)
    x = random.uniform(left, max(left + 1, right))
    y = random.uniform(top, max(top + 1, bottom))
    ink.put(page, layer, int(x - layer.shape[1] / 2), int(y - layer.shape[0] / 2))


def _pixels(page: Picture, box: Box, dpi: float) -> tuple[float, float, float, float]:
    scale = dpi / POINTS
    high = page.shape[0]
    return box[0] * scale, high - box[3] * scale, box[2] * scale, high - box[1] * scale
