"""What the pages of one coalition show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import String, and_, bindparam, cast, literal, or_, select
from sqlalchemy.orm import Session

from extranet.agreements.models import Agreement, AgreementVersion, VersionState
from extranet.coalitions.models import Coalition, CoalitionState, Interest, Plustaak
from extranet.coalitions.rules.owners import PREFIX
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.membership.models import Membership, MembershipKind, Organisation, Region, Seat
from extranet.people.models import Person, Tenure

NO_COALITION = Text("There is no such coalition.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoalitionFacts:
    """A coalition with the names of what it refers to; `counter` guards its editing.

    `needed` is the threshold of the region, `needed_source` the article that it comes from.
    """

    id: int
    region_id: int
    slug: str
    name: str
    aim: str
    reason: str
    state: str
    proposed_on: date
    proposed_by: str
    lead_seat_id: int | None
    lead_title: str | None
    lead_organisation: str | None
    lead_person: str | None
    below_since: date | None
    grace_until: date | None
    closed_on: date | None
    needed: int
    needed_source: str
    counter: int

    @property
    def is_initiative(self) -> bool:
        """Tell whether members are still asked what they think."""
        return self.state == CoalitionState.INITIATIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestLine:
    """What a member of the region says to an initiative; `answer` is None before it answered."""

    organisation_id: int
    code: str
    name: str
    kind: str
    part: str
    answer: str | None
    note: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakLine:
    """A plustaak of a coalition as the list of the workspace shows it.

    `is_answering` says that a version of its agreement was sent and is not decided.
    """

    id: int
    plugin: str
    state: str
    live_since: date | None
    frozen_on: date | None
    archived_on: date | None
    is_answering: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatChoice:
    """A seat of the region that could lead, with who sits there."""

    id: int
    title: str
    organisation: str
    person: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestLine:
    """A guest's seat: whose, what for, and who sits on it."""

    seat_id: int
    organisation: str
    title: str
    person: str | None


_Leader = Organisation.__table__.alias("leader")
_SITS = and_(
    Tenure.seat_id == Seat.id,
    Tenure.from_date <= bindparam("day"),
    or_(Tenure.until_date.is_(None), Tenure.until_date >= bindparam("day")),
)
_OPEN = or_(Seat.ended_on.is_(None), Seat.ended_on >= bindparam("day"))
_FACTS = (
    select(
        Coalition.id,
        Coalition.region_id,
        Coalition.slug,
        Coalition.name,
        Coalition.aim,
        Coalition.reason,
        Coalition.state,
        Coalition.proposed_on,
        Organisation.name.label("proposed_by"),
        Coalition.lead_seat_id,
        Seat.title.label("lead_title"),
        _Leader.c.name.label("lead_organisation"),
        Person.name.label("lead_person"),
        Coalition.below_since,
        Coalition.grace_until,
        Coalition.closed_on,
        Region.threshold.label("needed"),
        Region.threshold_source.label("needed_source"),
        Coalition.version.label("counter"),
    )
    .join(Region, Region.id == Coalition.region_id)
    .join(Organisation, Organisation.id == Coalition.proposed_by_id)
    .outerjoin(Seat, Seat.id == Coalition.lead_seat_id)
    .outerjoin(_Leader, _Leader.c.id == Seat.organisation_id)
    .outerjoin(Tenure, _SITS)
    .outerjoin(Person, Person.id == Tenure.person_id)
    .where(Coalition.id == bindparam("coalition_id"))
    .order_by(Tenure.id)
    .limit(1)
)
_INTEREST = (
    select(
        Organisation.id.label("organisation_id"),
        Organisation.code,
        Organisation.name,
        Organisation.kind,
        Membership.kind.label("part"),
        Interest.answer,
        Interest.note,
        Interest.answered_at,
    )
    .join(Membership, Membership.organisation_id == Organisation.id)
    .outerjoin(
        Interest,
        and_(
            Interest.organisation_id == Organisation.id,
            Interest.coalition_id == bindparam("coalition_id"),
        ),
    )
    .where(
        Membership.region_id == bindparam("region_id"),
        Membership.from_date <= bindparam("day"),
        or_(Membership.until_date.is_(None), Membership.until_date >= bindparam("day")),
    )
    .order_by(Organisation.name)
)
_ANSWERING = (
    select(AgreementVersion.id)
    .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
    .where(
        Agreement.region_id == Coalition.region_id,
        Agreement.owner == literal(PREFIX) + cast(Plustaak.id, String),
        AgreementVersion.state == VersionState.SENT,
    )
    .correlate(Plustaak, Coalition)
    .exists()
)
_PLUSTAKEN = (
    select(
        Plustaak.id,
        Plustaak.plugin,
        Plustaak.state,
        Plustaak.live_since,
        Plustaak.frozen_on,
        Plustaak.archived_on,
        _ANSWERING.label("is_answering"),
    )
    .join(Coalition, Coalition.id == Plustaak.coalition_id)
    .where(Plustaak.coalition_id == bindparam("coalition_id"))
    .order_by(Plustaak.plugin)
)
_SEATS = (
    select(
        Seat.id,
        Seat.title,
        Organisation.name.label("organisation"),
        Person.name.label("person"),
    )
    .join(Organisation, Organisation.id == Seat.organisation_id)
    .outerjoin(Tenure, _SITS)
    .outerjoin(Person, Person.id == Tenure.person_id)
    .where(Seat.region_id == bindparam("region_id"), Seat.coalition_id.is_(None), _OPEN)
    .order_by(Organisation.name, Seat.title, Seat.id)
)
_GUESTS = (
    select(
        Seat.id.label("seat_id"),
        Organisation.name.label("organisation"),
        Seat.title,
        Person.name.label("person"),
    )
    .join(Organisation, Organisation.id == Seat.organisation_id)
    .outerjoin(Tenure, _SITS)
    .outerjoin(Person, Person.id == Tenure.person_id)
    .where(Seat.coalition_id == bindparam("coalition_id"), _OPEN)
    .order_by(Organisation.name, Seat.id)
)


