"""The tables of membership."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from extranet.db import UtcDateTime
from extranet.migrations.frozen import freeze, unfreeze

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("successor_from", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["successor_id"],
            ["organisations.id"],
            name=op.f("fk_organisations_successor_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("code", name=op.f("uq_organisations_code")),
    )
    op.create_index("ix_organisations_name", "organisations", ["name"], unique=False)
    op.create_table(
        "population_snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("table_id", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("licence", sa.String(length=80), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("first_date", sa.Date(), nullable=False),
        sa.Column("last_date", sa.Date(), nullable=False),
        sa.Column("municipality_count", sa.Integer(), nullable=False),
        sa.Column("inhabitant_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population_snapshots")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_population_snapshots_fingerprint")),
        sa.UniqueConstraint("name", name=op.f("uq_population_snapshots_name")),
    )
    op.create_table(
        "population_figures",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("inhabitants", sa.Integer(), nullable=False),
        sa.CheckConstraint("inhabitants >= 0", name=op.f("ck_population_figures_inhabitants")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["population_snapshots.id"],
            name=op.f("fk_population_figures_snapshot_id_population_snapshots"),
        ),
        sa.PrimaryKeyConstraint(
            "snapshot_id", "reference_date", "code", name=op.f("pk_population_figures")
        ),
    )
    op.create_table(
        "regions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("legal_form", sa.String(length=20), nullable=False),
        sa.Column("legal_form_from", sa.Date(), nullable=True),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("threshold_source", sa.String(length=200), nullable=False),
        sa.Column("sender_name", sa.String(length=120), nullable=False),
        sa.Column("sender_address", sa.String(length=200), nullable=False),
        sa.Column("sender_place", sa.String(length=120), nullable=False),
        sa.Column("sender_phone", sa.String(length=40), nullable=False),
        sa.Column("sender_email", sa.String(length=254), nullable=False),
        sa.Column("sender_number", sa.String(length=40), nullable=False),
        sa.Column("signatory_name", sa.String(length=120), nullable=False),
        sa.Column("signatory_function", sa.String(length=120), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("modules", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["population_snapshots.id"],
            name=op.f("fk_regions_snapshot_id_population_snapshots"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regions")),
        sa.UniqueConstraint("slug", name=op.f("uq_regions_slug")),
    )
    op.create_table(
        "bodies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_bodies_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_bodies_region_id_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
        sa.UniqueConstraint("region_id", "name", name=op.f("uq_bodies_region_id_name")),
    )
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("is_centrum", sa.Boolean(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("until_date", sa.Date(), nullable=True),
        sa.Column("joining_published_on", sa.Date(), nullable=True),
        sa.Column("joining_publication", sa.String(length=200), nullable=False),
        sa.Column("leaving_published_on", sa.Date(), nullable=True),
        sa.Column("leaving_publication", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "until_date IS NULL OR until_date >= from_date", name=op.f("ck_memberships_period")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_memberships_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_memberships_region_id_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    op.create_index(
        op.f("ix_memberships_organisation_id"), "memberships", ["organisation_id"], unique=False
    )
    op.create_index(
        "ix_memberships_region_id_organisation_id",
        "memberships",
        ["region_id", "organisation_id"],
        unique=False,
    )
    op.create_table(
        "seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("coalition_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_seats_body_id_bodies")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_seats_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_seats_region_id_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
    )
    op.create_index(op.f("ix_seats_body_id"), "seats", ["body_id"], unique=False)
    op.create_index(op.f("ix_seats_coalition_id"), "seats", ["coalition_id"], unique=False)
    op.create_index(op.f("ix_seats_organisation_id"), "seats", ["organisation_id"], unique=False)
    op.create_index(
        "ix_seats_region_id_organisation_id",
        "seats",
        ["region_id", "organisation_id"],
        unique=False,
    )
    for table in ("population_snapshots", "population_figures"):
        freeze(
            table,
            when="{row}.%s IS NOT NULL" % ("id" if table.endswith("shots") else "code"),
            message="a population snapshot is frozen",
        )


def downgrade() -> None:
    """Take the tables away."""
    for table in ("population_snapshots", "population_figures"):
        unfreeze(table)
    op.drop_index("ix_seats_region_id_organisation_id", table_name="seats")
    op.drop_index(op.f("ix_seats_organisation_id"), table_name="seats")
    op.drop_index(op.f("ix_seats_coalition_id"), table_name="seats")
    op.drop_index(op.f("ix_seats_body_id"), table_name="seats")
    op.drop_table("seats")
    op.drop_index("ix_memberships_region_id_organisation_id", table_name="memberships")
    op.drop_index(op.f("ix_memberships_organisation_id"), table_name="memberships")
    op.drop_table("memberships")
    op.drop_table("bodies")
    op.drop_table("regions")
    op.drop_table("population_figures")
    op.drop_table("population_snapshots")
    op.drop_index("ix_organisations_name", table_name="organisations")
    op.drop_table("organisations")
