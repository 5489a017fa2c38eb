"""Write the digits of a number as the rule of a number format asks: `#,##0.00`.

Signs, words and the choice among the parts of a format are `number_format`'s business.
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

_GENERAL_WIDTH = 11
_SIGNIFICANT = 15
#: General shows so many digits before it turns to powers of ten.
WHOLE_BELOW = 10**_GENERAL_WIDTH
#: Wide enough for the largest number with as many places as a format can ask for.
_WIDE = Context(prec=1000)


def general_text(exact: Decimal) -> str:
    """Return `exact` as the format General shows it."""
    if abs(exact) < WHOLE_BELOW and exact == int(exact):
        return str(int(exact))
    if Decimal("1e-4") <= abs(exact) < WHOLE_BELOW:
        whole = len(str(int(abs(exact))))
        rounded = _rounded(exact, max(0, _GENERAL_WIDTH - whole - 1))
        if abs(rounded) < WHOLE_BELOW:
            return _plain(rounded).replace(".", ",")
    mantissa, mark, power = _scientific(exact, "0.#####", "E+00").partition("E")
    # Alone among formats General leaves out a point that no digit follows.
    return mantissa.rstrip(",") + mark + power


def show_digits(rule: str, exact: Decimal) -> str:
    """Return `exact`, not negative, in the digit places of `rule`: `#,##0.00`."""
    if "General" in rule:
        return general_text(exact)
    mantissa, mark, exponent = rule.upper().partition("E")
    if mark:
        return _scientific(exact, mantissa, mark + exponent)
    scaled = rule.rstrip(",") if "." in rule else rule
    exact /= Decimal(1000) ** (len(rule) - len(scaled))
    return _fixed(scaled, exact)


def _fixed(rule: str, exact: Decimal) -> str:
    whole_rule, _, places = rule.partition(".")
    scaled = whole_rule.rstrip(",")
    exact /= Decimal(1000) ** (len(whole_rule) - len(scaled))
    whole_rule, places = scaled, places.replace(",", "")
    number = _plain(_rounded(exact, len(places)), len(places))
    whole, _, part = number.partition(".")
    least = sum(c in "0?" for c in whole_rule)
    # Behind the first 0 every place is filled: Excel shows 5 by `0#` as 05.
    filled = whole_rule[whole_rule.find("0") :] if "0" in whole_rule else ""
    whole = whole.lstrip("0").rjust(len(filled.replace(",", "")), "0")
    if least > len(whole):
        whole = whole.rjust(least)
    if "," in whole_rule:
        whole = _grouped(whole)
    part = _without_optional(part, places)
    # The point is shown though no digit follows: Excel shows 5 by `0.##` as `5.`.
    return f"{whole},{part}" if "." in rule else whole


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


def show_fraction(rule: str, value: float) -> str:
    """Return `value` without its sign as the fraction that `rule` asks for: `# ?/?`."""
    before, _, below = rule.partition("/")
    exact = Fraction(abs(decimal_of(value)))
    if below.isdigit() and int(below):
        bottom = int(below)
        top = int(exact * bottom + Fraction(1, 2))
    else:
        nearest = exact.limit_denominator(10 ** min(4, len(below)) - 1)
        top, bottom = nearest.numerator, nearest.denominator
    whole_rule, parted, _ = before.partition(" ")
    if not parted:
        return f"{top}/{bottom}"
    whole, rest = divmod(top, bottom)
    parts = [str(whole)] if whole or not rest or "0" in whole_rule else []
    parts += [f"{rest}/{bottom}"] if rest else []
    return " ".join(parts)


def decimal_of(value: float) -> Decimal:
    """Return `value` with the 15 digits that a spreadsheet believes."""
    return Decimal(f"{value:.{_SIGNIFICANT}g}")


def _rounded(exact: Decimal, places: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def _plain(exact: Decimal, places: int = 0) -> str:
    text = f"{exact:f}"
    if not places and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text
