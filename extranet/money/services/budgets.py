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
from extranet.money.models import BudgetLine, BudgetVersion, Household, VersionState
from extranet.money.queries.in_force import IS_IN_FORCE
from extranet.money.queries.population import newest_figures, population_choices
from extranet.money.rules import AllocationKey, DivisionByInhabitants, Purse
from extranet.money.services.copying import copy_lines
from extranet.money.services.drafts import check_draft
from extranet.money.services.households import household_to_change

FIRST_YEAR, LAST_YEAR = 2000, 2100
TOGETHER = Text("Somebody else started a version at the same moment. Open the budget again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a version is called and why it is there."""

    title: str
    reason: str = ""


def create_budget(
    session: Session,
    *,
    purse: Purse,
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
    household = household_to_change(session, purse=purse)
    source = _checked_source(session, household, year, copy_last_year=copy_last_year)
    snapshot_id, reference_date = newest_figures(session, region_id=purse.region_id)
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
    _record(session, version, "budget.created", household=household, actor=actor)
    return version


def _checked_source(
    session: Session, household: Household, year: int, *, copy_last_year: bool
) -> BudgetVersion | None:
    """Return last year's version to copy, None for an empty start; InvalidInput says what hinders.

    A year has one budget, which starts once.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInput({"year": Text("Write the year in four figures, for example 2027.")})
    if _last_number(session, household, year):
        raise InvalidInput(
            {"year": Text("There is a budget for %(year)s already.", year=str(year))}
        )
    source = _in_force(session, household, year - 1) if copy_last_year else None
    if copy_last_year and source is None:
        message = Text("There is no adopted budget for %(year)s to copy.", year=str(year - 1))
        raise InvalidInput({"copy": message})
    return source


def create_version(
    session: Session, *, purse: Purse, year: int, description: Description, actor: Actor | None
) -> BudgetVersion:
    """Start a change of a budget (begrotingswijziging): a draft that copies the latest version.

    A year has one draft at a time. Raises InvalidInput when there is one, or nothing to copy.
    """
    household = household_to_change(session, purse=purse)
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
    _record(session, version, "budget_version.created", household=household, actor=actor)
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
        subject=subject_of(version, household),
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
        session, purse=household.purse, also=version.snapshot_id, day=today(session)
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
        subject=subject_of(version, household),
        region_id=household.region_id,
        before=before,
        after=_population(version),
    )


def discard_draft(session: Session, *, version: BudgetVersion, actor: Actor | None) -> None:
    """Throw a draft away with its lines; its number is free again."""
    household = check_draft(session, version)
    region_id, title = household.region_id, version.title
    subject = subject_of(version, household)
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


def subject_of(version: BudgetVersion, household: Household) -> Subject:
    """Return how the activity log names a version; the base needs no name in its own region."""
    label = f"{version.year}, {version.number}"
    if not household.purse.is_base:
        label = f"{household.name}, {label}"
    return Subject("budget_version", version.id, label)


def _add(session: Session, version: BudgetVersion) -> None:
    """Add a version; who was just before has its number, and this one is refused."""
    try:
        with session.begin_nested():
            session.add(version)
            session.flush()
    except IntegrityError as error:
        raise Conflict(TOGETHER) from error


def _record(
    session: Session,
    version: BudgetVersion,
    action: str,
    *,
    household: Household,
    actor: Actor | None,
) -> None:
    record(
        session,
        actor=actor,
        action=action,
        subject=subject_of(version, household),
        region_id=household.region_id,
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
        select(BudgetVersion).where(
            BudgetVersion.household_id == household.id,
            BudgetVersion.year == year,
            IS_IN_FORCE,
        )
    )


def _population(version: BudgetVersion) -> dict[str, object]:
    day = version.reference_date
    return {
        "snapshot": version.snapshot_id,
        "reference_date": day.isoformat() if day else None,
    }
