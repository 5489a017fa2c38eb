"""Have lines read by Tesseract with the exact data for Vietnamese that lie beside this.

Lines in, texts out; nothing is judged here.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import tesserocr

from parsers.readers.picture.parts import DATA
from parsers.readers.picture.shapes import Pixels, Witness
from parsers.vietnamese.fold import nfc_text

_DPI = 300


@lru_cache(maxsize=1)
def _engine() -> Any:
    # Without a path the library looks into the working directory.
    return tesserocr.PyTessBaseAPI(
        path=str(DATA.parent),
        lang=DATA.stem,
        psm=tesserocr.PSM.SINGLE_LINE,
        oem=tesserocr.OEM.LSTM_ONLY,
    )


def read(strips: Sequence[Pixels]) -> list[Witness]:
    """Return what stands in each strip."""
    engine = _engine()
    found = []
    for strip in strips:
        high, wide = strip.shape
        engine.SetImageBytes(strip.tobytes(), wide, high, 1, wide)
        engine.SetSourceResolution(_DPI)
        text = " ".join(nfc_text(engine.GetUTF8Text()).split())
        found.append(Witness(text, engine.MeanTextConf() / 100.0))
    return found
