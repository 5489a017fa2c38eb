"""The table of works that staff chose; part of what `storage.tables` gathers.

It holds no rule but those that the database itself enforces.
"""

from sqlalchemy import Column, String, Table, Text

from storage.columns import Instant, metadata

#: Chosen by its title, so that a work stays chosen when its unit sends it again.
marked_works = Table(
    "marked_works",
    metadata,
    Column("campaign", String, primary_key=True),
    Column("unit", String, primary_key=True),
    # A title may be longer than an index of PostgreSQL takes.
    Column("title_digest", String(64), primary_key=True),
    Column("title", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String, nullable=False),
)
