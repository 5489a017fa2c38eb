from datetime import UTC, datetime, timedelta, timezone

from daemon.mailbox.account import FetchLimits
from daemon.mailbox.batches import Plan, aware_date, internal_date, judge, plan_batches
from daemon.mailbox.listing import Entry, NotYet
from daemon.mailbox.wire import Answer

DAY = datetime(2021, 6, 8, tzinfo=UTC)


def an_entry(uid: int, size: int = 10) -> Entry:
    return Entry(uid, size, DAY)


def planned(
    *entries: Entry, limits: FetchLimits, doubted: dict[int, int] | None = None
):
    plans = plan_batches(entries, limits, doubted)
    return [(plan.uids, plan.header_only) for plan in plans]


def judged(row: dict[bytes, bytes | None] | None, witness: bytes | None = None):
    answer = Answer(frozenset([7]), {} if row is None else {7: row}, "OK")
    return judge(Plan((an_entry(7, 3),)), answer, lambda _uid: witness)


def test_a_batch_ends_by_count() -> None:
    limits = FetchLimits(batch_count=2)
    entries = [an_entry(1), an_entry(2), an_entry(3)]
    assert planned(*entries, limits=limits) == [((1, 2), False), ((3,), False)]


def test_a_batch_ends_by_bytes_and_a_mail_above_them_goes_alone() -> None:
    limits = FetchLimits(batch_bytes=100)
    entries = [an_entry(1, 60), an_entry(2, 40), an_entry(3, 150), an_entry(4, 1)]
    expected = [((1, 2), False), ((3,), False), ((4,), False)]
    assert planned(*entries, limits=limits) == expected


def test_of_a_mail_above_the_limit_only_the_header_is_asked_for() -> None:
    limits = FetchLimits(message_bytes=100)
    entries = [an_entry(1, 101), an_entry(2, 100)]
    assert planned(*entries, limits=limits) == [((2,), False), ((1,), True)]


def test_doubted_mails_come_last_and_alone_the_worst_at_the_end() -> None:
    entries = [an_entry(uid) for uid in range(1, 6)]
    found = planned(*entries, limits=FetchLimits(), doubted={1: 3, 2: 1, 4: 1})
    assert [uids for uids, _ in found] == [(3, 5), (2,), (4,), (1,)]


def test_a_whole_mail_is_delivered_with_its_date() -> None:
    date = b"08-Jun-2021 09:00:00 +0700"
    batch = judged({b"BODY[]": b"abc", b"RFC822.SIZE": b"3", b"INTERNALDATE": date})
    (mail,) = batch.mails
    assert (mail.uid, mail.raw, mail.size, mail.header_only) == (7, b"abc", 3, False)
    assert mail.internaldate.isoformat() == "2021-06-08T09:00:00+07:00"


def test_an_empty_answer_is_never_a_mail_even_if_its_size_says_so() -> None:
    for empty in (None, b""):
        row: dict[bytes, bytes | None] = {b"BODY[]": empty, b"RFC822.SIZE": b"0"}
        batch = judged(row, witness=b"")
        assert not batch.mails
        assert batch.not_yet == (NotYet(7, "empty"),)


def test_a_missing_answer_is_not_yet() -> None:
    assert judged(None).not_yet == (NotYet(7, "missing"),)
    assert judged({b"FLAGS": None}).not_yet == (NotYet(7, "missing"),)


def test_a_short_answer_is_delivered_only_if_a_second_look_agrees() -> None:
    short: dict[bytes, bytes | None] = {b"BODY[]": b"abc", b"RFC822.SIZE": b"9"}
    assert judged(short, witness=b"abcdefghi").not_yet == (NotYet(7, "short"),)
    assert judged(short, witness=None).not_yet == (NotYet(7, "short"),)
    (mail,) = judged(short, witness=b"abc").mails
    assert (mail.raw, mail.size) == (b"abc", 3)


def test_dates_are_aware_and_nonsense_is_none() -> None:
    hanoi = timezone(timedelta(hours=7))
    expected = datetime(2021, 6, 8, 9, tzinfo=hanoi)
    assert aware_date("8-Jun-2021 09:00:00 +0700") == expected
    assert aware_date("Tue, 8 Jun 2021 02:00:00 -0000") == expected
    for nonsense in ("", "x", "00-Jan-0000 00:00:00 +0000", "31-Dec-9999 23:00 -1400"):
        assert aware_date(nonsense) is None


def test_the_fixed_form_of_a_date_is_read_as_the_mail_library_reads_it() -> None:
    zones = ("+0700", "-0330", "+0000", "-0000", "+1400")
    for month in ("Jan", "mar", "APR", "May", "Jul", "Aug", "Sep", "Dec"):
        for zone in zones:
            told = f"{len(month):>2}-{month}-2021 23:59:01 {zone}"
            found = internal_date({b"INTERNALDATE": told.encode()})
            assert found is not None
            assert found == aware_date(told.strip())
            assert found.utcoffset() == (aware_date(told.strip()) or found).utcoffset()


def test_a_date_that_does_not_exist_is_none() -> None:
    for told in (b"31-Feb-2021 00:00:00 +0700", b"01-Anf-2021 00:00:00 +0700"):
        assert internal_date({b"INTERNALDATE": told}) is None
