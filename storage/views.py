"""The two read-only views: which version is in force, and the status of every unit.

They are SQL for both databases, so that everyone who asks gets the same answer: the
page, the command line, the digest and people who open the database themselves. No
other place says which version is in force.
"""

from sqlalchemy import Boolean, Integer, String, Text, column, table

from parsers.values.decision import BY_HAND
from storage.columns import Instant

#: The states of a version that counts, if it is not withdrawn; the same as in the SQL.
COUNTING = ("accepted", "partial")
#: A version `t` of the key `k` counts when it is accepted or partial, not withdrawn.
_COUNTING = """
    FROM submissions t
    WHERE t.campaign = k.campaign AND t.unit = k.unit AND t.phase = k.phase
      AND t.state IN ('accepted', 'partial')
      AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.submission = t.id)
"""
#: In force is the one received last; at the same instant the mail recorded later, after
#: all mails what a person recorded, then the greater number.
_PLACE = f"coalesce(t.message, {BY_HAND})"
_LAST = f"ORDER BY t.received DESC, {_PLACE} DESC, t.version DESC LIMIT 1"
#: Received first; of one mail's versions the greatest number, which was judged last.
_FIRST = f"ORDER BY t.received, {_PLACE}, t.version DESC LIMIT 1"
#: Excused from a phase: a person said so, and has not taken it back.
_EXCUSED = """
                SELECT DISTINCT a.campaign, a.unit, a.phase FROM acts a
                WHERE a.verb = 'excuse'
                  AND NOT EXISTS (SELECT 1 FROM acts b WHERE b.undoes = a.event)
"""

#: A later mail confirmed the version `s`. The words of the confirmations rank as they
#: sort, and a mail is noted here only where it says more than the version itself.
_SIGNED = "FROM signatures g WHERE g.submission = s.id"

#: Looked up by the index, key by key: a window over all versions took five times as
#: long on SQLite with 50,000 of them. `first_late` is the first one's lateness.
VERSIONS_IN_FORCE = f"""
CREATE VIEW versions_in_force AS
SELECT k.campaign, k.unit, k.phase, s.id AS submission, s.message, s.version, s.state,
       s.received, s.row_count,
       s.finding_count
           + CASE WHEN EXISTS (
                 SELECT 1 FROM contests z
                 WHERE z.campaign = k.campaign AND z.unit = k.unit
                   AND z.phase = k.phase
             ) THEN 1 ELSE 0 END
           - CASE WHEN s.unconfirmed AND EXISTS (SELECT 1 {_SIGNED}) THEN 1 ELSE 0 END
           AS finding_count,
       coalesce((SELECT max(g.confirmation) {_SIGNED}), s.confirmation)
           AS confirmation,
       (SELECT count(*) {_COUNTING}) AS versions,
       (SELECT t.late {_COUNTING} {_FIRST}) AS first_late
FROM (SELECT DISTINCT campaign, unit, phase FROM submissions) k
JOIN submissions s ON s.id = (SELECT t.id {_COUNTING} {_LAST})
"""

