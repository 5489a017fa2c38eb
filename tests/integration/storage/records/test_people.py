"""What people decide and take back, case by case, on both databases."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from daemon.judging import Assignment, accept, assign, reject
from daemon.people import RefusalError, Wish
from daemon.recording import Owed, Paper, amend, record
from daemon.undoing import undo
from parsers.values.reading import Correction
from storage import acts
from storage.addresses import owners
from storage.archive import Archive
from storage.database import Database
from storage.errors import NotArchivedError
from storage.events import events_of_unit
from storage.status import unit_lines
from storage.submissions import StoredSubmission, submissions_of_unit
from tests.builders.case import a_reading
from tests.builders.one_unit import PLAN, STRANGER, Office

SENT = (0, [1, 2, 3], "new", "proven")
UNKNOWN = (0, [1, 2, 3], "new", "stranger")


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    return Office(database, Archive(tmp_path / "archive"))


def came(office: Office, *mails: tuple[int, Any, Any, str]) -> list[int]:
    """Receive and decide the mails one after the other; return their numbers."""
    known = [office.receive(mail) for mail in mails]
    for one in known:
        office.decide([one])
    return [ident for ident, _ in known]


def states(office: Office) -> list[tuple[str, str | None]]:
    return [(state, reason) for _, state, reason, _ in office.seen()["mails"]]


def versions(office: Office, code: str | None = None) -> list[StoredSubmission]:
    with office.database.read() as connection:
        return list(submissions_of_unit(connection, code or office.code))


def in_force(office: Office) -> list[int]:
    return [v.version for v in versions(office) if v.in_force]


def last_act(office: Office) -> int:
    with office.database.read() as connection:
        return acts.standing(connection)[0].event


def owed(office: Office) -> Owed:
    return Owed(PLAN, office.code, None, "qua điện thoại")


def test_undoing_an_accept_holds_the_mail_again_and_its_version_counts_no_more(
    office: Office,
) -> None:
    (ident,) = came(office, UNKNOWN)
    accept(office.acting(), ident, Wish(office.code))
    assert (states(office), in_force(office)) == ([("processed", None)], [1])

    undo(office.acting(), last_act(office), "nhầm")

    assert states(office) == [("held", "sender_unknown")]
    assert (in_force(office), versions(office)[0].withdrawn) == ([], True)


def test_what_was_never_accepted_is_held_again_though_its_address_is_known_now(
    office: Office,
) -> None:
    (ident,) = came(office, UNKNOWN)
    reject(office.acting(), ident, "nhầm", tell=False)
    rejected = last_act(office)
    (other,) = came(office, UNKNOWN)
    assign(office.acting(), other, Assignment(office.code, remember=True))

    undo(office.acting(), rejected, "nhầm")

    assert states(office)[0] == ("held", "sender_unknown")


def test_an_answer_that_has_not_left_is_called_off_with_its_reason(
    office: Office,
) -> None:
    (ident,) = came(office, (0, [1, 2, 3], "new", "proven"))
    assign(office.acting(), ident, Assignment(office.code))
    undo(office.acting(), last_act(office), "nhầm")

    (items,) = office.seen()["outbox"]
    assert [(i.state, i.reason) for i in items] == [
        ("cancelled", "undone"),
        ("pending", None),
    ]


def test_a_mail_that_said_the_same_counts_when_the_other_is_taken_back(
    office: Office,
) -> None:
    wrong, _ = came(office, UNKNOWN, (1, [9], "new", "stranger"))
    accept(office.acting(), wrong, Wish(office.code))
    accepted = last_act(office)
    came(office, (2, [1, 2, 3], "new", "proven"))
    assert states(office)[-1] == ("processed", "nothing_changed")

    undo(office.acting(), accepted, "không phải của đơn vị")

    assert states(office)[-1] == ("processed", None)
    assert [len(v.registrations) for v in versions(office) if v.in_force] == [3]


def test_an_act_that_a_later_one_is_built_on_is_taken_back_after_it(
    office: Office,
) -> None:
    (ident,) = came(office, UNKNOWN)
    accept(office.acting(), ident, Wish(office.code))
    accepted = last_act(office)
    amend(office.acting(), owed(office), Correction("2", "set", "title", "Khác"))
    amended = last_act(office)

    with pytest.raises(RefusalError) as refused:
        undo(office.acting(), accepted, "nhầm")
    assert refused.value.parameters == {"event": accepted, "later": amended}
    assert in_force(office) == [2]
    undo(office.acting(), amended, "nhầm")
    assert in_force(office) == [1]
    undo(office.acting(), accepted, "nhầm")
    assert in_force(office) == []


def test_nothing_is_taken_back_twice(office: Office) -> None:
    record(office.acting(), owed(office), None)
    event = last_act(office)
    undo(office.acting(), event, "nhầm")
    for again in (event, event + 1, 999_999):
        with pytest.raises(RefusalError):
            undo(office.acting(), again, "nhầm")


def test_any_line_that_an_act_wrote_names_it(office: Office) -> None:
    record(office.acting(), owed(office), None)
    with office.database.read() as connection:
        told = events_of_unit(connection, office.code)
    (line,) = [e for e in told if e.what == "submission"]
    assert undo(office.acting(), line.id, "nhầm").act.act.verb == "record"
    assert in_force(office) == []


def test_a_recorded_version_does_not_overrule_a_mail_received_later(
    office: Office,
) -> None:
    first, later = (office.receive(m) for m in (SENT, (60, [4, 5], None, "proven")))
    office.decide([first])
    record(office.acting(), owed(office), None)
    assert in_force(office) == [2]
    office.decide([later])
    assert in_force(office) == [3]
    assert [v.kind for v in versions(office)] == ["mailed", "recorded", "mailed"]


def test_at_one_instant_a_persons_word_comes_after_the_mail(office: Office) -> None:
    came(office, (12, [1, 2, 3], "new", "proven"))
    acting = replace(office.acting(), now=versions(office)[0].received)
    amend(acting, owed(office), Correction("2", "set", "title", "Khác"))
    assert in_force(office) == [2]


def test_undoing_an_assignment_gives_the_mail_back_to_whom_it_was(
    office: Office,
) -> None:
    (ident,) = came(office, UNKNOWN)
    known = [(ident, stranger(office))]
    for code in (office.code, office.other):
        assign(office.acting(), ident, Assignment(code))
        office.decide(known)
    assert (in_force(office), len(versions(office, office.other))) == ([], 1)

    undo(office.acting(), last_act(office), "nhầm")
    assert (len(in_force(office)), states(office)) == (1, [("processed", None)])
    assert not any(v.in_force for v in versions(office, office.other))

    undo(office.acting(), last_act(office), "nhầm")
    assert (in_force(office), states(office)) == ([], [("held", "sender_unknown")])


def stranger(office: Office) -> Any:
    _, reading = office.receive(UNKNOWN)
    office.mails.pop()
    return reading


def test_an_address_that_was_taught_is_forgotten_with_the_act(office: Office) -> None:
    (ident,) = came(office, UNKNOWN)
    assign(office.acting(), ident, Assignment(office.other, remember=True))
    office.decide([(ident, stranger(office))])
    with office.database.read() as connection:
        assert office.other in {
            o.code for o in owners(connection, [STRANGER])[STRANGER]
        }
    undo(office.acting(), last_act(office), "nhầm")
    with office.database.read() as connection:
        assert office.other not in {
            o.code for o in owners(connection, [STRANGER])[STRANGER]
        }


def test_a_papers_bytes_and_reading_are_archived_with_its_version(
    office: Office,
) -> None:
    reading = replace(a_reading(mentions=(), candidates=()), message=None)
    sha256 = hashlib.sha256(b"to giay").hexdigest()
    paper = Paper("giấy.xlsx", b"to giay", sha256, reading, b"{}", "k:file")
    wrong = replace(owed(office), phase="results")
    with pytest.raises(RefusalError):
        record(office.acting(), wrong, paper)
    with office.database.read() as connection, pytest.raises(NotArchivedError):
        office.archive.get(connection, "attachment", sha256)

    record(office.acting(), owed(office), paper)
    with office.database.read() as connection:
        assert office.archive.get(connection, "attachment", sha256) == b"to giay"
        assert office.archive.get(connection, "reading", "k:file") == b"{}"
        (line,) = unit_lines(connection, PLAN, [office.code])
    assert (line.registered, line.state) == (10, "complete")
