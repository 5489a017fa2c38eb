"""A part of tests/integration/test_identity_at_scale.py that runs in a second."""

from collections.abc import Callable, Iterator
from itertools import islice

import pytest

from tests.builders.directory import (
    all_sayings,
    in_every_place,
    longer_names,
    misspelt_names,
    other_districts,
    sure,
    wrong_kinds,
    wrong_numbers,
)

Names = Callable[[], Iterator[tuple[str, frozenset[str]]]]


def test_every_thirteenth_saying_names_its_unit_or_nobody() -> None:
    right = 0
    sayings = list(islice(all_sayings(), 0, None, 13))
    for saying in sayings:
        codes = sure(saying.sources)
        assert codes <= {saying.code}, saying
        right += codes == {saying.code}
    assert right / len(sayings) > 0.99


@pytest.mark.parametrize(
    "names",
    [wrong_numbers, wrong_kinds, longer_names, other_districts, misspelt_names],
)
def test_what_is_nearly_a_unit_is_never_another(names: Names) -> None:
    for wording, owner in islice(names(), 0, None, 37):
        for sources in in_every_place(wording):
            assert sure(sources) - {None} <= owner, wording
