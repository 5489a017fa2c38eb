"""Decide for every line of a document in which encoding it is, and decode it.

Each stretch of one font is judged by its letters; what they leave open follows the
stretches in the same font, then those around it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parsers.vietnamese.legacy.capitals import raised
from parsers.vietnamese.legacy.damage import (
    lacks_late_letters,
    lacks_soft_hyphens,
    late_letters,
    lost_letters,
    may_be_damaged,
)
from parsers.vietnamese.legacy.fonts import draws_capitals, font_encoding
from parsers.vietnamese.legacy.lines import (
    ALONE,
    ONE_WORD,
    decoded,
)
from parsers.vietnamese.legacy.stretches import Line, Stretch, look, stretches_of
from parsers.vietnamese.legacy.words import HARD

#: What a reading is worth that rests on less than its own letters.
_BY_BLOCK, _BY_ITSELF, _OPEN = 0.9, 0.8, 0.95
#: And one that leaves words over which it does not explain.
_WITH_REST = 0.8
_FIRM, _LOOSE = 6.0, 4.5
_NO_READING = -4.0
#: How many stretches prove what the others in their font are in.
_PROOF = 3
#: From here on a text reads about as well in an encoding that others are in.
_AS_GOOD = -1.0
#: Amid Unicode a short text says less.
_AMID_UNICODE = 5.0
#: So many runs are asked at once for signs of damage; most have none.
_TOGETHER = 16
#: Encodings by which a document is called; damaged Unicode is Unicode.
_NAMED = ("vni", "tcvn3", "viscii", "vps")


@dataclass(frozen=True, slots=True)
class Shown:
    """A line decoded, not yet normalised; `certainty` and `evidence` as of a Cell."""

    text: str
    certainty: float = 1.0
    evidence: str | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """The lines that show something else than they store, or are less than certain.

    `encoding` is the document's, None where nothing beyond ASCII was seen. `converted`
    says that something was decoded, `lost` that letters are gone,
    `lost_everywhere` that any word may lack some.
    """

    lines: dict[Line, Shown]
    encoding: str | None
    converted: bool
    lost: bool
    lost_everywhere: bool = False


@dataclass(slots=True)
class _Votes:
    """What the stretches that are certain say, by family of fonts and in order."""

    by_family: dict[str | None, Counter[str]] = field(default_factory=dict)
    before: list[str | None] = field(default_factory=list)
    after: list[str | None] = field(default_factory=list)

    def of(self, family: str | None) -> Counter[str]:
        return self.by_family.get(family, Counter())


def decide(lines: Iterable[Line]) -> Decided:
    """Return what `lines`, in the order of the document, show.

    Lines of ASCII are wanted only where a font draws them as capitals.
    """
    lines = list(lines)
    if _are_sound(lines):
        lost = _lost_everywhere(lines)
        return Decided({}, "unicode" if lines else None, False, lost, lost)
    laid = [(line, stretches_of(line)) for line in lines]
    if any(stretch.passed for _, stretches in laid for stretch in stretches):
        laid = [(line, stretches_of(line, passed=True)) for line in lines]
    every = [stretch for _, stretches in laid for stretch in stretches]
    votes = _votes(every)
    for index, stretch in enumerate(every):
        _settle(stretch, index, votes)
    capitals = {s.font for s in every if s.encoding == "tcvn3"}
    shown: dict[Line, Shown] = {}
    for line, stretches in laid:
        made = _shown(stretches, capitals)
        if made.certainty < 1.0 or made.text != "".join(text for text, _ in line):
            shown[line] = made
    changed = {s.encoding for s in every if s.encoding != "unicode"}
    if changed:
        everywhere = "tcvn3" in changed and _lost_soft_hyphens(every)
    else:
        everywhere = _lost_everywhere(lines)
    return Decided(
        shown,
        _encoding(every, changed),
        bool(changed) or any(s.repaired for s in every),
        everywhere or any(made.lost for made in shown.values()),
        everywhere,
    )


def _are_sound(lines: Sequence[Line]) -> bool:
    """Say whether nothing in `lines` is odd, and Unicode proved where some is open."""
    runs = [run for line in lines for run in line]
    found = set()
    for start in range(0, len(runs), _TOGETHER):
        some = runs[start : start + _TOGETHER]
        if not may_be_damaged("\n".join([text for text, _ in some])):
            hard = HARD.search
            left = [run for run in some if not hard(run[0])]
            if len(left) < len(some):
                found.add("hard")
            some = left
        found.update([look(text, font) for text, font in some])
        if "odd" in found:
            return False
    return "hard" in found or "open" not in found


def _lost_everywhere(lines: Sequence[Line]) -> bool:
    texts = [text for line in lines for text, _ in line]
    return not late_letters(texts) and lacks_late_letters(texts)


def _lost_soft_hyphens(every: Sequence[Stretch]) -> bool:
    """Say whether TCVN3's ư, which is the soft hyphen, was dropped from the text."""
    old = [s.text for s in every if s.encoding == "tcvn3"]
    return lacks_soft_hyphens(old, [decoded(text, "tcvn3") for text in old])


