"""The consolidated registration table, row by row, as `export registrations` has it.

It formats nothing; the export's room writes files of it.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from storage.tables import campaign_categories, campaigns, registrations, units
from storage.views import versions_in_force


class ExportRow(NamedTuple):
    """One registered work of a version in force; names and order are the CSV's.

    `received` is aware; `late` is the unit's, as in the status table. `source` is the
    place that the row was read from.
    """

    campaign: str
    category: str | None
    unit: str
    unit_name: str | None
    number: str | None
    title: str | None
    method: str | None
    time: str | None
    expected_result: str | None
    field: int | None
    start: date | None
    end: date | None
    certainty: float
    version: int
    received: datetime
    late: bool
    confirmation: str | None
    source: str


def registration_rows(
    connection: Connection, campaign: str | None = None
) -> Iterator[ExportRow]:
    """Yield the rows by campaign, category, unit of the file and place in the source.

    They come in portions: memory does not grow with their number. Units that left the
    directory's file are among them.
    """
    r, u, v = registrations.c, units.c, versions_in_force.c
    k, p = campaign_categories.c, campaigns.c
    query = (
        select(
            v.campaign,
            u.category,
            v.unit,
            u.name,
            r.number,
            r.title,
            r.method,
            r.time,
            r.expected_result,
            r.field,
            r.start,
            r.end,
            r.certainty,
            v.version,
            v.received,
            v.first_late,
            v.confirmation,
            r.place,
        )
        .select_from(versions_in_force)
        .join(registrations, r.submission == v.submission)
        .outerjoin(units, u.code == v.unit)
        .outerjoin(campaigns, p.number == v.campaign)
        .outerjoin(
            campaign_categories, (k.campaign == v.campaign) & (k.code == u.category)
        )
        .where(v.phase == "registration")
        .order_by(
            func.coalesce(p.position, 100000),
            v.campaign,
            func.coalesce(k.position, 100000),
            func.coalesce(u.position, 100000),
            v.unit,
            r.position,
        )
    )
    if campaign is not None:
        query = query.where(v.campaign == campaign)
    portions = connection.execute(query, execution_options={"yield_per": 500})
    for row in portions:
        yield ExportRow._make(row)
