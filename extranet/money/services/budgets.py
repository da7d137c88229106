"""Start, describe and throw away versions of a budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import today
from extranet.errors import Conflict, InvalidInput, NotFound
from extranet.i18n import Text
from extranet.membership.models import Region
from extranet.money.models import BudgetLine, BudgetVersion, Household, VersionState
from extranet.money.queries.population import newest_figures, population_choices
from extranet.money.rules import AllocationKey, DivisionByInhabitants
from extranet.money.services.copying import copy_lines
from extranet.money.services.drafts import check_draft

FIRST_YEAR, LAST_YEAR = 2000, 2100
TOGETHER = Text("Somebody else started a version at the same moment. Open the budget again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a version is called and why it is there."""

    title: str
    reason: str = ""


def base_household(session: Session, region_id: int) -> Household:
    """Return the purse of the region's basistaken; make it when the region has none yet."""
    # The lock on the region lets one at a time look and make.
    found = session.scalar(select(Region.id).where(Region.id == region_id).with_for_update())
    if found is None:
        raise NotFound(Text("There is no such region."))
    household = session.scalar(
        select(Household).where(Household.region_id == region_id, Household.is_base.is_(True))
    )
    if household is None:
        household = Household(region_id=region_id, name="Basistaken", is_base=True)
        session.add(household)
        session.flush()
    return household


def create_budget(
    session: Session,
    *,
    region_id: int,
    year: int,
    description: Description,
    copy_last_year: bool,
    actor: Actor | None,
) -> BudgetVersion:
    """Start the first version of a year's budget, empty or with last year's lines and key.

    A copy takes from last year's version in force what it foresaw for these years; in the year
    that it did not reach yet, structural lines go on and incidental ones stop. The population is
    the newest that the region adopted.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInput({"year": Text("Write the year in four figures, for example 2027.")})
    household = base_household(session, region_id)
    if _last_number(session, household, year):
        raise InvalidInput(
            {"year": Text("There is a budget for %(year)s already.", year=str(year))}
        )
    source = _in_force(session, household, year - 1) if copy_last_year else None
    if copy_last_year and source is None:
        message = Text("There is no adopted budget for %(year)s to copy.", year=str(year - 1))
        raise InvalidInput({"copy": message})
    snapshot_id, reference_date = newest_figures(session, region_id=region_id)
    key = AllocationKey([DivisionByInhabitants()]).to_data()
    version = BudgetVersion(
        household_id=household.id,
        year=year,
        number=1,
        title=description.title,
        reason=description.reason,
        allocation_key=list(source.allocation_key) if source else key,
        snapshot_id=snapshot_id,
        reference_date=reference_date,
    )
    _add(session, version)
    if source:
        copy_lines(session, source=source, target=version)
    _record(session, version, "budget.created", actor=actor, region_id=region_id)
    return version


def create_version(
    session: Session, *, region_id: int, year: int, description: Description, actor: Actor | None
) -> BudgetVersion:
    """Start a change of a budget (begrotingswijziging): a draft that copies the latest version.

    A year has one draft at a time. Raises InvalidInput when there is one, or nothing to copy.
    """
    household = base_household(session, region_id)
    latest = session.scalar(
        select(BudgetVersion)
        .where(BudgetVersion.household_id == household.id, BudgetVersion.year == year)
        .order_by(BudgetVersion.number.desc())
        .limit(1)
    )
    if latest is None:
        raise NotFound(Text("There is no such budget."))
    if latest.state == VersionState.DRAFT:
        raise InvalidInput(
            {
                "": Text(
                    "Version %(number)s is still a draft. Change that one, or discard it first.",
                    number=latest.number,
                )
            }
        )
    version = BudgetVersion(
        household_id=household.id,
        year=year,
        number=latest.number + 1,
        title=description.title,
        reason=description.reason,
        allocation_key=list(latest.allocation_key),
        snapshot_id=latest.snapshot_id,
        reference_date=latest.reference_date,
    )
    _add(session, version)
    copy_lines(session, source=latest, target=version)
    _record(session, version, "budget_version.created", actor=actor, region_id=region_id)
    return version


def describe_version(
    session: Session, *, version: BudgetVersion, description: Description, actor: Actor | None
) -> None:
    """Change the title of a draft and the reason for it."""
    household = check_draft(session, version)
    before = {"title": version.title, "reason": version.reason}
    version.title, version.reason = description.title, description.reason
    session.flush()
    record(
        session,
        actor=actor,
        action="budget_version.changed",
        subject=subject_of(version),
        region_id=household.region_id,
        before=before,
        after={"title": version.title, "reason": version.reason},
    )


def choose_population(
    session: Session,
    *,
    version: BudgetVersion,
    snapshot_id: int,
    reference_date: date,
    actor: Actor | None,
) -> None:
    """Divide a draft by the figures of a release that the region adopted, on a reference date."""
    household = check_draft(session, version)
    offered = population_choices(
        session, region_id=household.region_id, also=version.snapshot_id, day=today(session)
    )
    wanted = (snapshot_id, reference_date)
    if wanted not in [(each.snapshot_id, each.reference_date) for each in offered]:
        raise InvalidInput({"population": Text("Choose one of the releases.")})
    before = _population(version)
    version.snapshot_id, version.reference_date = wanted
    session.flush()
    record(
        session,
        actor=actor,
        action="budget_version.population_chosen",
        subject=subject_of(version),
        region_id=household.region_id,
        before=before,
        after=_population(version),
    )


def discard_draft(session: Session, *, version: BudgetVersion, actor: Actor | None) -> None:
    """Throw a draft away with its lines; its number is free again."""
    household = check_draft(session, version)
    region_id, title = household.region_id, version.title
    subject = subject_of(version)
    session.execute(delete(BudgetLine).where(BudgetLine.version_id == version.id))
    session.delete(version)
    session.flush()
    record(
        session,
        actor=actor,
        action="budget_version.discarded",
        subject=subject,
        region_id=region_id,
        before={"title": title},
    )


def subject_of(version: BudgetVersion) -> Subject:
    """Return how the activity log names a version."""
    return Subject("budget_version", version.id, f"{version.year}, {version.number}")


def _add(session: Session, version: BudgetVersion) -> None:
    """Add a version; who was just before has its number, and this one is refused."""
    try:
        with session.begin_nested():
            session.add(version)
            session.flush()
    except IntegrityError as error:
        raise Conflict(TOGETHER) from error


def _record(
    session: Session, version: BudgetVersion, action: str, *, actor: Actor | None, region_id: int
) -> None:
    record(
        session,
        actor=actor,
        action=action,
        subject=subject_of(version),
        region_id=region_id,
        after={"title": version.title, "reason": version.reason},
    )


def _last_number(session: Session, household: Household, year: int) -> int | None:
    return session.scalar(
        select(func.max(BudgetVersion.number)).where(
            BudgetVersion.household_id == household.id, BudgetVersion.year == year
        )
    )


def _in_force(session: Session, household: Household, year: int) -> BudgetVersion | None:
    return session.scalar(
        select(BudgetVersion)
        .where(
            BudgetVersion.household_id == household.id,
            BudgetVersion.year == year,
            BudgetVersion.state == VersionState.ADOPTED,
        )
        .order_by(BudgetVersion.number.desc())
        .limit(1)
    )


def _population(version: BudgetVersion) -> dict[str, object]:
    day = version.reference_date
    return {
        "snapshot": version.snapshot_id,
        "reference_date": day.isoformat() if day else None,
    }
