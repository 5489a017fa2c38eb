"""Which meaning a heading's words have: longest phrase first, accents second.

It looks at one text at a time; what makes a row of headings is `parsers.headings`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from parsers.fields import FieldModel
from parsers.values.campaign import Campaign
from parsers.values.reading import Headings
from parsers.vietnamese.fold import fold, skeleton

#: No heading that was met is longer; whole sentences are not looked at.
_LONGEST_HEADING = 200
_MOST_WORDS = 40

#: Meanings that only the document's kind settles, and what they may turn out to be. A
#: campaign's further wordings (`also`) do not settle them either; its headings do.
_OPEN = {
    "pace": ("time", "progress"),
    "outcome": ("expected_result", "result"),
    "effect": ("expected_result", "result"),
    "goal": ("expected_result", "method"),
    "share": ("result", "progress"),
}

#: A footnote's mark behind a heading, and the number of its column before it.
_FOOTNOTE = re.compile(
    r"\s*(?:[(\[]\s*\d{1,2}\s*[)\]]|[\u00b9\u00b2\u00b3\u2070-\u2079]+)\s*$"
)
_COLUMN_NUMBER = re.compile(r"^\s*(?:[(\[]\s*\d{1,2}\s*[)\]]|\d{1,2}[.)])\s*(?=\S)")

#: What offices write short in narrow columns. "ht" and "dk" begin two things each.
_SHORT = {
    "tg": "thời gian",
    "tgth": "thời gian thực hiện",
    "th": "thực hiện",
    "t/h": "thực hiện",
    "kq": "kết quả",
    "kqth": "kết quả thực hiện",
    "kqđđ": "kết quả đạt được",
    "đđ": "địa điểm",
    "đv": "đơn vị",
    "đvth": "đơn vị thực hiện",
    "sl": "số lượng",
    "nd": "nội dung",
    "ndth": "nội dung thực hiện",
    "httt": "hình thức tổ chức",
    "htth": "hình thức thực hiện",
    "bp": "biện pháp",
    "ct": "công trình",
    "mh": "mô hình",
    "đk": "đăng kí",
    "ht": "hình thức",
    "dk": "dự kiến",
    "dkkq": "dự kiến kết quả",
    "lv": "lĩnh vực",
}

#: How sure a meaning is: the form's own heading, other words of the campaign, a whole
#: heading, its beginning, words within it. Only the order counts.
FORM, CAMPAIGN, WHOLE, BEGINNING, WITHIN = 5.0, 4.0, 3.0, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text means as a heading: the column's key, and how sure that is."""

    key: str
    score: float


class Wordings:
    """The phrases of one campaign laid over the general ones."""

    def __init__(self, headings: Headings, campaign: Campaign | None = None) -> None:
        self.campaign = campaign
        self._own: dict[str, str] = {}
        self._general: dict[str, str] = {}
        self._seen: dict[str, Meaning | None] = {}
        for key, phrases in headings.columns.items():
            _add(self._general, phrases, key)
        columns = campaign.columns if campaign else ()
        for column in columns:
            _add(self._own, (column.heading,), column.key)
        for column in columns:
            _add(self._own, column.also, column.key)
        self._required = frozenset(c.key for c in columns if c.required)
        self._form = frozenset(fold(column.heading) for column in columns)
        self._reopen()
        every = [*self._own, *self._general]
        self._longest = max((p.count(" ") + 1 for p in every), default=1)

    def _reopen(self) -> None:
        for phrase, key in self._own.items():
            general = self._general.get(phrase, "")
            if phrase not in self._form and key in _OPEN.get(general, ()):
                self._own[phrase] = general

    @cached_property
    def fields(self) -> FieldModel:
        """Return the model that infers the campaign's fields."""
        return FieldModel(self.campaign.fields if self.campaign else ())

    def meaning(self, text: str) -> Meaning | None:
        """Return what `text` means as a heading, None for nothing known."""
        if not text or len(text) > _LONGEST_HEADING:
            return None
        if text not in self._seen:
            if len(self._seen) > 20_000:
                self._seen.clear()
            self._seen[text] = self._look(text)
        return self._seen[text]

    def required(self) -> frozenset[str]:
        """Return the keys of the columns that the campaign's form must have."""
        return self._required

    def heading_of(self, key: str) -> str:
        """Return the form's own heading for a key; the key where it has none."""
        columns = self.campaign.columns if self.campaign else ()
        return next((c.heading for c in columns if c.key == key), key)

    def _look(self, text: str) -> Meaning | None:
        found = self._plain(text)
        if found is not None and found.score > BEGINNING:
            return found
        options = [found]
        bare = _COLUMN_NUMBER.sub("", _FOOTNOTE.sub("", text))
        if bare and bare != text:
            options.append(self._plain(bare))
        words = fold(bare).split(" ")
        if any(word in _SHORT for word in words):
            options.append(self._plain(" ".join(_SHORT.get(w, w) for w in words)))
        known = [m for m in options if m is not None]
        return max(known, key=lambda m: m.score, default=None)

    def _plain(self, text: str) -> Meaning | None:
        words = fold(text)
        found = self._match(words)
        if found is not None and found.score >= BEGINNING:
            return found
        bare = self._match(skeleton(text)) if skeleton(text) != words else None
        options = [m for m in (found, bare) if m is not None]
        return max(options, key=lambda m: m.score, default=None)

    def _match(self, words: str) -> Meaning | None:
        if words in self._own:
            sure = FORM if words in self._form else CAMPAIGN
            return Meaning(self._own[words], sure)
        if words in self._general:
            return Meaning(self._general[words], WHOLE)
        parts = words.split(" ")
        if len(parts) > _MOST_WORDS or len(parts) < 2:
            return None
        return self._beginning(parts) or self._within(parts)

    def _beginning(self, parts: list[str]) -> Meaning | None:
        for count in range(min(len(parts) - 1, self._longest), 1, -1):
            key = self._key(" ".join(parts[:count]))
            if key is not None:
                return Meaning(key, BEGINNING)
        return None

    def _within(self, parts: list[str]) -> Meaning | None:
        # Less than half of the words would be a sentence that happens to hold them.
        for count in range(min(len(parts) - 1, self._longest), len(parts) // 2, -1):
            for start in range(1, len(parts) - count + 1):
                key = self._key(" ".join(parts[start : start + count]))
                if key is not None and count > 1:
                    return Meaning(key, WITHIN)
        return None

    def _key(self, phrase: str) -> str | None:
        return self._own.get(phrase) or self._general.get(phrase)


def _add(table: dict[str, str], phrases: Iterable[str], key: str) -> None:
    """Add folded phrases and, where they are free, their keys without accents."""
    for phrase in phrases:
        table.setdefault(fold(phrase), key)
        table.setdefault(skeleton(phrase), key)
    table.pop("", None)
