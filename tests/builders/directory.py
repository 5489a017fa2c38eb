"""The shipped units and invented ones, and every wording in every place."""

import functools
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from config.units_file import load_units
from parsers.identity import Directory, Sources, build_directory, mentions_in
from parsers.values.unit import Mention, UnitNames
from parsers.vietnamese.fold import skeleton

CONFIG = Path(__file__).parents[2] / "config"
CATEGORIES = ("phong_ban", "mttq_doan_the", "phuong", "dang_bo_co_so", "chi_bo_co_so")

LETTERHEADS = ("{0}", "ỦY BAN NHÂN DÂN QUẬN 3\n{0}", "QUẬN ỦY QUẬN 3\n{0}\n*")
SUBJECTS = (
    "{0} gửi bảng đăng ký",
    'Đăng ký công trình "Việc có ý nghĩa giúp dân" - {0}',
    "Fwd: Re: bảng đăng ký của {0}",
)
FILE_NAMES = ("Bảng đăng ký - {0}.xlsx", "{0}_dang_ky_VCYNGD.docx")
BODIES = (
    "Kính gửi Ban Dân vận Quận ủy Quận 3,\n{0} xin gửi bảng đăng ký.\nTrân trọng.",
    "Em gửi bảng ạ.\nTrân trọng,\nNguyễn Thị Mai\n{0}\nĐT: 0912345678",
)


class Saying(NamedTuple):
    """One wording of one unit in one place."""

    code: str
    wording: str
    sources: Sources


@functools.cache
def shipped_units() -> tuple[UnitNames, ...]:
    """Return the names of config/units.csv."""
    units = load_units(CONFIG / "units.csv", CATEGORIES)
    return tuple(UnitNames(u.code, u.name, u.category, u.aliases) for u in units)


@functools.cache
def shipped_directory() -> Directory:
    """Return the directory of config/units.csv."""
    return build_directory(shipped_units())


def many_units(number: int) -> tuple[UnitNames, ...]:
    """Return the shipped units and so many invented schools that there are `number`."""
    shipped = shipped_units()
    invented = (
        UnitNames(
            f"MN-{n}",
            f"Trường Mầm non {n}",
            "phong_ban",
            (f"MN {n}", f"Mầm non {n}", f"Trường MN {n}", f"MN{n}"),
        )
        for n in range(1001, 1001 + number - len(shipped))
    )
    return (*shipped, *invented)


def a_letterhead(*lines: str) -> Sources:
    """Return a document in which only the letterhead names someone."""
    return Sources(letterheads=((("bang.docx",), lines),))


def a_signature(*lines: str) -> Sources:
    """Return a document in which only the block of signatures names someone."""
    return Sources(signatures=((("bang.docx",), lines),))


def in_every_place(wording: str) -> Iterator[Sources]:
    """Yield one source for each place and way in which a mail may say `wording`."""
    for form in LETTERHEADS:
        yield a_letterhead(*form.format(wording.upper()).split("\n"))
    yield a_signature(f"TM. {wording.upper()}", "CHỦ TỊCH", "Nguyễn Thị Mai")
    for form in SUBJECTS:
        yield Sources(subject=form.format(wording))
    for form in FILE_NAMES:
        yield Sources(file_names=((form.format(wording.replace("/", "-")),),))
    for form in BODIES:
        yield Sources(body=form.format(wording))
    yield Sources(sender_name=wording)


def all_sayings() -> Iterator[Saying]:
    """Yield every shipped unit in every wording, with accents and without."""
    for unit in shipped_units():
        wordings = dict.fromkeys((unit.name, *unit.aliases))
        for wording in dict.fromkeys([*wordings, *map(skeleton, wordings)]):
            for sources in in_every_place(wording):
                yield Saying(unit.code, wording, sources)


def named(sources: Sources) -> tuple[Mention, ...]:
    """Return what the shipped directory finds named in `sources`."""
    return mentions_in(shipped_directory(), sources)


def sure(sources: Sources) -> set[str | None]:
    """Return the units that are named beyond doubt; None stands for a stranger."""
    return {m.code for m in named(sources) if m.score == 1.0}


