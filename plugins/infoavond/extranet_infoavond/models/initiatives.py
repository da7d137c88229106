"""Initiatives that come out of the evenings, by type, and who follows them up."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.api import reference
from extranet_infoavond.models.model import Model


class InitiativeKind(StrEnum):
    """The types that the routekaart Groen Gas pays attention to."""

    MONO_DIGESTION = "mono_digestion"
    CO_DIGESTION = "co_digestion"
    HUB = "hub"
    CENTRAL = "central"


class InitiativeStage(StrEnum):
    """How far an initiative is: the steps of the funnel, and stopped beside it."""

    INTEREST = "interest"
    TALKED = "talked"
    EXPLORING = "exploring"
    PLAN = "plan"
    STOPPED = "stopped"


class Initiative(Model):
    """A farmer's or group's plan, at the municipality that follows it up.

    `initiator` and `contact` are a resident's data: the municipality's seats alone see them, and
    they are emptied on `keep_until`. `owner` is the official who follows it up, `next_step` and
    `next_on` what comes next and when.
    """

    __tablename__ = "infoavond_initiatives"

    id: Mapped[int] = mapped_column(primary_key=True)
    plustaak_id: Mapped[int] = mapped_column(reference("plustaak"), index=True)
    organisation_id: Mapped[int] = mapped_column(reference("organisation"))
    evening_id: Mapped[int | None] = mapped_column(
        ForeignKey("infoavond_evenings.id", ondelete="SET NULL")
    )
    kind: Mapped[str] = mapped_column(String(20))
    stage: Mapped[str] = mapped_column(String(20), default=InitiativeStage.INTEREST)
    initiator: Mapped[str] = mapped_column(String(120), default="")
    contact: Mapped[str] = mapped_column(String(254), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")
    owner: Mapped[str] = mapped_column(String(120), default="")
    next_step: Mapped[str] = mapped_column(String(300), default="")
    next_on: Mapped[date | None]
    noted_on: Mapped[date]
    keep_until: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form
