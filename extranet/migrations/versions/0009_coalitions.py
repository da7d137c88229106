"""The tables of coalitions and their plustaken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from extranet.db import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "coalitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("lead_seat_id", sa.Integer(), nullable=True),
        sa.Column("below_since", sa.Date(), nullable=True),
        sa.Column("grace_until", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'below_threshold') = (below_since IS NOT NULL)",
            name=op.f("ck_coalitions_below"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_seat_id"], ["seats.id"], name=op.f("fk_coalitions_lead_seat_id_seats")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["organisations.id"],
            name=op.f("fk_coalitions_proposed_by_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_coalitions_region_id_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coalitions")),
        sa.UniqueConstraint("region_id", "slug", name=op.f("uq_coalitions_region_id_slug")),
    )
    op.create_index(
        op.f("ix_coalitions_lead_seat_id"), "coalitions", ["lead_seat_id"], unique=False
    )

    op.create_table(
        "coalition_interests",
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coalition_id"],
            ["coalitions.id"],
            name=op.f("fk_coalition_interests_coalition_id_coalitions"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_coalition_interests_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint(
            "coalition_id", "organisation_id", name=op.f("pk_coalition_interests")
        ),
    )
    op.create_table(
        "participations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("until_date", sa.Date(), nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("body", sa.String(length=120), nullable=False),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("leaving_reason", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "until_date IS NULL OR until_date >= from_date", name=op.f("ck_participations_period")
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id"],
            ["coalitions.id"],
            name=op.f("fk_participations_coalition_id_coalitions"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_participations_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participations")),
    )
    op.create_index(
        "ix_participations_coalition_id_organisation_id",
        "participations",
        ["coalition_id", "organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_participations_organisation_id"),
        "participations",
        ["organisation_id"],
        unique=False,
    )

    op.create_table(
        "plustaken",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("plugin", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("enabled_at", UtcDateTime(), nullable=False),
        sa.Column("live_since", sa.Date(), nullable=True),
        sa.Column("frozen_on", sa.Date(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalitions.id"], name=op.f("fk_plustaken_coalition_id_coalitions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plustaken")),
        sa.UniqueConstraint(
            "coalition_id", "plugin", name=op.f("uq_plustaken_coalition_id_plugin")
        ),
    )
    op.create_table(
        "plustaak_participations",
        sa.Column("plustaak_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("until_date", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_plustaak_participations_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["plustaak_id"],
            ["plustaken.id"],
            name=op.f("fk_plustaak_participations_plustaak_id_plustaken"),
        ),
        sa.PrimaryKeyConstraint(
            "plustaak_id", "organisation_id", "from_date", name=op.f("pk_plustaak_participations")
        ),
    )


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("plustaak_participations")
    op.drop_table("plustaken")
    op.drop_index(op.f("ix_participations_organisation_id"), table_name="participations")
    op.drop_index("ix_participations_coalition_id_organisation_id", table_name="participations")

    op.drop_table("participations")
    op.drop_table("coalition_interests")
    op.drop_index(op.f("ix_coalitions_lead_seat_id"), table_name="coalitions")

    op.drop_table("coalitions")
