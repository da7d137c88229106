"""The tables of documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from extranet.db import UtcDateTime
from extranet.migrations.frozen import freeze, unfreeze

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FROZEN_VERSION = "a version of a document does not change, and goes only with an erased document"
FROZEN_DOCUMENT = "an erased document does not change, and no document is deleted"
NOT_ERASED = "(SELECT erased_at FROM documents WHERE id = {row}.document_id) IS NULL"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("confidentiality", sa.String(length=20), nullable=False),
        sa.Column("imposed_by_body_id", sa.Integer(), nullable=True),
        sa.Column("confidentiality_ground", sa.String(length=300), nullable=False),
        sa.Column("retention_until", sa.Date(), nullable=True),
        sa.Column("retention_ground", sa.String(length=300), nullable=False),
        sa.Column("woo_category", sa.String(length=10), nullable=False),
        sa.Column("woo_decision", sa.String(length=20), nullable=False),
        sa.Column("woo_ground", sa.String(length=300), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=300), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "body_id IS NOT NULL OR organisation_id IS NOT NULL",
            name=op.f("ck_documents_author"),
        ),
        sa.CheckConstraint(
            "confidentiality <> 'confidential' "
            "OR (imposed_by_body_id IS NOT NULL AND confidentiality_ground <> '')",
            name=op.f("ck_documents_imposed"),
        ),
        sa.CheckConstraint(
            "woo_decision NOT IN ('partly', 'refuse') OR woo_ground <> ''",
            name=op.f("ck_documents_woo_ground"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_documents_body_id_bodies")
        ),
        sa.ForeignKeyConstraint(
            ["imposed_by_body_id"],
            ["bodies.id"],
            name=op.f("fk_documents_imposed_by_body_id_bodies"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_documents_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_documents_region_id_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index(
        "ix_documents_region_id_owner_id", "documents", ["region_id", "owner", "id"], unique=False
    )
    op.create_index("ix_documents_retention_until", "documents", ["retention_until"], unique=False)
    op.create_table(
        "document_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(length=80), nullable=False),
        sa.Column("upload_token", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_document_versions_document_id_documents"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_document_versions_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_versions")),
        sa.UniqueConstraint(
            "document_id", "number", name=op.f("uq_document_versions_document_id_number")
        ),
        sa.UniqueConstraint("storage_key", name=op.f("uq_document_versions_storage_key")),
        sa.UniqueConstraint("upload_token", name=op.f("uq_document_versions_upload_token")),
    )
    freeze(
        "document_versions",
        when="{row}.id IS NOT NULL",
        message=FROZEN_VERSION,
        operations=("UPDATE",),
    )
    freeze("document_versions", when=NOT_ERASED, message=FROZEN_VERSION, operations=("DELETE",))
    freeze(
        "documents",
        when="{row}.erased_at IS NOT NULL",
        message=FROZEN_DOCUMENT,
        operations=("UPDATE",),
    )
    freeze(
        "documents",
        when="{row}.id IS NOT NULL",
        message=FROZEN_DOCUMENT,
        operations=("DELETE",),
    )


def downgrade() -> None:
    """Take the tables away; their files stay in the store until the next sweep."""
    unfreeze("documents")
    unfreeze("document_versions")
    op.drop_table("document_versions")
    op.drop_index("ix_documents_retention_until", table_name="documents")
    op.drop_index("ix_documents_region_id_owner_id", table_name="documents")
    op.drop_table("documents")
