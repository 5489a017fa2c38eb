"""What goes on which page, where the writer says how high everything is.

Pages break before what does not fit; what must stay with its next does. It knows no
file format and measures nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Block(Generic[Thing]):
    """Something on a page, `height` high; `keep`: not without what follows it.

    `repeated` is the height of the heading row that stands above it on a new page.
    """

    thing: Thing
    height: float
    keep: bool = False
    repeated: float = 0.0


def pages(
    blocks: Iterable[Block[Thing]], room: float
) -> Iterator[tuple[Block[Thing], bool]]:
    """Yield each block, and whether a new page begins with it.

    `room` is the height of a page in the unit of the blocks. Blocks that keep together
    and fit no page break where the page is full. At most a chain of blocks is held.
    """
    page, chain = _Page(room), list[Block[Thing]]()
    for block in blocks:
        chain.append(block)
        if not block.keep or sum(b.height for b in chain) > room:
            yield from page.place(chain)
            chain = []
    yield from page.place(chain)


class _Page:
    """The page that is being filled; `used` is how much of it is."""

    __slots__ = ("room", "used")

    def __init__(self, room: float) -> None:
        self.room, self.used = room, 0.0

    def place(
        self, chain: Sequence[Block[Thing]]
    ) -> Iterator[tuple[Block[Thing], bool]]:
        """Yield a chain's blocks, and whether a page begins with each."""
        whole = sum(block.height for block in chain)
        first = self.used + whole > self.room
        # What fits no page together need not begin one while there is half of this.
        first = first and (whole <= self.room or self.used > self.room / 2)
        for block in chain:
            breaks = first or self.used + block.height > self.room
            # Nothing stands above the very first block.
            breaks = breaks and self.used > 0
            self.used = block.height + (block.repeated if breaks else self.used)
            first = False
            yield block, breaks
