"""Units and addresses: taken in from the file, learned, never deleted."""

from dataclasses import replace

import pytest

from parsers.values.act import Act, Details
from parsers.values.unit import AddressOwner, AddressSource
from storage import acts
from storage.addresses import (
    addressed,
    all_addresses,
    forget,
    learn,
    owners,
    set_health,
)
from storage.database import Database
from storage.errors import ConflictError
from storage.events import events_of_unit
from storage.said import WHOLE, Said, said_of
from storage.units import (
    UnitsChange,
    all_units,
    check_units,
    find_unit,
    known_digest,
    preview,
    take_in,
)
from tests.builders.campaigns import a_unit
from tests.builders.decisions import NOW, a_recorded_message, at

WARD = a_unit(
    "P09",
    name="Phường 9",
    aliases=("P.9", "UBND P9"),
    addresses=("P9@Example.org", "ubnd.p9@example.org"),
    salutation="Kính gửi: Đảng ủy Phường 9",
    contact="Nguyễn Thị Ơn",
    phone="0903",
    leader="Bí thư",
    leader_address="bt@example.org",
    note="ghi chú",
)
SCHOOL = a_unit("MN6", "phong_ban", addresses=("p9@example.ORG",))


def of(address: str, code: str, source: AddressSource) -> AddressOwner:
    return AddressOwner(address, code, source)


def test_units_come_back_as_the_file_has_them(database: Database) -> None:
    with database.write() as connection:
        assert known_digest(connection) is None
        change = take_in(connection, [WARD, SCHOOL], "d1", NOW)
        assert change == UnitsChange(added=("P09", "MN6"))
        assert [line.unit for line in all_units(connection)] == [WARD, SCHOOL]
        assert take_in(connection, [], "d1", NOW) is None
        assert known_digest(connection) == "d1"
        assert find_unit(connection, "X") is None


def test_a_code_that_vanished_is_inactive_and_comes_back(database: Database) -> None:
    renamed = replace(SCHOOL, name="Mầm non 6A", addresses=())
    with database.write() as connection:
        take_in(connection, [WARD, SCHOOL], "d1", NOW)
        assert preview(connection, [renamed]) == UnitsChange(
            changed=("MN6",), vanished=("P09",)
        )
        take_in(connection, [renamed], "d2", at(9))
        assert check_units(connection).vanished == ("P09",)
        ward = find_unit(connection, "P09")
        assert ward is not None
        assert (ward.unit, ward.active) == (WARD, False)
        # A mail of a unit that is no more proves nothing.
        assert owners(connection, ["p9@example.org"]) == {"p9@example.org": ()}
        change = take_in(connection, [WARD, renamed], "d3", at(10))
        assert change == UnitsChange(changed=(), returned=("P09",))
        history = events_of_unit(connection, "P09")
    steps = [(e.from_, e.to) for e in history if e.what == "unit"]
    assert steps == [
        (None, "active"),
        ("active", "inactive"),
        ("inactive", "active"),
    ]


def test_an_address_is_compared_case_folded_and_may_have_several_owners(
    database: Database,
) -> None:
    with database.write() as connection:
        take_in(connection, [WARD, SCHOOL], "d1", NOW)
        found = owners(connection, [" P9@EXAMPLE.ORG ", "nobody@example.org"])
        check = check_units(connection)
    assert found == {
        " P9@EXAMPLE.ORG ": (
            of("P9@Example.org", "P09", "file"),
            of("p9@example.ORG", "MN6", "file"),
        ),
        "nobody@example.org": (),
    }
    assert check.shared == (("P9@Example.org", ("P09", "MN6")),)


def test_nothing_is_asked_for_nobody(database: Database) -> None:
    with database.read() as connection:
        assert owners(connection, []) == {}
        assert addressed(connection, []) == frozenset()


def test_any_source_makes_a_unit_addressed(database: Database) -> None:
    units = [a_unit(code) for code in ("A", "B", "C")]
    with database.write() as connection:
        take_in(connection, [*units, WARD], "d1", NOW)
        learn(connection, [of("a@x", "A", "provisional")], NOW)
        learn(connection, [of("b@x", "B", "learned")], NOW, "lan")
        assert addressed(connection, ["A", "B", "C", "P09"]) == {"A", "B", "P09"}
        assert check_units(connection).without_address == ("C",)


#: What is there, what is learned and by whom, what the address is afterwards.
LEARNING = [
    ("provisional", "learned", "lan", "learned"),
    ("learned", "provisional", "hopthu", "learned"),
    ("provisional", "provisional", "hopthu", "provisional"),
    ("file", "provisional", "hopthu", "file"),
    ("file", "learned", "lan", "file"),
]


