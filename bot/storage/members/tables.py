"""Tables of members: pseudonymous rows, with what tells who somebody is sealed in one table of its own."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from bot.storage.append_only import keep
from bot.storage.columns import Instant, RowId
from bot.storage.metadata import metadata

profiles = Table(
    "profiles",
    metadata,
    Column("member_id", RowId, ForeignKey("club_members.id"), primary_key=True, autoincrement=False),
    Column("field", Text, primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("lookup", Text),
    UniqueConstraint("lookup"),
    CheckConstraint("field IN ('name', 'phone', 'email', 'birthday')", name="field"),
)
"""The identity vault. `lookup` is a keyed hash of what no two members share; empty for the rest."""

consent_texts = Table(
    "consent_texts",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
)
"""Every wording that was ever shown, by its SHA-256."""
keep(consent_texts)

consent_events = Table(
    "consent_events",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("contact_id", RowId, ForeignKey("contacts.id"), nullable=False),
    Column("document", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("digest", Text, ForeignKey("consent_texts.digest"), nullable=False),
    Column("language", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("shown_ref", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("change IN ('given', 'declined', 'withdrawn')", name="change"),
    Index("ix_consent_events_contact_id", "contact_id", "id"),
    sqlite_autoincrement=True,
)
keep(consent_events)

phone_codes = Table(
    "phone_codes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("contact_id", RowId, ForeignKey("contacts.id"), nullable=False),
    Column("phone", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("is_used", Boolean, nullable=False, server_default=false()),
    Index("ix_phone_codes_sent_at", "sent_at"),
    Index("ix_phone_codes_contact_id", "contact_id", "sent_at"),
    Index("ix_phone_codes_phone", "phone", "sent_at"),
    sqlite_autoincrement=True,
)
"""`phone` and `digest` are keyed hashes."""

erasure_acts = Table(
    "erasure_acts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("operator", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("erased", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("system", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("responsible", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""`erased` is JSON: how many rows of what."""
keep(erasure_acts)

link_codes = Table(
    "link_codes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("member_id", RowId, ForeignKey("club_members.id"), nullable=False),
    Column("digest", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("claimed_by_id", RowId, ForeignKey("contacts.id")),
    Column("confirmed_at", Instant),
    Column("undone_at", Instant),
    Column("took_in_id", RowId, ForeignKey("club_members.id")),
    Column("brought", Text, nullable=False, server_default=""),
    UniqueConstraint("digest"),
    Index("ix_link_codes_member_id", "member_id"),
    sqlite_autoincrement=True,
)
"""`digest` is a keyed hash of the code; `brought` is JSON, of what came with `took_in_id` and may go back."""

birthdays = Table(
    "birthdays",
    metadata,
    Column("member_id", RowId, ForeignKey("club_members.id"), primary_key=True, autoincrement=False),
    Column("day", Text, nullable=False),
    Column("known_at", Instant, nullable=False),
    Column("changes", Integer, nullable=False, server_default="0"),
    Index("ix_birthdays_day", "day", "member_id"),
)
"""`day` is a keyed hash of day and month, so that who celebrates is found; the day itself stands in `profiles`."""

member_notices = Table(
    "member_notices",
    metadata,
    Column("member_id", RowId, ForeignKey("club_members.id"), primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("is_muted", Boolean, nullable=False, server_default=false()),
    Column("told", Text, nullable=False, server_default=""),
    CheckConstraint("kind IN ('expiring', 'available', 'tier', 'birthday', 'receipt', 'by-hand')", name="kind"),
)
"""`told` is what was told last, where that matters: the tier."""

invitations = Table(
    "invitations",
    metadata,
    Column("member_id", RowId, ForeignKey("club_members.id"), primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False),
    UniqueConstraint("code"),
)

invitees = Table(
    "invitees",
    metadata,
    Column("contact_id", RowId, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    Column("member_id", RowId, ForeignKey("club_members.id"), nullable=False),
    Column("invited_at", Instant, nullable=False),
)
"""Who followed whose invitation and has not joined yet."""

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("by_id", RowId, ForeignKey("contacts.id"), nullable=False),
    Column("action", Text, nullable=False),
    Column("member_id", RowId, ForeignKey("club_members.id")),
    Column("note", Text, nullable=False),
    Index("ix_audit_log_member_id", "member_id", "id"),
    sqlite_autoincrement=True,
)
"""What the staff looked at and did. It names members by their pseudonyms, and stays when one is forgotten."""
keep(audit_log)

asked_adjustments = Table(
    "asked_adjustments",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("member_id", RowId, ForeignKey("club_members.id"), nullable=False),
    Column("points", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_by", RowId, ForeignKey("contacts.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("decided_by", RowId, ForeignKey("contacts.id")),
    Column("decided_at", Instant),
    sqlite_autoincrement=True,
)
"""Points that one of the staff wants given or taken, and another has to agree to."""
