"""Say whom a subject, a file name, a sender's name or a body names as the sender.

A name in running text may be whom it is about, or where, or for whom: only its place
in the sentence makes it the sender's. Tables are not read here.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from parsers.identity.cleaning import (
    is_dated,
    is_listed,
    is_recipient,
    without_address,
    without_documents,
)
from parsers.identity.directory import SHARED, Codes, Directory
from parsers.identity.lexicon import (
    AWAY,
    DELIVERED,
    FILLERS,
    OWNS,
    ROLES,
    SENDS,
    SENDS_PAIRS,
)
from parsers.identity.lines import Line, line_of
from parsers.identity.naming import Naming, bodies, namings
from parsers.identity.words import Word
from parsers.vietnamese.fold import nfc_text, skeleton

#: How surely the place in the text makes the one named the sender.
Standing = Literal["sender", "doubtful", "no"]
_Judge = Callable[[Naming], Standing]

_SEPARATOR = re.compile(r"[-–—:|,;()\[\]/\n]|\. ")
_FILE_SEPARATOR = re.compile(r"[-–—:|,;()\[\]/\n_.]")
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
_PICTURE = re.compile(
    r"\.(?:jpe?g|png|heic|gif|bmp|tiff?|mp4|mov|webp)$", re.IGNORECASE
)
_CHUNK = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"\s*\d+\s*[.)]\s")
_UNIT_LABEL = re.compile(
    r"[\s\d.)\-–+*]*(?:tên\s+)?(?:đơn\s+vị|cơ\s+quan)(?:\s+(?:đăng\s+ký|gửi|báo\s+cáo))?\s*:",
    re.IGNORECASE,
)
_ENCLOSED = re.compile(r"kem theo|ban hanh|theo|can cu|thuc hien|kinh gui|noi nhan")
#: Around a name that is written together with them: dangkyphuong9.
_GLUED_TO = ("bangdangky", "dangkycongtrinh", "dangky", "danhsach", "baocao", "bang")
#: A mail is opened and signed in so many lines; what stands between is not read.
_OPENING, _CLOSING = 10, 12
_LONGEST_LINE = 600
_FILLERS_BETWEEN = 5
_WORDS_BEFORE_OF = 10


@dataclass(frozen=True, slots=True)
class Named:
    """One naming of a sender; without `codes` it is none of ours."""

    text: str
    codes: Codes


def in_subject(directory: Directory, subject: str) -> tuple[Named, ...]:
    """Return whom a subject names as the sender."""
    text = without_documents(nfc_text(subject)[:_LONGEST_LINE])
    # QUIRK: programs that fold a long subject lose the space there: "LêQuý Đôn".
    line = line_of(text, camel=True)
    found = bodies(line, namings(directory, line))
    return tuple(_judged(found, lambda n: _in_title(line, n, _SEPARATOR)))


def in_document_title(directory: Directory, text: str) -> tuple[Named, ...]:
    """Return whom a line of a document's title names as the one it is of.

    "Đơn vị: …" below a title says it too; what it is enclosed with does not.
    """
    if _ENCLOSED.match(skeleton(text)):
        return ()
    if _UNIT_LABEL.match(text):
        return in_body(directory, text)
    return in_subject(directory, text)


def in_sender_name(directory: Directory, name: str) -> tuple[Named, ...]:
    """Return whom the display name of a sender names."""
    if "@" in name:
        # QUIRK: many programs repeat the address as name; addresses are not content.
        return ()
    line = line_of(nfc_text(name)[:_LONGEST_LINE], camel=True)
    found = bodies(line, namings(directory, line))

    def standing(naming: Naming) -> Standing:
        alone = _parted(line, naming, _SEPARATOR)
        return "no" if naming.bare and not alone else "sender"

    return tuple(_judged(found, standing))


def in_file_name(directory: Directory, name: str) -> tuple[Named, ...]:
    """Return whom the name of a file, without its folders, names as the sender."""
    stem = _ENDING.sub("", nfc_text(name)[-_LONGEST_LINE:])
    line = line_of(stem, camel=True)
    found = bodies(line, namings(directory, line))
    if not found:
        return tuple(_glued(directory, stem))
    picture = _PICTURE.search(name)

    def standing(naming: Naming) -> Standing:
        if not picture:
            return _in_title(line, naming, _FILE_SEPARATOR)
        # Photographs are named after what they show; P1.jpg is the first of them.
        before = line.words[naming.first - 1].bare if naming.first else ""
        return "sender" if _sends(line, naming) or before in OWNS else "doubtful"

    return tuple(_judged(found, standing))


def in_body(directory: Directory, body: str) -> tuple[Named, ...]:
    """Return whom the opening and the closing lines of a body name as the sender."""
    found: list[Named] = []
    school = False
    for text in _ends_of(body):
        recipient = is_recipient(text)
        line = line_of(without_address(without_documents(text)))
        named = bodies(line, namings(directory, line))
        if school and all(n.ward and n.tail for n in named):
            # The line below a school's name is its address.
            continue
        school = school or any(n.codes and not n.ward for n in named)
        found.extend(_judged(named, _body_judge(line, recipient, text)))
    return tuple(found)


def _body_judge(line: Line, recipient: bool, text: str) -> _Judge:
    labelled = bool(_UNIT_LABEL.match(text))

    def standing(naming: Naming) -> Standing:
        if _sends(line, naming):
            return "sender"
        if recipient or (_NUMBERED.match(text) and not labelled):
            return "no"
        if labelled or _signs(line, naming) or _delivered(line, naming):
            return "sender"
        return "no"

    return standing


def _judged(found: Sequence[Naming], judge: _Judge) -> Iterator[Named]:
    for naming in found:
        standing = judge(naming)
        if standing == "no":
            continue
        if naming.stranger and naming.letter and not naming.away:
            # P15 is a page, a room or a part as often as another's ward.
            continue
        if standing == "sender":
            yield Named(naming.text, naming.codes)
        elif naming.codes:
            codes = tuple((c, min(s, SHARED)) for c, s in naming.codes)
            yield Named(naming.text, codes)


def _in_title(line: Line, naming: Naming, separator: re.Pattern[str]) -> Standing:
    """Return how a name stands in a title, a subject or a file's name."""
    if _sends(line, naming):
        return "sender"
    if _parted(line, naming, _SEPARATOR if naming.bare else separator):
        return "sender"
    before = line.words[naming.first - 1] if naming.first else None
    if naming.bare:
        return "sender" if before and before.bare == "cua" else "doubtful"
    if before is None or separator.search(line.words[naming.first].gap):
        return "sender"
    if _away(before):
        return "no"
    if before.bare in OWNS or before.number or _abbreviated(before):
        return "sender"
    return "sender" if _names_the_plan(line, naming) else "doubtful"


