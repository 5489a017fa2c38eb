"""Count the filled cells of a workbook with a second, independent reader.

Nothing of what it reads is used but the number: two readers that agree on it have not
lost cells in the same way.
"""

import io
from types import TracebackType

from python_calamine import CalamineError, CalamineWorkbook

#: The second reader builds the whole rectangle between the outermost cells; a larger
#: one is not worth its memory.
_LARGEST_RECTANGLE = 1_000_000
_FAILED = "a second reader could not read it"


def is_honest(top: int, bottom: int, left: int, right: int) -> bool:
    """Say whether the second reader may see a sheet that claims this rectangle.

    It makes room for all of it before it has seen a cell, which may end the process;
    one that ends before it begins is to it as large as its numbers go.
    """
    if bottom < top or right < left:
        return False
    return (bottom - top + 1) * (right - left + 1) <= _LARGEST_RECTANGLE


class SecondCount:
    """The second reader of one workbook, opened when first asked.

    `area` is that of all sheets where it builds them at once. `failing_doubts` says
    that a workbook which it cannot open is a reason for doubt.
    """

    def __init__(
        self, payload: bytes, area: int = 0, failing_doubts: bool = False
    ) -> None:
        self._payload = payload
        self._area = area
        self._book: CalamineWorkbook | None = None
        self._failed = False
        self._failing_doubts = failing_doubts

    def doubt(self, name: str, filled: int, area: int) -> str | None:
        """Return why the `filled` cells of the sheet `name` are not certain, or None.

        A sheet whose cells lie in an `area` beyond its means is not shown to it.
        """
        if max(area, self._area) > _LARGEST_RECTANGLE:
            return None
        counted = self._count(name)
        if counted is None:
            return _FAILED if self._failing_doubts else None
        if counted == filled:
            return None
        return f"{filled} filled cells, {counted} by a second reader"

    def _count(self, name: str) -> int | None:
        if self._failed:
            return None
        with _NativePanic():
            try:
                if self._book is None:
                    self._book = CalamineWorkbook.from_filelike(
                        io.BytesIO(self._payload)
                    )
                rows = self._book.get_sheet_by_name(name).to_python()
            except (CalamineError, OSError, ValueError, ArithmeticError):
                self._failed = True
                return None
            return sum(len(row) - row.count("") for row in rows)
        self._failed = True
        return None


class _NativePanic:
    """Swallow a panic of native code: no Exception, and without a public name."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        return kind is not None and kind.__name__ == "PanicException"
