"""The table of what people did; part of the schema that `storage.tables` gathers.

It holds no rule but those that the database itself enforces.
"""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from parsers.values.act import Verb
from storage.columns import metadata, one_of

#: One row an act, never changed: when, by whom and why stand in its event. `undoes` is
#: the act that is taken back by it, which is possible once. `submission` is the version
#: that it stored itself.
acts = Table(
    "acts",
    metadata,
    Column("event", ForeignKey("events.id"), primary_key=True),
    Column("verb", String, nullable=False),
    Column("message", ForeignKey("messages.id"), index=True),
    Column("campaign", String),
    Column("unit", String),
    Column("phase", String),
    Column("submission", ForeignKey("submissions.id"), index=True),
    Column("undoes", ForeignKey("acts.event"), unique=True),
    Column("why", Text),
    Column("details", Text, nullable=False, default="{}"),
    one_of("verb", Verb),
    Index("ix_acts_unit", "unit", "campaign", "phase"),
)
