"""Ten thousand campaigns with outages, jumps of the clock and tables at any moment."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.schedule.steps import GRACE
from tests.unit.daemon.schedule.history import World, lived, owed

HISTORIES = 10_000


def check(world: World) -> int:
    """Hold one history to every promise; return how many reminders left in it."""
    almanac, rules = world.almanac, world.almanac.rules
    campaign = almanac.campaigns[0]
    steps = {s.name: s for s in almanac.steps(campaign, campaign.phases[0])}
    keys = Counter(one.key for one in world.sent)
    assert all(count == 1 for count in keys.values()), "a reminder twice"
    assert len(world.sent) <= rules.max_per_phase
    for one in world.sent:
        step = steps[one.key.step]
        assert owed(one, almanac), "reminded, and nothing was owed"
        assert almanac.hours.is_day(one.at), "reminded at night"
        assert step.at <= one.at <= step.at + GRACE
        assert step.day >= almanac.since, "caught up from before the first start"
        assert not any(step.at < s.at <= one.at for s in steps.values())
    days = sorted(almanac.hours.date(one.at) for one in world.sent)
    gap = timedelta(days=rules.min_gap_days)
    assert all(later - earlier >= gap for earlier, later in pairwise(days))
    return len(world.sent)


def test_no_history_reminds_who_has_delivered_and_none_twice() -> None:
    left = [check(lived(seed)) for seed in range(HISTORIES)]
    # They are no quiet histories: most units were reminded, some to the last step.
    assert sum(count > 0 for count in left) > HISTORIES / 2
    assert max(left) >= 4


@given(st.integers(min_value=HISTORIES))
@settings(max_examples=200, deadline=None)
def test_no_other_history_does_either(seed: int) -> None:
    check(lived(seed))
