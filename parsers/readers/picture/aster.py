"""Have lines read by the net that comes with asterocr.

Its own predictor wants torch and prints: here is its net and a decoder (CTC, greedy).
"""

from collections.abc import Sequence

import cv2
import numpy as np

from parsers.readers.picture.nets import net, told
from parsers.readers.picture.shapes import Pixels, Reals, Witness
from parsers.vietnamese.fold import nfc_text

_HEIGHT = 32
#: The net raises above this width.
_WIDEST = 1024
#: It was trained on long lines drawn a little wider.
_LONG, _WIDER, _MOST_WIDER = 3.0, 0.02, 1.25
#: Strips read together differ in width by at most this, and are at most so many.
_RATIO, _TOGETHER = 1.25, 8


def read(strips: Sequence[Pixels]) -> list[Witness]:
    """Return what stands in each strip; strips of like width are read together."""
    lines = [_scaled(strip) for strip in strips]
    found: list[Witness | None] = [None] * len(lines)
    for batch in alike([line.shape[1] for line in lines]):
        wide = max(lines[i].shape[1] for i in batch)
        images = np.ones((len(batch), 3, _HEIGHT, wide), np.float32)
        for place, index in enumerate(batch):
            images[place, :, :, : lines[index].shape[1]] = lines[index]
        answer = net("asterocr", "asternet.onnx").run(None, {"images": images})[0]
        for place, index in enumerate(batch):
            steps = max(1, lines[index].shape[1] // 4)
            found[index] = _decoded(np.asarray(answer)[:steps, place])
    return [witness for witness in found if witness is not None]


def alike(widths: Sequence[int]) -> list[list[int]]:
    """Return the indexes of strips in batches of like width, narrow ones first."""
    batches: list[list[int]] = []
    for index in sorted(range(len(widths)), key=lambda i: widths[i]):
        last = batches[-1] if batches else None
        if (
            last is not None
            and len(last) < _TOGETHER
            and widths[index] <= max(64, widths[last[0]]) * _RATIO
        ):
            last.append(index)
        else:
            batches.append([index])
    return batches


def _scaled(strip: Pixels) -> Reals:
    high, wide = strip.shape
    aspect = wide / high
    wider = min(_MOST_WIDER, 1.0 + max(0.0, aspect - _LONG) * _WIDER)
    columns = max(16, round(wide * _HEIGHT / high * wider))
    columns = min(_WIDEST, (columns + 3) // 4 * 4)
    small = cv2.resize(strip, (columns, _HEIGHT), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / 255.0


def _decoded(steps: Reals) -> Witness:
    letters = told("asterocr", "vocab.json")["chars"]
    best = steps.argmax(axis=1)
    likely = np.exp(steps.max(axis=1))
    kept = (best != 0) & np.concatenate(([True], best[1:] != best[:-1]))
    text = "".join(letters[i] for i in best[kept])
    sure = float(likely[kept].min()) if kept.any() else 0.0
    return Witness(" ".join(nfc_text(text).split()), sure)
