"""Note initiatives and follow them up; each belongs to one municipality."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from extranet.api import (
    Actor,
    NotAllowed,
    NotFound,
    Place,
    Subject,
    participants_of,
    record,
    today,
)
from extranet_infoavond.models import Evening, Initiative, InitiativeStage
from extranet_infoavond.policy import acts_for, own_organisation_id
from extranet_infoavond.queries.settings import number_of
from extranet_infoavond.services.pages import NOT_YOURS
from extranet_infoavond.services.summary import renew_summary
from extranet_infoavond.wording import Text

# What the log may say of an initiative: nothing about who takes it, and no free text.
LOGGED = ("kind", "stage", "next_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeFacts:
    """What somebody fills in about an initiative."""

    kind: str
    stage: str = InitiativeStage.INTEREST
    initiator: str = ""
    contact: str = ""
    note: str = ""
    owner: str = ""
    next_step: str = ""
    next_on: date | None = None


def add_initiative(
    session: Session,
    place: Place,
    facts: InitiativeFacts,
    *,
    actor: Actor,
    evening: Evening | None = None,
) -> Initiative:
    """Note an initiative for the municipality that the actor acts for."""
    organisation_id = _own_participant(session, place, actor)
    made = Initiative(
        plustaak_id=place.plustaak_id,
        organisation_id=organisation_id,
        evening_id=evening.id if evening else None,
        noted_on=today(session),
        keep_until=_keep_until(session, place),
        **asdict(facts),
    )
    session.add(made)
    session.flush()
    _write_down(session, made, "added", actor, before={})
    renew_summary(session, place)
    return made


def change_initiative(
    session: Session, place: Place, initiative: Initiative, facts: InitiativeFacts, *, actor: Actor
) -> None:
    """Change an initiative of one's own municipality; its names are kept from today on anew."""
    if not acts_for(actor, initiative.organisation_id):
        raise NotAllowed(NOT_YOURS)
    before = _logged(initiative)
    for name, value in asdict(facts).items():
        setattr(initiative, name, value)
    initiative.keep_until = _keep_until(session, place)
    session.flush()
    _write_down(session, initiative, "changed", actor, before=before)
    renew_summary(session, place)


def drop_initiative(
    session: Session, place: Place, initiative: Initiative, *, actor: Actor
) -> None:
    """Delete an initiative of one's own municipality, with the names that hang on it."""
    if not acts_for(actor, initiative.organisation_id):
        raise NotAllowed(NOT_YOURS)
    _write_down(session, initiative, "dropped", actor, before=_logged(initiative))
    session.delete(initiative)
    session.flush()
    renew_summary(session, place)


def _own_participant(session: Session, place: Place, actor: Actor) -> int:
    own = own_organisation_id(actor)
    if own is None or own not in {one.organisation_id for one in participants_of(session, place)}:
        raise NotFound(Text("Your organisation does not take part."))
    return own


def _keep_until(session: Session, place: Place) -> date:
    return today(session) + timedelta(days=number_of(session, place, "initiative_days"))


def _logged(initiative: Initiative) -> dict[str, object]:
    values = {name: getattr(initiative, name) for name in LOGGED}
    return {name: str(value) if value else "" for name, value in values.items()}


def _write_down(
    session: Session, initiative: Initiative, what: str, actor: Actor, *, before: dict[str, object]
) -> None:
    after = _logged(initiative) if what != "dropped" else {}
    changed = {name for name in LOGGED if before.get(name) != after.get(name)}
    record(
        session,
        actor=actor,
        action=f"infoavond_initiative.{what}",
        subject=Subject("initiative", initiative.id),
        before={name: value for name, value in before.items() if name in changed},
        after={name: value for name, value in after.items() if name in changed},
    )
