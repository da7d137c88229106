"""What plugins want found; the core's own things are found in their own tables."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.db import Base


class Findable(Base):
    """Something of a plugin that can be found by its text, where the plugin is on.

    `owner` is the place that it belongs to (`plustaak:<id>` or `region:<id>`), `key` the plugin's
    own name for it there. `path` follows the plugin's address in that place. Never about a person.
    """

    __tablename__ = "findables"
    __table_args__ = (
        UniqueConstraint("plugin", "owner", "key"),
        Index("ix_findables_region_id_plugin", "region_id", "plugin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plugin: Mapped[str] = mapped_column(String(40))
    owner: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(80))
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"))
    coalition_id: Mapped[int | None] = mapped_column(ForeignKey("coalitions.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(String(2000), default="")
    path: Mapped[str] = mapped_column(String(200), default="")
