"""Each golden mail says what was found good when somebody looked at it."""

import pytest

from tests.builders.answer import bodies
from tests.builders.golden_mails import FOLDER, Said, cases


@pytest.mark.parametrize("name", cases())
def test_a_golden_mail_is_composed_as_it_was_found_good(name: str) -> None:
    said = Said(FOLDER / name)
    assert bodies(said.composed()) == (said.text, said.html)
    assert (FOLDER / name / "why.md").read_text("utf-8").strip()


def test_there_is_a_golden_mail_of_each_kind() -> None:
    assert len(cases()) >= 14
