"""The tables of the plugin host, and what plugins want found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from extranet.db import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "installed_plugins",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("fault", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installed_plugins")),
    )
    op.create_table(
        "personal_data_declarations",
        sa.Column("plugin", sa.String(length=40), nullable=False),
        sa.Column("table_name", sa.String(length=80), nullable=False),
        sa.Column("blanks", sa.JSON(), nullable=False),
        sa.Column("retention", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("whole_row", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("plugin", "table_name", name=op.f("pk_personal_data_declarations")),
    )
    op.create_table(
        "plugin_failures",
        sa.Column("plugin", sa.String(length=40), nullable=False),
        sa.Column("hook", sa.String(length=80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("plugin", "hook", name=op.f("pk_plugin_failures")),
    )
    op.create_table(
        "plugin_settings",
        sa.Column("plugin", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("plugin", "owner", "key", name=op.f("pk_plugin_settings")),
    )
    op.create_table(
        "plugin_presets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("plugins", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_plugin_presets_region_id_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plugin_presets")),
        sa.UniqueConstraint("region_id", "name", name=op.f("uq_plugin_presets_region_id_name")),
    )
    op.create_table(
        "region_plugins",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("plugin", sa.String(length=40), nullable=False),
        sa.Column("is_allowed", sa.Boolean(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_region_plugins_region_id_regions")
        ),
        sa.PrimaryKeyConstraint("region_id", "plugin", name=op.f("pk_region_plugins")),
    )
    op.create_table(
        "coalition_plugins",
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("plugin", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["coalition_id"],
            ["coalitions.id"],
            name=op.f("fk_coalition_plugins_coalition_id_coalitions"),
        ),
        sa.PrimaryKeyConstraint("coalition_id", "plugin", name=op.f("pk_coalition_plugins")),
    )
    op.create_table(
        "findables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plugin", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalitions.id"], name=op.f("fk_findables_coalition_id_coalitions")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_findables_region_id_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findables")),
        sa.UniqueConstraint("plugin", "owner", "key", name=op.f("uq_findables_plugin_owner_key")),
    )
    op.create_index(op.f("ix_findables_coalition_id"), "findables", ["coalition_id"], unique=False)
    op.create_index(
        "ix_findables_region_id_plugin", "findables", ["region_id", "plugin"], unique=False
    )

    op.create_table(
        "plugin_summaries",
        sa.Column("plugin", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=True),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coalition_id"],
            ["coalitions.id"],
            name=op.f("fk_plugin_summaries_coalition_id_coalitions"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_plugin_summaries_region_id_regions")
        ),
        sa.PrimaryKeyConstraint("plugin", "owner", name=op.f("pk_plugin_summaries")),
    )
    op.create_index(
        op.f("ix_plugin_summaries_coalition_id"), "plugin_summaries", ["coalition_id"], unique=False
    )
    op.create_index(
        op.f("ix_plugin_summaries_region_id"), "plugin_summaries", ["region_id"], unique=False
    )

    op.create_table(
        "public_addresses",
        sa.Column("plugin", sa.String(length=40), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("plustaak_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["plustaak_id"],
            ["plustaken.id"],
            name=op.f("fk_public_addresses_plustaak_id_plustaken"),
        ),
        sa.PrimaryKeyConstraint("plugin", "slug", name=op.f("pk_public_addresses")),
    )
    op.create_index(
        op.f("ix_public_addresses_plustaak_id"), "public_addresses", ["plustaak_id"], unique=False
    )


def downgrade() -> None:
    """Take the tables away."""
    op.drop_index(op.f("ix_public_addresses_plustaak_id"), table_name="public_addresses")

    op.drop_table("public_addresses")
    op.drop_index(op.f("ix_plugin_summaries_region_id"), table_name="plugin_summaries")
    op.drop_index(op.f("ix_plugin_summaries_coalition_id"), table_name="plugin_summaries")

    op.drop_table("plugin_summaries")
    op.drop_index("ix_findables_region_id_plugin", table_name="findables")
    op.drop_index(op.f("ix_findables_coalition_id"), table_name="findables")

    op.drop_table("findables")
    op.drop_table("coalition_plugins")
    op.drop_table("region_plugins")
    op.drop_table("plugin_presets")
    op.drop_table("plugin_settings")
    op.drop_table("plugin_failures")
    op.drop_table("personal_data_declarations")
    op.drop_table("installed_plugins")
