"""The field of a work that nobody names: terms of the campaign file, and no more.

`titles.csv` holds titles written from the suggestions of plan 41-KH/QU, part III: its
column `plan` names the suggestion. Those marked `later` were written after the first
terms, those marked `last` after all of them but the few that they made us add.
"""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.campaign import load_campaign
from parsers.fields import LEAST, MOST, FieldModel
from parsers.values.campaign import Field
from parsers.vietnamese.fold import skeleton

ROOT = Path(__file__).resolve().parents[4]
FIELDS = load_campaign(ROOT / "config" / "campaigns" / "41-kh-qu.toml").fields
MODEL = FieldModel(FIELDS)
with Path(__file__).with_name("titles.csv").open(encoding="utf-8", newline="") as file:
    TITLES = [(int(r["field"]), r["title"]) for r in csv.DictReader(file)]
#: At this an inference would be called certain; nothing wrong may reach it.
CERTAIN = 0.9


def _right(titles: list[tuple[int, str]]) -> float:
    found = [(number, MODEL.infer(title)) for number, title in titles]
    return sum(f is not None and f.number == n for n, f in found) / len(found)


def test_nine_of_ten_titles_of_the_plan_get_their_field() -> None:
    assert len(TITLES) >= 190
    assert {number for number, _ in TITLES} == {1, 2, 3, 4, 5}
    assert _right(TITLES) >= 0.9
    for number in (1, 2, 3, 4, 5):
        assert _right([t for t in TITLES if t[0] == number]) >= 0.9


def test_no_title_gets_a_wrong_field_that_looks_certain() -> None:
    wrong = [
        (title, found)
        for number, title in TITLES
        if (found := MODEL.infer(title)) and found.number != number
    ]
    assert len(wrong) <= len(TITLES) * 0.02
    assert all(found.certainty < CERTAIN for _, found in wrong)


def test_most_titles_without_accents_get_it_too() -> None:
    assert _right([(n, skeleton(title)) for n, title in TITLES]) >= 0.9


@pytest.mark.parametrize(
    "title", ["", "Công trình số 1", "Phường 9", "…", "Nội dung khác", "12345"]
)
def test_a_title_that_says_nothing_has_no_field(title: str) -> None:
    assert MODEL.infer(title) is None


def test_an_inference_names_the_terms_that_it_rests_on() -> None:
    found = MODEL.infer("Lắp camera giám sát ở hẻm 12")
    assert found is not None
    assert found.number == 5
    assert found.terms == ("camera giám sát",)


def test_what_stands_in_other_columns_weighs_less_than_the_title() -> None:
    fields = (Field(1, "a", terms=("nghèo",)), Field(2, "b", terms=("hồ sơ",)))
    found = FieldModel(fields).infer("Giúp người nghèo", "làm hồ sơ")
    assert found is not None
    assert found.number == 1
    alone = FieldModel(fields).infer("Việc làm tốt", "hồ sơ, hồ sơ, hồ sơ")
    assert alone is None or alone.certainty < 0.6


def test_two_fields_that_are_named_equally_give_none() -> None:
    fields = (Field(1, "a", terms=("nghèo",)), Field(2, "b", terms=("hồ sơ",)))
    assert FieldModel(fields).infer("Làm hồ sơ cho người nghèo") is None


def test_terms_are_data_and_so_is_their_weight() -> None:
    fields = (Field(7, "a", weights=(("bếp ăn", 4),)), Field(8, "b", terms=("trường",)))
    found = FieldModel(fields).infer("Bếp ăn trường")
    assert found is not None
    assert found.number == 7


@given(st.text(max_size=300), st.text(max_size=300))
def test_an_inference_is_never_certain_and_never_unsure(title: str, other: str) -> None:
    found = MODEL.infer(f"{title} camera", f"{other} trồng cây")
    assert found is None or LEAST <= found.certainty <= MOST
