"""The tables of what came to confirm a mail or a version; part of `storage.tables`.

They hold no rule but those that the database itself enforces.
"""

from sqlalchemy import Column, ForeignKey, String, Table

from storage.columns import Instant, metadata

#: Held mails whose sender sent our code back, and the mail that brought it.
confirmations = Table(
    "confirmations",
    metadata,
    Column("message", ForeignKey("messages.id"), primary_key=True),
    Column("answer", ForeignKey("messages.id"), nullable=False),
    Column("at", Instant, nullable=False),
)

#: Confirmations of a version that came in a mail after it.
signatures = Table(
    "signatures",
    metadata,
    Column("submission", ForeignKey("submissions.id"), primary_key=True),
    Column("message", ForeignKey("messages.id"), nullable=False),
    Column("confirmation", String, nullable=False),
    Column("at", Instant, nullable=False),
)