def wrong_numbers() -> Iterator[tuple[str, frozenset[str]]]:
    """Yield names with every number up to 40, and the one unit that has the number."""
    owners = _owners()
    forms = ("Phường {}", "P.{}", "UBND Phường {}")
    forms += ("Trường Mầm non {}", "MN {}", "Trường Mầm non Tuổi Thơ {}")
    for number in range(1, 41):
        for suffix in ("", "A", "B"):
            for form in forms:
                wording = form.format(f"{number}{suffix}")
                yield wording, owners.get(skeleton(wording), frozenset())


def wrong_kinds() -> Iterator[tuple[str, frozenset[str]]]:
    """Yield schools under every other kind, and the one unit that is so called."""
    owners = _owners()
    for unit in shipped_units():
        for kind in ("Trường Tiểu học ", "Trường Trung học cơ sở ", "Trường Mầm non "):
            if not unit.name.startswith(kind):
                continue
            for other in OTHER_KINDS:
                wording = f"Trường {other} {unit.name[len(kind) :]}"
                yield wording, owners.get(skeleton(wording), frozenset())


def longer_names() -> Iterator[tuple[str, frozenset[str]]]:
    """Yield names of schools with more behind them: nobody's."""
    for unit in shipped_units():
        if unit.name.startswith("Trường") and unit.name[-1].islower():
            for more in (" Minh Khai", " Hai", " Kim"):
                for wording in (unit.name + more, skeleton(unit.name + more).upper()):
                    yield wording, frozenset()


def other_districts() -> Iterator[tuple[str, frozenset[str]]]:
    """Yield our wards' wordings with the district of others: nobody's."""
    wards = [u for u in shipped_units() if u.category == "phuong"]
    wordings = [w for unit in wards for w in unit.aliases if not OURS.search(w)]
    for number, wording in enumerate(wordings):
        # Four of ten each, so that every ward meets every district in some wording.
        for step in (0, 3, 5, 8):
            away = ELSEWHERE[(number + step) % len(ELSEWHERE)]
            yield wording + away, frozenset()


def lost_letters() -> Iterator[tuple[str, str]]:
    """Yield names as bad conversions leave them, and whose they are."""
    for unit in shipped_units():
        name = unit.name.upper()
        for losing, put in ((LATE, ""), (LATE, " "), (NOT_ASCII, ""), (NOT_ASCII, "?")):
            left = losing.sub(put, name)
            if left != name:
                yield left, unit.code


def misspelt_names() -> Iterator[tuple[str, frozenset[str]]]:
    """Yield names with one letter lost, changed or doubled, and whose they are."""
    chance = random.Random(20210610)
    for unit in shipped_units():
        letters = [k for k, c in enumerate(unit.name) if c.isalpha()]
        for _ in range(20):
            at = chance.choice(letters)
            put = chance.choice(("", chance.choice("aeiouthnc"), unit.name[at] * 2))
            wording = unit.name[:at] + put + unit.name[at + 1 :]
            yield wording, frozenset({unit.code})


OURS = re.compile(r"Q\.?3|Quận 3|cũ")
LATE, NOT_ASCII = re.compile("[\u1ea0-\u1ef9]"), re.compile("[^\x00-\x7f]")
OTHER_KINDS = (
    *("Tiểu học", "TH", "Trung học cơ sở", "THCS", "Trung học phổ thông", "THPT"),
    *("Mầm non", "MN", "THCS - THPT", "TH-THCS", "Mẫu giáo", "Đại học"),
)
ELSEWHERE = (
    *(", Quận 5", " Quận 10", " Q.5", " (Quận 1)", "-Q10", " - Quận Bình Thạnh"),
    *(" Gò Vấp", ", huyện Hóc Môn", ", TP Thủ Đức", ", tỉnh Đồng Nai"),
)


def _owners() -> dict[str, frozenset[str]]:
    return {
        skeleton(name): frozenset({unit.code})
        for unit in shipped_units()
        for name in (unit.name, *unit.aliases)
    }
