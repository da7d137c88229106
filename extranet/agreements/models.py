"""Agreements, their versions, articles, parties and consents, and a region's model clauses."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from extranet.agreements.rules import ANSWERS
from extranet.db import Base


class VersionState(StrEnum):
    """How far a version is.

    A draft can be edited; a sent one waits for the parties; one is in force until its successor
    is. A sent version that was withdrawn stays to be read.
    """

    DRAFT = "draft"
    SENT = "sent"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


OPEN_STATES = (VersionState.DRAFT, VersionState.SENT)


class Agreement(Base):
    """The agreement of one owner in a region, whatever its versions say."""

    __tablename__ = "agreements"
    __table_args__ = (UniqueConstraint("region_id", "owner"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"))
    owner: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(160))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class AgreementVersion(Base):
    """One text of an agreement, frozen once it was sent.

    `note` says what changed since the version before; `in_force_from` is the date agreed,
    `in_force_on` the day on which it came into force. `fingerprint` is the SHA-256 of its text
    with its parties, '' for a draft. `sent_by` is a number of a person, as in the activity log.
    """

    __tablename__ = "agreement_versions"
    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        Index(
            "ix_agreement_versions_open",
            "agreement_id",
            unique=True,
            sqlite_where=text("state IN ('draft', 'sent')"),
            postgresql_where=text("state IN ('draft', 'sent')"),
        ),
        Index(
            "ix_agreement_versions_in_force",
            "agreement_id",
            unique=True,
            sqlite_where=text("state = 'in_force'"),
            postgresql_where=text("state = 'in_force'"),
        ),
        CheckConstraint(
            "state = 'draft' OR (sent_at IS NOT NULL AND in_force_from IS NOT NULL)", name="sent"
        ),
        CheckConstraint(
            "(state IN ('in_force', 'superseded')) = (in_force_on IS NOT NULL)", name="in_force"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default=VersionState.DRAFT)
    title: Mapped[str] = mapped_column(String(160))
    intro: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(String(1000), default="")
    in_force_from: Mapped[date | None]
    in_force_on: Mapped[date | None]
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[int | None]
    reminded_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(String(500), default="")
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class Article(Base):
    """An article of a version; `key` is the same in every version that carries it on.

    The body is plain paragraphs, one a line. `source` says where the article was taken from
    ('clause:leaving', 'template:evenings', '' when it was written by hand), `law` the article of
    law that it rests on.
    """

    __tablename__ = "agreement_articles"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_versions.id"))
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(160))
    body: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(80), default="")
    law: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class Party(Base):
    """An organisation that a version binds, under the name and code of when it was sent."""

    __tablename__ = "agreement_parties"

    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_versions.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id"), primary_key=True, index=True
    )
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))


class Consent(Base):
    """What a party said to a sent version: which body decided, when, and where that can be read.

    `remark` is the remark, or the reason to decline. `recorded_by` is a number of a person, who
    acted for the organisation `recorded_for_id`.
    """

    __tablename__ = "agreement_consents"
    __table_args__ = (
        ForeignKeyConstraint(
            ["version_id", "organisation_id"],
            ["agreement_parties.version_id", "agreement_parties.organisation_id"],
            name="fk_agreement_consents_party",
        ),
        CheckConstraint(f"answer IN ({', '.join(map(repr, ANSWERS))})", name="answer"),
    )

    version_id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(String(20))
    remark: Mapped[str] = mapped_column(Text, default="")
    body_name: Mapped[str] = mapped_column(String(120))
    decided_on: Mapped[date]
    evidence: Mapped[str] = mapped_column(String(500))
    recorded_by: Mapped[int | None]
    recorded_for_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class ModelClause(Base):
    """A region's own words for a model clause; without a row the words of the program count."""

    __tablename__ = "agreement_model_clauses"

    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    body: Mapped[str] = mapped_column(Text)
    law: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form
