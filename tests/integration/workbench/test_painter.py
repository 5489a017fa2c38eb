"""Pages drawn anew by a real child: upright, outlined, and never the file itself."""

import io
import threading
from random import Random

import numpy as np
import pytest
from PIL import Image

from daemon.workbench.painter import Painter
from parsers.values.preview import Outline, Preview
from tests.accuracy.pictures.negatives import a_bomb
from tests.accuracy.pictures.packing import as_one, as_pdf, as_tif
from tests.accuracy.pictures.scenes import an_identity_card

CARD = an_identity_card(Random(17))
WITHIN = Outline(0.2, 0.3, 0.6, 0.4)
RED = (214, 48, 49)


def pixels(drawn: bytes | str) -> np.ndarray:
    assert isinstance(drawn, bytes), drawn
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.format == "PNG"
        return np.asarray(picture.convert("RGB"))


def red(drawn: np.ndarray) -> np.ndarray:
    """Return rows and columns of the pixels that have the outline's colour."""
    return np.argwhere((np.abs(drawn.astype(int) - RED) < 12).all(axis=2))


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "heic", "tif"])
def test_a_picture_of_every_kind_is_drawn_as_wide_as_wished(ending: str) -> None:
    drawn = pixels(Painter().draw(as_one(CARD, ending, 200), Preview("picture")))
    assert drawn.shape == (667, 1000, 3)


def test_a_page_of_several_is_drawn_with_the_cell_outlined() -> None:
    pages = [np.full((1100, 850, 3), 255, np.uint8)] * 2
    pages[1] = pages[1] // 2
    wish = Preview("picture", 1, width=850, outline=WITHIN)
    drawn = pixels(Painter().draw(as_tif(pages, 100), wish))
    assert drawn[0, 0].tolist() == [127, 127, 127]
    places = red(drawn)
    assert np.abs(places.min(axis=0) - (330, 170)).max() <= 3
    assert np.abs(places.max(axis=0) - (440, 510)).max() <= 3


def test_a_cell_close_by_is_cut_out_of_a_page_of_a_pdf() -> None:
    page = np.full((2200, 1700, 3), 255, np.uint8)
    wish = Preview("pdf", width=900, outline=WITHIN, close=True)
    drawn = pixels(Painter().draw(as_pdf([page], 200), wish))
    assert drawn.shape[1] == 900
    assert drawn.shape[0] < 450


def test_a_photo_is_shown_upright_and_flat_where_it_was_read_so() -> None:
    turned = np.rot90(CARD).copy()
    wish = Preview("picture", straight=True, width=600)
    drawn = pixels(Painter().draw(as_one(turned, "jpg", None), wish))
    assert drawn.shape[1] > drawn.shape[0]


def test_what_cannot_be_drawn_is_named_and_nothing_is_shown() -> None:
    painter = Painter()
    cut = as_one(CARD, "jpg", 200)[:9000]
    assert painter.draw(cut, Preview("picture")) == "file_damaged"
    assert painter.draw(b"<script>", Preview("picture")) == "file_damaged"
    assert painter.draw(b"%PDF-1.4", Preview("pdf")) == "file_damaged"
    assert (
        painter.draw(as_one(CARD, "png", 200), Preview("picture", 7)) == "file_damaged"
    )
    huge = a_bomb(20_000, 20_000)
    assert painter.draw(huge, Preview("picture")) == "limit_exceeded"


def test_two_people_are_served_one_after_the_other() -> None:
    painter, drawn = Painter(), []
    payload = as_one(CARD, "jpg", 200)

    def ask() -> None:
        drawn.append(painter.draw(payload, Preview("picture", width=200)))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [pixels(one).shape[1] for one in drawn] == [200, 200]
