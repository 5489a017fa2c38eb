"""How much room a text takes in Times New Roman: widths, lines, heights in points.

An estimate that errs to the large side: programs differ by a pixel a letter, and a line
too many is white, one too few is cut off. It draws nothing.
"""

import unicodedata
from functools import cache

#: Thousandths of the size, by letter; the font's own (Tinos has the same).
_UPRIGHT = {
    180: "'",
    200: "|",
    250: " ,.",
    278: "/:;\\ijlt",
    333: "!()-I[]`fr",
    389: "Js",
    408: '"',
    444: "?acez“”‘’",
    469: "^",
    480: "{}",
    500: "#$*0123456789_bdghknopqvxyđ–",
    541: "~uơ",
    556: "FPSư",
    564: "+<=>",
    611: "ELTZ",
    667: "BCR",
    722: "ADGHKNOQUVXYwĐƠ",
    778: "&mƯ",
    833: "%",
    889: "M",
    921: "@",
    944: "W",
}
_HEAVY = {
    220: "|",
    250: " ,.",
    278: "'/\\il",
    333: "!()-:;[]`fjt‘’",
    389: "Is",
    394: "{}",
    444: "cerz",
    500: "#$*0123456789?J_agovxy“”–",
    520: "~",
    556: "Sbdhknpquđơ",
    560: '"',
    570: "+<=>",
    581: "^",
    611: "FPư",
    667: "BELTZ",
    722: "ACDNRUVXYwĐ",
    778: "GHKOQƠ",
    833: "&mƯ",
    930: "@",
    944: "M",
    1000: "%W",
}
_WIDTHS = {letter: w for w, letters in _UPRIGHT.items() for letter in letters}
_BOLD = {letter: w for w, letters in _HEAVY.items() for letter in letters}
#: A letter of another script may be as wide as it is high.
_FOREIGN = 1000
_HORN = "\u031b"
#: Screens round up.
_ROUNDED = 1.06
#: From one line to the next, as Excel spaces it; LibreOffice and Word need less.
_LINE = 1.27


def width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of one line of `size` points, in points."""
    return sum(map(_bold if bold else _letter, text)) * size / 1000 * _ROUNDED


def lines(text: str, room: float, size: float, bold: bool = False) -> int:
    """Return how many lines the text takes in `room` points, at least 1.

    Words go on the next line; a word that is longer than a line is cut.
    """
    return sum(_wrapped(p, room, size, bold) for p in text.split("\n"))


def balanced(text: str, room: float, size: float, bold: bool = False) -> str:
    """Return a title broken into lines of about one length, so that no word stands
    alone below it; one that fits a line as it is.
    """
    count = lines(text, room, size, bold)
    if count == 1:
        return text
    low, high = room / 2 / count, room
    # Half a dozen halvings come within a letter of the narrowest room that will do.
    for _ in range(8):
        middle = (low + high) / 2
        if lines(text, middle, size, bold) > count:
            low = middle
        else:
            high = middle
    return "\n".join(_broken(text, high, size, bold))


def _broken(text: str, room: float, size: float, bold: bool) -> list[str]:
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and width(longer, size, bold) <= room:
            found[-1] = longer
        else:
            found.append(word)
    return found


def height(count: int, size: float) -> float:
    """Return the height of so many lines of `size` points, in points."""
    return count * size * _LINE


def _wrapped(paragraph: str, room: float, size: float, bold: bool) -> int:
    blank = width(" ", size, bold)
    count, used = 1, 0.0
    for word in paragraph.split():
        wide = width(word, size, bold)
        if used and used + blank + wide <= room:
            used += blank + wide
            continue
        count += bool(used)
        # What is left of a word that was cut stands alone on its last line.
        whole, used = divmod(wide, room)
        count += int(whole)
    return count


@cache
def _letter(letter: str) -> int:
    return _known(letter, _WIDTHS)


@cache
def _bold(letter: str) -> int:
    return _known(letter, _BOLD)


def _known(letter: str, widths: dict[str, int]) -> int:
    """Return a letter's width: with tones it is as wide as without."""
    if letter in widths:
        return widths[letter]
    if unicodedata.category(letter) == "Mn":
        return 0
    # The horn of ơ and ư makes a letter wider; a tone may stand before or after it.
    plain = unicodedata.normalize("NFD", letter)
    first = plain[0] + _HORN if _HORN in plain else plain[0]
    return widths.get(unicodedata.normalize("NFC", first), _FOREIGN)
