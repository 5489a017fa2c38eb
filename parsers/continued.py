"""Put a work together that a page's end has parted: the rest stands in the next table.

Where the next table begins with the rest of a work is seen by `parsers.rows`.
"""

from dataclasses import replace

from parsers.values.campaign import Campaign
from parsers.values.reading import Registration, Result
from parsers.vietnamese.spans import time_span
from parsers.works import Work

#: That the rest belongs to the work above the page's end is a guess.
_REST = 0.8
_TEXTS = ("title", "method", "time", "expected_result", "result")
_BEGINS_LINE = "-+•*–"


def completed(
    row: Registration | Result, rest: Work, campaign: Campaign | None
) -> Registration | Result:
    """Return the row with the rest of its texts, which are less than certain."""
    cells = dict(row.cells)
    texts: dict[str, str | None] = {}
    for key in _TEXTS:
        texts[key] = getattr(row, key, None)
        if rest.values.get(key):
            texts[key] = _joined(texts[key] or "", rest.values[key])
            cells[key] = min(cells.get(key, 1.0), _REST)
    extra = dict(row.extra)
    for name, text in rest.extra.items():
        extra[name] = _joined(extra.get(name, ""), text)
    least = min(row.certainty, rest.certainty, _REST)
    whole = replace(
        row, title=texts["title"], cells=cells, extra=extra, certainty=least
    )
    if isinstance(whole, Result):
        return replace(whole, result=texts["result"])
    return _planned(whole, texts, campaign)


def _planned(
    row: Registration, texts: dict[str, str | None], campaign: Campaign | None
) -> Registration:
    time = texts["time"]
    start, end = row.start, row.end
    if time and time != row.time and campaign is not None:
        start, end = time_span(time, campaign.period)
    return replace(
        row,
        method=texts["method"],
        time=time,
        expected_result=texts["expected_result"],
        start=start,
        end=end,
    )


def _joined(above: str, below: str) -> str:
    """Return both texts, as lines or, where a sentence was cut, as one."""
    if not above or not below:
        return above or below
    line = below[0] in _BEGINS_LINE or below[0].isupper() or below[0].isdigit()
    return f"{above}\n{below}" if line else f"{above} {below}"
