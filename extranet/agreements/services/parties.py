"""Choose the parties of a draft."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from extranet.access import Actor
from extranet.agreements.models import AgreementVersion, Party
from extranet.agreements.queries.parties import organisations_by_id
from extranet.agreements.services.drafts import check_draft, write_down
from extranet.errors import InvalidInput
from extranet.i18n import Text


def set_parties(
    session: Session,
    *,
    version: AgreementVersion,
    organisation_ids: Collection[int],
    actor: Actor | None,
) -> None:
    """Make these organisations, and no others, the parties of a draft.

    The domain above says which organisations may be a party; here they only have to exist.
    """
    check_draft(version)
    wanted = {one.id: one for one in organisations_by_id(session, set(organisation_ids))}
    if set(organisation_ids) - set(wanted):
        raise InvalidInput({"parties": Text("There is no such organisation.")})
    present = _parties(session, version)
    if set(present) == set(wanted):
        return
    session.execute(
        delete(Party).where(
            Party.version_id == version.id, Party.organisation_id.in_(set(present) - set(wanted))
        )
    )
    session.add_all(
        Party(version_id=version.id, organisation_id=one.id, code=one.code, name=one.name)
        for one in wanted.values()
        if one.id not in present
    )
    # Choosing parties counts as an edit of the draft, so that a stale form is noticed.
    flag_modified(version, "title")
    session.flush()
    write_down(
        session,
        version,
        "agreement.parties_chosen",
        actor=actor,
        before={"parties": sorted(party.name for party in present.values())},
        after={"parties": [one.name for one in wanted.values()]},
    )


def refresh_names(session: Session, version: AgreementVersion) -> None:
    """Take the names and codes of the parties over as they are today, for good once it is sent."""
    parties = _parties(session, version)
    for one in organisations_by_id(session, set(parties)):
        parties[one.id].name, parties[one.id].code = one.name, one.code
    session.flush()


def _parties(session: Session, version: AgreementVersion) -> dict[int, Party]:
    found = session.scalars(select(Party).where(Party.version_id == version.id))
    return {party.organisation_id: party for party in found}
