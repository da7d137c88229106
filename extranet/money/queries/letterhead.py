"""The sender of a region's letters: the centrum's letterhead data, of today and as adopted."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from extranet.membership.models import Region
from extranet.money.models import BudgetVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends a letter on behalf of a region, and who signs it.

    `household` is whose money the letter is about, empty for the base of the region.
    """

    region: str
    name: str
    address: str
    place: str
    phone: str
    email: str
    number: str
    signatory_name: str
    signatory_function: str
    is_example: bool
    household: str = ""

    @property
    def whose(self) -> str:
        """Return whose budget the letter is about."""
        return self.household or self.region


_SENDER = select(
    Region.name,
    Region.sender_name,
    Region.sender_address,
    Region.sender_place,
    Region.sender_phone,
    Region.sender_email,
    Region.sender_number,
    Region.signatory_name,
    Region.signatory_function,
    Region.is_example,
).where(Region.id == bindparam("region_id"))


def get_sender(session: Session, *, region_id: int, household: str = "") -> Sender:
    """Return who sends the letters of a region, or of a household in it, as it is today."""
    row = session.execute(_SENDER, {"region_id": region_id}).one()
    return Sender(
        region=row.name,
        name=row.sender_name or row.name,
        address=row.sender_address,
        place=row.sender_place,
        phone=row.sender_phone,
        email=row.sender_email,
        number=row.sender_number,
        signatory_name=row.signatory_name,
        signatory_function=row.signatory_function,
        is_example=row.is_example,
        household=household,
    )


_FROZEN = select(BudgetVersion.letterhead).where(BudgetVersion.id == bindparam("version_id"))


def sender_as_adopted(session: Session, *, version_id: int) -> Sender:
    """Return who sends the letters of an adopted version, as it was on the day of adoption."""
    letterhead = session.scalars(_FROZEN, {"version_id": version_id}).one()
    if letterhead is None:
        raise ValueError("a draft has no sender yet")
    return Sender(**letterhead)
