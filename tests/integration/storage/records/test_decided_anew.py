"""What is decided anew says the same again, and what is taken back was never there.

Mails of one unit in any order of arrival and of reading, people's acts between them.
"""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from storage.archive import Archive
from storage.database import Database
from storage.store import reopen
from tests.builders.case import NOON
from tests.builders.one_unit import Office

#: One mail: minute of receipt, what it brings, its mode, who sends it.
ROWS = st.lists(st.integers(1, 9), min_size=1, max_size=6, unique=True)
MAIL = st.tuples(
    st.integers(0, 4),
    st.one_of(ROWS, st.sampled_from(["nil", "remove", "set"])),
    st.sampled_from(["new", "replacement", "supplement", None]),
    st.sampled_from(["proven", "unproven", "stranger"]),
)
ACTS = st.lists(
    st.sampled_from(["accept", "supplement", "amend", "nil", "excuse", "undo"]),
    max_size=4,
)
#: An example is some twenty transactions; to shrink one takes minutes.
SETTINGS = settings(
    max_examples=25,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@given(data=st.data(), mails=st.lists(MAIL, min_size=1, max_size=5), done=ACTS)
@SETTINGS
def test_what_is_decided_anew_says_the_same_again(
    database: Database,
    archive: Archive,
    data: st.DataObject,
    mails: list[tuple[int, Any, Any, str]],
    done: list[str],
) -> None:
    office = Office(database, archive)
    known = [office.receive(mail) for mail in mails]
    for place in data.draw(st.permutations(range(len(known)))):
        office.decide([known[place]])
    for what in done:
        office.do(what)
    before = office.seen()

    with database.write() as connection:
        reopen(connection, office.mails, NOON, "lan")
    office.decide(known)

    assert office.seen() == before


@given(
    data=st.data(),
    mails=st.lists(MAIL, min_size=1, max_size=5),
    done=ACTS,
    last=st.sampled_from(["accept", "supplement", "amend", "nil", "excuse"]),
)
@SETTINGS
def test_an_act_that_is_taken_back_leaves_everything_as_it_was(
    database: Database,
    archive: Archive,
    data: st.DataObject,
    mails: list[tuple[int, Any, Any, str]],
    done: list[str],
    last: str,
) -> None:
    office = Office(database, archive)
    known = [office.receive(mail) for mail in mails]
    for place in data.draw(st.permutations(range(len(known)))):
        office.decide([known[place]])
    for what in done:
        office.do(what)
    before = office.seen()
    if not office.do(last):
        return

    assert office.undo_last()

    after = office.seen()
    assert after["mails"] == before["mails"]
    assert after["line"] == before["line"]
    stood = [
        [v.registrations for v in x["versions"] if v.in_force] for x in (before, after)
    ]
    assert stood[0] == stood[1]


def test_a_question_asked_before_an_act_stands_when_the_act_is_taken_back(
    database: Database, archive: Archive
) -> None:
    office = Office(database, archive)
    for mail in ((3, [8, 6], "new", "unproven"), (3, "nil", "new", "unproven")):
        office.decide([office.receive(mail)])
    before = office.seen()
    assert [item.purpose for item in before["outbox"][1]] == ["confirmation"]

    assert office.do("accept")
    assert office.undo_last()

    after = office.seen()
    assert after["mails"] == before["mails"]
    told = {item.purpose: item.state for item in after["outbox"][1]}
    assert told == {"confirmation": "pending", "decision": "cancelled"}


def test_a_mail_whose_accept_is_undone_meets_what_it_met_before(
    database: Database, archive: Archive
) -> None:
    office = Office(database, archive)
    table = (0, [6, 1, 3, 2, 9, 4], "supplement", "unproven")
    known = [office.receive(table), office.receive((4, "remove", "new", "proven"))]
    # The wish is decided before the table that it speaks of is there.
    for one in reversed(known):
        office.decide([one])
    assert office.do("accept")
    assert office.do("undo")
    before = office.seen()

    with database.write() as connection:
        reopen(connection, office.mails, NOON, "lan")
    office.decide(known)

    assert office.seen() == before
