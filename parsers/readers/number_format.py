"""Show the numbers of a spreadsheet as its number formats show them in Vietnam.

Thousands are parted by dots, decimals by a comma, dates put the day first. Colours,
fill characters and column widths have no meaning in text and are left out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from parsers.readers.date_format import is_date_section, show_date
from parsers.vietnamese.fold import nfc_text

#: A renderer of one cell's number; `epoch_1904` says from when serial days count.
Show = Callable[[float, bool], str]

_GENERAL_WIDTH = 11
_SIGNIFICANT = 15
_WHOLE_BELOW = 10**_SIGNIFICANT
_LONGEST_FORMAT = 255

#: What a cell shows for the formats that files name by number only (ECMA-376
#: 18.8.30); 14 and 22 follow the region, which is Vietnam.
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
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
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
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
#: Wide enough for the largest number with as many places as a format can ask for.
_WIDE = Context(prec=1000)
_FRACTION = re.compile(r"(?:[#0?]+ +)?[#0?]+/(?:[#0?]+|\d+)")
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
    if len(shown) == 1:
        return Format(shown[0], text, is_date_section(sections[0]))
    return Format(_chosen(sections[:3], shown), text, is_date_section(sections[0]))


def show_general(value: float) -> str:
    """Return `value` as a cell without a format shows it.

    Whole numbers keep all their digits up to 15: numbers of identity cards and
    telephones must not turn into powers of ten.
    """
    if abs(value) < _WHOLE_BELOW and value == int(value):
        return str(int(value))
    return _general_text(_decimal(value))


def show_number(value: float, form: Format | None, epoch_1904: bool) -> str:
    """Return a cell's number in its format, None being no format of its own."""
    if form is None:
        return show_general(value)
    return nfc_text(form.number(value, epoch_1904))


def _general_text(exact: Decimal) -> str:
    if abs(exact) < _WHOLE_BELOW and exact == int(exact):
        return str(int(exact))
    if Decimal("1e-4") <= abs(exact) < Decimal("1e11"):
        whole = len(str(int(abs(exact))))
        places = max(0, _GENERAL_WIDTH - whole - 1)
        return _plain(_rounded(exact, places)).replace(".", ",")
    return _scientific(exact, "0.#####", "E+00")


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


def _chosen(sections: list[str], shown: list[Show]) -> Show:
    """Return the renderer that picks a section by condition or by sign."""
    tests = [_condition(s) for s in sections]
    if not any(tests):
        return lambda value, epoch: _by_sign(shown, value, epoch)

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
    limit = float(_decimal_of(found[2]))
    tests: dict[str, Callable[[float], bool]] = {
        "<": lambda v: v < limit,
        ">": lambda v: v > limit,
        "=": lambda v: v == limit,
        "<=": lambda v: v <= limit,
        ">=": lambda v: v >= limit,
        "<>": lambda v: v != limit,
    }
    return tests[found[1]]


def _section(section: str) -> Show:
    if is_date_section(section):
        return lambda value, epoch: (
            show_date(section, value, epoch) or show_general(value)
        )
    fraction = _FRACTION.search(section)
    if fraction is not None:
        return lambda value, epoch: _fraction(fraction[0], value)
    pieces = _pieces(section)
    if not any(rule for rule, _ in pieces):
        shown = "".join(literal for _, literal in pieces)
        return lambda value, epoch: shown
    return lambda value, epoch: _show_number(pieces, value)


def _pieces(section: str) -> list[tuple[str, str]]:
    """Return the section as pairs: a run of digit places, or "" and a literal."""
    pieces: list[tuple[str, str]] = []
    for token in _TOKEN.finditer(section):
        literal = _literal(token)
        text = token[0]
        if literal is None and (token["other"] is None or text in "0#?.,%"):
            rule = "General" if token["general"] else text
            if pieces and pieces[-1][0] and not token["general"] and text != "%":
                pieces[-1] = (pieces[-1][0] + rule, "")
            else:
                pieces.append((rule, ""))
        else:
            pieces.append(("", text if literal is None else literal))
    return pieces


