"""Every name of every unit in one tree, built once for each reader child.

It says which units a run of words names; whether the run is an issuer is decided by
those who know where it stood.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parsers.identity.lexicon import DISTRICT, SCHOOLS, WARD, Item, items_of
from parsers.identity.lost import lost_keys
from parsers.identity.places import Home, home_of
from parsers.identity.words import Word, words_of
from parsers.values.unit import UnitNames
from parsers.vietnamese.fold import nfc_text

#: Accents of one or more letters differ, all else is equal.
SLIPPED = 0.9
#: Several units have this name when accents are left out.
SHARED = 0.6
#: The abbreviation is also the beginning of other units' names (MTTQ).
AMBIGUOUS = 0.5
#: Written together in lower case, shorter names may be parts of other words.
_SHORTEST_GLUED = 6
#: With two letters wrong, shorter names are other names.
SHORTEST_SPELT = 10

#: What a name goes on with where it becomes the name of a ward's or district's body.
_PLACE_KEYS = (WARD, DISTRICT, "phuong", "p", "xa")

_PARTY = frozenset({("chi", "bo"), ("dang", "bo"), ("dang", "uy")})
#: Shorter ones are kinds of bodies: Công an, Bệnh viện, Đảng bộ Công an.
_PARTY_LENGTH, _LONG_NAME = 4, 5

Codes = tuple[tuple[str, float], ...]
#: What decides before any letter: the kinds of body and the numbers in a name.
Frame = tuple[frozenset[str], frozenset[str]]


@dataclass(slots=True)
class Node:
    """A place in the tree. `ends`: name with accents -> codes of the units so named.

    `ambiguous`: it also is the beginning of others' names. `party`: with Đảng bộ before
    it, it is another unit.
    """

    next: dict[str, "Node"] = field(default_factory=dict)
    ends: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    ambiguous: bool = False
    party: bool = False


@dataclass(frozen=True, slots=True)
class Directory:
    """All names, ready to be looked up; treat it as read-only.

    `glued` are names without accents and spaces, `lost` without the letters that bad
    conversions drop, `framed` the names that share kinds and numbers, for ranking, and
    `spelt` long names as spelt, by their numbers.
    """

    root: Node
    home: Home
    glued: dict[str, frozenset[str]]
    lost: dict[str, frozenset[str]]
    framed: dict[Frame, dict[str, frozenset[str]]]
    spelt: dict[frozenset[str], dict[str, frozenset[str]]]


def build_directory(units: Sequence[UnitNames]) -> Directory:
    """Return the directory of `units`; expensive, to be done once.

    A name that two units share names neither of them alone.
    """
    names = [(u.code, nfc_text(n)) for u in units for n in (u.name, *u.aliases)]
    home = home_of(n for _, n in names)
    root = Node()
    glued: defaultdict[str, set[str]] = defaultdict(set)
    lost: defaultdict[str, set[str]] = defaultdict(set)
    framed: defaultdict[Frame, defaultdict[str, set[str]]] = defaultdict(
        lambda: defaultdict(set)
    )
    spelt: defaultdict[frozenset[str], defaultdict[str, set[str]]] = defaultdict(
        lambda: defaultdict(set)
    )
    also: list[tuple[tuple[Item, ...], str]] = []
    for code, name in names:
        words = words_of(name)
        items = items_of(words)
        if not items:
            continue
        _plant(root, items, code)
        _glue(glued, words, code)
        for key in lost_keys(name):
            lost[key].add(code)
        framed[frame_of(items)][letters_of(items)].add(code)
        spelling = spelling_of(words)
        if len(spelling) >= SHORTEST_SPELT:
            spelt[numbers_of(words)][spelling].add(code)
        also.extend((variant, code) for variant in _variants(items))
    for items, code in also:
        _plant_if_free(root, items, code)
    _mark_ambiguous(root)
    frames = {frame: _frozen(keys) for frame, keys in framed.items()}
    spellings = {numbers: _frozen(keys) for numbers, keys in spelt.items()}
    return Directory(root, home, _frozen(glued), _frozen(lost), frames, spellings)


def codes_at(node: Node, items: Sequence[Item], plain: bool, bare: bool) -> Codes:
    """Return the units that `items`, which lead to `node`, name, and how surely.

    `plain` says that the whole text is written without accents, `bare` that these words
    are. 1.0: the name with its accents, or bare where no other unit is so named.
    """
    marked = tuple(i.marked for i in items)
    exact = node.ends.get(marked)
    if exact is not None and not (bare and plain):
        codes, score = exact, 1.0
    else:
        codes = set[str]().union(*node.ends.values())
        score = 1.0 if bare else SLIPPED
    if any(i.slip for i in items):
        score = min(score, SLIPPED)
    if len(codes) > 1:
        score = min(score, SHARED)
    if node.ambiguous:
        score = min(score, AMBIGUOUS)
    return tuple((code, score) for code in sorted(codes))


def frame_of(items: Iterable[Item]) -> Frame:
    """Return the kinds and the numbers, which are equal or not, never alike.

    Of the kinds only those count that tell units of one name apart.
    """
    keys = [i.key for i in items]
    kinds = frozenset(k for k in keys if k.isupper() and k != DISTRICT)
    return kinds, frozenset(_numbers(keys))


def letters_of(items: Iterable[Item]) -> str:
    """Return the words that are neither kind nor number, for comparing letters."""
    return " ".join(i.key for i in items if not i.key.isupper() and not _digit(i.key))


def numbers_of(words: Iterable[Word]) -> frozenset[str]:
    """Return all numbers in a name."""
    return frozenset(w.bare for w in words if w.number)


def spelling_of(words: Iterable[Word]) -> str:
    """Return a name as it is spelt, without accents and numbers."""
    return " ".join(w.bare for w in words if not w.number)


def _numbers(keys: list[str]) -> Iterable[str]:
    """Yield the numbers but the district's: Q 3 says nothing of the unit."""
    for before, key in zip(["", *keys], keys, strict=False):
        if _digit(key) and before != DISTRICT:
            yield key


