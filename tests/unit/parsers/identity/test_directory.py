import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.identity import Sources, build_directory, mentions_in, rank
from parsers.values.unit import UnitNames
from tests.builders.directory import (
    a_letterhead,
    many_units,
    named,
    shipped_directory,
    shipped_units,
)

AWAY = UnitNames("W", "Phường 9", "phuong")


def test_our_district_is_the_one_that_the_units_name() -> None:
    assert shipped_directory().home.districts == {("3",)}


@pytest.mark.parametrize(
    ("district", "own", "other"),
    [
        ("Quận 5", "P.9, Q.5", "P.9, Q.3"),
        ("Quận Bình Thạnh", "Phường 9, quận Bình Thạnh", "Phường 9, Quận 3"),
        ("huyện Hóc Môn", "Phường 9, huyện Hóc Môn", "Phường 9, Quận 3"),
    ],
)
def test_another_office_has_another_district(
    district: str, own: str, other: str
) -> None:
    office = UnitNames("N", f"Phòng Nội vụ {district}", "x")
    directory = build_directory((AWAY, office))
    for subject, code in ((own, "W"), (other, None)):
        found = mentions_in(directory, Sources(subject=subject))
        assert [m.code for m in found] == [code]


def test_names_without_aliases_are_known_by_the_usual_abbreviations() -> None:
    units = tuple(UnitNames(u.code, u.name, u.category) for u in shipped_units())
    directory = build_directory(units)
    for wording, code in (
        ("P9", "P09"),
        ("UBND P.10", "P10"),
        ("Đảng ủy P. Võ Thị Sáu", "PVTS"),
        ("MN6", "MN-06"),
        ("TH Mê Linh", "TH-07"),
        ("THCS Lê Lợi", "CS-02"),
        ("Hội LHPN Q3", "DT-LHPN"),
        ("Viện KSND Quận 3", "CB-VKS"),
    ):
        found = mentions_in(directory, Sources(subject=f"{wording} gửi bảng"))
        assert [(m.code, m.score) for m in found] == [(code, 1.0)], wording


def test_an_empty_directory_names_nobody() -> None:
    directory = build_directory(())
    assert mentions_in(directory, Sources(sender_name="Phòng Nội vụ")) == ()


def test_two_thousand_units_are_built_and_looked_up_in_time() -> None:
    units = many_units(2100)
    before = time.process_time()
    directory = build_directory(units)
    built = time.process_time()
    for unit in units[::7]:
        sources = Sources(
            letterheads=(((), ("UBND QUẬN 3", unit.name.upper())),),
            subject=f"Đăng ký công trình - {unit.name}",
            body=f"Kính gửi Ban Dân vận,\n{unit.name} gửi bảng.\nTrân trọng,\nLan",
        )
        candidates = rank(mentions_in(directory, sources))
        assert [c.code for c in candidates] == [unit.code]
    looked = time.process_time()
    # The marks are 0.5 s and 1 ms on a quiet machine; a shared one needs room.
    assert built - before < 1.5
    assert (looked - built) / len(units[::7]) < 0.003


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_no_text_whatever_breaks_the_look_up(text: str) -> None:
    sources = Sources(
        letterheads=(((), (text, f"UBND PHƯỜNG {text}")),),
        signatures=(((), (text,)),),
        subject=f"P{text} Quận {text}",
        file_names=((text,), (f"P9{text}.xlsx",)),
        body=f"{text}\nPhường 9 {text}\nTrường TH {text}",
        sender_name=f"TP {text}",
    )
    for mention in named(sources):
        assert 0 < mention.score <= 1
        assert (mention.code is None) == mention.foreign


WORDS = (
    "phường quận huyện tp P Q TH MN THCS 1 9 A Gò Vấp Lê ủy UBND , - / . ( ) \n số và"
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=12))
def test_no_sequence_of_the_words_it_knows_breaks_the_look_up(words: list[str]) -> None:
    text = " ".join(words)
    named(Sources(subject=text, file_names=((text,),), body=text, sender_name=text))
    named(a_letterhead(*text.split("\n")))
