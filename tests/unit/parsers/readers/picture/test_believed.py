"""How far a page bears that lines on it are sure."""

import pytest

from parsers.readers.picture.chain import believed
from parsers.readers.picture.shapes import Frame, LineReading, TextLine


def lines(*certainties: float) -> list[LineReading]:
    line = TextLine(Frame(0, 0, 10, 10), 8, 6)
    return [LineReading(line, (), "chữ", sure) for sure in certainties]


@pytest.mark.parametrize(
    ("photographed", "read", "shown"),
    [
        (False, (0.99, 0.95, 0.6), (0.99, 0.95, 0.6)),
        (False, (0.99, 0.7, 0.6), (0.89, 0.7, 0.6)),
        (True, (0.99, 0.95, 0.6), (0.89, 0.89, 0.6)),
        (False, (), ()),
    ],
    ids=["sound", "doubtful", "photo", "empty"],
)
def test_lines_are_sure_only_where_most_of_a_flat_page_is(
    photographed: bool, read: tuple[float, ...], shown: tuple[float, ...]
) -> None:
    found = believed(lines(*read), photographed)
    assert tuple(one.certainty for one in found) == shown
