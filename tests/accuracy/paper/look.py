"""How a printed document looks: its rules, fonts, sides; chosen at random."""

from dataclasses import dataclass
from random import Random

from tests.accuracy.model import Grid, Sheet
from tests.accuracy.prints import column_widths

FONT = "Tinos"
FONT_FILE = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
BOLD_FILE = "/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf"
#: A4 less its margins, in points.
ACROSS = {False: 500.0, True: 745.0}
#: What of a font's height a usual letter is wide.
_LETTER = 0.5
_RULES = ("all", "all", "all", "all", "level", "outer", "heads", "columns", "none")


@dataclass(frozen=True)
class Look:
    """`rules`: all, level, outer, heads (under the heading), columns (and no levels
    below it), none. Sizes in points.
    """

    rules: str
    shaded: bool
    size: float
    wide: bool
    align: str
    level: str
    turned: bool
    repeated: bool
    whole_rows: bool
    padding: float

    @property
    def tag(self) -> str:
        """Return what of it matters to a reader."""
        return f"{self.rules}{' shaded' if self.shaded else ''}"


def a_look(random: Random, sheet: Sheet) -> Look:
    """Return a look that the widths of the sheet's tables ask for, or nearly."""
    characters = sum(column_widths(sheet))
    wide = characters > 80 or random.random() < 0.25
    size = random.choice((8.0, 9.0, 10.0, 11.0, 12.0, 12.0, 13.0))
    if wide and characters > 130:
        size = min(size, 10.0)
    return Look(
        rules=random.choice(_RULES),
        shaded=random.random() < 0.3,
        size=size,
        wide=wide,
        align=random.choice(("left", "left", "justify", "center")),
        level=random.choice(("top", "center", "bottom")),
        turned=random.random() < 0.08,
        repeated=random.random() < 0.5,
        whole_rows=random.random() < 0.5,
        padding=random.choice((1.5, 3.0, 5.0)),
    )


def widths(sheet: Sheet, look: Look) -> list[float]:
    """Return the widths of the tables' columns in points; the page is filled."""
    shares = column_widths(sheet)
    return [ACROSS[look.wide] * share / sum(shares) for share in shares]


def ruled_sides(look: Look, grid: Grid, row: int, high: int = 1) -> dict[str, bool]:
    """Return which sides of a cell at `row` are drawn; outer ones are the caller's."""
    head = row < grid.heading_rows
    last_head = row + high >= grid.heading_rows and head
    every = look.rules == "all"
    columns = look.rules == "columns"
    return {
        "level": every or look.rules == "level" or (columns and head),
        "upright": every or columns,
        "under_head": last_head and look.rules in ("heads", "level", "columns"),
        "outer": every or columns or look.rules == "outer",
    }
