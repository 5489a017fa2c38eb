"""The tables of mail to be sent; part of the schema that `storage.tables` gathers.

They hold no rule but those that the database itself enforces.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from parsers.values.outbox import ItemKind, ItemState, Purpose
from storage.columns import Instant, metadata, one_of

#: `address` is the first recipient, case-folded, for the caps. `campaign`, `phase` and
#: `to_leader` are a reminder's. `attempted_at` is when it was last claimed, `released`
#: that a person let it go, whatever cap it met.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("purpose", String),
    Column("key", String, nullable=False),
    Column("state", String, nullable=False, default="pending"),
    Column("reason", String),
    Column("recipients", Text, nullable=False),
    Column("address", String, nullable=False),
    Column("door", String, nullable=False, default="smtp"),
    Column("reports_version", Boolean, nullable=False, default=False),
    Column("message", ForeignKey("messages.id"), index=True),
    Column("units", Text, nullable=False, default="[]"),
    Column("campaign", String),
    Column("phase", String),
    Column("step", String),
    Column("to_leader", Boolean, nullable=False, default=False),
    Column("released", Boolean, nullable=False, default=False),
    Column("facts_type", String, nullable=False),
    Column("facts", Text, nullable=False),
    Column("mail_id", String),
    Column("subject", Text),
    Column("raw", LargeBinary),
    Column("created", Instant, nullable=False),
    Column("next_attempt", Instant),
    Column("attempts", Integer, nullable=False, default=0),
    Column("unknowns", Integer, nullable=False, default=0),
    Column("unknown_since", Instant),
    Column("attempted_at", Instant),
    Column("sent_at", Instant),
    Column("last_reply", Text),
    Column("lease_holder", String),
    Column("lease_until", Instant),
    Column("fence", Integer, nullable=False, default=0),
    UniqueConstraint("kind", "key"),
    one_of("kind", ItemKind),
    one_of("state", ItemState),
    one_of("purpose", Purpose),
    Index("ix_outbox_state_next", "state", "next_attempt", "id"),
    Index("ix_outbox_kind_state", "kind", "state"),
    Index("ix_outbox_door", "door", "attempted_at"),
    Index("ix_outbox_kind", "kind", "attempted_at"),
    Index("ix_outbox_address", "address", "attempted_at"),
    Index("ix_outbox_mail_id", "mail_id"),
)

outbox_units = Table(
    "outbox_units",
    metadata,
    Column("outbox", ForeignKey("outbox.id"), primary_key=True),
    Column("unit", String, primary_key=True, index=True),
)
