"""Judge one stretch of text in one font: how well does it read in each encoding?"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from parsers.vietnamese.legacy.fonts import font_encoding
from parsers.vietnamese.legacy.words import (
    HARD,
    WORD,
    is_foreign,
    may_be_sound,
    read_word,
    weigh,
    weigh_plain,
)

#: What has letters that are no words of a language.
_IN_ADDRESSES = ("@", "://", "www.", ".vn", ".com", ".net", ".org")
#: How much rarer texts in these are than texts in the others.
_PRIOR = {"vni": 0.0, "tcvn3": 0.0, "viscii": -1.5, "vps": -2.0, "cp1258": -0.5}
_FONT, _OTHER_FONT = 4.0, -3.0
_PLAIN = (-8.0, 3.0)
#: Longer stretches are judged by their beginning.
_SAMPLE = 4000
#: Signs that quote in pairs, as they do in French; alone they are letters of TCVN3.
_QUOTED = re.compile(r"(?<![^\W\d_])«([^«»]{1,200})»(?![^\W\d_])")
#: Longer ones are not met again.
_CACHED = 100

#: From here on a reading is certain, likelier than none, the same of one word alone,
#: and too good to be called certainly wrong.
CERTAIN, ALONE, ONE_WORD = 7.0, 3.5, 3.9
LEFT_OPEN = ALONE - 1.0
MARGIN = 3.0
_FAR = 99.0


@dataclass(frozen=True, slots=True)
class Judged:
    """`scores` says how much better than as it stands the stretch reads in each
    encoding; empty where it reads the same in all.

    `margin` is how far the best is before the next that gives other text.
    `hard` is text whose letters only Unicode has, `viet` counts its Vietnamese words,
    `words` those that read better in the best encoding, the same one once, `near` those
    that do not read worse. `alike` says that another one gives the same text, `bad`
    counts words that the best does not explain. `plain` says that what reads better is
    one word that may be a sound one.
    """

    scores: tuple[tuple[str, float], ...] = ()
    margin: float = 99.0
    hard: bool = False
    viet: int = 0
    words: int = 0
    alike: bool = False
    bad: int = 0
    near: int = 0
    plain: bool = False

    @property
    def best(self) -> tuple[str, float]:
        """Return the best encoding and its score; `unicode` and 0 where none is."""
        return self.scores[0] if self.scores else ("unicode", 0.0)

    @property
    def is_open(self) -> bool:
        """Say whether words read about as well in the best encoding."""
        return self.near > 0 and self.best[1] >= 0.0

    @property
    def certain(self) -> str | None:
        """Return the encoding that the letters alone prove, `unicode` too, or None."""
        if self.hard:
            return "unicode"
        name, score = self.best
        if score >= CERTAIN and self.margin >= MARGIN and self.bad * 3 <= self.words:
            return name
        if self.viet > 1 and score <= -CERTAIN:
            return "unicode"
        return None


NEUTRAL = Judged()
_HARD = Judged(hard=True)


def judge(text: str, font: str | None) -> Judged:
    """Return what the letters of `text` say, its font being evidence only."""
    return _judge_short(text, font) if len(text) <= _CACHED else _judge(text, font)


@lru_cache(maxsize=4096)
def _judge_short(text: str, font: str | None) -> Judged:
    return _judge(text, font)


def _judge(text: str, font: str | None) -> Judged:
    if text.isascii() and not _has_letters_below(text):
        return NEUTRAL
    if HARD.search(text):
        return _HARD
    text = _QUOTED.sub(r" \1 ", _without_addresses(text[:_SAMPLE]))
    totals: dict[str, float] = {}
    good: dict[str, list[str]] = {}
    near: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    plain, viet = 0.0, 0
    # The same word again proves nothing more.
    for word in {found.lower(): found for found in WORD.findall(text)}.values():
        if word.isascii() and not _has_letters_below(word):
            plain += weigh_plain(word)
            continue
        weighed = weigh(word)
        viet += weighed.viet
        for name, advantage in weighed.advantage:
            totals[name] = totals.get(name, 0.0) + advantage
            if advantage >= 0 and len(word) > 1:
                near[name] += 1
                if advantage > 0:
                    good.setdefault(name, []).append(word)
        bad.update(weighed.unexplained)
    plain = min(max(plain, _PLAIN[0]), _PLAIN[1])
    suggested = font_encoding(font)
    scores = []
    for name, total in totals.items():
        score = total + _PRIOR[name] + (plain if name in good else min(plain, 0.0))
        if suggested is not None:
            score += _FONT - _PRIOR[name] if suggested == name else _OTHER_FONT
        scores.append((name, score))
    scores.sort(key=lambda pair: -pair[1])
    if not scores:
        return Judged(viet=viet)
    best = scores[0][0]
    words = good.get(best, [])
    margin, alike = _margin(text, scores)
    return Judged(
        tuple(scores),
        margin,
        viet=viet,
        words=len(words),
        alike=alike,
        bad=bad[best],
        near=near[best],
        plain=_is_lone(words, viet),
    )


def _is_lone(words: list[str], viet: int) -> bool:
    """Say whether `words` are one only, and that one may be sound as it stands.

    A word of letters that Vietnamese has not is not sound beside Vietnamese.
    """
    if len(words) != 1:
        return False
    return may_be_sound(words[0]) and not (viet and is_foreign(words[0]))


def _without_addresses(text: str) -> str:
    if not any(sign in text for sign in _IN_ADDRESSES):
        return text
    words = (w for w in text.split() if not any(s in w for s in _IN_ADDRESSES))
    return " ".join(words)


def _margin(text: str, scores: list[tuple[str, float]]) -> tuple[float, bool]:
    """Return how far the best encoding is before the next that gives other text, and
    whether one before that gives the same.
    """
    if not scores or scores[0][1] <= 0:
        return _FAR, False
    name, best = scores[0]
    alike = False
    for other, score in scores[1:]:
        if best - score > MARGIN or decoded(text, other) != decoded(text, name):
            return best - score, alike
        alike = True
    return _FAR, alike


def decoded(text: str, encoding: str) -> str:
    """Return `text` decoded word by word; words that are none in it stay."""
    return WORD.sub(lambda m: (read_word(m[0], encoding) or (m[0],))[0], text)


def _has_letters_below(text: str) -> bool:
    """Say whether controls stand in `text` that are letters of VISCII."""
    return any(c in text for c in "\x02\x05\x06\x14\x19\x1e")
