"""The agreement of a plustaak: the pages of `agreements` under the plustaak's own address."""

from __future__ import annotations

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.access import Actor, CoalitionRole, permits
from extranet.agreements.views import AgreementPlace
from extranet.agreements.views import blueprint as agreements
from extranet.coalitions.forms import ConfirmForm
from extranet.coalitions.models import Coalition, CoalitionState, PlustaakState
from extranet.coalitions.policy import KEEPERS, MANAGE
from extranet.coalitions.queries.contract_agreement import participants_to_be
from extranet.coalitions.queries.plustaken import get_plustaak
from extranet.coalitions.services import agreement as services
from extranet.coalitions.views.plustaak_here import (
    PlustaakHere,
    blueprint,
    current_plustaak,
    trail,
)
from extranet.coalitions.views.standing_here import current_coalition, stands_in
from extranet.i18n import Text, translate
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.jinja import current_locale

NESTED = "plustaak.agreements"
KEEPER = Text("the lead of the coalition, or the region admin")
CLOSED = Text("This coalition is closed. You can read the agreement; nobody changes it any more.")
ARCHIVED = Text("This plustaak is archived. You can read the agreement; nobody changes it.")
OFF = Text("This plustaak is off. You can read the agreement; nobody changes it until it is on.")

blueprint.register_blueprint(agreements, url_prefix="/overeenkomst")


@blueprint.before_request
def find_agreement_place() -> None:
    """Say whose agreement the address is about before one of its pages is shown."""
    if request.blueprint == NESTED:
        g.agreement_place = agreement_place()


@blueprint.post("/overeenkomst/beginnen")
@requires(MANAGE)
def start_agreement() -> Response:
    """Start the agreement."""
    actor = current_actor()
    ConfirmForm().validate()
    with unit_of_work() as session:
        coalition = session.get_one(Coalition, current_coalition().id)
        plugin = current_plustaak().plugin
        plustaak = get_plustaak(session, coalition_id=coalition.id, plugin=plugin)
        services.start_agreement(session, coalition=coalition, plustaak=plustaak, actor=actor)
    flash(_("The agreement is started. It is a draft that you work on."))
    return redirect(url_for(f"{NESTED}.draft"))


def agreement_place() -> AgreementPlace:
    """Return the plustaak of the address as a place of an agreement.

    Who leads and who keeps the region's books edit while the plustaak is on; a representative
    answers for the organisation that they act for, a keeper records what any party decided.
    """
    actor, region, _organisation = stands_in()
    here = current_plustaak()
    title = translate(here.title, current_locale())
    may_edit = here.can_change and permits(actor, MANAGE)
    return AgreementPlace(
        region_id=region.id,
        owner=here.owner,
        title=title,
        can_edit=may_edit,
        answers_for=_answers_for(actor, here),
        records_for_others=here.can_change and not actor.roles.isdisjoint(KEEPERS),
        breadcrumbs=(*trail(), (title, "")),
        participants=participants_to_be(read_session(), here) if may_edit else {},
        keeper=KEEPER,
        start_address=url_for("plustaak.start_agreement") if may_edit else "",
        why_closed=_why_closed(here),
    )


def _answers_for(actor: Actor, here: PlustaakHere) -> frozenset[int]:
    speaks = CoalitionRole.REPRESENTATIVE in actor.coalition_roles
    if actor.organisation is None or not speaks or not here.can_change:
        return frozenset()
    return frozenset({actor.organisation.id})


def _why_closed(here: PlustaakHere) -> Text | None:
    if current_coalition().state == CoalitionState.CLOSED:
        return CLOSED
    return {PlustaakState.OFF: OFF, PlustaakState.ARCHIVED: ARCHIVED}.get(PlustaakState(here.state))
