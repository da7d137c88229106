"""The tables of agreements, with the triggers that freeze what was sent and agreed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from extranet.db import UtcDateTime
from extranet.migrations.frozen import freeze, unfreeze

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SENT = "This version was sent and its text does not change any more"
ANSWERED = "Answers belong to a version that was sent and is not decided yet"
# Past a draft a version only goes on: to in force or withdrawn, and from in force to replaced.
STEPS = (
    "NEW.state = OLD.state"
    " OR OLD.state = 'sent' AND NEW.state IN ('in_force', 'withdrawn')"
    " OR OLD.state = 'in_force' AND NEW.state = 'superseded'"
)
TEXTS = (
    "id",
    "agreement_id",
    "number",
    "title",
    "intro",
    "note",
    "in_force_from",
    "sent_at",
    "sent_by",
    "fingerprint",
)
CHANGED = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in TEXTS)
DATED = "OLD.in_force_on IS NOT NULL AND NEW.in_force_on IS DISTINCT FROM OLD.in_force_on"
STATE_OF = "(SELECT state FROM agreement_versions WHERE id = {row}.version_id)"
WRITES = ("INSERT", "UPDATE", "DELETE")


def upgrade() -> None:
    """Make the tables and freeze what is in them."""
    _agreements()
    _texts()
    _answers()
    freeze("agreement_versions", when="OLD.state <> 'draft'", message=SENT, operations=("DELETE",))
    freeze(
        "agreement_versions",
        when=f"OLD.state <> 'draft' AND ({CHANGED} OR {DATED} OR NOT ({STEPS}))",
        message=SENT,
        operations=("UPDATE",),
    )
    for table in ("agreement_articles", "agreement_parties"):
        freeze(table, when=f"{STATE_OF} <> 'draft'", message=SENT, operations=WRITES)
    freeze(
        "agreement_consents", when=f"{STATE_OF} <> 'sent'", message=ANSWERED, operations=WRITES[:2]
    )
    freeze("agreement_consents", when="1 = 1", message=ANSWERED, operations=("DELETE",))


def downgrade() -> None:
    """Take the tables away."""
    unfreeze("agreement_versions")
    for table in ("agreement_articles", "agreement_parties", "agreement_consents"):
        unfreeze(table, WRITES)
    op.drop_table("agreement_model_clauses")
    op.drop_table("agreement_consents")
    op.drop_index(op.f("ix_agreement_parties_organisation_id"), table_name="agreement_parties")
    op.drop_table("agreement_parties")
    op.drop_table("agreement_articles")
    op.drop_index("ix_agreement_versions_open", table_name="agreement_versions")
    op.drop_index("ix_agreement_versions_in_force", table_name="agreement_versions")
    op.drop_table("agreement_versions")
    op.drop_table("agreements")


def _agreements() -> None:
    op.create_table(
        "agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_agreements_region_id_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
        sa.UniqueConstraint("region_id", "owner", name=op.f("uq_agreements_region_id_owner")),
    )
    op.create_table(
        "agreement_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=500), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state = 'draft' OR (sent_at IS NOT NULL AND in_force_from IS NOT NULL)",
            name=op.f("ck_agreement_versions_sent"),
        ),
        sa.CheckConstraint(
            "(state IN ('in_force', 'superseded')) = (in_force_on IS NOT NULL)",
            name=op.f("ck_agreement_versions_in_force"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreements.id"],
            name=op.f("fk_agreement_versions_agreement_id_agreements"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_versions")),
        sa.UniqueConstraint(
            "agreement_id", "number", name=op.f("uq_agreement_versions_agreement_id_number")
        ),
    )
    for name, states in (
        ("ix_agreement_versions_open", "state IN ('draft', 'sent')"),
        ("ix_agreement_versions_in_force", "state = 'in_force'"),
    ):
        op.create_index(
            name,
            "agreement_versions",
            ["agreement_id"],
            unique=True,
            sqlite_where=sa.text(states),
            postgresql_where=sa.text(states),
        )


def _texts() -> None:
    op.create_table(
        "agreement_articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("law", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["agreement_versions.id"],
            name=op.f("fk_agreement_articles_version_id_agreement_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_articles")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_agreement_articles_version_id_key")),
    )
    op.create_table(
        "agreement_model_clauses",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("law", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_agreement_model_clauses_region_id_regions")
        ),
        sa.PrimaryKeyConstraint("region_id", "subject", name=op.f("pk_agreement_model_clauses")),
    )


def _answers() -> None:
    op.create_table(
        "agreement_parties",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_agreement_parties_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["agreement_versions.id"],
            name=op.f("fk_agreement_parties_version_id_agreement_versions"),
        ),
        sa.PrimaryKeyConstraint("version_id", "organisation_id", name=op.f("pk_agreement_parties")),
    )
    op.create_index(
        op.f("ix_agreement_parties_organisation_id"),
        "agreement_parties",
        ["organisation_id"],
        unique=False,
    )
    op.create_table(
        "agreement_consents",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("body_name", sa.String(length=120), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_for_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('consent', 'remark', 'decline')", name=op.f("ck_agreement_consents_answer")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_for_id"],
            ["organisations.id"],
            name=op.f("fk_agreement_consents_recorded_for_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id", "organisation_id"],
            ["agreement_parties.version_id", "agreement_parties.organisation_id"],
            name="fk_agreement_consents_party",
        ),
        sa.PrimaryKeyConstraint(
            "version_id", "organisation_id", name=op.f("pk_agreement_consents")
        ),
    )
