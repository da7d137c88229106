"""Documents and their versions."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.db import Base


class Confidentiality(StrEnum):
    """Who may read a document, from wide to narrow.

    Everybody; the members of the region; those who take part where the document belongs; the few
    for whom it was written.
    """

    PUBLIC = "public"
    MEMBERS = "members"
    PARTICIPANTS = "participants"
    CONFIDENTIAL = "confidential"


class WooDecision(StrEnum):
    """What was decided about making a document public (Woo, chapters 3 to 5)."""

    NOT_DECIDED = "not_decided"
    PUBLISH = "publish"
    PARTLY = "partly"
    REFUSE = "refuse"


class Document(Base):
    """A document of a region: what it is, who wrote it and who may read it.

    `owner` says to what in the region it belongs (`coalition:3`, `agreement:7`, '' for the region
    itself); the domain above chooses it. The author is the body that wrote it, or the
    organisation, not whoever hosts or uploads it. `retention_until` is the last day that it is
    kept; without one it is not erased. Erasing leaves this row, without versions.
    """

    __tablename__ = "documents"
    __table_args__ = (
        Index("ix_documents_region_id_owner_id", "region_id", "owner", "id"),
        Index("ix_documents_retention_until", "retention_until"),
        CheckConstraint("body_id IS NOT NULL OR organisation_id IS NOT NULL", name="author"),
        CheckConstraint(
            "confidentiality <> 'confidential' "
            "OR (imposed_by_body_id IS NOT NULL AND confidentiality_ground <> '')",
            name="imposed",
        ),
        CheckConstraint(
            "woo_decision NOT IN ('partly', 'refuse') OR woo_ground <> ''", name="woo_ground"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"))
    owner: Mapped[str] = mapped_column(String(80), default="")
    title: Mapped[str] = mapped_column(String(200))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    confidentiality: Mapped[str] = mapped_column(String(20))
    imposed_by_body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    confidentiality_ground: Mapped[str] = mapped_column(String(300), default="")
    retention_until: Mapped[date | None]
    retention_ground: Mapped[str] = mapped_column(String(300), default="")
    woo_category: Mapped[str] = mapped_column(String(10), default="")
    woo_decision: Mapped[str] = mapped_column(String(20), default=WooDecision.NOT_DECIDED)
    woo_ground: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(String(300), default="")
    erased_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class DocumentVersion(Base):
    """What a document said at some time; it never changes, and goes when the document is erased.

    `storage_key` is generated, never the file's name. `upload_token` is that of the form it came
    with, so that a form sent twice makes one version. The person is a number: it outlives them.
    """

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    number: Mapped[int]
    storage_key: Mapped[str] = mapped_column(String(80), unique=True)
    upload_token: Mapped[str] = mapped_column(String(64), unique=True)
    file_name: Mapped[str] = mapped_column(String(160))
    media_type: Mapped[str] = mapped_column(String(100))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[datetime]
    person_id: Mapped[int | None]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    note: Mapped[str] = mapped_column(String(500), default="")
