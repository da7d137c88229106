"""Keep the national list of organisations: add, edit, and record a herindeling."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.db import unless_taken
from extranet.errors import InvalidInput
from extranet.i18n import Text
from extranet.membership.models import Organisation
from extranet.membership.queries.organisations import find_organisation
from extranet.membership.rules.codes import code_refusal, normal_code


def create_organisation(
    session: Session, *, code: str, name: str, kind: str, actor: Actor | None
) -> Organisation:
    """Add an organisation; raise InvalidInput when its code is taken or has another form."""
    code = normal_code(code)
    _check_code(session, code, kind)
    organisation = Organisation(code=code, name=name, kind=kind)
    session.add(organisation)
    with unless_taken(_double(code)):
        session.flush()
    record(
        session,
        actor=actor,
        action="organisation.created",
        subject=Subject("organisation", organisation.id, name),
        after={"code": code, "name": name, "kind": kind},
    )
    return organisation


def edit_organisation(
    session: Session,
    *,
    organisation: Organisation,
    code: str,
    name: str,
    kind: str,
    actor: Actor | None,
) -> None:
    """Change code, name or kind; raise InvalidInput when the code is taken or has another form."""
    code = normal_code(code)
    _check_code(session, code, kind, organisation)
    before = {"code": organisation.code, "name": organisation.name, "kind": organisation.kind}
    after = {"code": code, "name": name, "kind": kind}
    if before == after:
        return
    organisation.code, organisation.name, organisation.kind = code, name, kind
    with unless_taken(_double(code)):
        session.flush()
    record(
        session,
        actor=actor,
        action="organisation.edited",
        subject=Subject("organisation", organisation.id, name),
        before=before,
        after=after,
    )


def set_successor(
    session: Session,
    *,
    organisation: Organisation,
    successor_code: str,
    from_date: date | None,
    actor: Actor | None,
) -> None:
    """Record which organisation takes this one over, and from which day (herindeling).

    An empty code takes the record away. Memberships stay as they are: what a region does about
    it, its admin decides. Raises InvalidInput when the successor is unknown, comes back to the
    organisation itself, or lacks its day.
    """
    successor = None
    if successor_code:
        successor = _find_successor(session, organisation, normal_code(successor_code))
        if from_date is None:
            raise InvalidInput({"successor_from": Text("Fill in the first day of the successor.")})
    before = _succession(organisation)
    organisation.successor_id = successor.id if successor else None
    organisation.successor_from = from_date if successor else None
    if before == _succession(organisation):
        return
    record(
        session,
        actor=actor,
        action="organisation.succeeded",
        subject=Subject("organisation", organisation.id, organisation.name),
        before=before,
        after=_succession(organisation),
    )


def _find_successor(session: Session, organisation: Organisation, code: str) -> Organisation:
    """Return the successor; raise InvalidInput when nobody has the code or the chain is a ring."""
    successor = find_organisation(session, code)
    if successor is None:
        message = Text("No organisation has the code %(code)s. Add it first.", code=code)
        raise InvalidInput({"successor_code": message})
    link: Organisation | None = successor
    while link is not None:
        if link.id == organisation.id:
            message = Text("An organisation cannot succeed itself, directly or in a ring.")
            raise InvalidInput({"successor_code": message})
        link = session.get(Organisation, link.successor_id) if link.successor_id else None
    return successor


def _check_code(
    session: Session, code: str, kind: str, organisation: Organisation | None = None
) -> None:
    refusal = code_refusal(code, kind)
    if refusal is None:
        holder = find_organisation(session, code)
        if holder is not None and (organisation is None or holder.id != organisation.id):
            refusal = Text("%(name)s already has this code.", name=holder.name)
    if refusal is not None:
        raise InvalidInput({"code": refusal})


def _double(code: str) -> InvalidInput:
    message = Text("Another organisation already has the code %(code)s.", code=code)
    return InvalidInput({"code": message})


def _succession(organisation: Organisation) -> dict[str, object]:
    day = organisation.successor_from
    return {
        "successor_id": organisation.successor_id,
        "successor_from": day.isoformat() if day else None,
    }
