import pytest

from parsers.vietnamese.legacy.frequent import COMMON, FREQUENT
from parsers.vietnamese.legacy.syllables import is_syllable
from tests.builders.old_letters import office_lines

SOUND = "phường quận nghiêng khuya thuở giếng gì quý uỷ ủy hoà hòa khoẻ quốc yêu ỷ ở"
NONE = "teân coâng söûa ñaûng bzá khểng cướ kát nghổ quổ phươn̂ ưm̃ hát̀ mật̀ ộc̀ êch̀"


@pytest.mark.parametrize("word", SOUND.split())
def test_what_vietnamese_spells_is_a_syllable(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(word.upper())


@pytest.mark.parametrize("word", [*NONE.split(), "bàt", "mõc", "gàn̉h", "öl", "niño"])
def test_what_breaks_its_rules_is_none(word: str) -> None:
    assert not is_syllable(word)


def test_every_accented_word_of_the_office_is_a_syllable() -> None:
    words = {w for line in office_lines() for w in line.replace("“", " ").split()}
    plain = {w.strip(".,:”()-").split("/")[0] for w in words}
    asked = {w for w in plain if w.isalpha() and not w.isascii()}
    assert [w for w in asked if not is_syllable(w)] == []


def test_the_lists_of_syllables_hold_nothing_else() -> None:
    assert [w for w in COMMON | FREQUENT if not is_syllable(w)] == []
    assert FREQUENT <= COMMON
