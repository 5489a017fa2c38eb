"""What a digest reads, on both databases: since when, whole in number, once."""

from datetime import date, timedelta

from parsers.values.finding import finding
from parsers.values.unit import AddressOwner
from storage import outbox as stored
from storage import summary
from storage.addresses import learn, set_health
from storage.campaigns import put_campaigns
from storage.database import Connection, Database
from storage.outcomes import not_composed
from storage.store import store_decisions
from storage.units import take_in
from tests.builders.campaigns import a_campaign, a_unit
from tests.builders.decisions import (
    NOW,
    PLAN,
    a_decided,
    a_decision,
    a_recorded_message,
    a_version,
    an_item,
)
from tests.builders.outbox import queue
from tests.builders.summaries import digest_facts

DAY = timedelta(days=1)
STAFF = ("a@q3.example", "b@q3.example")
TODAY = date(2021, 6, 8)


def an_office(connection: Connection) -> None:
    put_campaigns(connection, [a_campaign()])
    units = [
        a_unit("P09", addresses=("p9@example.org",), contact="Chị Lan", phone="0900"),
        a_unit("P10"),
    ]
    take_in(connection, units, "d", NOW)


def deliver(connection: Connection, unit: str, *codes: str, days: int = 0) -> int:
    """Store a version of the unit with these findings; return its mail."""
    when = NOW + days * DAY
    mail = a_recorded_message(connection, received=when)
    told = tuple(finding(code) for code in codes)
    version = a_version(unit, findings=told, received=when)
    store_decisions(connection, [a_decided(a_decision(mail, version))], when)
    return mail


def test_who_is_new_and_what_is_noticed_counts_from_the_digest_before(
    database: Database,
) -> None:
    with database.write() as connection:
        an_office(connection)
        deliver(connection, "P09", "hidden_rows", "late")
        second = deliver(connection, "P10", "copy_differs", days=2)
        deliver(connection, "P09", "duplicate_elsewhere", days=2)
        every = summary.new_units(connection, PLAN, None)
        since = summary.new_units(connection, PLAN, NOW + DAY)
        told = summary.noticed_since(connection, PLAN, NOW + DAY)
        doubles = summary.marked(connection, PLAN, "duplicate_elsewhere")
    assert [one.unit for one in every] == ["P09", "P10"]
    # A unit that sends again is not new.
    assert [one.unit for one in since] == ["P10"]
    assert {(n.unit, n.finding.code) for n in told} == {
        ("P10", "copy_differs"),
        ("P09", "duplicate_elsewhere"),
    }
    assert second in {n.message for n in told}
    assert [n.unit for n in doubles] == ["P09"]


def test_of_a_secret_mail_nothing_is_noticed(database: Database) -> None:
    with database.write() as connection:
        an_office(connection)
        for reason in ("secret", "unit_unknown"):
            mail = a_recorded_message(connection)
            told = (finding("hidden_rows"),)
            decision = a_decision(mail, state="held", reason=reason, findings=told)
            store_decisions(connection, [a_decided(decision)], NOW)
        noticed = summary.noticed_since(connection, PLAN, None)
        held = summary.waiting_mails(connection, "held")
    assert [n.message for n in noticed] == [mail]
    assert held.total == 2


def test_lists_are_counted_whole_and_read_to_a_bound(database: Database) -> None:
    with database.write() as connection:
        for _ in range(summary.LONGEST + 3):
            a_recorded_message(connection, state="quarantined", reason="reader_died")
        found = summary.waiting_mails(connection, "quarantined")
    assert (found.total, len(found.some)) == (summary.LONGEST + 3, summary.LONGEST)


def test_what_waits_says_why_and_what_was_not_built_is_named(
    database: Database,
) -> None:
    with database.write() as connection:
        ready, unbuilt, held = queue(
            connection,
            an_item("1"),
            an_item("2"),
            an_item("3", waits="release"),
            bytes_too=False,
        )
        not_composed(connection, unbuilt, NOW, "compose")
        counts = summary.unsent_counts(connection)
        listed = summary.unsent(connection)
    assert counts == (
        ("acknowledgement", "pending", 1),
        ("acknowledgement", "release", 1),
        ("acknowledgement", "temporary", 1),
    )
    assert [(one.id, one.why) for one in listed.some] == [
        (unbuilt, "compose"),
        (held, None),
    ]
    assert ready not in {one.id for one in listed.some}


def test_addresses_and_contacts_are_those_of_today(database: Database) -> None:
    with database.write() as connection:
        an_office(connection)
        owner = AddressOwner("neu@thu.example", "P10", "provisional")
        learn(connection, [owner], NOW)
        learned = summary.learned_addresses(connection, None)
        before = summary.contacts(connection)
        for address in ("p9@example.org", "neu@thu.example"):
            set_health(connection, address, "bouncing", NOW)
        after = summary.contacts(connection)
    assert [(one.unit, one.source) for one in learned] == [("P10", "provisional")]
    assert (before["P09"].phone, before["P09"].address) == ("0900", True)
    assert not after["P09"].address
    assert not after["P10"].address


def test_one_digest_a_campaign_day_and_recipient(database: Database) -> None:
    facts = digest_facts(campaign=PLAN, day=TODAY, fingerprint="f1")
    with database.write() as connection:
        assert summary.last_digest(connection, PLAN, TODAY) is None
        assert summary.last_fingerprint(connection, PLAN) is None
        assert len(summary.enqueue_digest(connection, facts, STAFF[:1], NOW)) == 1
        assert len(summary.enqueue_digest(connection, facts, STAFF, NOW)) == 1
        assert summary.enqueue_digest(connection, facts, STAFF, NOW + DAY) == ()
        asked = ["A@q3.example", "c@q3.example"]
        left = summary.without_digest(connection, PLAN, TODAY, asked)
        assert left == ("c@q3.example",)
        # The digest of the day itself is not the one before.
        assert summary.last_digest(connection, PLAN, TODAY) is None
        assert summary.last_digest(connection, PLAN, TODAY + DAY) == NOW
        assert summary.last_fingerprint(connection, PLAN) == "f1"
        due = stored.compose_due(connection, NOW, 10)
        assert [item.facts for item in due] == [facts] * 2
