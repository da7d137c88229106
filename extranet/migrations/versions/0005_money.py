"""The tables of money."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from extranet.db import UtcDateTime
from extranet.migrations.frozen import EDITS, freeze, unfreeze

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MESSAGE = "an adopted budget version is frozen"
WRITES = ("INSERT", *EDITS)
ADOPTED = "(SELECT state FROM budget_versions WHERE id = {row}.version_id) = 'adopted'"
ADOPTED_LINE = (
    "(SELECT v.state FROM budget_versions v JOIN budget_lines l ON l.version_id = v.id "
    "WHERE l.id = {row}.line_id) = 'adopted'"
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "households",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("frozen_at", UtcDateTime(), nullable=True),
        sa.Column("is_payable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_households_region_id_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_households")),
        sa.UniqueConstraint("region_id", "owner", name=op.f("uq_households_region_id_owner")),
    )
    op.create_table(
        "household_participants",
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("until_date", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "until_date IS NULL OR until_date >= from_date",
            name=op.f("ck_household_participants_period"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_household_participants_household_id_households"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_household_participants_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint(
            "household_id",
            "organisation_id",
            "from_date",
            name=op.f("pk_household_participants"),
        ),
    )
    op.create_table(
        "budget_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("allocation_key", sa.JSON(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("reference_date", sa.Date(), nullable=True),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("adopted_at", UtcDateTime(), nullable=True),
        sa.Column("adopted_by_body_id", sa.Integer(), nullable=True),
        sa.Column("body_name", sa.String(length=120), nullable=False),
        sa.Column("letterhead", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'adopted') = (adopted_on IS NOT NULL)",
            name=op.f("ck_budget_versions_adopted"),
        ),
        sa.ForeignKeyConstraint(
            ["adopted_by_body_id"],
            ["bodies.id"],
            name=op.f("fk_budget_versions_adopted_by_body_id_bodies"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_budget_versions_household_id_households"),
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["population_snapshots.id"],
            name=op.f("fk_budget_versions_snapshot_id_population_snapshots"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_versions")),
        sa.UniqueConstraint(
            "household_id",
            "year",
            "number",
            name=op.f("uq_budget_versions_household_id_year_number"),
        ),
    )
    op.create_table(
        "funding_sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sector", sa.String(length=40), nullable=False),
        sa.Column("certainty", sa.String(length=20), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("conditions", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_funding_sources_household_id_households"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_sources")),
        sa.UniqueConstraint(
            "household_id", "name", name=op.f("uq_funding_sources_household_id_name")
        ),
    )
    op.create_table(
        "budget_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("line_key", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("is_structural", sa.Boolean(), nullable=False),
        sa.Column("vat_treatment", sa.String(length=20), nullable=False),
        sa.Column("closes_gap", sa.Boolean(), nullable=False),
        sa.Column("funding_source_id", sa.Integer(), nullable=True),
        sa.Column("source_name", sa.String(length=120), nullable=True),
        sa.Column("source_kind", sa.String(length=20), nullable=True),
        sa.Column("source_sector", sa.String(length=40), nullable=True),
        sa.Column("source_certainty", sa.String(length=20), nullable=True),
        sa.Column("source_ends_on", sa.Date(), nullable=True),
        sa.Column("explanation", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["funding_source_id"],
            ["funding_sources.id"],
            name=op.f("fk_budget_lines_funding_source_id_funding_sources"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["budget_versions.id"],
            name=op.f("fk_budget_lines_version_id_budget_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_lines")),
        sa.UniqueConstraint(
            "version_id", "line_key", name=op.f("uq_budget_lines_version_id_line_key")
        ),
    )
    op.create_index(op.f("ix_budget_lines_line_key"), "budget_lines", ["line_key"], unique=False)
    op.create_table(
        "contributions",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("organisation_name", sa.String(length=120), nullable=False),
        sa.Column("inhabitants", sa.Integer(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_contributions_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["budget_versions.id"],
            name=op.f("fk_contributions_version_id_budget_versions"),
        ),
        sa.PrimaryKeyConstraint(
            "version_id", "year", "organisation_id", name=op.f("pk_contributions")
        ),
    )
    op.create_index(
        "ix_contributions_organisation_id_version_id",
        "contributions",
        ["organisation_id", "version_id"],
        unique=False,
    )
    op.create_table(
        "budget_line_amounts",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("net_cents", sa.BigInteger(), nullable=False),
        sa.Column("vat_cents", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["budget_lines.id"],
            name=op.f("fk_budget_line_amounts_line_id_budget_lines"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("line_id", "year", name=op.f("pk_budget_line_amounts")),
    )
    freeze("budget_versions", when="{row}.state = 'adopted'", message=MESSAGE)
    for table in ("budget_lines", "contributions"):
        freeze(table, when=ADOPTED, message=MESSAGE, operations=WRITES)
    freeze("budget_line_amounts", when=ADOPTED_LINE, message=MESSAGE, operations=WRITES)


def downgrade() -> None:
    """Take the tables away."""
    unfreeze("budget_versions")
    for table in ("budget_lines", "contributions", "budget_line_amounts"):
        unfreeze(table, WRITES)
    op.drop_table("budget_line_amounts")
    op.drop_index("ix_contributions_organisation_id_version_id", table_name="contributions")
    op.drop_table("contributions")
    op.drop_index(op.f("ix_budget_lines_line_key"), table_name="budget_lines")
    op.drop_table("budget_lines")
    op.drop_table("funding_sources")
    op.drop_table("budget_versions")
    op.drop_table("household_participants")
    op.drop_table("households")