def _show_number(pieces: list[tuple[str, str]], value: float) -> str:
    percents = sum(rule.count("%") for rule, _ in pieces)
    exact = abs(_decimal(value)) * Decimal(100) ** percents
    shown = _spread([rule.replace("%", "") for rule, _ in pieces], exact)
    text = "".join(
        digits + "%" * rule.count("%") + literal
        for digits, (rule, literal) in zip(shown, pieces, strict=True)
    )
    negative = value < 0 and any(c in "123456789" for c in text)
    return "-" + text if negative else text


def _spread(rules: list[str], exact: Decimal) -> list[str]:
    """Return the digits of `exact` that fall to each of `rules`, filled from the right.

    More than one rule has digits where a format parts them: `0000 000 000`.
    """
    shown = _show_digits("".join(rules), exact)
    first = next((i for i, rule in enumerate(rules) if rule), 0)
    parts = [""] * len(rules)
    for index in range(len(rules) - 1, first, -1):
        cut = max(0, len(shown) - len(rules[index]))
        shown, parts[index] = shown[:cut], shown[cut:]
    parts[first] = shown
    return parts


def _show_digits(rule: str, exact: Decimal) -> str:
    if "General" in rule:
        return _general_text(exact)
    mantissa, mark, exponent = rule.upper().partition("E")
    if mark:
        return _scientific(exact, mantissa, mark + exponent)
    scaled = rule.rstrip(",")
    exact /= Decimal(1000) ** (len(rule) - len(scaled))
    return _fixed(scaled, exact)


def _fixed(rule: str, exact: Decimal) -> str:
    whole_rule, _, places = rule.partition(".")
    places = places.replace(",", "")
    number = _plain(_rounded(exact, len(places)), len(places))
    whole, _, part = number.partition(".")
    least = sum(c in "0?" for c in whole_rule)
    whole = whole.lstrip("0").rjust(whole_rule.count("0"), "0")
    if least > len(whole):
        whole = whole.rjust(least)
    if "," in whole_rule:
        whole = _grouped(whole)
    part = _without_optional(part, places)
    return f"{whole},{part}" if part else whole


def _grouped(whole: str) -> str:
    pieces = [whole[max(0, i - 3) : i] for i in range(len(whole), 0, -3)]
    return ".".join(reversed(pieces))


def _without_optional(part: str, places: str) -> str:
    while part and places[len(part) - 1] in "#?" and part.endswith("0"):
        part = part[:-1]
    return part


def _scientific(exact: Decimal, mantissa: str, exponent: str) -> str:
    if not exact:
        return f"{_fixed(mantissa, exact)}{exponent}"
    width = max(1, sum(c in "0#?" for c in mantissa.partition(".")[0]))
    power = exact.adjusted() // width * width
    places = len(mantissa.partition(".")[2])
    if abs(_rounded(exact.scaleb(-power), places)) >= Decimal(10) ** width:
        power += width
    shown = _fixed(mantissa, abs(exact).scaleb(-power))
    sign = "-" if power < 0 else "+" if "+" in exponent else ""
    digits = str(abs(power)).rjust(exponent.count("0"), "0")
    return f"{'-' if exact < 0 else ''}{shown}E{sign}{digits}"


def _fraction(rule: str, value: float) -> str:
    before, _, below = rule.partition("/")
    exact = Fraction(abs(_decimal(value)))
    if below.isdigit() and int(below):
        top, bottom = round(exact * int(below)), int(below)
    else:
        nearest = exact.limit_denominator(10 ** min(4, len(below)) - 1)
        top, bottom = nearest.numerator, nearest.denominator
    sign = "-" if value < 0 and top else ""
    if " " not in before:
        return f"{sign}{top}/{bottom}"
    whole, rest = divmod(top, bottom)
    parts = [str(whole)] if whole or not rest else []
    parts += [f"{rest}/{bottom}"] if rest else []
    return sign + " ".join(parts)


def _decimal(value: float) -> Decimal:
    """Return `value` with the 15 digits that a spreadsheet believes."""
    return Decimal(f"{value:.{_SIGNIFICANT}g}")


def _decimal_of(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def _rounded(exact: Decimal, places: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def _plain(exact: Decimal, places: int = 0) -> str:
    text = f"{exact:f}"
    if not places and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text