#: Units of the plan's categories, and any other that delivered all the same.
UNIT_STATUS = f"""
CREATE VIEW unit_status AS
SELECT f.campaign, f.code, f.name, f.category, f.quota, f.registered, f.state,
       f.versions, f.last_received, f.late, f.confirmation, f.results, f.reminders,
       f.findings, f.address <> 'none' AS address_known, f.address,
       f.results_state, f.results_versions, f.results_late,
       CASE WHEN f.has_results = 0 THEN '{{}}' ELSE
           '{{"results": {{"state": "' || f.results_state
           || '", "versions": ' || CAST(f.results_versions AS TEXT)
           || ', "late": ' || CASE WHEN f.results_late THEN 'true' ELSE 'false' END
           || '}}}}' END AS phases,
       f.category_position, f.position
FROM (
    SELECT j.*,
           CASE
               WHEN j.results_excused = 1
                    AND (j.results_rows IS NULL OR j.results < j.registered)
                   THEN 'excused'
               WHEN j.results_rows IS NULL AND j.registered = 0
                    AND j.state IN ('nil', 'excused') THEN j.state
               WHEN j.results_rows IS NULL THEN 'missing'
               WHEN j.results_rows = 0 THEN 'nil'
               WHEN j.registered = 0 THEN 'over'
               WHEN j.results < j.registered THEN 'partial'
               ELSE 'complete'
           END AS results_state
    FROM (
        SELECT b.*,
               CASE
                   WHEN b.excused = 1 AND b.delivered = 0 THEN 'excused'
                   WHEN b.excused = 1 AND b.registered > 0
                        AND b.registered < b.quota THEN 'excused'
                   WHEN b.delivered = 0 AND b.quota = 0 THEN 'complete'
                   WHEN b.delivered = 0 THEN 'missing'
                   WHEN b.registered = 0 AND b.delivery = 'accepted' THEN 'nil'
                   WHEN b.registered = 0 THEN 'partial'
                   WHEN b.registered < b.quota THEN 'partial'
                   WHEN b.registered > b.quota THEN 'over'
                   ELSE 'complete'
               END AS state
        FROM (
            SELECT c.number AS campaign, u.code, u.name, u.category,
                   coalesce(q.quota, k.quota) AS quota,
                   CASE WHEN v.submission IS NULL THEN 0 ELSE 1 END AS delivered,
                   v.state AS delivery,
                   coalesce(v.row_count, 0) AS registered,
                   coalesce(v.versions, 0) AS versions,
                   v.received AS last_received,
                   coalesce(v.first_late, FALSE) AS late,
                   v.confirmation,
                   coalesce(v.finding_count, 0) AS findings,
                   coalesce(o.results, 0) AS results,
                   r.row_count AS results_rows,
                   coalesce(r.versions, 0) AS results_versions,
                   coalesce(r.first_late, FALSE) AS results_late,
                   coalesce(m.reminders, 0) AS reminders,
                   CASE
                       WHEN a.proven > 0 THEN 'listed'
                       WHEN a.unit IS NOT NULL THEN 'provisional'
                       ELSE 'none'
                   END AS address,
                   CASE WHEN x.unit IS NULL THEN 0 ELSE 1 END AS excused,
                   CASE WHEN y.unit IS NULL THEN 0 ELSE 1 END AS results_excused,
                   CASE WHEN p.name IS NULL THEN 0 ELSE 1 END AS has_results,
                   coalesce(k.position, 100000) AS category_position,
                   u.position
            FROM campaigns c
            CROSS JOIN units u
            LEFT JOIN campaign_categories k
                ON k.campaign = c.number AND k.code = u.category
            LEFT JOIN campaign_quotas q
                ON q.campaign = c.number AND q.unit = u.code
            LEFT JOIN campaign_phases p
                ON p.campaign = c.number AND p.name = 'results'
            LEFT JOIN versions_in_force v
                ON v.campaign = c.number AND v.unit = u.code
                AND v.phase = 'registration'
            LEFT JOIN versions_in_force r
                ON r.campaign = c.number AND r.unit = u.code AND r.phase = 'results'
            LEFT JOIN (
                SELECT submission, count(DISTINCT matched) AS results
                FROM results GROUP BY submission
            ) o ON o.submission = r.submission
            LEFT JOIN ({_EXCUSED}) x
                ON x.campaign = c.number AND x.unit = u.code
                AND x.phase = 'registration'
            LEFT JOIN ({_EXCUSED}) y
                ON y.campaign = c.number AND y.unit = u.code AND y.phase = 'results'
            LEFT JOIN (
                SELECT unit,
                       sum(CASE WHEN source = 'provisional' THEN 0 ELSE 1 END) AS proven
                FROM unit_addresses GROUP BY unit
            ) a ON a.unit = u.code
            LEFT JOIN (
                SELECT b.campaign, n.unit, count(*) AS reminders
                FROM outbox b JOIN outbox_units n ON n.outbox = b.id
                WHERE b.kind = 'reminder' AND b.state = 'sent' AND NOT b.to_leader
                GROUP BY b.campaign, n.unit
            ) m ON m.campaign = c.number AND m.unit = u.code
            WHERE u.active
              AND (k.code IS NOT NULL OR q.unit IS NOT NULL
                   OR v.submission IS NOT NULL OR r.submission IS NOT NULL)
        ) b
    ) j
) f
"""


def view_ddl() -> tuple[str, ...]:
    """Return the statements that create the views, in order, for either database."""
    return (VERSIONS_IN_FORCE, UNIT_STATUS)


versions_in_force = table(
    "versions_in_force",
    column("campaign", String),
    column("unit", String),
    column("phase", String),
    column("submission", Integer),
    column("message", Integer),
    column("version", Integer),
    column("state", String),
    column("received", Instant),
    column("row_count", Integer),
    column("finding_count", Integer),
    column("confirmation", String),
    column("versions", Integer),
    column("first_late", Boolean),
)

unit_status = table(
    "unit_status",
    column("campaign", String),
    column("code", String),
    column("name", String),
    column("category", String),
    column("quota", Integer),
    column("registered", Integer),
    column("state", String),
    column("versions", Integer),
    column("last_received", Instant),
    column("late", Boolean),
    column("confirmation", String),
    column("results", Integer),
    column("reminders", Integer),
    column("findings", Integer),
    column("address_known", Boolean),
    column("address", String),
    column("phases", Text),
    column("results_state", String),
    column("results_versions", Integer),
    column("results_late", Boolean),
    column("category_position", Integer),
    column("position", Integer),
)
