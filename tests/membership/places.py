"""Make regions with members, and sign people in who stand in different relations to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from extranet.activity.models import ActivityEntry
from extranet.events import Subscriptions
from extranet.membership.events import (
    MembershipCorrected,
    MembershipEnded,
    MembershipStarted,
    SnapshotAdopted,
)
from extranet.membership.models import Membership, Organisation, PopulationSnapshot, Region
from extranet.membership.rules.periods import Publication, Terms
from tests.factories import make_membership, make_organisation, make_region, make_snapshot

# The relations in which somebody may stand to a region.
WHO = ("stranger", "outsider", "reader", "admin", "operator")
Enter = Callable[[str], FlaskClient]
PUBLISHED = Publication(on=date(2026, 6, 1), place="Staatscourant 2026, 1234")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A region with its members by name, and another one that must not show."""

    region: Region
    other: Region
    members: dict[str, Membership]
    organisations: dict[str, Organisation]
    snapshot: PopulationSnapshot


def make_place(session: Session) -> Place:
    """Make a region of three municipalities with Weert as centrum, figures, and another region."""
    region = make_region(session, slug="noord", name="Regio Noord", threshold=3)
    other = make_region(session, slug="zuid", name="Regio Zuid")
    names = {"gm:0988": "Weert", "gm:0984": "Venray", "gm:0889": "Beesel"}
    organisations = {
        name: make_organisation(session, code=code, name=name) for code, name in names.items()
    }
    members = {
        name: make_membership(
            session, region=region, organisation=organisation, is_centrum=name == "Weert"
        )
        for name, organisation in organisations.items()
    }
    hidden = make_organisation(session, code="gm:0928", name="Kerkrade")
    make_membership(session, region=other, organisation=hidden)
    organisations["Kerkrade"] = hidden
    figures = {"gm:0988": 51498, "gm:0984": 45108, "gm:0889": 13579, "gm:0928": 45442}
    snapshot = make_snapshot(session, figures=figures, name="Bevolking 2026")
    region.snapshot_id = snapshot.id
    session.flush()
    return Place(
        region=region,
        other=other,
        members=members,
        organisations=organisations,
        snapshot=snapshot,
    )


def terms(**values: object) -> Terms:
    """Return the terms of a deelnemer whose joining was published, with some of them different."""
    given = {
        "kind": "deelnemer",
        "from_date": date(2027, 1, 1),
        "joining": PUBLISHED,
        **values,
    }
    return Terms(**given)


def logged(session: Session) -> list[str]:
    """Return the actions in the activity log, oldest first."""
    return list(session.scalars(select(ActivityEntry.action).order_by(ActivityEntry.id)))


def listen(session: Session) -> list[object]:
    """Return a list that every event of this domain is added to from now on."""
    heard: list[object] = []
    subscriptions: Subscriptions = session.info["subscriptions"]
    for kind in (MembershipStarted, MembershipEnded, MembershipCorrected, SnapshotAdopted):
        subscriptions.subscribe(kind, lambda _session, happened: heard.append(happened))
    return heard


def form_for(place: Place, **values: object) -> dict[str, object]:
    """Return a form as a page of the region sends it: on behalf of Venray."""
    acting = f"{place.region.id}-{place.organisations['Venray'].id}"
    return {"acting": acting, **values}


def text_of(answer: TestResponse) -> str:
    """Return what a page says between header and footer, without tags, with single spaces."""
    body = answer.get_data(as_text=True)
    main = body[body.index("<main") : body.index("</main>")]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)).replace("\xa0", " ")
    return re.sub(r" ([.,:])", r"\1", unescape(words))
