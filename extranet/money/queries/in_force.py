"""What "in force" means, said once: the last version of a year that was adopted.

Who names no year means this year's budget, else the first one to come, else the last one that
was. `nearness` is that order, for numbers in Python and for columns in a statement alike.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, bindparam, func, select
from sqlalchemy.orm import aliased

from extranet.money.models import BudgetVersion, Household, VersionState
from extranet.money.queries.households import of_base

IS_ADOPTED = BudgetVersion.state == VersionState.ADOPTED
_OTHER = aliased(BudgetVersion)
# Of the version that a statement looks at: the number of the one in force of the same year.
IN_FORCE_NUMBER = (
    select(func.max(_OTHER.number))
    .where(
        _OTHER.household_id == BudgetVersion.household_id,
        _OTHER.year == BudgetVersion.year,
        _OTHER.state == VersionState.ADOPTED,
    )
    .correlate(BudgetVersion)
    .scalar_subquery()
)
IS_IN_FORCE = BudgetVersion.number == IN_FORCE_NUMBER


def nearness(year: Any, *, this_year: Any) -> tuple[Any, Any]:
    """Return what puts years in order of what people mean when they name none, nearest first."""
    return year < this_year, (year - this_year) * (year - this_year)


def version_in_force() -> ScalarSelect[int]:
    """Return the id of the base's budget in force, by the bound `region_id` and `this_year`."""
    version, household = aliased(BudgetVersion), aliased(Household)
    return (
        select(version.id)
        .join(household, household.id == version.household_id)
        .where(of_base(household), version.state == VersionState.ADOPTED)
        .order_by(*nearness(version.year, this_year=bindparam("this_year")), version.number.desc())
        .limit(1)
        .scalar_subquery()
    )
