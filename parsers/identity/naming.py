"""Find every place of a text where a body or a district is named.

Longest name first, whole words only. Whether the one named is the issuer is not asked
here; that depends on where the text stood.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from parsers.identity.directory import (
    SHARED,
    Codes,
    Directory,
    Node,
    codes_at,
    is_school,
)
from parsers.identity.lexicon import (
    DISTRICT,
    EDUCATION,
    SCHOOLS,
    WARD,
    Item,
)
from parsers.identity.lines import Line, line_of, name_goes_on, number_goes_on, written
from parsers.identity.nearest import nearest
from parsers.identity.places import FIRST_WORDS, Place, known_at, place_at
from parsers.identity.strangers import stranger_end
from parsers.identity.words import Word

#: A name does not go on across these.
_PARTS = re.compile(r"[;:|\t!?\"“”]")
#: Between the name and its district: "Phường 9, Quận 5", "P.9 (Q.5)", "P9Q5".
_TAIL_GAP = re.compile(r"\s*[,.(/_-]?\s*[(]?\s*|\s*[-–]\s*")
_MANY = frozenset({"cac", "nhung", "moi", "cum", "tung"})
_PARTY_WORDS = ("dang bo", "dang uy")
_NO_PARTY = frozenset({"dang ki", "dang tai", "bang do"})
_PARTY_EDITS = 2
#: With these begins what no unit is called: others' wards, schools and districts.
_BEGINNINGS = SCHOOLS | FIRST_WORDS | {WARD, DISTRICT, "phuong", "xa"}


class Naming(NamedTuple):
    """A body or district named in [first, last) of a line's words.

    `codes` are the units with their scores; without any it is a stranger, or, with
    `home`, our own district. `ward`: it is a ward, which may also be an address.
    `bare`: an abbreviation or a word that also is a subject of works (BHXH).
    `letter`: its kind is one letter (P9), which may be a page or a room.
    `numbered`: a number is part of the name.
    `tail`: its district is named with it; `away`: it is in a district of others.
    """

    first: int
    last: int
    text: str
    codes: Codes = ()
    home: bool = False
    ward: bool = False
    bare: bool = False
    school: bool = False
    education: bool = False
    tail: bool = False
    away: bool = False
    letter: bool = False
    numbered: bool = False

    @property
    def stranger(self) -> bool:
        """Return whether it is none of ours."""
        return not self.codes and not self.home


def namings(directory: Directory, line: Line) -> tuple[Naming, ...]:
    """Return what is named in `line`, from left to right, without overlaps."""
    found: list[Naming] = []
    at = 0
    while at < len(line.items):
        key = line.items[at].key
        if key not in directory.root.next and key not in _BEGINNINGS:
            at += 1
            continue
        naming = (
            _unit(directory, line, at)
            or _stranger_at(directory, line, at)
            or _district(directory, line, at)
        )
        if naming is None:
            at += 1
            continue
        found.append(naming)
        while at < len(line.items) and line.items[at].first < naming.last:
            at += 1
    return tuple(found)


def bodies(line: Line, found: Sequence[Naming]) -> tuple[Naming, ...]:
    """Return the namings without those that only say where a body is, or under whom.

    A ward after another name is its address, after a kind of body it is the body:
    Thanh tra Phường 9. The office of education beside a school is its parent.
    """
    kept: list[Naming] = []
    for naming in found:
        before = kept[-1] if kept else None
        if not naming.ward or before is None or before.ward or before.home:
            kept.append(naming)
        elif naming.first == before.last and _bodies_kind(line, naming, before):
            kept[-1] = naming
    if any(n.school for n in kept):
        kept = [n for n in kept if not n.education]
    return tuple(n for n in kept if not n.home)


def _bodies_kind(line: Line, ward: Naming, before: Naming) -> bool:
    """Return whether `before` is a kind of body that the ward has too."""
    joined = line.words[ward.first].gap in (" ", "_", "")
    return joined and not (before.school or before.tail or before.away)


def _unit(directory: Directory, line: Line, at: int) -> Naming | None:
    if _several_levels(line, at):
        return None
    whole, cut = _longest(directory, line, at)
    for end, doubt in ((whole, False), (cut, True)):
        if end is None:
            continue
        node, last = end
        items = line.items[at:last]
        words = line.words[items[0].first : items[-1].last]
        bare = all(w.marked == w.bare for w in words)
        codes = codes_at(node, items, line.plain, bare)
        if doubt or (node.party and _nearly_party(line, items[0].first)):
            codes = tuple((c, min(s, SHARED)) for c, s in codes)
        if _small_letters(words, items):
            return None
        return _with_tail(directory, line, _described(line, items, codes))
    return None


def _nearly_party(line: Line, first: int) -> bool:
    """Return whether a misspelt "Đảng bộ" stands before the name.

    The Party body of a unit may be a unit of its own.
    """
    before = " ".join(w.bare for w in line.words[max(0, first - 2) : first])
    if before in _NO_PARTY:
        return False
    return any(OSA.distance(before, p) <= _PARTY_EDITS for p in _PARTY_WORDS)


def _several_levels(line: Line, at: int) -> bool:
    """Return whether it is the second level of one school: TH-THCS Lê Lợi."""
    item, before = line.items[at], line.items[at - 1] if at else None
    if before is None or item.key not in SCHOOLS or before.key not in SCHOOLS:
        return False
    return line.words[item.first].gap.strip() in ("", "-", "–", "/", "&", "_")


def _longest(
    directory: Directory, line: Line, at: int
) -> tuple[tuple[Node, int] | None, tuple[Node, int] | None]:
    """Return the longest name at `at`, and the longest that others' names begin with.

    Each with the item after it.
    """
    whole = cut = None
    node = directory.root
    for k in range(at, len(line.items)):
        item = line.items[k]
        gap = line.words[item.first].gap
        if k > at and gap != " " and _parts_names(gap, item):
            break
        found = node.next.get(item.key)
        if found is None:
            break
        node = found
        if not node.ends:
            continue
        after = item.last
        if number_goes_on(line, after):
            continue
        if name_goes_on(line, after):
            cut = (node, k + 1)
        else:
            whole = (node, k + 1)
    return whole, cut


def _parts_names(gap: str, item: Item) -> bool:
    """Return whether no name goes on over `gap` to `item`: only to a district's."""
    return bool(_PARTS.search(gap)) or ("," in gap and item.key != DISTRICT)


