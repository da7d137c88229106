"""What cannot stand in a document: refused by field, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from extranet.clock import today
from extranet.documents.models import Confidentiality, WooDecision
from extranet.documents.wording import WOO_CATEGORIES
from extranet.errors import InvalidInput
from extranet.i18n import Text
from extranet.membership.models import Body, Membership, Seat

if TYPE_CHECKING:
    from extranet.documents.services.documents import DocumentValues

NO_BODY = Text("This region has no such body.")
SAY_WHY = Text("Say why.")


def refuse_wrong(
    session: Session, *, region_id: int, values: DocumentValues, before: date | None = None
) -> None:
    """Raise InvalidInput when something is missing or of another region.

    `before` is the retention date that stands there now: only a new one has to lie ahead.
    """
    found: dict[str, Text] = {}
    if not values.title.strip():
        found["title"] = Text("Fill this in.")
    _check_author(session, region_id, values, found)
    _check_confidentiality(session, region_id, values, found)
    _check_retention(session, values, before, found)
    if values.woo_category not in WOO_CATEGORIES:
        found["woo_category"] = Text("Choose one of the list.")
    if values.woo_decision in (WooDecision.PARTLY, WooDecision.REFUSE) and not values.woo_ground:
        found["woo_ground"] = Text("Name the ground of the Woo, for example article 5.1.")
    if found:
        raise InvalidInput(found)


def _check_author(
    session: Session, region_id: int, values: DocumentValues, found: dict[str, Text]
) -> None:
    if values.body_id is None and values.organisation_id is None:
        found["body_id"] = Text("Choose the body or the organisation that wrote this.")
    if not _has_body(session, region_id, values.body_id):
        found["body_id"] = NO_BODY
    number = values.organisation_id
    if number is not None and not session.scalar(
        select(
            exists().where(Membership.region_id == region_id, Membership.organisation_id == number)
            | exists().where(Seat.region_id == region_id, Seat.organisation_id == number)
        )
    ):
        found["organisation_id"] = Text("This organisation has no part in this region.")


def _check_confidentiality(
    session: Session, region_id: int, values: DocumentValues, found: dict[str, Text]
) -> None:
    if not _has_body(session, region_id, values.imposed_by_body_id):
        found["imposed_by_body_id"] = NO_BODY
    if values.confidentiality != Confidentiality.CONFIDENTIAL:
        return
    if values.imposed_by_body_id is None:
        found["imposed_by_body_id"] = Text("Choose the body that imposed the confidentiality.")
    if not values.confidentiality_ground:
        found["confidentiality_ground"] = SAY_WHY


def _check_retention(
    session: Session, values: DocumentValues, before: date | None, found: dict[str, Text]
) -> None:
    until = values.retention_until
    if until is None:
        return
    if until != before and until < today(session):
        found["retention_until"] = Text("This day has passed. Choose today or a later day.")
    if not values.retention_ground:
        found["retention_ground"] = SAY_WHY


def _has_body(session: Session, region_id: int, body_id: int | None) -> bool:
    """Tell whether a body is one of the region; no body at all is."""
    if body_id is None:
        return True
    return bool(
        session.scalar(select(exists().where(Body.id == body_id, Body.region_id == region_id)))
    )
