"""Show the numbers of a spreadsheet as its number formats show them in Vietnam.

Thousands are parted by dots, decimals by a comma, dates put the day first. Colours,
fill characters and column widths have no meaning in text and are left out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from parsers.readers.date_format import is_date_section, show_date
from parsers.readers.digits import (
    WHOLE_BELOW,
    decimal_of,
    general_text,
    show_digits,
    show_fraction,
)
from parsers.vietnamese.fold import nfc_text

#: A renderer of one cell's number; `epoch_1904` says from when serial days count.
Show = Callable[[float, bool], str]

_LONGEST_FORMAT = 255

#: What a cell shows for the formats that files name by number only (ECMA-376
#: 18.8.30); 14 and 22 follow the region, which is Vietnam. The standard leaves 5 to 8
#: and 41 to 44 to the program: they are Excel's own, as writers mean them that give the
#: number alone. 27 to 36 and 50 to 58 are dates in East Asia.
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    # QUIRK: the standard prints `mmss.0`; Excel shows a colon.
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "dd/mm/yyyy"),
    **dict.fromkeys(range(32, 36), "h:mm:ss"),
}

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|_(?P<padding>.)"
    r"|\*(?P<fill>.)"
    r"|\[\$(?P<currency>[^\]\-]*)(?:-[^\]]*)?\]"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<exponent>[Ee][+-])"
    r"|(?P<general>General)"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_FRACTION = re.compile(r"(?:[#0?]+ +)?[#0?]+/(?:[#0?]+|\d+)")
_QUOTED = re.compile(r'"[^"]*"?|\\.')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")


@dataclass(frozen=True, slots=True)
class Format:
    """A compiled format: how a number shows, and a text where that differs."""

    number: Show
    text: Callable[[str], str] | None
    is_date: bool


@lru_cache(maxsize=1024)
def compile_format(code: str) -> Format:
    """Return how cells with the format `code` show; an odd code shows as General."""
    code = code[:_LONGEST_FORMAT] or "General"
    sections = _sections(code)
    text = None
    if len(sections) > 3 or _is_for_text(sections[-1]):
        # A last section with @ is for texts alone, however many stand before it.
        text = _text_section(sections[min(3, len(sections) - 1)])
        sections = sections[: min(3, len(sections) - 1)]
    if not sections:
        return Format(_general, text, False)
    shown = [_section(s) for s in sections[:3]]
    if len(shown) == 1 and _CONDITION.search(sections[0]) is None:
        show = _signed(sections[0], shown[0])
        return Format(show, text, is_date_section(sections[0]))
    return Format(_chosen(sections[:3], shown), text, is_date_section(sections[0]))


def show_general(value: float) -> str:
    """Return `value` as a cell without a format shows it, however wide its column.

    Excel shows at most 11 digits, the decimal point counted, and powers of ten beyond
    (Microsoft, "Number format codes", General).
    """
    if abs(value) < WHOLE_BELOW and value == int(value):
        return str(int(value))
    return general_text(decimal_of(value))


def show_number(value: float, form: Format | None, epoch_1904: bool) -> str:
    """Return a cell's number in its format, None being no format of its own."""
    if form is None:
        return show_general(value)
    return nfc_text(form.number(value, epoch_1904))


def _general(value: float, epoch_1904: bool = False) -> str:
    return show_general(value)


def _sections(code: str) -> list[str]:
    """Return the parts of `code` between semicolons that are neither quoted nor
    escaped.
    """
    parts, start = [""], 0
    for token in _TOKEN.finditer(code):
        if token[0] == ";":
            parts[-1] = code[start : token.start()]
            start = token.end()
            parts.append("")
    parts[-1] = code[start:]
    return parts


def _is_for_text(section: str) -> bool:
    return "@" in section and any(t[0] == "@" for t in _TOKEN.finditer(section))


def _text_section(section: str) -> Callable[[str], str] | None:
    before, after, seen = "", "", False
    for token in _TOKEN.finditer(section):
        if token[0] == "@":
            seen = True
            continue
        literal = _literal(token) or ""
        before, after = (before, after + literal) if seen else (before + literal, after)
    if not before and not after:
        return None
    if not seen:
        return lambda text: before
    return lambda text: before + text + after


def _literal(token: re.Match[str]) -> str | None:
    """Return what a token of a format shows as it stands, None where it is a rule."""
    for kind in ("quoted", "escaped", "currency"):
        if token[kind] is not None:
            return token[kind]
    if token["padding"] is not None:
        return " "
    if token["fill"] is not None or token["bracket"] is not None:
        return ""
    return None


