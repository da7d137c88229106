"""Regions, organisations, memberships, bodies, seats and population snapshots."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.db import Base


class LegalForm(StrEnum):
    """The legal form of a region's collaboration."""

    SOK = "sok"
    CENTRUMREGELING = "centrumregeling"
    GR = "gr"


class OrganisationKind(StrEnum):
    """What sort of organisation takes part."""

    GEMEENTE = "gemeente"
    PROVINCIE = "provincie"
    WATERSCHAP = "waterschap"
    NETBEHEERDER = "netbeheerder"
    OTHER = "other"


class MembershipKind(StrEnum):
    """A deelnemer pays and decides; a partner does neither but sees and joins in."""

    DEELNEMER = "deelnemer"
    PARTNER = "partner"


class BodyKind(StrEnum):
    """The bodies of the decision line and the programme team."""

    ONTWIKKELGROEP = "ontwikkelgroep"
    REGIEGROEP = "regiegroep"
    PFO = "pfo"
    PROGRAMMATEAM = "programmateam"
    COLLEGE = "college"
    RAAD = "raad"
    OTHER = "other"


class Region(Base):
    """A collaboration; everything that belongs to it carries its number (the tenant boundary).

    `threshold` is the number of municipalities that a coalition needs, with the article it comes
    from. The sender fields are the centrum's letterhead. `snapshot_id` is the population release
    that the region works with. `modules` names, with commas, the plugins that are on for all of it:
    every page reads it with the region, and the plugin host alone writes it.
    """

    __tablename__ = "regions"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    code: Mapped[str | None] = mapped_column(String(20))
    legal_form: Mapped[str] = mapped_column(String(20))
    legal_form_from: Mapped[date | None]
    threshold: Mapped[int] = mapped_column(default=3)
    threshold_source: Mapped[str] = mapped_column(String(200), default="")
    sender_name: Mapped[str] = mapped_column(String(120), default="")
    sender_address: Mapped[str] = mapped_column(String(200), default="")
    sender_place: Mapped[str] = mapped_column(String(120), default="")
    sender_phone: Mapped[str] = mapped_column(String(40), default="")
    sender_email: Mapped[str] = mapped_column(String(254), default="")
    sender_number: Mapped[str] = mapped_column(String(40), default="")
    signatory_name: Mapped[str] = mapped_column(String(120), default="")
    signatory_function: Mapped[str] = mapped_column(String(120), default="")
    is_example: Mapped[bool] = mapped_column(default=False)
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("population_snapshots.id"))
    modules: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class Organisation(Base):
    """A gemeente, provincie, waterschap, netbeheerder or other; exists once, nationally.

    `code` is `scheme:value` (gm, pv, ws, kvk). `successor_id` points to the organisation that
    took over after a herindeling.
    """

    __tablename__ = "organisations"
    __table_args__ = (Index("ix_organisations_name", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    successor_from: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class Membership(Base):
    """An organisation in a region, from a day until a day (the last day it is a member).

    Joining or leaving a regeling takes effect no earlier than its publication (Wgr art. 26, for
    a regeling with a province or waterschap art. 75); the publications are kept with their place.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        Index("ix_memberships_region_id_organisation_id", "region_id", "organisation_id"),
        CheckConstraint("until_date IS NULL OR until_date >= from_date", name="period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    is_centrum: Mapped[bool] = mapped_column(default=False)
    from_date: Mapped[date]
    until_date: Mapped[date | None]
    joining_published_on: Mapped[date | None]
    joining_publication: Mapped[str] = mapped_column(String(200), default="")
    leaving_published_on: Mapped[date | None]
    leaving_publication: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class Body(Base):
    """An ontwikkelgroep, regiegroep, PFO, programmateam, college, raad or other body.

    A college or raad belongs to one organisation; the others are the region's.
    """

    __tablename__ = "bodies"
    __table_args__ = (UniqueConstraint("region_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class Seat(Base):
    """A function on behalf of an organisation in a region, perhaps in a body.

    The role of the seat decides what its holder may do (`extranet.access`). A seat stays when
    its holder leaves; `ended_on` closes it for good. `coalition_id` makes it a guest's seat, which
    opens that one coalition; a number, because coalitions are known higher up only.
    """

    __tablename__ = "seats"
    __table_args__ = (Index("ix_seats_region_id_organisation_id", "region_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    coalition_id: Mapped[int | None] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class PopulationSnapshot(Base):
    """A release of population figures as it was imported: named, dated, sourced and frozen.

    Belongs to the installation, not to a region; `fingerprint` makes importing idempotent.
    """

    __tablename__ = "population_snapshots"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    table_id: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(200))
    licence: Mapped[str] = mapped_column(String(80))
    released_on: Mapped[date]
    imported_at: Mapped[datetime]
    imported_by: Mapped[int | None]
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    first_date: Mapped[date]
    last_date: Mapped[date]
    municipality_count: Mapped[int]
    inhabitant_count: Mapped[int]


class PopulationFigure(Base):
    """The inhabitants of one municipality on one reference date (peildatum), by one release."""

    __tablename__ = "population_figures"
    __table_args__ = (CheckConstraint("inhabitants >= 0", name="inhabitants"),)

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("population_snapshots.id"), primary_key=True
    )
    reference_date: Mapped[date] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    inhabitants: Mapped[int]
