"""The tables of what came later for or against a version; part of `storage.tables`.

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

#: Confirmations of a version that came in a mail after it; what the mail says today.
signatures = Table(
    "signatures",
    metadata,
    Column("submission", ForeignKey("submissions.id"), primary_key=True),
    Column("message", ForeignKey("messages.id"), primary_key=True, index=True),
    Column("confirmation", String, nullable=False),
    Column("at", Instant, nullable=False),
)

#: Held mails of strangers that speak for a unit which has delivered; a row stands as
#: long as the mail is held for it, whatever version is in force meanwhile.
contests = Table(
    "contests",
    metadata,
    Column("unit", String, primary_key=True),
    Column("campaign", String, primary_key=True),
    Column("phase", String, primary_key=True),
    Column("message", ForeignKey("messages.id"), primary_key=True, index=True),
)
