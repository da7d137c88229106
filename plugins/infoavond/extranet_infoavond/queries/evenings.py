"""Evenings as pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from extranet.api import NotFound, Participant, Place, organisation_names, participants_of
from extranet_infoavond.models import Evening, EveningState, Host, Invitation, LetterState
from extranet_infoavond.wording import Text

NO_EVENING = Text("There is no such evening.")
MUNICIPALITY = "gemeente"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostLine:
    """A municipality that invites to an evening, and how far its letter is."""

    organisation_id: int
    name: str
    letter: str  # a LetterState; a draft too while nobody wrote in it


@dataclass(frozen=True, slots=True, kw_only=True)
class EveningLine:
    """An evening in the list."""

    id: int
    title: str
    held_on: date | None
    starts_at: time | None
    ends_at: time | None
    venue: str
    town: str
    capacity: int
    state: str
    hosts: tuple[HostLine, ...]

    @property
    def released(self) -> int:
        """Return how many hosts released their letter."""
        return sum(host.letter == LetterState.RELEASED for host in self.hosts)


def list_evenings(
    session: Session, place: Place, *, day: date, state: str = "", host: int = 0, text: str = ""
) -> list[EveningLine]:
    """Return evenings of a plustaak: what is to come first, then what was, latest first.

    `state`, `host` (the number of a municipality) and `text` narrow it down; empty ones do not.
    """
    asked = [Evening.plustaak_id == place.plustaak_id]
    if state:
        asked.append(Evening.state == state)
    if host:
        asked.append(Evening.id.in_(select(Host.evening_id).where(Host.organisation_id == host)))
    for word in text.casefold().split():
        where = func.lower(Evening.title + " " + Evening.venue + " " + Evening.town)
        asked.append(where.contains(word, autoescape=True))
    coming = and_(Evening.state == EveningState.PLANNED, func.coalesce(Evening.held_on, day) >= day)
    rows = session.scalars(
        select(Evening)
        .where(*asked)
        .order_by(
            coming.desc(),
            Evening.held_on.is_(None),
            case((coming, Evening.held_on)),
            Evening.held_on.desc(),
            Evening.id,
        )
    ).all()
    hosts = hosts_of(session, [row.id for row in rows])
    return [_line(row, hosts[row.id]) for row in rows]


def get_evening(session: Session, place: Place, evening_id: int) -> Evening:
    """Return an evening of a plustaak; raise NotFound when it has none such."""
    evening = session.scalar(
        select(Evening).where(Evening.id == evening_id, Evening.plustaak_id == place.plustaak_id)
    )
    if evening is None:
        raise NotFound(NO_EVENING)
    return evening


def hosts_of(session: Session, evening_ids: Iterable[int]) -> Mapping[int, tuple[HostLine, ...]]:
    """Return the hosts of evenings by name, with how far their letters are; in two statements."""
    rows = session.execute(
        select(Host.evening_id, Host.organisation_id, Invitation.state)
        .outerjoin(
            Invitation,
            and_(
                Invitation.evening_id == Host.evening_id,
                Invitation.organisation_id == Host.organisation_id,
            ),
        )
        .where(Host.evening_id.in_(list(evening_ids)))
    ).all()
    names = organisation_names(session, [row.organisation_id for row in rows])
    found: dict[int, list[HostLine]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: names[row.organisation_id]):
        found[row.evening_id].append(
            HostLine(
                organisation_id=row.organisation_id,
                name=names[row.organisation_id],
                letter=row.state or LetterState.DRAFT,
            )
        )
    return defaultdict(tuple, {key: tuple(lines) for key, lines in found.items()})


def municipalities_of(session: Session, place: Place) -> list[Participant]:
    """Return the municipalities that take part today, by name: who can be a host."""
    return [one for one in participants_of(session, place) if one.kind == MUNICIPALITY]


def _line(row: Evening, hosts: tuple[HostLine, ...]) -> EveningLine:
    return EveningLine(
        id=row.id,
        title=row.title,
        held_on=row.held_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        venue=row.venue,
        town=row.town,
        capacity=row.capacity,
        state=row.state,
        hosts=hosts,
    )
