"""Open, freeze and thaw households, and say who takes part in those that are not the base."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import now
from extranet.errors import Conflict, InvalidInput, NotFound
from extranet.i18n import Text
from extranet.membership.models import Organisation, Region
from extranet.membership.rules.periods import Period
from extranet.money.models import Household, HouseholdParticipant
from extranet.money.queries.households import find_household, lock_household
from extranet.money.rules import Purse
from extranet.money.services.changes import changes
from extranet.money.services.drafts import check_open

BASE_NAME = "Basistaken"
OPENED_ALREADY = Text("There is a budget for this already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """An organisation that takes part from a day on, `until` its last day, None when it goes on."""

    organisation_id: int
    from_date: date
    until_date: date | None = None

    @property
    def period(self) -> Period:
        """Return the days of taking part."""
        return Period(first=self.from_date, last=self.until_date)


def base_household(session: Session, region_id: int) -> Household:
    """Return the purse of the region's basistaken; make it when the region has none yet."""
    purse = Purse(region_id=region_id)
    household = find_household(session, purse=purse)
    if household is None:
        # The lock on the region lets one at a time look again and make.
        found = session.scalar(select(Region.id).where(Region.id == region_id).with_for_update())
        if found is None:
            raise NotFound(Text("There is no such region."))
        household = find_household(session, purse=purse)
    if household is None:
        household = Household(region_id=region_id, owner=purse.owner, name=BASE_NAME)
        session.add(household)
        session.flush()
    return household


def household_to_change(session: Session, *, purse: Purse) -> Household:
    """Return an open household, kept from everybody else until the end of the transaction.

    The base is made when the region has none yet. Raises Conflict when the household is frozen.
    """
    if purse.is_base:
        base_household(session, purse.region_id)
    household = lock_household(session, purse=purse)
    check_open(household)
    return household


def open_household(
    session: Session,
    *,
    purse: Purse,
    name: str,
    is_payable: bool = True,
    actor: Actor | None = None,
) -> Household:
    """Open a household for what a domain above owns; raise Conflict when it is there already.

    Nobody takes part yet: `set_participants` says who do. Until it is payable nothing is asked.
    """
    household = Household(
        region_id=purse.region_id, owner=purse.owner, name=name, is_payable=is_payable
    )
    try:
        with session.begin_nested():
            session.add(household)
            session.flush()
    except IntegrityError as error:
        raise Conflict(OPENED_ALREADY) from error
    _record(session, household, "household.opened", actor, after={"name": name})
    return household


def freeze_household(session: Session, *, household: Household, actor: Actor | None) -> None:
    """Let nothing in the budgets of a household change until it is thawed; reading stays."""
    kept = lock_household(session, purse=household.purse)
    if kept.frozen_at is None:
        kept.frozen_at = now(session)
        session.flush()
        _record(session, kept, "household.frozen", actor)


def thaw_household(session: Session, *, household: Household, actor: Actor | None) -> None:
    """Let the budgets of a household change again."""
    kept = lock_household(session, purse=household.purse)
    if kept.frozen_at is not None:
        kept.frozen_at = None
        session.flush()
        _record(session, kept, "household.thawed", actor)


def make_payable(session: Session, *, household: Household, actor: Actor | None) -> None:
    """Let the contributions of adopted budgets be asked, from now on."""
    kept = lock_household(session, purse=household.purse)
    if not kept.is_payable:
        kept.is_payable = True
        session.flush()
        _record(session, kept, "household.made_payable", actor)


def rename_household(
    session: Session, *, household: Household, name: str, actor: Actor | None
) -> None:
    """Call a household what its owner is called now; what was adopted keeps the name it had."""
    kept = lock_household(session, purse=household.purse)
    if kept.name != name:
        differs = changes({"name": kept.name}, {"name": name})
        kept.name = name
        session.flush()
        _record(session, kept, "household.renamed", actor, **differs)


def set_participants(
    session: Session,
    *,
    household: Household,
    periods: Iterable[Participation],
    actor: Actor | None = None,
) -> None:
    """Make these the organisations that take part in a household, and no others.

    A frozen household takes it too: who takes part is a fact from above, and no adopted amount
    follows it. Raises InvalidInput for a period that ends before it begins, for two of one
    organisation that overlap, and for the base, where the deelnemers of the region take part.
    """
    wanted = {(one.organisation_id, one.from_date): one for one in periods}
    _check(household, wanted.values())
    lock_household(session, purse=household.purse)
    stored = {
        (row.organisation_id, row.from_date): row
        for row in session.scalars(
            select(HouseholdParticipant).where(HouseholdParticipant.household_id == household.id)
        )
    }
    before = {key: row.until_date for key, row in stored.items()}
    after = {key: one.until_date for key, one in wanted.items()}
    if before == after:
        return
    for key, row in stored.items():
        if key not in wanted:
            session.delete(row)
    for key, one in wanted.items():
        row = stored.get(key) or _participant(household, one)
        row.until_date = one.until_date
        session.add(row)
    session.flush()
    codes = _codes(session, {organisation_id for organisation_id, _day in {**before, **after}})
    differs = changes({"participants": _said(before, codes)}, {"participants": _said(after, codes)})
    _record(session, household, "household.participants_changed", actor, **differs)


def _check(household: Household, wanted: Collection[Participation]) -> None:
    if household.purse.is_base:
        raise InvalidInput({"": Text("In the base the deelnemers of the region take part.")})
    if any(one.until_date and one.until_date < one.from_date for one in wanted):
        raise InvalidInput({"until_date": Text("The last day lies before the first day.")})
    for one, other in combinations(wanted, 2):
        same = one.organisation_id == other.organisation_id
        if same and one.period.overlaps(other.period):
            raise InvalidInput({"from_date": Text("An organisation takes part once at a time.")})


def _participant(household: Household, one: Participation) -> HouseholdParticipant:
    return HouseholdParticipant(
        household_id=household.id, organisation_id=one.organisation_id, from_date=one.from_date
    )


def _codes(session: Session, organisation_ids: Collection[int]) -> Mapping[int, str]:
    rows = session.execute(
        select(Organisation.id, Organisation.code).where(Organisation.id.in_(organisation_ids))
    )
    return {row.id: row.code for row in rows}


def _said(periods: Mapping[tuple[int, date], date | None], codes: Mapping[int, str]) -> list[str]:
    """Return periods as the log keeps them: `gm:0983 2027-01-01/2027-12-31`, or `/..`."""
    return sorted(
        f"{codes[organisation_id]} {first}/{last or '..'}"
        for (organisation_id, first), last in periods.items()
    )


def _record(
    session: Session,
    household: Household,
    action: str,
    actor: Actor | None,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    record(
        session,
        actor=actor,
        action=action,
        subject=Subject("household", household.id, household.name),
        region_id=household.region_id,
        before=before,
        after=after,
    )