@pytest.mark.parametrize(("before", "learned", "by", "after"), LEARNING)
def test_a_source_is_raised_and_never_lowered(
    database: Database,
    before: AddressSource,
    learned: AddressSource,
    by: str,
    after: AddressSource,
) -> None:
    unit = a_unit("A", addresses=("a@x",) if before == "file" else ())
    with database.write() as connection:
        take_in(connection, [unit], "d1", NOW)
        if before != "file":
            learn(connection, [of("a@x", "A", before)], NOW)
        learn(connection, [of("A@X", "A", learned)], at(9), by)
        assert owners(connection, ["a@x"])["a@x"][0].source == after


@pytest.mark.parametrize("before", [None, "provisional", "file"])
def test_what_is_forgotten_is_known_as_it_was_before_it_was_taught(
    database: Database, before: AddressSource | None
) -> None:
    unit = a_unit("A", addresses=("a@x",) if before == "file" else ())
    with database.write() as connection:
        take_in(connection, [unit], "d1", NOW)
        if before == "provisional":
            learn(connection, [of("a@x", "A", before)], NOW)
        stood = all_addresses(connection, "A").get("A")
        (taught,) = learn(connection, [of("A@x", "A", "learned")], at(9), "lan")
        assert taught.before == before
        assert forget(connection, taught, "A", at(10), "hoa")
        lines = all_addresses(connection, "A").get("A")
        told = [(line.source, line.by) for line in lines or ()]
        assert told == [(line.source, line.by) for line in stood or ()]
        assert not forget(connection, taught, "A", at(10), "hoa")


def test_an_address_that_left_the_file_goes_unless_a_person_taught_it(
    database: Database,
) -> None:
    with database.write() as connection:
        take_in(connection, [WARD], "d1", NOW)
        learn(connection, [of("p9@example.org", "P09", "learned")], NOW, "lan")
        take_in(connection, [replace(WARD, addresses=("new@x",))], "d2", at(9))
        lines = all_addresses(connection, "P09")["P09"]
    assert [(line.folded, line.source) for line in lines] == [
        ("new@x", "file"),
        ("p9@example.org", "learned"),
    ]


def test_a_provisional_address_that_the_file_takes_over_belongs_to_the_file(
    database: Database,
) -> None:
    with database.write() as connection:
        take_in(connection, [a_unit("A")], "d1", NOW)
        learn(connection, [of("a@x", "A", "provisional")], NOW)
        set_health(connection, "A@x", "bouncing", NOW)
        take_in(connection, [a_unit("A", addresses=("a@x",))], "d2", NOW)
        (owner,) = owners(connection, ["a@x"])["a@x"]
        assert (owner.source, owner.health) == ("file", "bouncing")
        take_in(connection, [a_unit("A")], "d3", NOW)
        assert owners(connection, ["a@x"]) == {"a@x": ()}


def test_the_health_of_an_address_is_told_once_for_every_unit_of_it(
    database: Database,
) -> None:
    with database.write() as connection:
        take_in(connection, [WARD, SCHOOL], "d1", NOW)
        for _ in range(2):
            set_health(connection, "p9@example.org", "dead", NOW)
        found = owners(connection, ["p9@example.org"])["p9@example.org"]
        history = events_of_unit(connection, "MN6")
    assert [owner.health for owner in found] == ["dead", "dead"]
    assert [(e.from_, e.to) for e in history if e.to == "dead"] == [("good", "dead")]


def test_a_second_file_with_the_same_units_writes_no_event(
    database: Database,
) -> None:
    with database.write() as connection:
        take_in(connection, [WARD], "d1", NOW)
        before = events_of_unit(connection, "P09")
        assert take_in(connection, [WARD], "d2", at(9)) == UnitsChange()
        assert events_of_unit(connection, "P09") == before


def test_what_a_person_said_of_a_mail_stands_until_it_is_taken_back(
    database: Database,
) -> None:
    with database.write() as connection:
        one, two = (a_recorded_message(connection) for _ in range(2))
        for unit, part in (("P09", WHOLE), ("P10", WHOLE), ("MN6", "a.zip/b.xlsx")):
            act = Act("assign", message=one, unit=unit, details=Details(part=part))
            event = acts.keep(connection, act, NOW, "lan")
        assert said_of(connection, [one, two]) == {
            one: Said((("P10", ""), ("MN6", "a.zip/b.xlsx")))
        }
        undone = Act("undo", "nhầm", message=one, undoes=event - 1)
        acts.keep(connection, undone, NOW, "lan")
        assert said_of(connection, [one])[one].assigned == (
            ("P09", ""),
            ("MN6", "a.zip/b.xlsx"),
        )
        with pytest.raises(ConflictError):
            acts.keep(connection, undone, NOW, "lan")


def test_a_thousand_units_are_asked_in_one_query(database: Database) -> None:
    units = [a_unit(f"U{n}", addresses=(f"u{n}@x",)) for n in range(1000)]
    with database.write() as connection:
        take_in(connection, units, "d1", NOW)
        found = owners(connection, [f"U{n}@X" for n in range(1000)])
    assert [owner[0].code for owner in found.values()] == [u.code for u in units]
