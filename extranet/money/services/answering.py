"""What money answers to the domains below it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from extranet.clock import today
from extranet.events import emit
from extranet.i18n import Text
from extranet.membership.events import Payment, PaymentsAsked
from extranet.money.events import Owner, OwnersAsked
from extranet.money.queries.purses import PurseContribution, purses_of
from extranet.money.rules import BASE

BASE_TITLE = Text("Basistaken")
BASE_PAGES = Owner(title=BASE_TITLE, within="", blueprint="money", values={})


def say_what_is_paid(session: Session, asked: PaymentsAsked) -> None:
    """Add what a member pays into each purse: one statement, and one for whose they are."""
    found = purses_of(
        session,
        region_id=asked.region_id,
        organisation_code=asked.organisation_code,
        this_year=today(session).year,
    )
    whose = OwnersAsked(
        region_id=asked.region_id, owners=tuple(one.owner for one in found if one.owner != BASE)
    )
    if whose.owners:
        emit(session, whose)
    known = {BASE: BASE_PAGES, **whose.answers}
    asked.lines.extend(_payment(one, known.get(one.owner), asked) for one in found)


def _payment(paid: PurseContribution, owner: Owner | None, asked: PaymentsAsked) -> Payment:
    if owner is None:
        owner = Owner(title=paid.name, within=paid.name, blueprint="", values={})
    values = {**owner.values, "year": paid.year, "code": asked.organisation_code}
    return Payment(
        title=owner.title,
        within=owner.within,
        year=paid.year,
        amount_cents=paid.amount_cents,
        is_asked=paid.is_payable,
        endpoint=f"{owner.blueprint}.explanation" if owner.blueprint else "",
        values=values if owner.blueprint else {},
    )
