import pytest

from parsers.vietnamese.legacy.tables import DECODERS
from tests.builders.old_letters import as_stored, table

ENCODINGS = ("vni", "tcvn3", "viscii", "vps")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("western", [True, False])
def test_every_letter_of_the_published_table_is_decoded(
    encoding: str, western: bool
) -> None:
    for letter, codes in table(encoding).items():
        read = DECODERS[encoding](as_stored(codes, western))
        assert read is not None
        assert read[0] == letter


def test_vni_takes_two_characters_before_one() -> None:
    read = DECODERS["vni"]("Phöôøng")
    assert read == ("Phường", 2)


def test_vni_takes_a_small_mark_behind_a_capital_and_not_the_opposite() -> None:
    assert DECODERS["vni"]("Aù") == ("Á", 1)
    assert DECODERS["vni"]("aÙ") is None


@pytest.mark.parametrize(("word", "encoding"), [("Ωa", "tcvn3"), ("ça", "vni")])
def test_a_letter_that_an_encoding_lacks_is_no_word_of_it(
    word: str, encoding: str
) -> None:
    assert DECODERS[encoding](word) is None


def test_greek_mu_is_the_sign_that_tcvn3_has_for_a_grave() -> None:
    assert DECODERS["tcvn3"]("v\u03bc") == ("và", 1)
