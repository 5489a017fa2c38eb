"""Plans as they were last in force: kept so that SQL and `check` know them.

It reads no campaign file; what was configured is handed in at every start.
"""

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from parsers.values.campaign import Campaign
from storage.jsontext import from_json, to_json
from storage.tables import (
    campaign_categories,
    campaign_phases,
    campaign_quotas,
    campaigns,
)
from storage.upserts import insert_or_update


def put_campaigns(connection: Connection, given: Sequence[Campaign]) -> tuple[str, ...]:
    """Write the plans that are new or changed; return their numbers.

    A plan that is not given any more becomes inactive; nothing of it is deleted.
    """
    stored = {row.number: row for row in connection.execute(select(campaigns))}
    wanted = {c.number: (_digest(c), place) for place, c in enumerate(given)}
    changed = [
        campaign
        for campaign in given
        if campaign.number not in stored
        or stored[campaign.number].digest != wanted[campaign.number][0]
    ]
    for campaign in changed:
        _write(connection, campaign, wanted[campaign.number])
    _arrange(connection, wanted, {n: (r.position, r.active) for n, r in stored.items()})
    return tuple(campaign.number for campaign in changed)


def stored_campaigns(connection: Connection) -> tuple[Campaign, ...]:
    """Return the active plans as they were last put, in the configuration's order."""
    c = campaigns.c
    query = select(c.data).where(c.active).order_by(c.position)
    return tuple(from_json(data, Campaign) for data in connection.scalars(query))


def _digest(campaign: Campaign) -> str:
    return hashlib.sha256(to_json(campaign).encode()).hexdigest()


def _arrange(
    connection: Connection,
    wanted: dict[str, tuple[str, int]],
    stored: dict[str, tuple[int, bool]],
) -> None:
    for number, (position, active) in stored.items():
        place = wanted[number][1] if number in wanted else position
        if (place, number in wanted) != (position, active):
            statement = update(campaigns).where(campaigns.c.number == number)
            values = {"position": place, "active": number in wanted}
            connection.execute(statement.values(values))


def _write(connection: Connection, campaign: Campaign, mark: tuple[str, int]) -> None:
    row = {
        "number": campaign.number,
        "position": mark[1],
        "title": campaign.title,
        "digest": mark[0],
        "data": to_json(campaign),
        "active": True,
    }
    statement = insert_or_update(
        connection, campaigns, ["number"], [n for n in row if n != "number"]
    )
    connection.execute(statement, row)
    for table in (campaign_categories, campaign_quotas, campaign_phases):
        connection.execute(delete(table).where(table.c.campaign == campaign.number))
    _write_categories(connection, campaign)
    _write_quotas(connection, campaign)
    _write_phases(connection, campaign)


def _write_categories(connection: Connection, campaign: Campaign) -> None:
    rows = [
        {
            "campaign": campaign.number,
            "code": category.code,
            "position": place,
            "name": category.name,
            "quota": category.quota,
        }
        for place, category in enumerate(campaign.categories)
    ]
    connection.execute(insert(campaign_categories), rows)


def _write_quotas(connection: Connection, campaign: Campaign) -> None:
    rows = [
        {"campaign": campaign.number, "unit": unit, "quota": quota}
        for unit, quota in dict(reversed(campaign.quota_exceptions)).items()
    ]
    if rows:
        connection.execute(insert(campaign_quotas), rows)


def _write_phases(connection: Connection, campaign: Campaign) -> None:
    rows = [
        {
            "campaign": campaign.number,
            "name": phase.name,
            "position": place,
            "opens": phase.opens,
            "deadline": phase.deadline,
            "day_counts": phase.day_counts,
        }
        for place, phase in enumerate(campaign.phases)
    ]
    connection.execute(insert(campaign_phases), rows)
