"""The measured sets: lines of the office in each encoding, and lines to leave alone."""

import csv
from functools import lru_cache
from pathlib import Path

import pytest

from parsers.vietnamese.legacy.decide import Shown, decide
from parsers.vietnamese.legacy.stretches import Line
from tests.builders.old_letters import FONTS, office_lines, sound_lines, stored

UNITS = Path(__file__).parents[5] / "config" / "units.csv"
#: At least so many of a thousand lines come out right, each alone without its font,
#: and with it. A lone short line in VISCII or VPS reads as something else as well.
ALONE = {"vni": 985, "tcvn3": 982, "viscii": 800, "vps": 750}
WITH_FONT = {"vni": 998, "tcvn3": 998, "vps": 998}
ENCODINGS = list(ALONE)


@lru_cache(maxsize=1)
def lines() -> tuple[str, ...]:
    """Return the accented lines: our own, and names and aliases of the directory."""
    with UNITS.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [row["name"] for row in rows]
    aliases = [a for row in rows for a in row["aliases"].split(";")]
    found = dict.fromkeys([*office_lines(), *names, *aliases])
    return tuple(line for line in found if not line.isascii())


def pairs(encoding: str) -> list[tuple[str, str]]:
    """Return lines and how they are stored, where the encoding can store them."""
    found = []
    for line in lines():
        try:
            text = stored(line, encoding)
        except UnicodeEncodeError:
            continue
        if text != line:
            found.append((line, text))
    return found


def alone(text: str, font: str | None = None) -> Shown:
    line: Line = ((text, font),)
    return decide([line]).lines.get(line, Shown(text))


def same(shown: str, line: str) -> bool:
    # Without a font of capitals TCVN3 stores a toned capital as its small letter.
    return shown.casefold() == line.casefold()


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_lines_that_stand_alone_are_told(encoding: str) -> None:
    asked = pairs(encoding)
    shown = [(line, text, alone(text)) for line, text in asked]
    right = sum(same(s.text, line) for line, _, s in shown)
    assert right * 1000 >= ALONE[encoding] * len(asked)
    lone_dash = [stored("Ở nơi công cộng phải đeo khẩu trang", "viscii")]
    wrong = [
        (line, s)
        for line, text, s in shown
        if not same(s.text, line)
        and s.text != text
        and s.certainty == 1.0
        and text not in lone_dash
    ]
    assert wrong == []


@pytest.mark.parametrize("encoding", list(WITH_FONT))
def test_the_font_settles_short_lines(encoding: str) -> None:
    asked = pairs(encoding)
    shown = [(line, alone(text, FONTS[encoding])) for line, text in asked]
    right = sum(same(s.text, line) for line, s in shown)
    assert right * 1000 >= WITH_FONT[encoding] * len(asked)
    assert [
        (line, s)
        for line, s in shown
        if not same(s.text, line)
        and s.text != line
        and s.certainty == 1.0
        and s != Shown(stored(line, encoding))
    ] == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_in_a_document_of_one_encoding_all_lines_are_right(encoding: str) -> None:
    asked = pairs(encoding)
    decided = decide([((text, None),) for _, text in asked])
    assert decided.encoding == encoding
    assert decided.converted
    wrong = []
    for line, text in asked:
        shown = decided.lines.get(((text, None),), Shown(text))
        if not same(shown.text, line):
            wrong.append((line, shown))
    assert len(wrong) <= (2 if encoding in ("viscii", "vps") else 0), wrong


def test_sound_text_alone_is_never_changed() -> None:
    changed = []
    for line in (*sound_lines(), *lines()):
        shown = alone(line)
        if shown.text != line:
            changed.append((line, shown))
    assert changed == []


@pytest.mark.parametrize("font", [None, "Times New Roman", ".VnTime", "VNI-Times"])
def test_sound_text_together_is_never_changed_whatever_the_font(
    font: str | None,
) -> None:
    # Most files set in .VnTime today hold Unicode.
    every = [((line, font),) for line in (*sound_lines(), *lines())]
    decided = decide(every)
    changed = [(k, v) for k, v in decided.lines.items() if v.text != k[0][0]]
    assert changed == []
    assert (decided.encoding, decided.converted, decided.lost) == (
        "unicode",
        False,
        False,
    )


@pytest.mark.parametrize("encoding", ["vni", "tcvn3"])
def test_beside_old_lines_sound_lines_stay(encoding: str) -> None:
    mixed: list[Line] = []
    for index, (line, text) in enumerate(pairs(encoding)[:200]):
        mixed.append(((line if index % 2 else text, None),))
    decided = decide(mixed)
    assert decided.encoding == "mixed"
    wrong = []
    for index, ((line, text), key) in enumerate(
        zip(pairs(encoding), mixed, strict=False)
    ):
        shown = decided.lines.get(key, Shown(line if index % 2 else text))
        if not same(shown.text, line) and shown.certainty == 1.0:
            wrong.append((line, shown))
    assert wrong == []
