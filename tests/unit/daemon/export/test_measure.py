"""Room for texts: never less than the font needs, and titles in even lines."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from daemon.export import measure

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyỄỆỘƯƠẮẶWMm0123456789 ,.;:-()/“”"
TEXTS = st.text(LETTERS, max_size=200)
FONTS = Path("/usr/share/fonts/truetype/croscore")


@given(TEXTS)
def test_no_text_is_wider_than_it_was_measured(text: str) -> None:
    for name, bold in (("Regular", False), ("Bold", True)):
        font = ImageFont.truetype(str(FONTS / f"Tinos-{name}.ttf"), 1000)
        assert font.getlength(text) * 13 / 1000 <= measure.width(text, 13, bold) + 0.01


@given(TEXTS, st.floats(30, 400))
def test_narrower_room_never_takes_fewer_lines(text: str, room: float) -> None:
    wide = measure.lines(text, room * 2, 13)
    assert 1 <= wide <= measure.lines(text, room, 13)
    assert measure.lines(f"{text}\n{text}", room, 13) == 2 * measure.lines(
        text, room, 13
    )


@given(st.lists(st.text("abcđeô", min_size=1, max_size=9), min_size=1, max_size=40))
def test_a_balanced_title_has_the_same_words_in_no_more_lines(words: list[str]) -> None:
    title = " ".join(words)
    broken = measure.balanced(title, 200, 14, bold=True)
    assert broken.split() == words
    assert broken.count("\n") + 1 <= measure.lines(title, 200, 14, bold=True)


def test_no_word_stands_alone_below_a_title() -> None:
    title = "thực hiện mô hình “Việc có ý nghĩa giúp dân” gắn với nội dung “5 không”"
    assert measure.balanced(title, 420, 14, bold=True).split("\n") == [
        "thực hiện mô hình “Việc có ý nghĩa",
        "giúp dân” gắn với nội dung “5 không”",
    ]


def test_a_word_longer_than_a_line_is_counted_as_it_is_cut() -> None:
    assert measure.lines("w" * 1000, 100, 13) > 90
