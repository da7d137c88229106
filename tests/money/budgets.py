"""Make a collaboration with a budget through the services, and count what a page asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from extranet.db import Database
from extranet.membership.models import (
    Body,
    BodyKind,
    Organisation,
    OrganisationKind,
    PopulationSnapshot,
    Region,
)
from extranet.money.models import BudgetLine, BudgetVersion, Household, LineKind
from extranet.money.queries.recipients import Recipient
from extranet.money.queries.versions import VersionFacts, find_version, get_version
from extranet.money.rules import AllocationKey, Purse
from extranet.money.services.adoption import Decision, adopt_budget
from extranet.money.services.budgets import Description, create_budget, create_version
from extranet.money.services.households import (
    Participation,
    open_household,
    set_participants,
)
from extranet.money.services.keys import set_key
from extranet.money.services.lines import LineInput, add_line
from extranet.web.database import get_database
from tests.factories import (
    LONG_AGO,
    make_body,
    make_membership,
    make_organisation,
    make_region,
    make_snapshot,
)

DECIDED = date(2026, 11, 12)
INHABITANTS = {"Beesel": 13_579, "Venlo": 104_195, "Weert": 51_498}


@dataclass(frozen=True, kw_only=True)
class Place:
    """A region with its deelnemers by name, the body that decides and its population figures."""

    region: Region
    members: Mapping[str, Organisation]
    body: Body
    snapshot: PopulationSnapshot

    @property
    def purse(self) -> Purse:
        """Return the base of the region."""
        return Purse(region_id=self.region.id)

    def code(self, name: str) -> str:
        """Return the code of a member."""
        return self.members[name].code

    def acting(self, name: str) -> str:
        """Return what a form carries of somebody who acts for a member."""
        return f"{self.region.id}-{self.members[name].id}"


def make_place(
    session: Session, *, slug: str | None = None, inhabitants: Mapping[str, int] = INHABITANTS
) -> Place:
    """Make a region whose deelnemers are municipalities with these inhabitants."""
    members = {name: make_organisation(session, name=name) for name in inhabitants}
    figures = {members[name].code: count for name, count in inhabitants.items()}
    snapshot = make_snapshot(session, figures=figures)
    region = make_region(session, slug=slug, snapshot_id=snapshot.id)
    for organisation in members.values():
        make_membership(session, region=region, organisation=organisation)
    body = make_body(session, region=region, name="Overleg", kind=BodyKind.PFO)
    return Place(region=region, members=members, body=body, snapshot=snapshot)


def add_province(session: Session, place: Place, name: str = "Provincie Limburg") -> Organisation:
    """Make a province a deelnemer."""
    kind = OrganisationKind.PROVINCIE
    province = make_organisation(session, code=f"pv:{place.region.id}", name=name, kind=kind)
    make_membership(session, region=place.region, organisation=province)
    return province


def make_other(
    session: Session,
    place: Place,
    *,
    owner: str = "plustaak:1",
    name: str = "Warmte",
    members: Sequence[str] = tuple(INHABITANTS),
) -> Household:
    """Open a household beside the base, in which these members take part since long ago."""
    purse = Purse(region_id=place.region.id, owner=owner)
    household = open_household(session, purse=purse, name=name)
    set_participants(
        session,
        household=household,
        periods=[
            Participation(organisation_id=place.members[member].id, from_date=LONG_AGO)
            for member in members
        ],
    )
    return household


def make_draft(
    session: Session,
    place: Place,
    *,
    year: int = 2027,
    costs: Sequence[int] = (100_000_01, 90_000_00, 80_000_00, 70_000_00),
    key: AllocationKey | None = None,
    purse: Purse | None = None,
) -> BudgetVersion:
    """Start a year's budget with one line of costs, in cents a year."""
    version = create_budget(
        session,
        purse=place.purse if purse is None else purse,
        year=year,
        description=Description(title=f"Begroting {year}"),
        copy_last_year=False,
        actor=None,
    )
    make_line(session, version, net=costs)
    if key:
        set_key(session, version=version, key=key, actor=None)
    return version


def make_line(
    session: Session,
    version: BudgetVersion,
    *,
    name: str = "Programmateam",
    kind: LineKind = LineKind.COST,
    net: Sequence[int] = (100_00, 100_00, 100_00, 100_00),
    **values: object,
) -> BudgetLine:
    """Add a line to a draft."""
    line = LineInput(**{"name": name, "kind": kind, "net": tuple(net), **values})
    return add_line(session, version=version, line=line, actor=None)


def make_change(
    session: Session, place: Place, *, year: int = 2027, purse: Purse | None = None
) -> BudgetVersion:
    """Start a change of a budget."""
    return create_version(
        session,
        purse=place.purse if purse is None else purse,
        year=year,
        description=Description(title="Wijziging", reason="Meer werk"),
        actor=None,
    )


def adopt(
    session: Session, place: Place, version: BudgetVersion, **values: object
) -> Sequence[Recipient]:
    """Adopt a draft."""
    return adopt_budget(
        session,
        **{
            "version": version,
            "decision": decision(place),
            "link_to": lambda code: f"https://extranet.example/{code}",
            "actor": None,
            **values,
        },
    )


def decision(place: Place, **values: object) -> Decision:
    """Return a decision of the region's own body."""
    given = {"body_id": place.body.id, "adopted_on": DECIDED, "evidence": "Besluitenlijst, punt 4"}
    return Decision(**{**given, **values})


def make_adopted(session: Session, place: Place, **values: object) -> BudgetVersion:
    """Make a budget and adopt it."""
    version = make_draft(session, place, **values)
    adopt(session, place, version)
    return version


def facts_of(session: Session, _place: Place, version: BudgetVersion) -> VersionFacts:
    """Return a version as pages read it."""
    purse = session.get_one(Household, version.household_id).purse
    return get_version(session, purse=purse, year=version.year, number=version.number)


def in_force(database: Database, place: Place) -> VersionFacts | None:
    """Return the version of 2027 that is in force."""
    with database.reading() as session:
        return find_version(session, purse=place.purse, year=2027)


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Give the list that every statement for reading is added to."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = get_database().read_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
