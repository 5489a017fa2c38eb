"""What the cells of a binary workbook refer to, be its records of BIFF5, 8 or 12.

How these records are shaped is the business of `biff` and `biff12`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parsers.readers.letters import Letters, Run
from parsers.readers.number_format import Format, show_number

#: Text as stored, and its runs: from which letter on, the number of the font.
Text = tuple[str, tuple[tuple[int, int], ...]]

_INFINITE = (float("inf"), float("-inf"))
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


@dataclass(slots=True)
class Book:
    """The strings and styles of a workbook.

    `formats` and `fonts` hold one entry a cell style; `names` are the fonts by number,
    as runs name them.
    """

    letters: Letters
    epoch_1904: bool = False
    strings: list[Text] = field(default_factory=list)
    formats: Sequence[Format | None] = ()
    fonts: Sequence[str | None] = ()
    names: Sequence[str | None] = ()

    def text(self, text: Text, style: int) -> str:
        """Return `text` as shown in a cell of `style`, words of its format added."""
        letters, runs = text
        font = self.fonts[style] if style < len(self.fonts) else None
        if runs:
            shown = self.letters.shown_runs(self._runs(letters, runs, font))
        else:
            shown = self.letters.shown(letters, font)
        form = self._format(style)
        if form is None or form.text is None or not shown:
            return shown
        return form.text(shown)

    def shared(self, index: int, style: int) -> str:
        """Return the string `index` as shown; "" where there is none."""
        return self.text(self.strings[index], style) if self.holds(index) else ""

    def holds(self, index: int) -> bool:
        """Say whether the string `index` has letters, though none may show."""
        return index < len(self.strings) and self.strings[index][0] != ""

    def number(self, value: float, style: int) -> str:
        """Return a number as shown in a cell of `style`."""
        if value != value or value in _INFINITE:
            return "#NUM!"
        return show_number(value, self._format(style), self.epoch_1904)

    def font_name(self, number: int) -> str | None:
        """Return the name of the font `number`; None where there is none."""
        return self.names[number] if number < len(self.names) else None

    def _format(self, style: int) -> Format | None:
        return self.formats[style] if style < len(self.formats) else None

    def _runs(
        self, letters: str, runs: tuple[tuple[int, int], ...], font: str | None
    ) -> Iterator[Run]:
        at = 0
        for start, number in runs:
            if start > at:
                yield letters[at:start], font
            at, font = max(at, start), self.font_name(number)
        yield letters[at:], font


def boolean(value: int) -> str:
    """Return a truth value as shown."""
    return "TRUE" if value else "FALSE"


def error(value: int) -> str:
    """Return an error as shown, by its number in the file ([MS-XLS] 2.5.10)."""
    return _ERRORS.get(value, "#N/A")
