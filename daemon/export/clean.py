"""Text of a stranger made fit for the XML of a document, and nothing else changed.

What a format cannot hold becomes U+FFFD, so that it is seen.
"""

import re

#: What XML 1.0 (2.2) has no way to write: controls, half pairs, two non-characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Letters that Excel takes in one cell; it repairs away what is longer.
LONGEST = 32_767
#: An escape of ECMA-376 (ST_Xstring), as a stranger may have typed it.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def xml_text(text: str) -> str:
    """Return the text with U+FFFD for what XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def cell_text(text: str, cut: str) -> str:
    """Return the text as a workbook's cell holds it; one that is longer than a cell may
    be ends in `cut`.

    QUIRK: Excel reads `_x0041_` as the letter A; the underscore is escaped, so that
    people see what was written.
    """
    plain = _ESCAPE.sub("_x005F_", xml_text(text))
    return plain if len(plain) <= LONGEST else plain[: LONGEST - len(cut)] + cut
