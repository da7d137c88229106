"""What outlives the sign-ups: counts of each evening, and the summary for pages elsewhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, case, func, select, update
from sqlalchemy.orm import Session

from extranet.api import Place, today
from extranet_infoavond.models import Evening, EveningState, Host, Signup, SignupState
from extranet_infoavond.queries.initiatives import overdue_of
from extranet_infoavond.queries.results import names_of, results_of


def keep_counts(session: Session) -> None:
    """Count who signed up and came on evenings that are over, before the names are erased.

    Not on a cancelled one: nobody came, and it is no result.
    """
    signed_up = and_(Signup.state == SignupState.CONFIRMED, Signup.is_walk_in.is_(False))
    people = case((signed_up, Signup.people), else_=0)
    rows = session.execute(
        select(Signup.evening_id, Signup.organisation_id, func.sum(people), func.sum(Signup.came))
        .join(Evening, Evening.id == Signup.evening_id)
        .where(Evening.held_on < today(session), Evening.state != EveningState.CANCELLED)
        .group_by(Signup.evening_id, Signup.organisation_id)
    ).all()
    for evening_id, organisation_id, with_place, came in rows:
        session.execute(
            update(Host)
            .where(Host.evening_id == evening_id, Host.organisation_id == organisation_id)
            .values(people=int(with_place or 0), came=int(came or 0))
        )


def result_summary(session: Session, place: Place) -> dict[str, Any]:
    """Return the counts that everybody may see, and the next steps that are late."""
    results = results_of(session, place, own_id=None)
    names = names_of(session, place)
    overdue = overdue_of(session, place, today(session))
    return {
        "people": results.people.least,
        "people_is_exact": results.people.is_exact,
        "initiatives": results.initiatives,
        "overdue": [
            {
                "id": one.id,
                "organisation_id": one.organisation_id,
                "organisation": names.get(one.organisation_id, ""),
                "kind": one.kind,
                "next_on": one.next_on.isoformat() if one.next_on else "",
            }
            for one in overdue
        ],
    }
