"""The table of reminders; part of the schema that `storage.tables` gathers.

It holds no rule but those that the database itself enforces.
"""

from typing import get_args

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    String,
    Table,
    UniqueConstraint,
)

from parsers.values.reminder import Audience
from storage.columns import metadata

_AUDIENCES = ", ".join(f"'{word}'" for word in get_args(Audience))

#: What makes a reminder one: whatever is restarted and whichever clock jumps, no second
#: row of the same six can stand here. `outbox` is the mail that it became.
reminders = Table(
    "reminders",
    metadata,
    Column("outbox", ForeignKey("outbox.id"), primary_key=True),
    Column("campaign", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("phase", String, nullable=False),
    Column("deadline", Date, nullable=False),
    Column("step", String, nullable=False),
    Column("audience", String, nullable=False),
    UniqueConstraint("campaign", "unit", "phase", "deadline", "step", "audience"),
    CheckConstraint(f"audience IN ({_AUDIENCES})", name="audience_known"),
)