def get_facts(session: Session, coalition_id: int, *, day: date) -> CoalitionFacts:
    """Return a coalition as its pages show it; raise NotFound when there is none."""
    row = session.execute(_FACTS, {"coalition_id": coalition_id, "day": day}).mappings().first()
    if row is None:
        raise NotFound(NO_COALITION)
    return CoalitionFacts(**row)


def lock_coalition(session: Session, coalition_id: int) -> Coalition:
    """Return a coalition to change, kept from everybody else until the transaction ends."""
    coalition = session.get(Coalition, coalition_id, with_for_update=True)
    if coalition is None:
        raise NotFound(NO_COALITION)
    return coalition


def interests_of(
    session: Session, *, region_id: int, coalition_id: int, day: date
) -> list[InterestLine]:
    """Return every member of the region of a day with what it says to an initiative, by name."""
    values = {"region_id": region_id, "coalition_id": coalition_id, "day": day}
    rows = session.execute(_INTEREST, values).mappings()
    return [InterestLine(**{**row, "note": row["note"] or ""}) for row in rows]


def may_take_part(lines: list[InterestLine]) -> list[InterestLine]:
    """Return the deelnemers among the members: a partner joins in, but is no participant."""
    return [line for line in lines if line.part == MembershipKind.DEELNEMER]


def plustaken_of(session: Session, coalition_id: int) -> list[PlustaakLine]:
    """Return the plustaken of a coalition, whatever their state, by plugin."""
    rows = session.execute(_PLUSTAKEN, {"coalition_id": coalition_id}).mappings()
    return [PlustaakLine(**row) for row in rows]


def seats_that_could_lead(session: Session, region_id: int, *, day: date) -> list[SeatChoice]:
    """Return the open seats of a region with who sits there, by organisation."""
    rows = session.execute(_SEATS, {"region_id": region_id, "day": day}).mappings()
    return [SeatChoice(**row) for row in rows]


def guests_of(session: Session, coalition_id: int, *, day: date) -> list[GuestLine]:
    """Return the guests' seats of a coalition that are open on a day."""
    rows = session.execute(_GUESTS, {"coalition_id": coalition_id, "day": day}).mappings()
    return [GuestLine(**row) for row in rows]
