"""Know the table of our own answers: what we read back is never taken for a delivery.

People and programs send an answer back without a sign that they quote. The words are
those of the answers' templates; a test composes answers and holds them together.
"""

import re

from parsers.values.table import Table
from parsers.vietnamese.fold import skeleton

#: The headings over the rows of an answer.
_HEADINGS = ("stt", "cong trinh", "ghi nhan")
#: In the text of an answer each row ends with its mark.
_MARK = re.compile(
    r"^\s*=>\s*(?:đã ghi nhận|cần xem lại|da ghi nhan|can xem lai)\b",
    re.MULTILINE | re.IGNORECASE,
)
#: Rows in which the headings may stand.
_TOP = 4


def is_read_back(table: Table) -> bool:
    """Say whether the table is the one by which we told what we had read."""
    for row in table.rows[:_TOP]:
        texts = [skeleton(cell.text) for cell in row if cell and cell.text]
        if tuple(texts) == _HEADINGS:
            return True
    return any(
        cell is not None and _MARK.search(cell.text) is not None
        for row in table.rows[:_TOP]
        for cell in row
    )
