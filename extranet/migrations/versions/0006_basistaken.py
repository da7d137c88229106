"""The tables of basistaken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from extranet.db import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "basistaken",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("chair_seat_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on",
            name=op.f("ck_basistaken_period"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_basistaken_body_id_bodies")
        ),
        sa.ForeignKeyConstraint(
            ["chair_seat_id"], ["seats.id"], name=op.f("fk_basistaken_chair_seat_id_seats")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_basistaken_region_id_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_basistaken")),
        sa.UniqueConstraint("region_id", "slug", name=op.f("uq_basistaken_region_id_slug")),
    )
    op.create_index(
        op.f("ix_basistaken_chair_seat_id"), "basistaken", ["chair_seat_id"], unique=False
    )
    op.create_table(
        "basistaak_lines",
        sa.Column("basistaak_id", sa.Integer(), nullable=False),
        sa.Column("line_key", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["basistaak_id"],
            ["basistaken.id"],
            name=op.f("fk_basistaak_lines_basistaak_id_basistaken"),
        ),
        sa.PrimaryKeyConstraint("basistaak_id", "line_key", name=op.f("pk_basistaak_lines")),
    )
    op.create_table(
        "progress_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("basistaak_id", sa.Integer(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["basistaak_id"],
            ["basistaken.id"],
            name=op.f("fk_progress_notes_basistaak_id_basistaken"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_progress_notes_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_progress_notes_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_notes")),
    )
    op.create_index(
        "ix_progress_notes_basistaak_id_id", "progress_notes", ["basistaak_id", "id"], unique=False
    )


def downgrade() -> None:
    """Take the tables away."""
    op.drop_index("ix_progress_notes_basistaak_id_id", table_name="progress_notes")
    op.drop_table("progress_notes")
    op.drop_table("basistaak_lines")
    op.drop_index(op.f("ix_basistaken_chair_seat_id"), table_name="basistaken")
    op.drop_table("basistaken")
