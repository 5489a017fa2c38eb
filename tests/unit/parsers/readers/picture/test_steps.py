"""Drawn pages through the steps that find sheet, rules, lines and seals."""

import cv2
import numpy as np

from parsers.readers.pdf.marks import Rule
from parsers.readers.picture.cut import clean_ink, lines_in, pieces, word_ends
from parsers.readers.picture.edges import corners, flattened
from parsers.readers.picture.gridding import dividing, grids
from parsers.readers.picture.inks import without_colour
from parsers.readers.picture.ruling import cleared, ruling_of
from parsers.readers.picture.seal import is_seal, marks_on
from parsers.readers.picture.shapes import Frame, Pixels
from parsers.readers.picture.upright import skew, straightened

LINE = 30.0
RED, BLACK = (200, 40, 40), (20, 20, 20)


def paper(high: int = 900, wide: int = 700) -> Pixels:
    return np.full((high, wide, 3), 245, np.uint8)


def ruled(page: Pixels, xs: tuple[int, ...], ys: tuple[int, ...]) -> Pixels:
    for x in xs:
        cv2.line(page, (x, ys[0]), (x, ys[-1]), BLACK, 2)
    for y in ys:
        cv2.line(page, (xs[0], y), (xs[-1], y), BLACK, 2)
    return page


def grey(page: Pixels) -> Pixels:
    return cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)


def write(page: Pixels, text: str, x: int, y: int) -> None:
    cv2.putText(page, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, BLACK, 2)


def test_rules_are_found_and_letters_are_none() -> None:
    page = ruled(paper(), (60, 300, 640), (100, 200, 300))
    write(page, "HHHHHHHH", 70, 160)
    found = ruling_of(grey(page), LINE, [Frame(65, 135, 240, 170)])
    assert sorted((r.upright, round(r.at, -1)) for r in found.rules) == [
        (False, 100),
        (False, 200),
        (False, 300),
        (True, 60),
        (True, 300),
        (True, 640),
    ]


def test_only_what_lies_at_the_side_of_a_cell_is_erased() -> None:
    page = grey(ruled(paper(), (60, 300, 640), (100, 200, 300)))
    page[120:180, 400:402] = 20
    found = ruling_of(page, LINE)
    cells = [Frame(300, 100, 640, 200)]
    plain = cleared(page, found.mask, cells, LINE)
    assert plain[150, 300] > 200
    assert plain[150, 400] < 100


def test_a_stroke_of_a_pen_makes_no_column() -> None:
    rules = [Rule(False, y, 0, 400) for y in (0, 20, 40, 60, 80, 100)]
    rules += [Rule(True, x, 0, 100) for x in (0, 200, 400)]
    pen = [Rule(True, 300, 22, 38)]
    (grid,) = grids([*rules, *pen])
    assert (len(grid.xs), len(grid.ys), len(grid.cells)) == (3, 6, 10)
    assert {r.at for r in dividing([grid], rules) if r.upright} == {0, 200, 400}


def test_a_streak_down_the_page_is_no_column_and_hides_no_table() -> None:
    rules = [Rule(False, y, 0, 400) for y in (300, 340, 380)]
    rules += [Rule(True, x, 300, 380) for x in (0, 200, 400)]
    streaks = [Rule(True, 120, 0, 842), Rule(True, 430, 0, 842)]
    (grid,) = grids([*rules, *streaks])
    assert (grid.xs, grid.ys) == ((0, 200, 400), (300, 340, 380))


def test_lines_keep_their_marks_and_touching_ones_are_parted() -> None:
    page = grey(paper())
    page[100:120, 50:400] = 20
    page[92:96, 100:110] = 20
    page[150:170, 50:300] = 20
    page[175:178, 80:84] = 20
    ink = clean_ink(page, LINE)
    found = lines_in(ink, Frame(40, 80, 420, 200), LINE, 3)
    assert [(f.frame.y0, f.frame.y1, f.cell) for f in found] == [
        (92, 120, 3),
        (150, 178, 3),
    ]


def test_texts_of_two_columns_on_one_line_are_two_lines() -> None:
    page = grey(paper())
    page[100:120, 50:150] = 20
    page[100:120, 158:200] = 20
    page[100:120, 260:350] = 20
    ink = clean_ink(page, LINE)
    frame = Frame(40, 95, 400, 125)
    assert [(f.x0, f.x1) for f in pieces(ink, frame, LINE)] == [(50, 200), (260, 350)]
    assert word_ends(ink, Frame(50, 95, 200, 125), 2) == [(50, 150), (158, 200)]


def test_a_page_is_straightened_by_its_lines() -> None:
    page = paper()
    for y in range(100, 800, 40):
        cv2.line(page, (80, y), (620, y), BLACK, 6)
    for angle in (-4.0, 1.5, 9.0):
        turned = straightened(page, angle)
        assert abs(skew(grey(turned)) + angle) < 0.15


def test_a_sheet_on_a_table_is_found_and_a_scan_is_left() -> None:
    photo = np.full((800, 1000, 3), 70, np.uint8)
    shape = np.array([[200, 100], [760, 130], [820, 720], [150, 700]], np.int32)
    cv2.fillPoly(photo, [shape], (235, 235, 230))
    found = corners(photo)
    assert found is not None
    assert np.abs(found - shape).max() < 12
    sheet = flattened(photo, found)
    assert sheet[20, 20].min() > 200
    assert corners(paper()) is None


def seal(page: Pixels, at: tuple[int, int], radius: int = 110) -> Pixels:
    cv2.circle(page, at, radius, RED, 4)
    cv2.circle(page, at, radius // 2, RED, 3)
    return page


def test_a_seal_is_lifted_and_the_letters_under_it_stay() -> None:
    page = seal(paper(), (350, 400))
    page[395:405, 250:450] = BLACK
    found = without_colour(page, LINE)
    assert found.grey[400, 350] < 80
    assert found.grey[290:310, 345:355].min() > 200
    assert found.frames


def test_coloured_letters_of_the_text_are_no_seal() -> None:
    page = paper()
    cv2.putText(page, "12", (100, 200), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (20, 20, 220), 2)
    assert without_colour(page, LINE).frames == ()


def test_a_round_seal_and_a_signature_are_told_apart_from_text() -> None:
    page = seal(paper(), (450, 600))
    points = [(120 + 3 * i, 600 + int(50 * np.sin(i / 3))) for i in range(60)]
    cv2.polylines(page, [np.array(points, np.int32)], False, (30, 30, 160), 3)
    write(page, "Nguyen Van Hung", 100, 300)
    none = np.zeros(page.shape[:2], bool)
    marks = marks_on(page, none, [Frame(95, 275, 340, 310)], LINE, LINE / 13.5)
    assert [m.kind for m in marks] == ["seal", "signature"]
    assert all(m.jpeg.startswith(b"\xff\xd8") for m in marks)


def test_a_filled_disc_and_a_square_are_no_seals() -> None:
    disc = np.zeros((220, 220), np.uint8)
    cv2.circle(disc, (110, 110), 108, 1, -1)
    assert not is_seal(disc > 0, LINE)
    box = np.zeros((220, 220), np.uint8)
    cv2.line(box, (0, 0), (219, 0), 1, 4)
    cv2.line(box, (0, 219), (219, 219), 1, 4)
    assert not is_seal(box > 0, LINE)