def _votes(every: Sequence[Stretch]) -> _Votes:
    votes = _Votes()
    # Sound Vietnamese of Western letters is the same in some encodings.
    old = {s.judged.certain for s in every} - {None, "unicode"}
    last: str | None = None
    for stretch in every:
        votes.before.append(last)
        name = _vote(stretch, old)
        if name is not None:
            votes.by_family.setdefault(stretch.family, Counter())[name] += 1
            last = name
    following: str | None = None
    for stretch in reversed(every):
        votes.after.append(following)
        following = _vote(stretch, old) or following
    votes.after.reverse()
    return votes


def _vote(stretch: Stretch, old: set[str | None]) -> str | None:
    """Return what the stretch says of others; None where it says nothing of them."""
    name = stretch.judged.certain
    if name == "unicode":
        return name if _differs(stretch, old) else None
    return name if _votes_itself(stretch) else None


def _votes_itself(stretch: Stretch) -> bool:
    """Say whether more than one word proves the encoding, or one and the font."""
    judged = stretch.judged
    if judged.certain == "unicode" or font_encoding(stretch.font) == judged.certain:
        return True
    return judged.words > 1 and not judged.alike


def _differs(stretch: Stretch, old: set[str | None]) -> bool:
    """Say whether one of the encodings would show the stretch otherwise."""
    return stretch.judged.hard or not old.isdisjoint(dict(stretch.judged.scores))


def _settle(stretch: Stretch, index: int, votes: _Votes) -> None:
    judged = stretch.judged
    around = votes.of(stretch.family)
    if judged.certain is not None and _votes_itself(stretch):
        stretch.encoding = judged.certain
        return
    if not judged.scores:
        return
    context, firm = _context(stretch, index, votes)
    if context is None:
        _settle_alone(stretch)
    elif context == "unicode" and judged.certain is not None and not _is_lone(stretch):
        stretch.encoding = judged.certain
        _doubt(stretch, _BY_BLOCK, f"one word of {judged.certain}")
    elif context == "unicode":
        name, score = judged.best
        if score >= (_AS_GOOD if name in around else _AMID_UNICODE):
            _doubt(stretch, _BY_BLOCK, f"may be {name}, what is around is not")
    else:
        _settle_by_block(stretch, context, firm)
    if context is None and stretch.encoding == "unicode":
        name, score = judged.best
        if name in around and score >= _AS_GOOD:
            _doubt(stretch, _BY_BLOCK, f"may be {name} like some around")


