"""The tables of activity."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from extranet.db import UtcDateTime
from extranet.migrations.frozen import freeze, unfreeze

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "activity_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("coalition_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("subject_label", sa.String(length=200), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_entries")),
    )
    op.create_index(
        "ix_activity_entries_region_id_id", "activity_entries", ["region_id", "id"], unique=False
    )
    op.create_index(
        "ix_activity_entries_coalition_id_id",
        "activity_entries",
        ["coalition_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_activity_entries_subject_kind_subject_id",
        "activity_entries",
        ["subject_kind", "subject_id"],
        unique=False,
    )
    freeze(
        "activity_entries", when="{row}.id IS NOT NULL", message="the activity log is append-only"
    )


def downgrade() -> None:
    """Take the tables away."""
    unfreeze("activity_entries")
    op.drop_index("ix_activity_entries_subject_kind_subject_id", table_name="activity_entries")
    op.drop_index("ix_activity_entries_coalition_id_id", table_name="activity_entries")
    op.drop_index("ix_activity_entries_region_id_id", table_name="activity_entries")
    op.drop_table("activity_entries")
