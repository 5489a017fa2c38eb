"""The tables of alerts and of returned mail; part of the schema of `storage.tables`.

They hold no rule but those that the database itself enforces.
"""

from typing import Literal

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from parsers.values.summary import AlertKind
from storage.columns import Instant, metadata, one_of

_OPEN = text("recovered IS NULL")

#: One row a condition, from its onset on; of one subject only one is open at a time.
alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("onset", Instant, nullable=False),
    Column("recovered", Instant),
    Column("detail", Text, nullable=False, default=""),
    UniqueConstraint("kind", "subject", "onset"),
    one_of("kind", AlertKind),
    Index(
        "uq_alerts_open",
        "kind",
        "subject",
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
)

#: Mail of ours that came back, each at most once, for the health of its address.
#: `message` is the report; NULL where the server refused the recipient at once.
#: `settled`: the address has written since, so that it counts no more.
bounces = Table(
    "bounces",
    metadata,
    Column("outbox", ForeignKey("outbox.id"), primary_key=True),
    Column("message", ForeignKey("messages.id"), index=True),
    Column("address", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("status", String),
    Column("words", Text, nullable=False, default=""),
    Column("at", Instant, nullable=False),
    Column("settled", Boolean, nullable=False, default=False),
    one_of("verdict", Literal["gone", "refused"]),
    Index("ix_bounces_address", "address"),
    Index("ix_bounces_at", "at"),
)
