"""How far a line is believed, by how its recognisers agree."""

import pytest

from parsers.readers.picture.agreement import voted
from parsers.readers.picture.alike import with_hooks
from parsers.readers.picture.certainty import certainty_of, needs_second, risky
from parsers.readers.picture.shapes import Witness


def heard(*texts: str) -> tuple[Witness, ...]:
    return tuple(Witness(text, 0.99) for text in texts)


def sure(text: str, first: tuple[str, ...], second: tuple[str, ...] = ()) -> float:
    return certainty_of(text, heard(*first), heard(*second))[0]


def test_two_of_three_outvote_the_first_letter_by_letter() -> None:
    assert voted(["khu phó 4", "khu phố 4", "khu phố 4"]) == "khu phố 4"
    assert voted(["côngtrình", "công trình", "công trình"]) == "công trình"
    assert voted(["công trình x", "công trình", "công trình"]) == "công trình"


def test_a_tie_stays_with_the_first_and_silence_has_no_vote() -> None:
    assert voted(["sổ", "số", "só"]) == "sổ"
    assert voted(["", "Mô hình", ""]) == "Mô hình"
    assert voted(["", "", ""]) == ""


@pytest.mark.parametrize("text", ["Trần Văn Đang", "Xã hội hóa", "15/6/2021", "1"])
def test_nothing_that_was_recognised_is_certain(text: str) -> None:
    assert 0.9 < sure(text, (text, text, text)) < 1.0


def test_where_the_good_two_differ_nothing_is_sure() -> None:
    assert sure("khu phố 4", ("khu phố 4", "khu phó 4", "khu phố 4")) < 0.9
    assert sure("khu phố 4", ("khu phố 4", "khu phố 9", "khu phố 1")) < 0.9


def test_the_third_must_have_seen_the_same_digits() -> None:
    both = "Lắp 12 camera"
    assert needs_second(both, heard(both, both, "Lắp 72 camera"))
    assert not needs_second(both, heard(both, both, "Lẫp 12 camera"))


def test_a_second_reading_that_says_the_same_counts_and_one_that_differs_does() -> None:
    text = "Tặng 120 thẻ"
    first = (text, text, "Tặng l20 thẻ")
    assert sure(text, first, (text, text)) >= 0.9
    assert sure(text, first, (text, "Tặng 720 thẻ")) < 0.9


def test_marks_that_could_be_exchanged_are_known() -> None:
    assert [("khu phố")[i] for i in risky("khu phố")] == ["ố"]
    assert risky("Trần Văn Đang") == []


def test_a_rare_acute_is_not_believed_though_all_agree() -> None:
    said = "Tố chức lễ trao tặng"
    assert sure(said, (said, said, said), (said, said)) < 0.9


def test_a_hook_that_one_of_them_saw_replaces_a_rare_acute() -> None:
    said, seen = "gia đình đế vận động", "gia đình để vận động"
    assert with_hooks(said, heard(said, said, seen)) == seen
    assert with_hooks("khu phố 4", heard("khu phổ 4")) == "khu phố 4"


def test_small_letters_do_not_show_which_mark_it_is() -> None:
    text = "khu phố 4"
    voices = heard(text, text, text)
    assert certainty_of(text, voices, cap=16.0)[0] < 0.9
    assert certainty_of(text, voices, cap=24.0)[0] >= 0.9


@pytest.mark.parametrize("text", ["15/0/2021", "Từ 41/10/2021", "31/13"])
def test_a_day_that_no_calendar_has_is_not_believed(text: str) -> None:
    assert sure(text, (text, text, text)) < 0.5
