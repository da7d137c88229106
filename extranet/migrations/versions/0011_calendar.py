"""The dates that plustaken keep, and the addresses at which calendar programs read them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from extranet.db import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "calendar_feeds",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["coalition_id"],
            ["coalitions.id"],
            name=op.f("fk_calendar_feeds_coalition_id_coalitions"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_calendar_feeds_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("person_id", "coalition_id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_feeds_secret_hash")),
    )
    op.create_index(
        op.f("ix_calendar_feeds_coalition_id"), "calendar_feeds", ["coalition_id"], unique=False
    )
    op.create_table(
        "plugin_dates",
        sa.Column("plustaak_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("ends_at", sa.Time(), nullable=True),
        sa.Column("location", sa.String(length=200), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plustaak_id"], ["plustaken.id"], name=op.f("fk_plugin_dates_plustaak_id_plustaken")
        ),
        sa.PrimaryKeyConstraint("plustaak_id", "key", name=op.f("pk_plugin_dates")),
    )


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("plugin_dates")
    op.drop_index(op.f("ix_calendar_feeds_coalition_id"), table_name="calendar_feeds")
    op.drop_table("calendar_feeds")