def _signed(code: str, section: Show) -> Show:
    """Return the renderer that writes the sign of a negative number before it all."""
    if is_date_section(code):
        return section
    if _only_negative(code):
        return lambda value, epoch: section(-value, epoch)

    def show(value: float, epoch: bool) -> str:
        # Though all digits be 0: Excel shows -0.001 by `0.00` as -0.00.
        return "-" + section(-value, epoch) if value < 0 else section(value, epoch)

    return show


def _chosen(sections: list[str], shown: list[Show]) -> Show:
    """Return the renderer that picks a section by condition or by sign."""
    tests = [_condition(s) for s in sections]
    if not any(tests):
        return lambda value, epoch: _by_sign(shown, value, epoch)
    shown = list(map(_signed, sections, shown))

    def show(value: float, epoch: bool) -> str:
        for test, section in zip(tests, shown, strict=True):
            if test is None or test(value):
                return section(value, epoch)
        return show_general(value)

    return show


def _by_sign(shown: list[Show], value: float, epoch: bool) -> str:
    # A negative number loses its sign where a section of its own shows it.
    if value < 0:
        return shown[1](-value, epoch)
    if value == 0 and len(shown) > 2:
        return shown[2](value, epoch)
    return shown[0](value, epoch)


def _condition(section: str) -> Callable[[float], bool] | None:
    found = _CONDITION.search(section)
    if found is None:
        return None
    limit = float(_number_of(found[2]))
    tests: dict[str, Callable[[float], bool]] = {
        "<": lambda v: v < limit,
        ">": lambda v: v > limit,
        "=": lambda v: v == limit,
        "<=": lambda v: v <= limit,
        ">=": lambda v: v >= limit,
        "<>": lambda v: v != limit,
    }
    return tests[found[1]]


def _number_of(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def _only_negative(section: str) -> bool:
    """Say whether a condition takes negative numbers alone: their sign is left out."""
    found = _CONDITION.search(section)
    if found is None or found[1] not in ("<", "<=", "="):
        return False
    limit = _number_of(found[2])
    return limit < 0 or (limit == 0 and found[1] == "<")


def _section(section: str) -> Show:
    """Return the renderer of one section, for numbers without their sign."""
    if is_date_section(section):
        return lambda value, epoch: (
            show_date(section, value, epoch) or show_general(value)
        )
    fraction = _FRACTION.search(_QUOTED.sub(lambda m: "x" * len(m[0]), section))
    if fraction is not None:
        start, end = fraction.span()
        before, after = _words(section[:start]), _words(section[end:])
        return lambda value, epoch: before + show_fraction(fraction[0], value) + after
    pieces = _pieces(section)
    if not any(rule for rule, _ in pieces):
        shown = "".join(literal for _, literal in pieces)
        return lambda value, epoch: shown
    return lambda value, epoch: _show_number(pieces, value)


def _words(section: str) -> str:
    """Return what stands around the digits of a section."""
    return "".join(literal for _, literal in _pieces(section))


def _pieces(section: str) -> list[tuple[str, str]]:
    """Return the section as pairs: a run of digit places, or "" and a literal."""
    pieces: list[tuple[str, str]] = []
    for token in _TOKEN.finditer(section):
        literal = _literal(token)
        text = token[0]
        if literal is None and (token["other"] is None or text in "0#?.,%"):
            rule = "General" if token["general"] else text
            last = pieces[-1][0] if pieces else ""
            if last and not token["general"] and "%" not in (text, last):
                pieces[-1] = (pieces[-1][0] + rule, "")
            else:
                pieces.append((rule, ""))
        else:
            pieces.append(("", text if literal is None else literal))
    return pieces


def _show_number(pieces: list[tuple[str, str]], value: float) -> str:
    percents = sum(rule.count("%") for rule, _ in pieces)
    exact = abs(decimal_of(value)) * Decimal(100) ** percents
    shown = _spread([rule.replace("%", "") for rule, _ in pieces], exact)
    return "".join(
        digits + "%" * rule.count("%") + literal
        for digits, (rule, literal) in zip(shown, pieces, strict=True)
    )


def _spread(rules: list[str], exact: Decimal) -> list[str]:
    """Return the digits of `exact` that fall to each of `rules`, filled from the right.

    More than one rule has digits where a format parts them: `0000 000 000`.
    """
    shown = show_digits("".join(rules), exact)
    first = next((i for i, rule in enumerate(rules) if rule), 0)
    parts = [""] * len(rules)
    for index in range(len(rules) - 1, first, -1):
        cut = max(0, len(shown) - len(rules[index]))
        shown, parts[index] = shown[:cut], shown[cut:]
    parts[first] = shown
    return parts
