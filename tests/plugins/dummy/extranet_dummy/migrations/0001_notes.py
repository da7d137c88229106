"""The dummy's tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "dummy0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dummy_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plustaak_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["plustaak_id"], ["plustaken.id"], name=op.f("fk_dummy_notes_plustaak_id_plustaken")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dummy_notes")),
    )
    op.create_index(op.f("ix_dummy_notes_plustaak_id"), "dummy_notes", ["plustaak_id"])
    op.create_table(
        "dummy_visitors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["dummy_notes.id"],
            name=op.f("fk_dummy_visitors_note_id_dummy_notes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dummy_visitors")),
    )
    op.create_table(
        "dummy_heard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plustaak_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["plustaak_id"], ["plustaken.id"], name=op.f("fk_dummy_heard_plustaak_id_plustaken")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dummy_heard")),
    )
    op.create_index(op.f("ix_dummy_heard_plustaak_id"), "dummy_heard", ["plustaak_id"])


def downgrade() -> None:
    op.drop_table("dummy_heard")
    op.drop_table("dummy_visitors")
    op.drop_table("dummy_notes")
