"""Write numbers and dates that a program of another country showed as Vietnam does.

What was shown is kept wherever it cannot be told, by the value beside it, that it was
written for another country.
"""

import re

_NUMBER = re.compile(r"\d[\d.,]*")
_FOREIGN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_OURS = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_SWAPPED = str.maketrans(".,", ",.")
_MONTH_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})\b")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def number_here(shown: str, value: float) -> str:
    """Return the number `shown`, thousands parted by dots and decimals by a comma.

    It is changed only where it says `value` if it is read with a decimal point, and
    does not if read with a decimal comma.
    """
    if "." not in shown and "," not in shown:
        return shown
    found = _NUMBER.findall(shown)
    if len(found) != 1 or not ("." in found[0] or "," in found[0]):
        return shown
    if "%" in shown:
        value *= 100
    ours = _OURS.fullmatch(found[0]) and _says(found[0].translate(_SWAPPED), value)
    if ours or not _FOREIGN.fullmatch(found[0]) or not _says(found[0], value):
        return shown
    return shown.replace(found[0], found[0].translate(_SWAPPED))


def _says(digits: str, value: float) -> bool:
    """Say whether `digits`, with a decimal point, are `value` rounded."""
    places = len(digits.partition(".")[2])
    distance = abs(float(digits.replace(",", "")) - abs(value))
    return distance <= 0.501 * 10.0**-places + 1e-12 * abs(value)


def date_here(shown: str, date: str) -> str:
    """Return the date `shown` with the day before the month; `date` is ISO 8601."""
    found, value = _MONTH_FIRST.search(shown), _DATE.match(date)
    if found is None or value is None:
        return shown
    month, day = int(value[2]), int(value[3])
    if (int(found[1]), int(found[3])) != (month, day):
        return shown
    first = f"{found[3]}{found[2]}{found[1]}{found[2]}{found[4]}"
    return shown[: found.start()] + first + shown[found.end() :]
