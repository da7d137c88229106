"""Households and who takes part, budgets in versions, lines, sources and frozen contributions."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from extranet.db import Base
from extranet.money.rules import BASE, Purse


class LineKind(StrEnum):
    """A cost, an income from outside, or a movement of the reserve."""

    COST = "cost"
    INCOME = "income"
    RESERVE = "reserve"


class VatTreatment(StrEnum):
    """How VAT on a line is treated (domain notes: BCF, transparantie, gemene rekening)."""

    TAXED = "taxed"
    PASSED_ON = "passed_on"
    EXEMPT = "exempt"
    JOINT_ACCOUNT = "joint_account"


class Certainty(StrEnum):
    """How sure a funding source is."""

    COMMITTED = "committed"
    EXPECTED = "expected"
    UNCERTAIN = "uncertain"


class FundingKind(StrEnum):
    """Where outside money comes from."""

    RIJK = "rijk"
    CDOKE = "cdoke"
    SPUK = "spuk"
    PROVINCIE = "provincie"
    OWN = "own"
    OTHER = "other"


class VersionState(StrEnum):
    """A draft can be edited; an adopted version is frozen, also when a later one succeeds it."""

    DRAFT = "draft"
    ADOPTED = "adopted"


class Household(Base):
    """A separate purse: the region's basistaken, or (from above) one plustaak.

    `owner` is what the domain above calls it, empty for the base. While it is frozen nothing in
    its budgets can be changed; reading stays. Of one that is not payable (a plustaak that is not
    live yet) a budget may be adopted, but nothing is asked of anybody.
    """

    __tablename__ = "households"
    __table_args__ = (UniqueConstraint("region_id", "owner"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"))
    owner: Mapped[str] = mapped_column(String(60), default=BASE)
    name: Mapped[str] = mapped_column(String(120))
    frozen_at: Mapped[datetime | None]
    is_payable: Mapped[bool] = mapped_column(default=True)

    @property
    def purse(self) -> Purse:
        """Return the name under which queries and services know it."""
        return Purse(region_id=self.region_id, owner=self.owner)


class HouseholdParticipant(Base):
    """An organisation that pays into a household other than the base, until its last day.

    Who pays into the base are the deelnemers of the region.
    """

    __tablename__ = "household_participants"
    __table_args__ = (
        CheckConstraint("until_date IS NULL OR until_date >= from_date", name="period"),
    )

    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    from_date: Mapped[date] = mapped_column(primary_key=True)
    until_date: Mapped[date | None]


class FundingSource(Base):
    """Money from outside: its kind, how certain it is and until when."""

    __tablename__ = "funding_sources"
    __table_args__ = (UniqueConstraint("household_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    sector: Mapped[str] = mapped_column(String(40), default="")
    certainty: Mapped[str] = mapped_column(String(20))
    ends_on: Mapped[date | None]
    conditions: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class BudgetVersion(Base):
    """One version of the budget of year Y and the three years after it.

    `allocation_key` is `AllocationKey.to_data()`. An adopted version never changes: a change is a
    new version (begrotingswijziging). Adopting records the body, the day and the evidence, and
    freezes what the body is called and the letterhead of the sender (`asdict` of `Sender`).
    """

    __tablename__ = "budget_versions"
    __table_args__ = (
        UniqueConstraint("household_id", "year", "number"),
        CheckConstraint("(state = 'adopted') = (adopted_on IS NOT NULL)", name="adopted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"))
    year: Mapped[int]
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(1000), default="")
    state: Mapped[str] = mapped_column(String(20), default=VersionState.DRAFT)
    allocation_key: Mapped[list[Any]] = mapped_column(JSON)
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("population_snapshots.id"))
    reference_date: Mapped[date | None]
    adopted_on: Mapped[date | None]
    adopted_at: Mapped[datetime | None]
    adopted_by_body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    body_name: Mapped[str] = mapped_column(String(120), default="")
    letterhead: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    evidence: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class BudgetLine(Base):
    """A line of a version; `line_key` is the same in every version that carries the line on.

    `closes_gap` marks the reserve line that makes the budget fit a rate. The columns of the
    source are empty in a draft, which follows the source itself, and frozen by adoption.
    """

    __tablename__ = "budget_lines"
    __table_args__ = (UniqueConstraint("version_id", "line_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("budget_versions.id"))
    line_key: Mapped[str] = mapped_column(String(36), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(20))
    is_structural: Mapped[bool] = mapped_column(default=True)
    vat_treatment: Mapped[str] = mapped_column(String(20))
    closes_gap: Mapped[bool] = mapped_column(default=False)
    funding_source_id: Mapped[int | None] = mapped_column(ForeignKey("funding_sources.id"))
    source_name: Mapped[str | None] = mapped_column(String(120))
    source_kind: Mapped[str | None] = mapped_column(String(20))
    source_sector: Mapped[str | None] = mapped_column(String(40))
    source_certainty: Mapped[str | None] = mapped_column(String(20))
    source_ends_on: Mapped[date | None]
    explanation: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class BudgetLineAmount(Base):
    """The amount of a line in one year, net and VAT, in cents."""

    __tablename__ = "budget_line_amounts"

    line_id: Mapped[int] = mapped_column(
        ForeignKey("budget_lines.id", ondelete="CASCADE"), primary_key=True
    )
    year: Mapped[int] = mapped_column(primary_key=True)
    net_cents: Mapped[int] = mapped_column(BigInteger)
    vat_cents: Mapped[int] = mapped_column(BigInteger, default=0)


class Contribution(Base):
    """What one member pays in one year by an adopted version, with its explanation, frozen.

    `amount_cents` is in cents; `months` is how many months the member takes part; `steps` is the
    explanation as `steps_to_data` writes it. Only the version's own year is payable. The member
    keeps the name that it had; its code is that of today, because addresses carry it.
    """

    __tablename__ = "contributions"
    __table_args__ = (
        Index("ix_contributions_organisation_id_version_id", "organisation_id", "version_id"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("budget_versions.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    organisation_name: Mapped[str] = mapped_column(String(120))
    inhabitants: Mapped[int | None]
    months: Mapped[int]
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    steps: Mapped[list[Any]] = mapped_column(JSON)
