"""What every member pays by a version: frozen when it is adopted, worked out while it is a draft.

Both give the same values, so pages, exports, letters and the command line cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, bindparam, case, cast, func, select
from sqlalchemy.orm import Session, aliased

from extranet.membership.models import Organisation
from extranet.money.models import Contribution
from extranet.money.queries.computing import compute, explain_computed, table_of
from extranet.money.queries.figures import (
    ContributionTable,
    Explanation,
    MemberYears,
    no_contribution,
    table_by_name,
)
from extranet.money.queries.versions import VersionFacts
from extranet.money.rules import steps_from_data


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenShare:
    """What adopting a version froze for one organisation in one year, in cents and months."""

    organisation_id: int
    year: int
    months: int
    amount_cents: int


def _in_year(number: int, value: Any) -> ColumnElement[Any]:
    return func.max(case((Contribution.year == bindparam("first_year") + number, value)))


_TABLE = (
    select(
        Organisation.id,
        Organisation.code,
        Contribution.organisation_name,
        Organisation.kind,
        _in_year(0, Contribution.inhabitants).label("inhabitants"),
        _in_year(0, Contribution.months).label("months"),
        *(_in_year(n, Contribution.amount_cents).label(f"amount_{n}") for n in range(4)),
    )
    .join(Contribution, Contribution.organisation_id == Organisation.id)
    .where(Contribution.version_id == bindparam("version_id"))
    .group_by(Organisation.id, Organisation.code, Contribution.organisation_name, Organisation.kind)
)
_ALL = aliased(Contribution)
_TOTAL = (
    select(cast(func.sum(_ALL.amount_cents), BigInteger))
    .where(_ALL.version_id == Contribution.version_id, _ALL.year == Contribution.year)
    .correlate(Contribution)
    .scalar_subquery()
)
_ONE = (
    select(
        Organisation.id,
        Organisation.code,
        Contribution.organisation_name,
        Organisation.kind,
        Contribution.year,
        Contribution.inhabitants,
        Contribution.months,
        Contribution.amount_cents,
        case((Contribution.year == bindparam("year"), Contribution.steps)).label("steps"),
        _TOTAL.label("total_cents"),
    )
    .join(Contribution, Contribution.organisation_id == Organisation.id)
    .where(
        Contribution.version_id == bindparam("version_id"), Organisation.code == bindparam("code")
    )
    .order_by(Contribution.year)
)


def get_table(session: Session, version: VersionFacts) -> ContributionTable:
    """Return what all members pay by a version; a draft that cannot be divided is InvalidInput."""
    if version.is_draft:
        return table_of(compute(session, version))
    rows = session.execute(_TABLE, {"version_id": version.id, "first_year": version.year})
    members = [
        MemberYears(
            organisation_id=row.id,
            code=row.code,
            name=row.organisation_name,
            kind=row.kind,
            inhabitants=row.inhabitants,
            months=row.months,
            amounts=(row.amount_0, row.amount_1, row.amount_2, row.amount_3),
        )
        for row in rows
    ]
    return table_by_name(members, years=version.years)


_SHARES = select(
    Contribution.organisation_id, Contribution.year, Contribution.months, Contribution.amount_cents
).where(Contribution.version_id == bindparam("version_id"))


def shares_of_version(session: Session, version: VersionFacts) -> tuple[FrozenShare, ...]:
    """Return every share that adopting a version froze; of a draft there are none."""
    rows = session.execute(_SHARES, {"version_id": version.id}).mappings()
    return tuple(FrozenShare(**row) for row in rows)


def get_explanation(
    session: Session, version: VersionFacts, *, code: str, year: int
) -> Explanation:
    """Return why a member pays what it pays; NotFound when the version knows no such member."""
    if version.is_draft:
        return explain_computed(compute(session, version), code=code, year=year)
    values = {"version_id": version.id, "code": code, "year": year}
    rows = session.execute(_ONE, values).all()
    steps = next((row.steps for row in rows if row.steps is not None), None)
    if steps is None:
        raise no_contribution()
    first = rows[0]
    return Explanation(
        organisation_id=first.id,
        code=first.code,
        name=first.organisation_name,
        kind=first.kind,
        inhabitants=first.inhabitants,
        year=year,
        years=tuple(row.year for row in rows),
        amounts=tuple(row.amount_cents for row in rows),
        months=tuple(row.months for row in rows),
        totals=tuple(row.total_cents for row in rows),
        steps=steps_from_data(steps),
    )
