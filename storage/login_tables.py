"""The tables of the page's logins; part of the schema that `storage.tables` gathers.

They hold no rule but those that the database itself enforces.
"""

from sqlalchemy import Column, Index, Integer, String, Table

from storage.columns import Instant, metadata

#: One row a login that failed, or is being looked at, and each thing it is counted by.
login_attempts = Table(
    "login_attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", String, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_login_attempts_subject_at", "subject", "at"),
    Index("ix_login_attempts_at", "at"),
)

#: Sessions that were ended before their time; `until` is when they end anyway.
ended_sessions = Table(
    "ended_sessions",
    metadata,
    Column("key", String, primary_key=True),
    Column("until", Instant, nullable=False, index=True),
)
