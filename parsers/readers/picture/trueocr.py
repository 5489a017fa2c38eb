"""Have lines read by the net that comes with trueocr: a witness, not a reader.

Its alphabet lacks some marks; where it differs alone, it says little.
"""

import math
from collections.abc import Sequence

import cv2
import numpy as np

from parsers.readers.picture.aster import alike
from parsers.readers.picture.nets import net, told
from parsers.readers.picture.shapes import Pixels, Reals, Witness
from parsers.vietnamese.fold import nfc_text

#: The net sees the line and as much above and below it: three times 32 rows.
_HEIGHT, _WINDOW = 32, 3
_MARGIN, _SIDE = 0.2, 0.3
_WIDEST = 768
#: Columns without ink behind the longest line, so that no line's end sees another.
_HALO, _MULTIPLE = 8, 8


def read(strips: Sequence[Pixels]) -> list[Witness]:
    """Return what stands in each strip."""
    lines = [_scaled(strip) for strip in strips]
    found: list[Witness | None] = [None] * len(lines)
    for batch in alike([line.shape[1] for line in lines]):
        wide = max(lines[i].shape[1] for i in batch)
        wide = math.ceil(wide / _MULTIPLE) * _MULTIPLE + _HALO
        ink = np.zeros((len(batch), 1, _HEIGHT * _WINDOW, wide), np.float32)
        widths = np.zeros(len(batch), np.int64)
        for place, index in enumerate(batch):
            widths[place] = lines[index].shape[1]
            ink[place, 0, :, : widths[place]] = lines[index]
        ids, sure, lengths = net("trueocr", "rec.onnx").run(
            ["ids", "conf", "lengths"], {"x": ink, "widths": widths}
        )
        for place, index in enumerate(batch):
            end = int(lengths[place])
            found[index] = _decoded(ids[place, :end], sure[place, :end])
    return [witness for witness in found if witness is not None]


def _scaled(strip: Pixels) -> Reals:
    """Return the ink of a strip with paper around, as high as the net wants."""
    high = strip.shape[0]
    above = round(((_WINDOW * (1 + 2 * _MARGIN) - 1) / 2) * high)
    side = round(_SIDE * high)
    full = cv2.copyMakeBorder(
        strip, above, above, side, side, cv2.BORDER_CONSTANT, value=(255.0,)
    )
    rows = _HEIGHT * _WINDOW
    columns = max(_MULTIPLE, min(_WIDEST, round(full.shape[1] * rows / full.shape[0])))
    small = cv2.resize(full, (columns, rows), interpolation=cv2.INTER_AREA)
    return 1.0 - small.astype(np.float32) / 255.0


def _decoded(ids: np.ndarray, sure: np.ndarray) -> Witness:
    letters = told("trueocr", "meta.json")["charset"]
    kept = (ids != 0) & np.concatenate(([True], ids[1:] != ids[:-1]))
    text = "".join(letters[int(i) - 1] for i in ids[kept])
    least = float(sure[kept].min()) if kept.any() else 0.0
    return Witness(" ".join(nfc_text(text).split()), least)
