"""What every mapped class keeps to."""

from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import BigInteger, DateTime, Float, ForeignKey, Integer, Numeric, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, mapped_column, relationship

from extranet.db import Base, UtcDateTime

ROOT = Path(__file__).parents[2]

for path in (ROOT / "extranet").glob("*/models.py"):
    import_module(f"extranet.{path.parent.name}.models")


def lazy_relationships(mappers: frozenset[Mapper]) -> list[str]:
    """Return the relationships with which a template could query."""
    return [
        str(link) for mapper in mappers for link in mapper.relationships if link.lazy != "raise"
    ]


def wrong_columns(tables: list[Table]) -> list[str]:
    """Return the columns that lose cents or offsets."""
    found = []
    for table in tables:
        for column in table.columns:
            kind = column.type
            if isinstance(kind, Float | Numeric):
                found.append(f"{column}: a float or decimal; use whole cents or thousandths")
            if isinstance(kind, DateTime) and not isinstance(kind, UtcDateTime):
                found.append(f"{column}: use UtcDateTime")
            if column.name.endswith("cents") and not isinstance(kind, BigInteger):
                found.append(f"{column}: 21 million euro does not fit; use BigInteger")
    return found


def test_every_relationship_raises_when_it_was_not_asked_for():
    assert lazy_relationships(Base.registry.mappers) == []


def test_every_column_keeps_cents_and_offsets():
    assert len(Base.metadata.tables) > 20
    assert wrong_columns(list(Base.metadata.tables.values())) == []


@pytest.fixture
def seeded():
    """Classes of another registry that do what ours may not."""

    class Other(DeclarativeBase):
        pass

    class Parent(Other):
        __tablename__ = "parents"
        id: Mapped[int] = mapped_column(primary_key=True)
        children: Mapped[list["Child"]] = relationship(back_populates="parent")

    class Child(Other):
        __tablename__ = "children"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int] = mapped_column(ForeignKey("parents.id"))
        parent: Mapped[Parent] = relationship(back_populates="children", lazy="raise")
        amount: Mapped[float]
        amount_cents: Mapped[int] = mapped_column(Integer)
        at: Mapped[datetime]

    Other.registry.configure()
    return Other


def test_lazy_relationship_is_seen(seeded):
    assert lazy_relationships(seeded.registry.mappers) == ["Parent.children"]


def test_float_short_cents_and_naive_moment_are_seen(seeded):
    found = wrong_columns(list(seeded.metadata.tables.values()))

    assert [line.partition(":")[0] for line in found] == [
        "children.amount",
        "children.amount_cents",
        "children.at",
    ]
