"""The shipped units and invented ones, and every wording in every place."""

import functools
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