def _settle_alone(stretch: Stretch) -> None:
    name, score = stretch.judged.best
    least = ALONE if stretch.judged.words > 1 else ONE_WORD
    if _is_lone(stretch):
        if stretch.judged.is_open:
            _doubt(stretch, _OPEN, f"may be {name}")
    elif stretch.judged.certain is not None:
        stretch.encoding = stretch.judged.certain
        if not _votes_itself(stretch):
            _doubt(stretch, _BY_BLOCK, f"one word of {stretch.encoding} alone")
    elif score >= least and stretch.judged.margin >= 1.0:
        stretch.encoding = name
        _doubt(stretch, _BY_ITSELF, f"decoded as {name}, a short text alone")
    elif stretch.judged.is_open:
        _doubt(stretch, _OPEN, f"may be {name}")


def _is_lone(stretch: Stretch) -> bool:
    """Say whether nothing but one word that may be sound speaks for an encoding."""
    name, _ = stretch.judged.best
    return stretch.judged.plain and font_encoding(stretch.font) != name


def _settle_by_block(stretch: Stretch, context: str, firm: bool) -> None:
    own = dict(stretch.judged.scores).get(context)
    if own is None:
        return
    name, score = stretch.judged.best
    with_block = own + (_FIRM if firm else _LOOSE)
    if own <= _NO_READING or with_block < ALONE:
        _doubt(stretch, _BY_BLOCK, f"what is around is {context}")
    elif name != context and score > with_block:
        stretch.encoding = name
        _doubt(stretch, _BY_ITSELF, f"decoded as {name}, what is around is {context}")
    else:
        stretch.encoding = context
        if not firm:
            _doubt(stretch, _BY_BLOCK, f"decoded as {context} like what is around")


def _context(stretch: Stretch, index: int, votes: _Votes) -> tuple[str | None, bool]:
    """Return the encoding of what is around, and whether nothing speaks against it."""
    same_font = votes.of(stretch.family)
    if len(same_font) == 1:
        name, count = next(iter(same_font.items()))
        named = font_encoding(stretch.font) == name
        return name, count >= _PROOF or named
    before, after = votes.before[index], votes.after[index]
    if same_font:
        return (before if before == after else None), False
    if stretch.font and all(f in _NAMED for f in votes.by_family):
        # What is old is in fonts made for it, and this is in another.
        return None, False
    total = sum(votes.by_family.values(), Counter[str]())
    if len(total) == 1:
        return next(iter(total)), False
    return (before if before == after else None), False


def _doubt(stretch: Stretch, certainty: float, evidence: str) -> None:
    stretch.certainty, stretch.evidence = certainty, evidence


def _shown(stretches: Sequence[Stretch], capitals: set[str | None]) -> Shown:
    texts = []
    for stretch in stretches:
        text = stretch.text
        if stretch.encoding == "unicode" and stretch.passed:
            text = stretch.stored
        elif stretch.encoding != "unicode":
            text = decoded(text, stretch.encoding)
            if stretch.judged.bad and stretch.certainty > _WITH_REST:
                _doubt(stretch, _WITH_REST, f"not all is {stretch.encoding}")
        if draws_capitals(stretch.font) and stretch.font in capitals:
            text = text.upper()
        elif stretch.encoding in _NAMED and stretch.encoding != "vni":
            text = raised(text)
        texts.append(text)
    least = min(stretches, key=lambda s: s.certainty)
    text = "".join(texts)
    if lost_letters(text):
        return Shown(text, 0.5, "letters are lost", lost=True)
    return Shown(text, least.certainty, least.evidence)


def _encoding(every: Sequence[Stretch], changed: set[str]) -> str | None:
    if not every:
        return None
    found = {name if name in _NAMED else "unicode" for name in changed}
    old: set[str | None] = set(changed)
    if any(
        s.encoding == "unicode"
        and (s.judged.hard or s.judged.viet)
        and (not old or _differs(s, old))
        for s in every
    ):
        found.add("unicode")
    if len(found) > 1:
        return "mixed"
    return next(iter(found), "unicode")


def shown_alone(text: str) -> str:
    """Return one line that stands alone (a subject, a name of a file), decoded."""
    if text.isascii():
        return text
    line: Line = ((text, None),)
    made = decide([line]).lines.get(line)
    return text if made is None else made.text
