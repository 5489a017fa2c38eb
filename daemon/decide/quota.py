"""How many works a unit owes, and what its count is against that.

The plan does not call the number a minimum or a maximum: nothing is cut.
"""

from daemon.decide.policy import Policy
from parsers.values.campaign import Campaign
from parsers.values.finding import Finding, finding


def quota_of(campaign: Campaign | None, unit: str, policy: Policy) -> int | None:
    """Return what the unit owes; None for a unit that takes no part."""
    known = policy.by_code.get(unit)
    if campaign is None or known is None:
        return None
    return campaign.quota(unit, known.category)


def counted(registered: int, quota: int | None) -> tuple[Finding, ...]:
    """Return the finding of a count below or above the quota, none where it is met."""
    if quota is None or registered == quota:
        return ()
    code = "under_quota" if registered < quota else "over_quota"
    return (finding(code, registered=str(registered), quota=str(quota)),)
