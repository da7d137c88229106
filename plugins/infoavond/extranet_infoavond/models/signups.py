"""A municipality's public page, and who signed up on it. What is here is the municipality's."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.api import reference
from extranet_infoavond.models.model import Model


class LegalBasis(StrEnum):
    """On what ground a municipality keeps the sign-ups (article 6, first paragraph, of the AVG)."""

    PUBLIC_TASK = "public_task"
    CONSENT = "consent"


class SignupState(StrEnum):
    """A place on the evening, a place on the waiting list, or called off."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class Page(Model):
    """One municipality's public sign-up page for one evening; `slug` is its word in the address.

    `keep_days` after the evening the sign-ups are erased. Residents are let in while `is_open`.
    """

    __tablename__ = "infoavond_pages"
    __table_args__ = (CheckConstraint("keep_days BETWEEN 1 AND 730", name="keep_days"),)

    evening_id: Mapped[int] = mapped_column(
        ForeignKey("infoavond_evenings.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[int] = mapped_column(reference("organisation"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    legal_basis: Mapped[str] = mapped_column(String(20))
    keep_days: Mapped[int]
    is_open: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class Signup(Model):
    """Somebody who comes, waits or walked in: a resident's data, seen by the municipality only.

    `code_sha256` is the hash of the secret in the cancel link, empty for a walk-in. `people` is
    how many come with this sign-up, themselves included, `came` how many came (None: not taken).
    `moved_up_at` is when a place came free for who waited: the municipality tells them. On
    `keep_until` the row is erased.
    """

    __tablename__ = "infoavond_signups"
    __table_args__ = (
        Index("ix_infoavond_signups_evening_id_organisation_id", "evening_id", "organisation_id"),
        CheckConstraint("people BETWEEN 1 AND 10", name="people"),
        CheckConstraint("came IS NULL OR came BETWEEN 0 AND 20", name="came"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    evening_id: Mapped[int] = mapped_column(ForeignKey("infoavond_evenings.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(reference("organisation"))
    name: Mapped[str] = mapped_column(String(120))
    company: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    remark: Mapped[str] = mapped_column(String(500), default="")
    interest: Mapped[str] = mapped_column(String(20), default="")
    people: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(20))
    is_walk_in: Mapped[bool] = mapped_column(default=False)
    came: Mapped[int | None]
    code_sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    signed_up_at: Mapped[datetime]
    moved_up_at: Mapped[datetime | None]
    keep_until: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form
