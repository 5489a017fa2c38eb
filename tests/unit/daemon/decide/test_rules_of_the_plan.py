"""Quota, deadline, campaign, results: what the campaign file says, at the second."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daemon.decide import decide
from daemon.decide.digest import number_key, rows_digest
from daemon.decide.outcomes import matched
from daemon.decide.phase import is_late, last_moment
from daemon.decide.places import FindingIndex
from parsers.values.campaign import Campaign, Category, Column, Phase
from parsers.values.finding import CATALOGUE, Finding, finding
from parsers.values.message import Address, HeaderLine
from parsers.values.reading import Correction
from parsers.values.unit import Mention
from tests.builders.case import (
    CAMPAIGN,
    NOON,
    ZONE,
    a_case,
    a_message,
    a_policy,
    a_reading,
    a_result,
    a_row,
    a_standing,
    bare,
    rows,
    utc,
)

COUNTS = Phase("registration", date(2021, 5, 1), date(2021, 6, 10), day_counts=True)
STRICT = replace(COUNTS, day_counts=False)
OTHER = Campaign(
    "12-KH/BDV",
    "Dân vận khéo",
    (date(2021, 1, 1), date(2021, 12, 31)),
    (Phase("registration", date(2021, 5, 1), date(2021, 7, 1)),),
    (Category("phuong", "Phường", 1),),
    tuple(Column(key, key) for key in ("title", "method", "unit", "time")),
)


@pytest.mark.parametrize(
    ("phase", "received", "late"),
    [
        (COUNTS, datetime(2021, 6, 10, 23, 59, 59, 999999, ZONE), False),
        (COUNTS, datetime(2021, 6, 11, 0, 0, 0, 0, ZONE), True),
        (COUNTS, utc(2021, 6, 10, 16, 59, 59), False),
        (COUNTS, utc(2021, 6, 10, 17, 0, 0), True),
        (STRICT, datetime(2021, 6, 9, 23, 59, 59, 0, ZONE), False),
        (STRICT, datetime(2021, 6, 10, 0, 0, 0, 0, ZONE), True),
    ],
)
def test_lateness_is_judged_at_the_second_in_the_office_s_zone(
    phase: Phase, received: datetime, late: bool
) -> None:
    assert is_late(phase, received, ZONE) is late


def test_the_last_moment_is_the_last_second_that_counts() -> None:
    assert last_moment(COUNTS, ZONE) == datetime(2021, 6, 10, 23, 59, 59, 0, ZONE)
    assert last_moment(STRICT, ZONE) == datetime(2021, 6, 9, 23, 59, 59, 0, ZONE)


def test_a_late_table_is_taken_and_marked() -> None:
    decision = decide(a_case(at=NOON + timedelta(days=3)), a_policy())
    assert decision.submissions[0].late is True
    assert "late" in [f.code for f in decision.submissions[0].findings]
    assert decision.submissions[0].state == "accepted"


@pytest.mark.parametrize(
    ("count", "code"), [(9, "under_quota"), (10, None), (11, "over_quota")]
)
def test_a_count_is_flagged_and_never_cut(count: int, code: str | None) -> None:
    reading = a_reading(registrations=rows(*range(1, count + 1)))
    made = decide(a_case(reading=reading), a_policy()).submissions[0]
    said = {f.code for f in made.findings} & {"under_quota", "over_quota"}
    assert said == ({code} if code else set())
    assert len(made.registrations) == count


def test_an_exception_of_the_quota_goes_before_the_category() -> None:
    campaign = replace(CAMPAIGN, quota_exceptions=(("P09", 12),))
    made = decide(a_case(), a_policy(campaigns=(campaign,))).submissions[0]
    assert "under_quota" in [f.code for f in made.findings]


def test_a_unit_that_the_plan_does_not_name_is_taken_without_a_quota() -> None:
    campaign = replace(CAMPAIGN, categories=())
    decision = decide(a_case(), a_policy(campaigns=(campaign,)))
    assert decision.submissions[0].state == "accepted"
    facts = decision.items[0].facts
    assert facts.quota is None  # type: ignore[union-attr]


@pytest.mark.parametrize("plans", [("41 - KH/QU",), ("12-KH/BDV",)])
def test_the_plan_s_number_chooses_the_campaign(plans: tuple[str, ...]) -> None:
    policy = a_policy(campaigns=(CAMPAIGN, OTHER))
    decision = decide(a_case(reading=a_reading(plans=plans)), policy)
    assert decision.submissions[0].campaign == plans[0].replace(" ", "")


def test_a_mail_that_names_two_plans_is_held() -> None:
    reading = a_reading(plans=("41-KH/QU", "12-KH/BDV"))
    policy = a_policy(campaigns=(CAMPAIGN, OTHER))
    assert decide(a_case(reading=reading), policy).reason == "campaign_unclear"


def test_another_office_s_plan_number_does_not_confuse_the_only_campaign() -> None:
    reading = a_reading(plans=("05-KH/ĐU",))
    assert decide(a_case(reading=reading), a_policy()).reason is None


def test_of_two_campaigns_the_one_that_is_open_is_meant() -> None:
    later = replace(OTHER, phases=(replace(OTHER.phases[0], opens=date(2021, 7, 1)),))
    decision = decide(a_case(), a_policy(campaigns=(CAMPAIGN, later)))
    assert decision.submissions[0].campaign == "41-KH/QU"


def test_of_two_open_campaigns_the_columns_tell() -> None:
    form = {"title": 1.0, "method": 1.0, "unit": 1.0, "time": 1.0}
    decision = decide(
        a_case(reading=a_reading(registrations=(a_row(1, cells=form),))),
        a_policy(campaigns=(CAMPAIGN, OTHER)),
    )
    assert decision.submissions[0].campaign == "12-KH/BDV"


def test_two_campaigns_of_one_form_are_told_by_nobody_but_a_person() -> None:
    twin = replace(CAMPAIGN, number="42-KH/QU")
    decision = decide(a_case(), a_policy(campaigns=(CAMPAIGN, twin)))
    assert decision.reason == "campaign_unclear"


def test_a_second_table_goes_where_the_unit_has_a_version() -> None:
    twin = replace(CAMPAIGN, number="42-KH/QU")
    standing = (a_standing(*rows(1), campaign="42-KH/QU"),)
    policy = a_policy(campaigns=(CAMPAIGN, twin))
    decision = decide(a_case(standing=standing), policy)
    assert decision.submissions[0].campaign == "42-KH/QU"


def test_results_find_their_works_one_to_one() -> None:
    works = (*rows(1, 2), a_row(3, title=a_row(1).title), a_row(4))
    results = (
        a_result(3, title=a_row(1).title),
        a_result(1),
        a_result(9, title="Không có trong đăng ký"),
        a_result(2, title=""),
    )
    found = matched(results, works)
    assert found.positions == (2, 0, None, 1)
    codes = [f.code for f in found.findings]
    assert codes == ["result_without_registration", "result_missing"]


def test_a_number_does_not_outweigh_another_title() -> None:
    found = matched((a_result(1, title="Việc khác"),), rows(1))
    assert found.positions == (None,)


def test_a_report_is_stored_in_its_own_phase_with_its_works() -> None:
    reading = a_reading(kind="results", registrations=(), results=(a_result(2),))
    at = datetime(2021, 10, 6, 8, 0, tzinfo=ZONE)
    case = a_case(reading=reading, at=at, standing=(a_standing(*rows(1, 2)),))
    made = decide(case, a_policy()).submissions[0]
    assert (made.phase, made.late, made.matched) == ("results", True, (1,))
    assert "result_missing" in [f.code for f in made.findings]
    assert made.registrations == ()


def test_a_digest_knows_no_spelling_and_every_word() -> None:
    spelled = a_row(1, number="01.", method="VẬN ĐỘNG", expected_result=" 1  căn ")
    assert rows_digest([spelled]) == rows_digest([a_row(1)])
    assert rows_digest([a_row(1, method="Vận đông")]) != rows_digest([a_row(1)])
    assert rows_digest([a_row(1, time=None)]) == rows_digest([a_row(1, time="")])
    assert rows_digest([]) != rows_digest([a_row(1)])
    assert rows_digest(rows(1, 2)) != rows_digest(rows(2, 1))


@pytest.mark.parametrize(
    ("written", "key"),
    [("01.", "1"), (" 1 ) ", "1"), ("10", "10"), (None, ""), ("I.3", "i 3")],
)
def test_a_number_is_known_however_it_is_written(written: str | None, key: str) -> None:
    assert number_key(written) == key


@pytest.mark.parametrize(
    ("row", "place", "belongs"),
    [
        ("b.xlsx › S › A5:E5", "b.xlsx › S › D5", True),
        ("b.xlsx › S › A5:E7", "b.xlsx › S › D6", True),
        ("b.xlsx › S › A5:E5", "b.xlsx › S › D55", False),
        ("b.xlsx › S › A5:E5", "b.xlsx › T › D5", False),
        ("b.xlsx › S › A5:E5", "b.xlsx › S", False),
        ("b.xlsx › S › A5:E5", None, False),
        ("m.docx › bảng 2 › hàng 3", "m.docx › bảng 2 › hàng 3, cột 2", True),
        ("m.docx › bảng 2 › hàng 3", "m.docx › bảng 2 › hàng 30, cột 2", False),
        ("m.docx › bảng 2 › hàng 3-5", "m.docx › bảng 2 › hàng 4, cột 2", True),
        ("m.docx › bảng 2 › hàng 3-5", "m.docx › bảng 2 › hàng 6, cột 2", False),
        ("m.docx › bảng 2 › hàng 3", "m.docx › bảng 2 › hàng 3", True),
    ],
)
def test_a_finding_speaks_of_the_row_that_its_place_lies_in(
    row: str, place: str | None, belongs: bool
) -> None:
    index = FindingIndex([finding("cell_empty", place)])
    assert bool(index.of(a_row(1, place=row))) is belongs


def test_thousands_of_rows_and_findings_are_put_together_in_one_pass() -> None:
    many = rows(*range(1, 3001))
    told = tuple(
        finding("cell_empty", f"bang.xlsx › Sheet1 › D{n + 3}") for n in range(1, 3001)
    )
    decision = decide(
        a_case(reading=a_reading(registrations=many, findings=told)), a_policy()
    )
    facts = decision.items[0].facts
    assert all(len(row.findings) == 1 for row in facts.rows)  # type: ignore[union-attr]


def anything() -> st.SearchStrategy[Any]:
    """Readings that no reader would give: everything may be missing or strange."""
    text = st.none() | st.text(max_size=12) | st.just("Xây 1 nhà")
    code = st.sampled_from([None, "P09", "P10", "MN-06", "??"])
    path = st.sampled_from([(), ("bang.xlsx",), ("a.zip", "b")])
    row = st.builds(
        a_row,
        number=text,
        title=text,
        method=text,
        time=text,
        unit=code,
        attachment=path,
        place=st.text(max_size=9),
        certainty=st.floats(0, 1),
    )
    found = st.sampled_from(sorted(CATALOGUE)).map(finding)
    mention = st.builds(
        Mention,
        source=st.sampled_from(["letterhead", "signature", "subject", "body"]),
        code=code,
        text=st.just("x"),
        score=st.floats(0, 1),
        foreign=st.booleans(),
        attachment=path,
    )
    message = st.none() | st.builds(
        a_message,
        st.sampled_from([None, "", "x", "p9@tphcm.gov.vn", "@", "a@b@c"]),
        from_fields=st.integers(0, 3),
        sender=st.none() | st.just(Address(None, None)),
        message_id=text,
        subject=text,
        date=st.none() | st.just(datetime(1, 1, 1)),  # noqa: DTZ001
        automatic=st.sampled_from([None, "list", "automatic", "bounce"]),
        trace=st.lists(
            st.builds(
                HeaderLine,
                st.sampled_from(["received", "authentication-results", "return-path"]),
                st.text(max_size=30),
            ),
            max_size=3,
        ).map(tuple),
    )
    few = {"max_size": 3}
    return st.builds(
        a_reading,
        kind=st.sampled_from(["registration", "results", "nil", "correction", "other"]),
        mode=st.sampled_from([None, "new", "replacement", "supplement"]),
        message=message,
        registrations=st.lists(row, **few).map(tuple),
        results=st.lists(st.builds(a_result, number=text, title=text), **few).map(
            tuple
        ),
        corrections=st.lists(
            st.builds(
                Correction, st.text(max_size=2), st.sampled_from(["remove", "set"])
            ),
            **few,
        ).map(tuple),
        findings=st.lists(found, **few).map(tuple),
        mentions=st.lists(mention, **few).map(tuple),
        kind_unclear=st.booleans(),
        request=st.sampled_from([None, "form", "status"]),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    reading=anything(),
    known=st.booleans(),
    standing=st.booleans(),
    header_only=st.booleans(),
    assigned=st.sampled_from([(), (("P09", ""),), (("??", "x"),)]),
)
def test_whatever_comes_has_one_state_and_one_reason_and_no_exception(
    reading: Any, known: bool, standing: bool, header_only: bool, assigned: Any
) -> None:
    case = a_case(
        reading=reading,
        header_only=header_only,
        assigned=assigned,
        standing=(a_standing(*rows(1, 2)),) if standing else (),
        **({} if known else {"owners": ()}),
    )
    decision = decide(case, a_policy())
    assert decision.state in {"processed", "ignored", "held"}
    assert (decision.state in {"held", "ignored"}) <= (decision.reason is not None)
    assert decision == decide(case, a_policy())
    if decision.state == "ignored":
        assert (decision.submissions, decision.items, decision.learned) == ((), (), ())
    for item in decision.items:
        assert reading.message is not None
        assert item.to == (reading.message.author.address.strip(),)


def test_a_finding_of_the_reading_is_not_repeated_among_the_decision_s_own() -> None:
    told: tuple[Finding, ...] = (finding("cell_empty", "x"),)
    decision = decide(a_case(reading=a_reading(findings=told)), a_policy())
    assert "cell_empty" not in [f.code for f in decision.findings]
    assert told[0] in decision.submissions[0].findings


def test_a_large_mail_is_told_its_size_where_the_reader_could_not() -> None:
    decision = decide(a_case(reading=bare(), header_only=True), a_policy())
    assert [f.code for f in decision.findings] == ["file_too_large"]
