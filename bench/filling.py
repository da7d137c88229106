"""Databases to measure on: the demo, a hundred times as much around it, and as much inside it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from extranet.activity.models import ActivityEntry
from extranet.clock import now
from extranet.config import Config
from extranet.db import Database
from extranet.demo.cli import fill
from extranet.membership.models import Membership, Organisation, Region
from extranet.migrations import upgrade
from extranet.money.models import BudgetVersion, Contribution, Household, VersionState
from extranet.money.rules.purse import BASE
from extranet.money.services.copying import copy_lines
from extranet.people.models import Person
from extranet.people.services.sessions import start_session
from extranet.plugins.host import PluginHost
from extranet.plugins.migrating import upgrade_plugins

TIMES = 100
TREASURER = "treasurer.venray@demo.example.org"


def demo(database: Database, config: Config, host: PluginHost) -> None:
    """Fill a database with the demo; `host` is that of the application that it belongs to."""
    upgrade(database)
    upgrade_plugins(database, host)
    fill(database, config, host, password=secrets.token_urlsafe())


def multiply(database: Database) -> None:
    """Put a hundred times as many members, budget versions and activity entries around it."""
    with database.unit_of_work() as session:
        region = session.scalars(select(Region).where(Region.slug == "nml")).one()
        _more_regions(session, region)
        _more_versions(session, region)
        _more_activity(session, region)


def fill_region(database: Database) -> None:
    """Give the region itself a hundred times as many members, who all pay by its budget.

    What they pay is copied from the members that there are, so the sum means nothing.
    """
    with database.unit_of_work() as session:
        region = session.scalars(select(Region).where(Region.slug == "nml")).one()
        count = session.scalar(
            select(func.count()).select_from(Membership).where(Membership.region_id == region.id)
        )
        newcomers = _more_members(session, region, (count or 0) * (TIMES - 1))
        _adopt_for_all(session, region, newcomers)


def sign_in(database: Database) -> str:
    """Sign the treasurer of Venray in and return the session token."""
    with database.unit_of_work() as session:
        person = session.scalars(select(Person).where(Person.email == TREASURER)).one()
        return start_session(session, person=person, browser="bench", address="127.0.0.1", hours=8)


def _more_regions(session: Session, region: Region) -> None:
    """Make other regions with as many members each; the region itself does not get larger."""
    members = session.scalars(select(Membership).where(Membership.region_id == region.id)).all()
    for number in range(TIMES):
        other = Region(slug=f"bench-{number}", name=f"Bench {number}", legal_form=region.legal_form)
        session.add(other)
        session.flush()
        for place, _member in enumerate(members):
            organisation = Organisation(
                code=f"kvk:{number:04d}{place:04d}", name=f"Org {number}-{place}", kind="other"
            )
            session.add(organisation)
            session.flush()
            session.add(
                Membership(
                    region_id=other.id,
                    organisation_id=organisation.id,
                    kind="deelnemer",
                    from_date=date(2025, 1, 1),
                )
            )


def _more_members(session: Session, region: Region, count: int) -> list[int]:
    organisations = [
        Organisation(code=f"kvk:9{number:07d}", name=f"Gemeente {number}", kind="gemeente")
        for number in range(count)
    ]
    session.add_all(organisations)
    session.flush()
    session.add_all(
        Membership(
            region_id=region.id,
            organisation_id=organisation.id,
            kind="deelnemer",
            from_date=date(2025, 1, 1),
        )
        for organisation in organisations
    )
    return [organisation.id for organisation in organisations]


def _adopt_for_all(session: Session, region: Region, newcomers: Sequence[int]) -> None:
    """Adopt a next version of the budget in which the newcomers pay too."""
    adopted = session.scalars(
        select(BudgetVersion)
        .join(Household, Household.id == BudgetVersion.household_id)
        .where(Household.region_id == region.id, BudgetVersion.state == VersionState.ADOPTED)
        .order_by(BudgetVersion.number.desc())
    ).first()
    if adopted is None:
        raise RuntimeError("the demo has no adopted budget")
    version = BudgetVersion(
        household_id=adopted.household_id,
        year=adopted.year,
        number=adopted.number + 1,
        title="Bench",
        allocation_key=adopted.allocation_key,
        snapshot_id=adopted.snapshot_id,
        reference_date=adopted.reference_date,
    )
    session.add(version)
    session.flush()
    copy_lines(session, source=adopted, target=version)
    session.execute(insert(Contribution), _contributions(session, adopted, version, newcomers))
    version.state, version.adopted_on = VersionState.ADOPTED, adopted.adopted_on


def _contributions(
    session: Session, adopted: BudgetVersion, version: BudgetVersion, newcomers: Sequence[int]
) -> list[dict[str, object]]:
    """Return what everybody pays: as before, and for each newcomer as some member before."""
    known: dict[int, list[Contribution]] = {}
    for one in session.scalars(select(Contribution).where(Contribution.version_id == adopted.id)):
        known.setdefault(one.organisation_id, []).append(one)
    models = list(known.values())
    payers = {**known, **{who: models[who % len(models)] for who in newcomers}}
    return [
        {
            "version_id": version.id,
            "year": one.year,
            "organisation_id": who,
            "organisation_name": one.organisation_name,
            "inhabitants": one.inhabitants,
            "months": one.months,
            "amount_cents": one.amount_cents,
            "steps": one.steps,
        }
        for who, years in payers.items()
        for one in years
    ]


def _more_versions(session: Session, region: Region) -> None:
    """Add drafts of other years to the same household: its own versions a hundredfold."""
    household = session.scalars(
        select(Household).where(Household.region_id == region.id, Household.owner == BASE)
    ).one()
    like = session.scalars(
        select(BudgetVersion).where(BudgetVersion.household_id == household.id).limit(1)
    ).one()
    session.add_all(
        BudgetVersion(
            household_id=household.id,
            year=like.year,
            number=1000 + number,
            title="Bench",
            allocation_key=like.allocation_key,
        )
        for number in range(TIMES)
    )


def _more_activity(session: Session, region: Region) -> None:
    moment = now(session)
    rows = [
        {
            "at": moment - timedelta(seconds=number),
            "region_id": region.id,
            "person_id": 1,
            "organisation_id": 1,
            "action": "membership.started",
            "subject_kind": "membership",
            "subject_id": number,
            "subject_label": "",
            "before": {},
            "after": {},
        }
        for number in range(TIMES * 100)
    ]
    session.execute(insert(ActivityEntry), rows)
