"""Add and edit the bodies of a region."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import today
from extranet.db import unless_taken
from extranet.errors import InvalidInput
from extranet.i18n import Text
from extranet.membership.models import Body, BodyKind
from extranet.membership.queries.members import members_on

# These belong to one organisation; the others are the region's.
OF_ONE_ORGANISATION = frozenset({BodyKind.COLLEGE, BodyKind.RAAD})


def add_body(
    session: Session,
    *,
    region_id: int,
    name: str,
    kind: str,
    organisation_id: int | None,
    actor: Actor | None,
) -> Body:
    """Add a body; a college or raad names its organisation, which must be a member today.

    Raises InvalidInput for a name that the region has already, or a wrong organisation.
    """
    body = Body(region_id=region_id, name=name, kind=kind, organisation_id=organisation_id)
    _check(session, body)
    session.add(body)
    with unless_taken(_namesake()):
        session.flush()
    record(
        session,
        actor=actor,
        action="body.added",
        subject=Subject("body", body.id, name),
        region_id=region_id,
        after=_plain(body),
    )
    return body


def edit_body(
    session: Session,
    *,
    body: Body,
    name: str,
    kind: str,
    organisation_id: int | None,
    actor: Actor | None,
) -> None:
    """Change a body's name, kind or organisation; raises InvalidInput as adding does."""
    before = _plain(body)
    changed = Body(
        id=body.id,
        region_id=body.region_id,
        name=name,
        kind=kind,
        organisation_id=organisation_id,
    )
    _check(session, changed)
    if before == _plain(changed):
        return
    body.name, body.kind, body.organisation_id = name, kind, organisation_id
    with unless_taken(_namesake()):
        session.flush()
    record(
        session,
        actor=actor,
        action="body.edited",
        subject=Subject("body", body.id, name),
        region_id=body.region_id,
        before=before,
        after=_plain(body),
    )


def _check(session: Session, body: Body) -> None:
    namesake = session.scalar(
        select(Body.id).where(
            Body.region_id == body.region_id,
            func.lower(Body.name) == func.lower(body.name),
            Body.id != body.id,
        )
    )
    if namesake is not None:
        raise _namesake()
    if body.kind not in OF_ONE_ORGANISATION:
        if body.organisation_id is not None:
            message = Text("Only a college or a raad belongs to one organisation.")
            raise InvalidInput({"organisation_id": message})
        return
    members = members_on(session, body.region_id, today(session))
    if body.organisation_id not in {member.organisation_id for member in members}:
        raise InvalidInput({"organisation_id": Text("Choose the member that it belongs to.")})


def _namesake() -> InvalidInput:
    return InvalidInput({"name": Text("This region already has a body with this name.")})


def _plain(body: Body) -> dict[str, object]:
    return {"name": body.name, "kind": body.kind, "organisation_id": body.organisation_id}
