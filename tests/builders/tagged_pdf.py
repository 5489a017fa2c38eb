"""A PDF cut by hand whose tags tell a table, rightly or not."""

from collections.abc import Sequence
from typing import NamedTuple

from tests.builders.pdf import cut_by_hand


class Marked(NamedTuple):
    """One text at x, y from the bottom left, and how many rows its cell covers."""

    x: float
    y: float
    text: str
    rows: int = 1


def tagged_pdf(rows: Sequence[Sequence[Marked | None]], loose: str = "") -> bytes:
    """Return a page of one table; None is an empty cell, `loose` text outside of it.

    Objects: 1 catalogue, 2 pages, 3 page, 4 font, 5 content, 6 structure, 7 table,
    then the rows and their cells.
    """
    content = [b"BT /F 11 Tf 80 650 Td (%s) Tj ET" % loose.encode()] if loose else []
    elements: list[bytes] = []
    row_numbers: list[int] = []
    parents: list[int] = []
    number = 8
    for row in rows:
        own = number
        row_numbers.append(own)
        cells: list[int] = []
        inner: list[bytes] = []
        for cell in row:
            number += 1
            cells.append(number)
            if cell is None:
                inner.append(b"<</S/TD/P %d 0 R>>" % own)
                continue
            mark = len(parents)
            parents.append(number)
            content.append(
                b"/TD<</MCID %d>>BDC BT /F 11 Tf %g %g Td (%s) Tj ET EMC"
                % (mark, cell.x, cell.y, cell.text.encode())
            )
            inner.append(
                b"<</S/TD/P %d 0 R/Pg 3 0 R/K %d/A<</O/Table/RowSpan %d>>>>"
                % (own, mark, cell.rows)
            )
        kids = b" ".join(b"%d 0 R" % c for c in cells)
        elements += [b"<</S/TR/P 7 0 R/K[%s]>>" % kids, *inner]
        number += 1
    stream = b"\n".join(content)
    kids = b" ".join(b"%d 0 R" % n for n in row_numbers)
    marks = b" ".join(b"%d 0 R" % n for n in parents)
    return cut_by_hand(
        b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot 6 0 R/MarkInfo<</Marked true>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R"
        b"/StructParents 0/Resources<</Font<</F 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/StructTreeRoot/K 7 0 R/ParentTree<</Nums[0[%s]]>>>>" % marks,
        b"<</S/Table/P 6 0 R/K[%s]>>" % kids,
        *elements,
    )
