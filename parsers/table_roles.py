"""What a table is for: works, letterhead, signatures, or something else.

The tables of works are found by `parsers.pieces`; here the others are told apart.
"""

from dataclasses import replace

from parsers import sections
from parsers.letterhead import block_lines, is_state
from parsers.pieces import Piece
from parsers.values.table import Role, Table

#: A letterhead or signature table is two blocks side by side, a few rows high.
_MOST_COLUMNS = 3
_MOST_ROWS = 12


def with_role(table: Table, piece: Piece | None, works_above: bool) -> Table:
    """Return the table with role, heading rows and column keys filled in.

    `piece` is its first stretch of works, `works_above` says that works stood before it
    in its document.
    """
    if piece is not None:
        heading = piece.stretch.heading
        return replace(
            table, role="data", heading_rows=heading.rows, columns=heading.keys
        )
    return replace(table, role=_role(table, works_above))


def _role(table: Table, works_above: bool) -> Role:
    if not table.rows or len(table.rows) > _MOST_ROWS:
        return "other"
    if len(table.rows[0]) > _MOST_COLUMNS:
        return "other"
    lines = [line.text for line in block_lines(table)]
    if any(map(is_state, lines)):
        return "letterhead"
    if any(map(sections.is_signature, lines)):
        return "signature"
    if works_above or not lines:
        return "signature" if any(map(sections.is_footer, lines)) else "other"
    capitals = sum(line == line.upper() for line in lines)
    return "letterhead" if capitals * 2 > len(lines) else "other"
