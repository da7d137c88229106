"""What must outlast a plugin's code: what is installed, allowed, set, declared and kept."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.db import Base


class Cell(StrEnum):
    """How a plugin stands in a coalition: it may not be used, it may and is off, or it is on."""

    NO = "no"
    MAY = "may"
    ON = "on"


class InstalledPlugin(Base):
    """A plugin whose tables were made here; the row stays when its code goes.

    `title` is in Dutch, because the catalogue goes with the code. `fault` says why its tables
    could not be brought up to date.
    """

    __tablename__ = "installed_plugins"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    version: Mapped[str] = mapped_column(String(40), default="")
    seen_at: Mapped[datetime]
    fault: Mapped[str] = mapped_column(String(500), default="")


class RegionPlugin(Base):
    """A plugin in a region: whether the region may use it and, for a module, whether it is on."""

    __tablename__ = "region_plugins"

    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"), primary_key=True)
    plugin: Mapped[str] = mapped_column(String(40), primary_key=True)
    is_allowed: Mapped[bool] = mapped_column(default=False)
    is_on: Mapped[bool] = mapped_column(default=False)


class CoalitionPlugin(Base):
    """A plugin that a coalition may use, where its region may."""

    __tablename__ = "coalition_plugins"

    coalition_id: Mapped[int] = mapped_column(ForeignKey("coalitions.id"), primary_key=True)
    plugin: Mapped[str] = mapped_column(String(40), primary_key=True)


class PluginPreset(Base):
    """A set of plugins under a name, to allow at once in a coalition."""

    __tablename__ = "plugin_presets"
    __table_args__ = (UniqueConstraint("region_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"))
    name: Mapped[str] = mapped_column(String(80))
    plugins: Mapped[list[str]] = mapped_column(JSON)


class PluginSetting(Base):
    """A setting that differs from its default, of a region or of one plustaak."""

    __tablename__ = "plugin_settings"

    plugin: Mapped[str] = mapped_column(String(40), primary_key=True)
    owner: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class PluginSummary(Base):
    """What a plugin keeps about a place for pages outside its own; figures, never names."""

    __tablename__ = "plugin_summaries"

    plugin: Mapped[str] = mapped_column(String(40), primary_key=True)
    owner: Mapped[str] = mapped_column(String(40), primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"), index=True)
    coalition_id: Mapped[int | None] = mapped_column(ForeignKey("coalitions.id"), index=True)
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    kept_at: Mapped[datetime]


class PluginDate(Base):
    """A day in the calendar of a coalition that a plustaak keeps; about work, never about people.

    `starts_at` and `ends_at` are times in the Netherlands; without a start it is a whole day.
    """

    __tablename__ = "plugin_dates"

    plustaak_id: Mapped[int] = mapped_column(ForeignKey("plustaken.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    on_date: Mapped[date]
    starts_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    location: Mapped[str] = mapped_column(String(200), default="")
    changed_at: Mapped[datetime]


class PublicAddress(Base):
    """A word in the address of public pages, and the plustaak that it stands for.

    `subject` is the plugin's own note of what it is the address of, such as `evening:3:gm:0984`.
    """

    __tablename__ = "public_addresses"

    plugin: Mapped[str] = mapped_column(String(40), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    plustaak_id: Mapped[int] = mapped_column(ForeignKey("plustaken.id"), index=True)
    subject: Mapped[str] = mapped_column(String(120))


class PersonalDataDeclaration(Base):
    """Where a plugin keeps data about people, until when, and what is put in their place.

    `blanks` holds the value after erasure by column: null, or an empty text where null may not be.
    """

    __tablename__ = "personal_data_declarations"

    plugin: Mapped[str] = mapped_column(String(40), primary_key=True)
    table_name: Mapped[str] = mapped_column(String(80), primary_key=True)
    blanks: Mapped[dict[str, Any]] = mapped_column(JSON)
    retention: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(200))
    whole_row: Mapped[bool] = mapped_column(default=False)


class PluginFailure(Base):
    """How often a hook of a plugin failed, and how it did the last time."""

    __tablename__ = "plugin_failures"

    plugin: Mapped[str] = mapped_column(String(40), primary_key=True)
    hook: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int]
    last_error: Mapped[str] = mapped_column(Text)
    last_at: Mapped[datetime]
