"""What pages outside the plugin show of it: counts, the next evening, the letters that wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.api import Place, keep_summary, today
from extranet_infoavond.models import EveningState, LetterState, MasterLetter
from extranet_infoavond.queries.evenings import list_evenings, municipalities_of
from extranet_infoavond.queries.settings import number_of
from extranet_infoavond.services.results import result_summary


def renew_summary(session: Session, place: Place) -> None:
    """Keep the summary anew, whatever changed; it holds no name of a person."""
    session.flush()
    kept = {**evening_summary(session, place), **result_summary(session, place)}
    keep_summary(session, place, kept)


def evening_summary(session: Session, place: Place) -> dict[str, Any]:
    """Return how many evenings are planned, when the next one is, and which letters wait."""
    day = today(session)
    days = timedelta(days=number_of(session, place, "letter_days"))
    planned = list_evenings(session, place, day=day, state=EveningState.PLANNED)
    written = set(
        session.scalars(
            select(MasterLetter.evening_id).where(
                MasterLetter.evening_id.in_([one.id for one in planned])
            )
        )
    )
    taking_part = {one.organisation_id for one in municipalities_of(session, place)}
    coming = [one.held_on for one in planned if one.held_on and one.held_on >= day]
    return {
        "planned": len(planned),
        "next_on": min(coming).isoformat() if coming else "",
        "waiting": [
            {
                "evening_id": evening.id,
                "evening": evening.title,
                "organisation_id": host.organisation_id,
                "municipality": host.name,
                "due": (evening.held_on - days).isoformat() if evening.held_on else "",
            }
            for evening in planned
            if evening.id in written
            for host in evening.hosts
            if host.letter == LetterState.DRAFT and host.organisation_id in taking_part
        ],
    }