def _parted(line: Line, naming: Naming, separator: re.Pattern[str]) -> bool:
    """Return whether separators or the ends stand on both sides of the name."""
    before = line.text[: line.words[naming.first].start] if naming.first else ""
    left = naming.first == 0 or separator.search(line.words[naming.first].gap)
    after = line.text[line.words[naming.last - 1].end :]
    right = naming.last == len(line.words) or separator.search(
        line.words[naming.last].gap
    )
    return bool((left or not before.strip()) and (right or not after.strip()))


def _sends(line: Line, naming: Naming) -> bool:
    """Return whether what follows the name says that it sends: P9 xin gửi."""
    rest = line.words[naming.last : naming.last + _FILLERS_BETWEEN]
    for k, word in enumerate(rest):
        if _SEPARATOR.search(word.gap.lstrip(")")):
            return False
        after = rest[k + 1] if k + 1 < len(rest) else None
        if word.marked in SENDS:
            return True
        if after and (word.marked, after.marked) in SENDS_PAIRS:
            return True
        if word.bare not in FILLERS:
            return False
    return False


def _signs(line: Line, naming: Naming) -> bool:
    """Return whether the line holds only names, and who signs for them."""
    before, after = line.words[: naming.first], line.words[naming.last :]
    if naming.bare and not _parted(line, naming, _SEPARATOR):
        return False
    if before and _away(before[-1]):
        return False
    return all(w.bare in ROLES or w.capital or w.number for w in before + after)


def _delivered(line: Line, naming: Naming) -> bool:
    """Return whether it is "bảng đăng ký của" the one named, or without "của"."""
    if naming.first == 0 or naming.bare:
        return False
    before = line.words[max(0, naming.first - _WORDS_BEFORE_OF) : naming.first]
    if before[-1].bare in ("cua", "tu"):
        return any(w.bare in DELIVERED for w in before[:-1])
    pair = tuple(w.bare for w in before[-2:])
    return pair in (("dang", "ki"), ("bao", "cao"), ("giup", "dan"))


def _names_the_plan(line: Line, naming: Naming) -> bool:
    before = tuple(w.bare for w in line.words[max(0, naming.first - 2) : naming.first])
    return before == ("giup", "dan") or before[-1:] == ("dangki",)


def _away(word: Word) -> bool:
    return word.marked in AWAY


def _abbreviated(word: Word) -> bool:
    return word.text.isupper() and len(word.text) > 1


def _glued(directory: Directory, stem: str) -> Iterator[Named]:
    """Yield the unit whose name is written without spaces: dangkyphuong9."""
    for chunk in _CHUNK.findall(stem):
        key = skeleton(chunk)
        for part in {key, *_stripped(key)}:
            codes = directory.glued.get(part, frozenset())
            if len(codes) == 1:
                yield Named(chunk, ((next(iter(codes)), 1.0),))


def _stripped(key: str) -> Iterator[str]:
    for other in map(skeleton, _GLUED_TO):
        if key.startswith(other):
            yield key[len(other) :]
        if key.endswith(other):
            yield key[: -len(other)]


def _ends_of(body: str) -> list[str]:
    """Return the first and the last lines of a body, without rows, lists and dates."""
    lines = [
        line[:_LONGEST_LINE]
        for line in body.split("\n")
        if line.strip() and "\t" not in line.strip() and " | " not in line
    ]
    if len(lines) > _OPENING + _CLOSING:
        lines = lines[:_OPENING] + lines[-_CLOSING:]
    shown = [nfc_text(line) for line in lines]
    kept: list[str] = []
    listing = False
    for line in shown:
        recipient = is_recipient(line)
        if listing and is_listed(line):
            continue
        listing = recipient
        if not is_dated(line) or "gửi" in line:
            kept.append(line)
    return kept