def _described(line: Line, items: tuple[Item, ...], codes: Codes) -> Naming:
    first, last = items[0].first, items[-1].last
    keys = [i.key for i in items]
    ward = bool({WARD, "phuong", "p"} & set(keys)) or keys[0] == "f"
    school = is_school(items)
    numbered = any(k[:1].isdecimal() for k in keys)
    alone = len(items) == 1 or (len(items) == 2 and not _headed(items))
    letter = keys[0] == "f"
    return Naming(
        first,
        last,
        written(line, first, last),
        codes,
        ward=ward,
        letter=len(line.words[first].text) == 1,
        bare=letter or (alone and not numbered and not school and not ward),
        school=school,
        tail=DISTRICT in keys,
        numbered=numbered,
        education=EDUCATION in keys or keys[0].startswith("pgd"),
    )


def _headed(items: tuple[Item, ...]) -> bool:
    """Return whether it begins as the names of bodies do: Phòng Y tế, not Thanh tra."""
    return items[0].key in ("phong", "truong", "doi", "hoi", "cong")


def _small_letters(words: tuple[Word, ...], items: tuple[Item, ...]) -> bool:
    """Return whether an abbreviation of up to three letters is written small: tha."""
    return (
        len(items) == len(words) == 1
        and words[0].text.islower()
        and (len(words[0].text) <= 3)
    )


def _with_tail(directory: Directory, line: Line, naming: Naming) -> Naming:
    """Take in the district and province after a name; another's makes a stranger."""
    while naming.last < len(line.words):
        gap = line.words[naming.last].gap
        if not _TAIL_GAP.fullmatch(gap) or _is_body(line.words, naming.last):
            break
        place = place_at(line.words, naming.last, directory.home)
        if place is None:
            place = known_at(line.words, naming.last, directory.home)
        if place is None:
            break
        naming = _moved(line, naming, place)
    return naming


def _is_body(words: tuple[Word, ...], first: int) -> bool:
    """Return whether it is Quận ủy or Quận Đoàn, which are no address."""
    after = words[first + 1 : first + 2]
    return bool(after) and after[0].bare in ("uy", "doan")


def _moved(line: Line, naming: Naming, place: Place) -> Naming:
    text = written(line, naming.first, place.last)
    codes = naming.codes if place.home else ()
    tail = naming.tail or place.district
    away = naming.away or not place.home
    if not (tail or naming.ward or naming.school or naming.numbered):
        # The city's body, not the district's: BHXH TP.HCM.
        codes = ()
    return naming._replace(
        last=place.last, text=text, codes=codes, tail=tail, away=away
    )


def _stranger_at(directory: Directory, line: Line, at: int) -> Naming | None:
    """Return a ward or school that no unit is, or that one nearly is."""
    last = stranger_end(line, at)
    if last is None:
        return None
    item = line.items[at]
    before = line.words[item.first - 1].bare if item.first else ""
    if before in _MANY:
        return None
    text = written(line, item.first, last)
    naming = Naming(
        item.first,
        last,
        text,
        () if _several_levels(line, at) else nearest(directory, line_of(text)),
        ward=item.key not in SCHOOLS,
        school=item.key in SCHOOLS,
        letter=len(line.words[item.first].text) == 1,
    )
    return _with_tail(directory, line, naming)


def _district(directory: Directory, line: Line, at: int) -> Naming | None:
    first = line.items[at].first
    place = place_at(line.words, first, directory.home)
    if place is None:
        return None
    text = written(line, first, place.last)
    away = not place.home
    naming = Naming(first, place.last, text, home=place.home, tail=True, away=away)
    naming = _with_tail(directory, line, naming)
    return naming._replace(home=not naming.away)
