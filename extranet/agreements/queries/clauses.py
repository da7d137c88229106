"""The model clauses of a region: its own words where it has them, else those of the program."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from extranet.agreements.models import ModelClause
from extranet.agreements.rules import DEFAULTS, Clause
from extranet.errors import NotFound
from extranet.i18n import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionClause:
    """A model clause as a region uses it; `version` is 0 where the words are the program's."""

    clause: Clause
    version: int

    @property
    def is_own(self) -> bool:
        """Tell whether the region changed it."""
        return self.version > 0


_OWN = select(
    ModelClause.subject,
    ModelClause.title,
    ModelClause.body,
    ModelClause.law,
    ModelClause.version,
).where(ModelClause.region_id == bindparam("region_id"))


def clauses_of(session: Session, *, region_id: int) -> tuple[RegionClause, ...]:
    """Return every model clause of a region, in the order of an agreement."""
    rows = session.execute(_OWN, {"region_id": region_id}).mappings()
    own = {row["subject"]: row for row in rows}
    return tuple(
        RegionClause(
            clause=Clause(**{name: own[subject][name] for name in Clause.__slots__}),
            version=own[subject]["version"],
        )
        if subject in own
        else RegionClause(clause=default, version=0)
        for subject, default in DEFAULTS.items()
    )


def get_clause(session: Session, *, region_id: int, subject: str) -> RegionClause:
    """Return one model clause; raise NotFound for a subject that there is none about."""
    for found in clauses_of(session, region_id=region_id):
        if found.clause.subject == subject:
            return found
    raise NotFound(Text("There is no such model clause."))
