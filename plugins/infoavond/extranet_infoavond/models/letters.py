"""The master invitation, each municipality's own letter, and the house style that it bears."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from extranet.api import reference
from extranet_infoavond.models.model import Model


class LetterState(StrEnum):
    """How far a municipality's letter is: being written, approved by it, released to send."""

    DRAFT = "draft"
    APPROVED = "approved"
    RELEASED = "released"


class MasterLetter(Model):
    """The text that every host of an evening starts from; it holds fields such as `{gemeente}`."""

    __tablename__ = "infoavond_master_letters"

    evening_id: Mapped[int] = mapped_column(
        ForeignKey("infoavond_evenings.id", ondelete="CASCADE"), primary_key=True
    )
    subject: Mapped[str] = mapped_column(String(160))
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class HouseStyle(Model):
    """How a municipality shows itself to its residents, in letters and on its public page.

    `accent` is a colour as `#rrggbb`, `logo` a PNG or JPEG picture. The address is where a letter
    says it comes from; the contact is whom a resident asks.
    """

    __tablename__ = "infoavond_house_styles"

    plustaak_id: Mapped[int] = mapped_column(reference("plustaak"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(reference("organisation"), primary_key=True)
    sender: Mapped[str] = mapped_column(String(120))
    street: Mapped[str] = mapped_column(String(120), default="")
    postal_town: Mapped[str] = mapped_column(String(120), default="")
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    signatory_name: Mapped[str] = mapped_column(String(120), default="")
    signatory_function: Mapped[str] = mapped_column(String(120), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    privacy_url: Mapped[str] = mapped_column(String(200), default="")
    accent: Mapped[str] = mapped_column(String(7), default="")
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
    logo_type: Mapped[str] = mapped_column(String(20), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class Invitation(Model):
    """One municipality's letter for one evening: its own text, approval and release.

    `approved_by` is the function or body that approved, with the seat's person in the log.
    Once released the text has its fields filled in, ends with its signature and does not change;
    `released_pdf` is the letter as it goes out, `released_sha256` the hash of that file.
    """

    __tablename__ = "infoavond_invitations"
    __table_args__ = (
        CheckConstraint("(state = 'draft') = (approved_on IS NULL)", name="approval"),
        CheckConstraint("(state = 'released') = (released_at IS NOT NULL)", name="release"),
    )

    evening_id: Mapped[int] = mapped_column(
        ForeignKey("infoavond_evenings.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[int] = mapped_column(reference("organisation"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(160))
    body: Mapped[str] = mapped_column(Text)
    from_master_version: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default=LetterState.DRAFT)
    approved_by: Mapped[str] = mapped_column(String(160), default="")
    approved_on: Mapped[date | None]
    released_at: Mapped[datetime | None]
    released_pdf: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    released_sha256: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form
