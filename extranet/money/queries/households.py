"""Households by purse: the conditions that statements share, and the household itself."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, bindparam, select
from sqlalchemy.orm import Session

from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.money.models import Household
from extranet.money.rules import BASE, Purse

NO_HOUSEHOLD = Text("There is no such budget.")


def of_purse(household: type[Household] = Household) -> ColumnElement[bool]:
    """Return the condition for the household of the bound `region_id` and `owner`."""
    return and_(
        household.region_id == bindparam("region_id"), household.owner == bindparam("owner")
    )


def of_base(household: type[Household] = Household) -> ColumnElement[bool]:
    """Return the condition for the base of the bound `region_id`."""
    return and_(household.region_id == bindparam("region_id"), household.owner == BASE)


def bound(purse: Purse) -> dict[str, object]:
    """Return the values that `of_purse` asks for."""
    return {"region_id": purse.region_id, "owner": purse.owner}


def find_household(session: Session, *, purse: Purse) -> Household | None:
    """Return the household of a purse, None where nobody opened it."""
    return session.scalar(select(Household).where(of_purse()), bound(purse))


def lock_household(session: Session, *, purse: Purse) -> Household:
    """Return a household to change, kept from everybody else until the end of the transaction."""
    household = session.scalar(
        select(Household)
        .where(of_purse())
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True),
        bound(purse),
    )
    if household is None:
        raise NotFound(NO_HOUSEHOLD)
    return household
