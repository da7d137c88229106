"""Stand in for the domain above: pages under a coalition's address, and whose they are."""

from __future__ import annotations

from datetime import date

from flask import Flask, g, request
from sqlalchemy.orm import Session

from extranet.access import CoalitionRole, Role
from extranet.agreements.views import AgreementPlace, blueprint
from extranet.coalitions.models import Coalition, Participation
from extranet.web.access import find_actor
from tests.agreements.agreements import OWNER, Agreed
from tests.factories import make_seat

PREFIX = "/<region>/coalities/<coalition>/<plugin>/overeenkomst"
HOME = "/noord/coalities/groen/infoavond/overeenkomst"
ADDRESS = f"http://localhost{HOME}"


def register(app: Flask) -> None:
    """Register the pages of an agreement where the domain above will, unless it did."""
    if "agreements" not in app.blueprints:
        app.register_blueprint(blueprint, url_prefix=PREFIX)


def register_with_place(app: Flask) -> None:
    """Register the pages and find the place of `infoavond` before each request."""
    register(app)

    @app.before_request
    def find_place() -> None:
        actor = find_actor()
        if actor is None or actor.coalition is None or actor.organisation is None:
            return
        if (request.view_args or {}).get("plugin") != "infoavond":
            return
        keeps = CoalitionRole.LEAD in actor.coalition_roles or bool(
            actor.roles & {Role.REGION_ADMIN, Role.PROGRAMME_TEAM}
        )
        speaks = CoalitionRole.REPRESENTATIVE in actor.coalition_roles
        g.agreement_place = AgreementPlace(
            region_id=actor.region.id,
            owner=OWNER,
            title="Infoavonden",
            can_edit=keeps,
            answers_for=frozenset({actor.organisation.id} if speaks else ()),
            breadcrumbs=((actor.region.name, f"/{actor.region.slug}/"),),
            party_choices=actor.coalition.participants,
        )


def make_coalition(session: Session, agreed: Agreed) -> Coalition:
    """Make the coalition `groen` of all municipalities, led from a seat at the first one."""
    first = next(iter(agreed.members.values()))
    seat = make_seat(
        session, region=agreed.region, organisation=first, role=Role.OFFICIAL, title="Trekker"
    )
    coalition = Coalition(
        region_id=agreed.region.id,
        slug="groen",
        name="Groen",
        state="active",
        proposed_by_id=first.id,
        proposed_on=date(2026, 1, 1),
        lead_seat_id=seat.id,
    )
    session.add(coalition)
    session.flush()
    session.add_all(
        Participation(coalition_id=coalition.id, organisation_id=number, from_date=date(2026, 1, 1))
        for number in agreed.ids
    )
    session.flush()
    return coalition


def seen_on(page: str) -> str:
    """Return what a page says that was seen, as its form carries it."""
    return page.split('name="version"')[1].split('value="')[1].split('"', maxsplit=1)[0]
