"""Databases to measure on: the demo, and the demo among a hundred times as much of everything."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from extranet.activity.models import ActivityEntry
from extranet.clock import now
from extranet.config import Config
from extranet.db import Database
from extranet.demo.cli import fill
from extranet.membership.models import Membership, Organisation, Region
from extranet.migrations import upgrade
from extranet.money.models import BudgetVersion, Household
from extranet.people.models import Person
from extranet.people.services.sessions import start_session

TIMES = 100
TREASURER = "treasurer.venray@demo.example.org"


def demo(database: Database, config: Config) -> None:
    """Fill a database with the demo."""
    upgrade(database)
    fill(database, config, password=secrets.token_urlsafe())


def multiply(database: Database) -> None:
    """Put a hundred times as many members, budget versions and activity entries around it."""
    with database.unit_of_work() as session:
        region = session.scalars(select(Region).where(Region.slug == "nml")).one()
        _more_regions(session, region)
        _more_versions(session, region)
        _more_activity(session, region)


def sign_in(database: Database) -> str:
    """Sign the treasurer of Venray in and return the session token."""
    with database.unit_of_work() as session:
        person = session.scalars(select(Person).where(Person.email == TREASURER)).one()
        return start_session(session, person=person, browser="bench", address="127.0.0.1", hours=8)


def _more_regions(session: Session, region: Region) -> None:
    """Make other regions with as many members each; a region itself does not get larger."""
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


def _more_versions(session: Session, region: Region) -> None:
    """Add drafts of other years to the same household: its own versions a hundredfold."""
    household = session.scalars(select(Household).where(Household.region_id == region.id)).one()
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
