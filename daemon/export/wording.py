"""The Vietnamese words of the documents, from wording.toml."""

import tomllib
from datetime import date, datetime, tzinfo
from functools import cache
from pathlib import Path


def text(group: str, key: str, **given: object) -> str:
    """Return a text with its places filled. Raises KeyError for one not written."""
    written = _texts()[group][key]
    return written.format(**given) if given else written


def words(group: str) -> dict[str, str]:
    """Return a whole group: key -> text."""
    return dict(_texts()[group])


def day_text(day: date) -> str:
    """Return a day in figures, `08/6/2021`, as administrative documents write it."""
    return f"{day.day:02}/{day.month}/{day.year}"


def hour_text(instant: datetime, zone: tzinfo) -> str:
    """Return the time of day in the zone, `9 giờ 05`."""
    local = instant.astimezone(zone)
    return f"{local.hour} giờ {local.minute:02}"


@cache
def _texts() -> dict[str, dict[str, str]]:
    with Path(__file__).with_name("wording.toml").open("rb") as file:
        return tomllib.load(file)
