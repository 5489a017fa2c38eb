"""Tell our own district and province from those of others.

Which district is ours is read from the names of the units; other places are known by
the word before them, or from a list of those whose wards have the same numbers.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from parsers.identity.lexicon import FOLLOWS
from parsers.identity.words import Word, words_of
from parsers.vietnamese.fold import fold, skeleton

_Name = tuple[str, ...]

#: The kind before a name. Written with accents it must be this word: Huyền is a person.
_KINDS: tuple[tuple[_Name, _Name], ...] = tuple(
    (tuple(skeleton(kind).split()), tuple(fold(kind).split()))
    for kind in (
        *("thành phố", "thị xã", "quận ủy", "huyện ủy", "quận đoàn", "huyện đoàn"),
        *("quận", "huyện", "tỉnh", "tphcm", "tp", "tx", "q", "h"),
    )
)
#: What the kinds of places begin with.
FIRST_WORDS = frozenset(kind[0] for kind, _ in _KINDS)
_KINDS_BY_WORD = {
    word: tuple(pair for pair in _KINDS if pair[0][0] == word) for word in FIRST_WORDS
}
_DISTRICT_KINDS = re.compile(
    r"\b(?:quận|huyện|thị xã|q\.?)\s*(\d{1,2}\b|(?:[^\W\d]+\s?){1,3})", re.IGNORECASE
)
#: Words after a kind that make something else of it: Quận ủy, tỉnh táo, huyện đoàn.
_NO_NAME = "ủy đoàn trưởng nhà ta em đội mình và của gửi thông hội các có"
_NO_NAMES = frozenset(skeleton(_NO_NAME).split())
#: Districts and towns whose wards are numbered like ours or whose schools share names,
#: as they are written without their kind ("P.9 Gò Vấp"). The list need not be whole:
#: with its kind before it any name is understood.
_KNOWN = frozenset(
    tuple(skeleton(name).split())
    for name in """
    Bình Thạnh, Gò Vấp, Tân Bình, Tân Phú, Phú Nhuận, Bình Tân, Thủ Đức, Bình Chánh,
    Hóc Môn, Củ Chi, Nhà Bè, Cần Giờ, Đà Lạt, Vũng Tàu, Mỹ Tho, Cà Mau, Vĩnh Long,
    Tuy Hòa, Bến Tre, Trà Vinh, Sóc Trăng, Bạc Liêu, Bảo Lộc, Cao Lãnh, Sa Đéc,
    Đông Hà, Đồng Xoài, Vị Thanh, Biên Hòa, Thủ Dầu Một, Dĩ An, Thuận An, Tây Ninh,
    Tân An, Long Xuyên, Châu Đốc, Rạch Giá, Cần Thơ, Hà Nội, Hải Phòng, Đà Nẵng, Huế,
    Đồng Nai, Bình Dương, Long An, Tiền Giang, Hậu Giang, An Giang, Kiên Giang,
    Đồng Tháp, Bình Phước, Lâm Đồng, Khánh Hòa, Nha Trang, Phan Thiết, Quy Nhơn,
    Pleiku, Buôn Ma Thuột, Kon Tum, Đắk Lắk, Gia Lai, Phú Yên, Ninh Thuận, Bình Thuận
    """.replace("\n", " ").split(",")
)
#: The province cannot be read from the units: every youth union is named after it.
PROVINCES = ("Hồ Chí Minh", "HCM", "Sài Gòn")
_LONGEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Home:
    """Bare names of our own district (`3`; `binh thanh`) and province."""

    districts: frozenset[_Name]
    provinces: frozenset[_Name]


@dataclass(frozen=True, slots=True)
class Place:
    """A district or province in [first, last) of the words; `home` when it is ours."""

    first: int
    last: int
    home: bool
    district: bool


def home_of(names: Iterable[str], provinces: Iterable[str] = PROVINCES) -> Home:
    """Return the district that the units' own names name most, and the provinces.

    A second district counts as ours where at least a quarter as many names have it;
    names that have none (schools, wards) say nothing.
    """
    counts: Counter[_Name] = Counter()
    for name in names:
        for match in _DISTRICT_KINDS.finditer(name):
            key = tuple(w.bare for w in words_of(match[1]))
            if key and key[0] not in _NO_NAMES:
                counts[key] += 1
    most = max(counts.values(), default=0)
    ours = frozenset(key for key, n in counts.items() if n * 4 >= most)
    return Home(ours, frozenset(tuple(skeleton(p).split()) for p in provinces))


def place_at(words: tuple[Word, ...], first: int, home: Home) -> Place | None:
    """Return the district or province whose kind stands at `first`, or None."""
    if words[first].bare not in _KINDS_BY_WORD:
        return None
    if first and words[first].bare == "huyen" and words[first - 1].bare == "ba":
        # Bà Huyện Thanh Quan is a street of the district.
        return None
    for kind, marked in _KINDS_BY_WORD[words[first].bare]:
        at = first + len(kind)
        written = words[first:at]
        if tuple(w.bare for w in written) != kind:
            continue
        bare = all(w.marked == w.bare for w in written)
        if not bare and tuple(w.marked for w in written) != marked:
            continue
        if kind == ("tphcm",):
            return Place(first, at, ("hcm",) in home.provinces, False)
        place = _named(words, first, at, home)
        if place is not None or len(kind) == 1:
            return place
    return None


def known_at(words: tuple[Word, ...], first: int, home: Home) -> Place | None:
    """Return the place that is written at `first` without its kind, or None."""
    for length in range(_LONGEST_NAME, 0, -1):
        name = tuple(w.bare for w in words[first : first + length])
        if len(name) < length or (not words[first].capital and length < 2):
            continue
        named = name in home.districts and not name[0].isdecimal()
        if named or name in home.provinces:
            return Place(first, first + length, True, named)
        if name in _KNOWN:
            return Place(first, first + length, False, False)
    return None


def _named(words: tuple[Word, ...], first: int, at: int, home: Home) -> Place | None:
    district = words[first].bare not in ("tinh", "thanh", "tp")
    ours = home.districts | home.provinces
    for length in range(_LONGEST_NAME, 0, -1):
        name = tuple(w.bare for w in words[at : at + length])
        if len(name) == length and name in ours:
            return Place(first, at + length, True, name in home.districts)
    last = _stranger(words, at)
    if last == at or _loose(words, first, at):
        return None
    return Place(first, last, False, district)


def _stranger(words: tuple[Word, ...], at: int) -> int:
    """Return where the name of an unknown place ends; `at` when there is none."""
    if at >= len(words) or "\n" in words[at].gap:
        return at
    if words[at].bare in _NO_NAMES or FOLLOWS.has(words[at]):
        return at
    if words[at].number:
        return at + 1 if _may_be_district(words, at) else at
    for length in range(_LONGEST_NAME, 0, -1):
        name = words[at : at + length]
        if tuple(w.bare for w in name) in _KNOWN:
            return at + len(name)
    last = at
    while last < min(at + _LONGEST_NAME, len(words)) and words[last].capital:
        if last > at and (words[last].gap != " " or FOLLOWS.has(words[last])):
            break
        last += 1
    return last


def _may_be_district(words: tuple[Word, ...], at: int) -> bool:
    return (
        words[at - 1].bare in ("quan", "q", "uy", "doan") and len(words[at].bare) <= 2
    )


def _loose(words: tuple[Word, ...], first: int, at: int) -> bool:
    """Return whether the kind may be another word, so that the name must be known.

    A lone letter may be an initial; "huyen" without accents is a person's name as well.
    """
    if words[at].number:
        return False
    kind = words[first:at]
    plain = all(w.marked == w.bare for w in kind) and kind[0].bare not in ("tp", "tx")
    return plain and not any(
        tuple(w.bare for w in words[at : at + n]) in _KNOWN
        for n in range(1, _LONGEST_NAME + 1)
    )
