"""The schema: every table, its constraints and its indexes.

It holds no query and no rule but those that the database itself enforces.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from parsers.values.decision import (
    MessageState,
    Reason,
    SubmissionKind,
    SubmissionState,
    Trust,
)
from storage.acts_tables import acts as acts
from storage.alert_tables import alerts as alerts
from storage.alert_tables import bounces as bounces
from storage.columns import Instant, metadata, one_of
from storage.confirmation_tables import confirmations as confirmations
from storage.confirmation_tables import contests as contests
from storage.confirmation_tables import signatures as signatures
from storage.login_tables import ended_sessions as ended_sessions
from storage.login_tables import login_attempts as login_attempts
from storage.mark_tables import marked_works as marked_works
from storage.outbox_tables import outbox as outbox
from storage.outbox_tables import outbox_units as outbox_units
from storage.reminder_tables import reminders as reminders

_HAS_EFFECT = "state IN ('processed', 'held')"

meta = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String, primary_key=True),
    Column("holder", String),
    Column("until", Instant),
    Column("fence", Integer, nullable=False, default=0),
)

archive_objects = Table(
    "archive_objects",
    metadata,
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("pack", String, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("length", BigInteger, nullable=False),
    Index("ix_archive_objects_pack", "pack", "offset"),
)

folders = Table(
    "folders",
    metadata,
    Column("mailbox", String, primary_key=True),
    Column("folder", String, primary_key=True),
    Column("uidvalidity", BigInteger),
    Column("next_uid", BigInteger, nullable=False, default=1),
    Column("on_server", Integer),
    Column("before_since", Integer, nullable=False, default=0),
    Column("first_pass_done", Boolean, nullable=False, default=False),
    Column("last_success", Instant),
    Column("healthy", Boolean, nullable=False, default=True),
    Column("fault", Text),
)

#: Files of a directory door that were read to the end, so that a scan reads no twice.
dropped_files = Table(
    "dropped_files",
    metadata,
    Column("mailbox", String, primary_key=True),
    Column("path", String, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("fault", Text),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("receipt", String(10), nullable=False, index=True),
    Column("raw_sha256", String(64), nullable=False, index=True),
    Column("same_bytes", String(64), nullable=False),
    Column("raw_bytes", BigInteger, nullable=False),
    Column("header_sha256", String(64), nullable=False),
    Column("received", Instant, nullable=False),
    Column("recorded", Instant, nullable=False),
    Column("mailbox", String, nullable=False),
    Column("door", String, nullable=False),
    Column("header_only", Boolean, nullable=False, default=False),
    Column("first_pass", Boolean, nullable=False, default=False),
    Column("asked", Boolean, nullable=False, default=False),
    Column("state", String, nullable=False, default="fetched"),
    Column("reason", String),
    Column("kind", String),
    Column("trust", String),
    Column("mode", String),
    Column("certainty", String),
    Column("units", Text, nullable=False, default="[]"),
    Column("evidence", Text, nullable=False, default="[]"),
    Column("candidates", Text, nullable=False, default="[]"),
    Column("findings", Text, nullable=False, default="[]"),
    Column("message_id", Text),
    Column("author", String),
    Column("subject", Text),
    Column("date", Instant),
    Column("content_digest", String(64)),
    Column("reading_key", String),
    Column("row_count", Integer, nullable=False, default=0),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_attempt", Instant),
    Column("lease_holder", String),
    Column("lease_until", Instant),
    Column("fence", Integer, nullable=False, default=0),
    # The last event before it was first decided: it meets then what stood there, again
    # and again. NULL before, and when a person has spoken since. `effect` is the reason
    # of what it did, `taken` for a version; without one (NULL) it meets what stands
    # today as soon as nothing holds it any more.
    Column("turn", Integer),
    Column("effect", String),
    UniqueConstraint("same_bytes"),
    one_of("state", MessageState),
    one_of("reason", Reason),
    one_of("trust", Trust),
    Index("ix_messages_header_size", "header_sha256", "raw_bytes"),
    Index("ix_messages_identity", "message_id", "content_digest"),
    # One mail, one effect: a second copy of a mail identity can only be a duplicate.
    Index(
        "uq_messages_effect",
        "message_id",
        "content_digest",
        unique=True,
        sqlite_where=text(_HAS_EFFECT),
        postgresql_where=text(_HAS_EFFECT),
    ),
    Index("ix_messages_author", "author"),
    Index("ix_messages_state_received", "state", "received", "id"),
)

#: The units that a message was decided to be of, for the question by unit.
message_units = Table(
    "message_units",
    metadata,
    Column("message", ForeignKey("messages.id"), primary_key=True),
    Column("unit", String, primary_key=True, index=True),
)

#: `uid` is NULL for a file; `path` then names it (and its number in an mbox).
positions = Table(
    "positions",
    metadata,
    Column("id", Integer, primary_key=True),
    # The unique (message, mailbox, path) below is its index too.
    Column("message", ForeignKey("messages.id"), nullable=False),
    Column("mailbox", String, nullable=False),
    Column("folder", String),
    Column("uidvalidity", BigInteger),
    Column("uid", BigInteger),
    Column("path", Text),
    Column("junk", Boolean, nullable=False, default=False),
    UniqueConstraint("mailbox", "folder", "uidvalidity", "uid"),
    UniqueConstraint("message", "mailbox", "path"),
)

submissions = Table(
    "submissions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("phase", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("message", ForeignKey("messages.id"), index=True),
    Column("state", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("mode", String),
    Column("supersedes", Integer),
    Column("received", Instant, nullable=False),
    Column("stored", Instant, nullable=False),
    Column("late", Boolean, nullable=False, default=False),
    Column("confirmation", String),
    Column("rows_digest", String(64), nullable=False),
    Column("row_count", Integer, nullable=False, default=0),
    Column("finding_count", Integer, nullable=False, default=0),
    Column("unconfirmed", Boolean, nullable=False, default=False),
    Column("findings", Text, nullable=False, default="[]"),
    UniqueConstraint("campaign", "unit", "phase", "version"),
    CheckConstraint("version >= 1", name="version_positive"),
    one_of("state", SubmissionState),
    one_of("kind", SubmissionKind),
    # All that the question for the version in force needs, so that no row is read.
    Index(
        "ix_submissions_force",
        "campaign",
        "unit",
        "phase",
        "received",
        "message",
        "version",
        "state",
        "late",
        "id",
    ),
    Index("ix_submissions_unit", "unit"),
)

#: Versions that no longer count: their mail was put to another unit since, or a person
#: took back what made them.
withdrawals = Table(
    "withdrawals",
    metadata,
    Column("submission", ForeignKey("submissions.id"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("by", String, nullable=False),
)

registrations = Table(
    "registrations",
    metadata,
    Column("submission", ForeignKey("submissions.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", Text),
    Column("title", Text),
    Column("title_key", String(32)),
    Column("method", Text),
    Column("time", Text),
    Column("expected_result", Text),
    Column("unit", String),
    Column("unit_text", Text),
    Column("field", Integer),
    Column("field_certainty", Float),
    Column("start", Date),
    Column("end", Date),
    Column("certainty", Float, nullable=False),
    Column("cells", Text, nullable=False, default="{}"),
    Column("extra", Text, nullable=False, default="{}"),
    Column("place", Text, nullable=False, default=""),
    Column("attachment", Text, nullable=False, default="[]"),
    Index("ix_registrations_title_key", "title_key"),
)

results = Table(
    "results",
    metadata,
    Column("submission", ForeignKey("submissions.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", Text),
    Column("title", Text),
    Column("result", Text),
    Column("progress", String),
    Column("matched", Integer),
    Column("unit", String),
    Column("unit_text", Text),
    Column("certainty", Float, nullable=False),
    Column("cells", Text, nullable=False, default="{}"),
    Column("extra", Text, nullable=False, default="{}"),
    Column("place", Text, nullable=False, default=""),
    Column("attachment", Text, nullable=False, default="[]"),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("message", ForeignKey("messages.id"), index=True),
    Column("unit", String, index=True),
    Column("outbox", Integer, index=True),
    Column("what", String, nullable=False),
    Column("from", String),
    Column("to", String),
    Column("reason", Text),
    Column("by", String, nullable=False),
)

units = Table(
    "units",
    metadata,
    Column("code", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("category", String, nullable=False),
    Column("aliases", Text, nullable=False, default="[]"),
    Column("salutation", Text),
    Column("contact", Text),
    Column("phone", Text),
    Column("leader", Text),
    Column("leader_address", Text),
    Column("note", Text),
    Column("active", Boolean, nullable=False, default=True),
)

#: `folded` is the address case-folded; one address may stand at several units.
unit_addresses = Table(
    "unit_addresses",
    metadata,
    Column("folded", String, primary_key=True),
    Column("unit", ForeignKey("units.code"), primary_key=True),
    Column("address", String, nullable=False),
    Column("source", String, nullable=False),
    Column("health", String, nullable=False, default="good"),
    Column("position", Integer, nullable=False, default=0),
    Column("since", Instant),
    Column("by", String),
    CheckConstraint(
        "source IN ('file', 'learned', 'provisional')", name="source_known"
    ),
    CheckConstraint("health IN ('good', 'bouncing', 'dead')", name="health_known"),
    Index("ix_unit_addresses_unit", "unit"),
)

campaigns = Table(
    "campaigns",
    metadata,
    Column("number", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("data", Text, nullable=False),
    Column("active", Boolean, nullable=False, default=True),
)

campaign_categories = Table(
    "campaign_categories",
    metadata,
    Column("campaign", ForeignKey("campaigns.number"), primary_key=True),
    Column("code", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("quota", Integer, nullable=False),
)

campaign_quotas = Table(
    "campaign_quotas",
    metadata,
    Column("campaign", ForeignKey("campaigns.number"), primary_key=True),
    Column("unit", String, primary_key=True),
    Column("quota", Integer, nullable=False),
)

campaign_phases = Table(
    "campaign_phases",
    metadata,
    Column("campaign", ForeignKey("campaigns.number"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("opens", Date, nullable=False),
    Column("deadline", Date, nullable=False),
    Column("day_counts", Boolean, nullable=False),
)