def _digit(key: str) -> bool:
    return key[:1].isdecimal()


def _plant(root: Node, items: Sequence[Item], code: str) -> None:
    node = root
    for item in items:
        node = node.next.setdefault(item.key, Node())
    marked = tuple(i.marked for i in items)
    node.ends.setdefault(marked, set()).add(code)


def _glue(glued: defaultdict[str, set[str]], words: Sequence[Word], code: str) -> None:
    key = "".join(w.bare for w in words)
    if len(key) >= _SHORTEST_GLUED:
        glued[key].add(code)


def _variants(items: tuple[Item, ...]) -> Iterable[tuple[Item, ...]]:
    """Yield how the name is also written, where no other name says otherwise.

    P. for Phường; a Party cell's name without Chi bộ; a long name without our district.
    """
    keys = tuple(i.key for i in items)
    if keys[0] == "phuong" and len(items) > 1:
        yield (items[0]._replace(key="p", marked="p"), *items[1:])
    if keys[:2] in _PARTY and len(items) > _PARTY_LENGTH:
        yield items[2:]
    if keys[-2:-1] == (DISTRICT,) and len(items) - 2 >= _LONG_NAME:
        yield items[:-2]


def _plant_if_free(root: Node, items: tuple[Item, ...], code: str) -> None:
    node: Node | None = root
    for item in items:
        node = node.next.get(item.key) if node else None
    if node is None or not node.ends:
        _plant(root, items, code)
    elif not any(code in codes for codes in node.ends.values()):
        node.party = True


def _mark_ambiguous(root: Node) -> None:
    """Mark the names that, with a ward or district after them, are someone else's.

    MTTQ is an alias of the district's Front, but MTTQ Phường 1 is the ward.
    """
    for node in _nodes(root):
        if not node.ends:
            continue
        own = set[str]().union(*node.ends.values())
        for key in _PLACE_KEYS:
            below = node.next.get(key)
            if below is not None and not _codes_below(below) <= own:
                node.ambiguous = True


def _nodes(root: Node) -> Iterable[Node]:
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(node.next.values())


def _codes_below(node: Node) -> set[str]:
    return {c for below in _nodes(node) for codes in below.ends.values() for c in codes}


def _frozen(keys: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(codes) for key, codes in keys.items()}


def is_school(items: Iterable[Item]) -> bool:
    """Return whether one of the items is a kind of school."""
    return any(i.key in SCHOOLS for i in items)
