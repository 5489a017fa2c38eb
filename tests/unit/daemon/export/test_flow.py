"""Pages: nothing is lost, nothing overflows, what belongs together stays together."""

from hypothesis import given
from hypothesis import strategies as st

from daemon.export.flow import Block, pages

ROOM = 100.0
HEIGHTS = st.floats(1, 60)


@given(st.lists(st.tuples(HEIGHTS, st.booleans())))
def test_every_block_is_placed_in_order_and_no_page_overflows(
    given_blocks: list[tuple[float, bool]],
) -> None:
    blocks = [
        Block(n, height, keep, repeated=10.0)
        for n, (height, keep) in enumerate(given_blocks)
    ]
    placed = list(pages(blocks, ROOM))
    assert [block.thing for block, _ in placed] == list(range(len(blocks)))
    used = 0.0
    for number, (block, breaks) in enumerate(placed):
        used = (10.0 if breaks else used) + block.height
        assert used <= ROOM + 1e-6
        assert not (breaks and number == 0)


@given(st.lists(HEIGHTS, min_size=1), HEIGHTS)
def test_what_keeps_with_its_next_is_on_its_page(
    before: list[float], last: float
) -> None:
    blocks = [Block("row", height) for height in before]
    blocks += [Block("kept", 35.0, keep=True), Block("next", last)]
    placed = list(pages(blocks, ROOM))
    assert not placed[-1][1]


def test_what_fits_no_page_begins_one_and_breaks_where_it_is_full() -> None:
    blocks = [Block("row", 50.0), *(Block("kept", 40.0, keep=True) for _ in range(6))]
    assert [breaks for _, breaks in pages(blocks, ROOM)] == [
        *(False, False, True, False, True, False, True),
    ]
