"""Count the filled cells of a workbook with a second, independent reader.

Nothing of what it reads is used but the number: two readers that agree on it have not
lost cells in the same way.
"""

import io
from types import TracebackType

from python_calamine import CalamineError, CalamineWorkbook

from parsers.readers.sheet import Sheet

#: The second reader builds the whole rectangle between the outermost cells; a larger
#: one is not worth its memory.
_LARGEST_RECTANGLE = 1_000_000


class SecondCount:
    """The second reader of one workbook, opened when first asked."""

    def __init__(self, payload: bytes) -> None:
        self._payload = payload
        self._book: CalamineWorkbook | None = None
        self._failed = False

    def doubt(self, name: str, sheet: Sheet) -> str | None:
        """Return why the cells of `sheet` are not certain, None where both agree.

        A workbook that the second reader cannot open is no reason for doubt. A sheet
        whose places are written oddly is not shown to it: it takes them for others and
        builds a rectangle up to there, which ends the process.
        """
        if sheet.area > _LARGEST_RECTANGLE or not sheet.xml.regular:
            return None
        counted = self._count(name)
        if counted is None or counted == sheet.filled:
            return None
        return f"{sheet.filled} filled cells, {counted} by a second reader"

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
            except (CalamineError, OSError, ValueError):
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
