"""Make a region with an agreement, and bring it as far as a test wants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.agreements.models import AgreementVersion
from extranet.agreements.queries.versions import get_version, lock_version, versions_of
from extranet.agreements.rules import TemplateArticle
from extranet.agreements.services.answering import AnswerInput, record_answer
from extranet.agreements.services.creating import (
    Description,
    create_from_template,
    describe_draft,
    start_version,
)
from extranet.agreements.services.sending import send_version
from extranet.db import Database
from extranet.membership.models import Organisation, Region, Seat
from tests.factories import make_membership, make_official, make_organisation, make_region

OWNER = "plustaak:12"
ADDRESS = "http://localhost/noord/overeenkomst"
AGREED = date(2026, 12, 1)
DECIDED = date(2026, 11, 20)
TEMPLATE = [TemplateArticle(key="evenings", title="Avonden", body="Er zijn avonden.\nSamen.")]
CLAUSES = ("subject", "leaving")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A region with municipalities, an agreement of theirs, and how to reach its versions."""

    region: Region
    members: dict[str, Organisation]

    @property
    def ids(self) -> list[int]:
        """Return the municipalities by number."""
        return [member.id for member in self.members.values()]

    def version(self, session: Session, number: int = 1) -> AgreementVersion:
        """Return a version to change, locked."""
        return lock_version(session, region_id=self.region.id, owner=OWNER, number=number)[1]

    def version_id(self, session: Session, number: int = 1) -> int:
        """Return the number by which the database knows a version."""
        return get_version(session, **self.where(), number=number).id

    def acting(self, member: str = "Gemeente 01") -> dict[str, str]:
        """Return for whom a form was opened, as it carries it."""
        return {"acting": f"{self.region.id}-{self.members[member].id}"}

    def lead_seat(self, session: Session) -> Seat:
        """Return the seat that leads the coalition."""
        statement = select(Seat).where(Seat.region_id == self.region.id, Seat.title == "Trekker")
        return session.scalars(statement).one()

    def where(self) -> dict[str, object]:
        """Return what every query asks: the region and the owner."""
        return {"region_id": self.region.id, "owner": OWNER}


def make_agreed(
    session: Session, *, slug: str = "noord", count: int = 3, with_people: bool = True
) -> Agreed:
    """Make a region and the draft of an agreement between `count` municipalities."""
    region = make_region(session, slug=slug, name="Regio Noord")
    members = {}
    for number in range(1, count + 1):
        name = f"Gemeente {number:02}"
        member = members[name] = make_organisation(session, name=name)
        make_membership(session, region=region, organisation=member)
        if with_people:
            make_official(
                session, region=region, role=Role.CONTACT, organisation=member, name=f"C{number}"
            )
    create_from_template(
        session,
        region_id=region.id,
        owner=OWNER,
        title="Infoavonden",
        articles=TEMPLATE,
        clauses=CLAUSES,
        parties=[member.id for member in members.values()],
        actor=None,
    )
    agreed = Agreed(region=region, members=members)
    set_date(session, agreed.version(session))
    return agreed


def set_date(
    session: Session, version: AgreementVersion, day: date = AGREED, note: str = ""
) -> None:
    """Fill in from when the parties want a draft to be in force."""
    description = Description(title=version.title, intro="Samen.", note=note, in_force_from=day)
    describe_draft(session, version=version, description=description, actor=None)


def send(session: Session, agreed: Agreed, number: int = 1) -> None:
    """Send a draft."""
    send_version(session, version=agreed.version(session, number), address=ADDRESS, actor=None)


def an_answer(answer: str = "consent", remark: str = "", **values: object) -> AnswerInput:
    """Return an answer of a college."""
    return AnswerInput(
        **{
            "answer": answer,
            "remark": remark,
            "body_name": "College",
            "decided_on": DECIDED,
            "evidence": "Besluitenlijst 20 november 2026, punt 4",
            **values,
        }
    )


def answer(
    session: Session, agreed: Agreed, name: str, *args: str, number: int = 1, **values: object
) -> None:
    """Record the answer of a municipality, consent unless told."""
    record_answer(
        session,
        version=agreed.version(session, number),
        organisation_id=agreed.members[name].id,
        values=an_answer(*args, **values),
        actor=None,
    )


def all_consent(session: Session, agreed: Agreed, number: int = 1) -> None:
    """Record that everybody consents."""
    for name in agreed.members:
        answer(session, agreed, name, number=number)


def make_next(session: Session, agreed: Agreed, source: int = 1) -> AgreementVersion:
    """Start a version that follows, with a date and what it changes."""
    version = start_version(
        session, **agreed.where(), source=source, note="Een gemeente erbij.", actor=None
    )
    set_date(session, version, note="Een gemeente erbij.")
    return version


def state(database: Database, agreed: Agreed) -> str:
    """Return the state of the newest version."""
    with database.reading() as session:
        return versions_of(session, **agreed.where())[0].state
