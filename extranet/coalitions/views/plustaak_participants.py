"""Who takes part in a plustaak: add one of the coalition's participants, or let one go."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.access import CoalitionRole, permits
from extranet.clock import today
from extranet.coalitions.forms import LastDayForm, TakePartForm
from extranet.coalitions.policy import MANAGE, SPEAK, VIEW_COALITION
from extranet.coalitions.queries.contract_agreement import agreement_standing
from extranet.coalitions.queries.parties import Participant, participants_of
from extranet.coalitions.queries.plustaak_changes import leaving_plustaak
from extranet.coalitions.queries.plustaak_parties import (
    Parties,
    PlustaakParty,
    parties_by_plustaak,
)
from extranet.coalitions.services import plustaak_participation as services
from extranet.coalitions.services.mails import concerned
from extranet.coalitions.services.plustaken import get_plustaak
from extranet.coalitions.views.plustaak_here import blueprint, current_plustaak, trail
from extranet.coalitions.views.standing_here import changing, current_coalition, stands_in
from extranet.errors import Conflict, NotAllowed, NotFound
from extranet.i18n import Text
from extranet.membership.queries.wording import KINDS
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session

Page = str | tuple[str, int] | Response
NOT_YOURS = Text("Only this organisation itself, the lead or the region admin can do this.")
READ_ONLY = Text("This plustaak is not on; nothing changes in it.")


@blueprint.get("/deelnemers")
@requires(VIEW_COALITION)
def participants() -> str:
    """Show who of the coalition takes part, and how that stands against the threshold."""
    here, day = current_plustaak(), today(read_session())
    parties = _parties(day)
    return render_template(
        "plustaak/participants.html",
        here=here,
        trail=trail(),
        parties=parties,
        standing=parties.standing(day),
        free=_free(parties, day),
        organisation_kinds=KINDS,
        day=day,
        may_speak_for={one.organisation_id for one in parties.everybody if _may_speak(one)},
        can_add=here.can_change and permits(current_actor(), MANAGE),
    )


@blueprint.get("/deelnemers/toevoegen")
@requires(MANAGE)
def join_form() -> str:
    """Show what a participant more changes, and ask who, and from when."""
    _check_open()
    return _join_page(TakePartForm(data={"from_date": today(read_session())}))


@blueprint.post("/deelnemers/toevoegen")
@requires(MANAGE)
def join() -> Page:
    """Let one of the coalition's participants take part."""
    form = _offered(TakePartForm())
    if form.validate():
        _join(form)
        if not form.errors:
            flash(_("The organisation takes part."))
            return redirect(url_for("plustaak.participants"))
    return _join_page(form), 422


@blueprint.get("/deelnemers/<code>/vertrek")
@requires(SPEAK)
def leave_form(code: str) -> str:
    """Show what leaving changes, and ask for the last day."""
    _check_open()
    one = _own(code)
    data = {"until_date": one.until_date, "version": _version(one.until_date)}
    return _leave_page(LastDayForm(data=data), one)


@blueprint.post("/deelnemers/<code>/vertrek")
@requires(SPEAK)
def leave(code: str) -> Page:
    """Give the participation its last day."""
    form, one = LastDayForm(), _own(code)
    if form.validate():
        _leave(form, one)
        if not form.errors:
            flash(_("The last day of %(name)s is recorded.", name=one.name))
            return redirect(url_for("plustaak.participants"))
    return _leave_page(form, one), 422


def _join(form: TakePartForm) -> None:
    with changing(form) as (session, coalition):
        services.add(
            session,
            coalition=coalition,
            plustaak=get_plustaak(
                session, coalition_id=coalition.id, plugin=current_plustaak().plugin
            ),
            organisation_id=form.organisation_id.data or 0,
            from_date=form.first_day(),
            actor=current_actor(),
        )


def _leave(form: LastDayForm, one: PlustaakParty) -> None:
    with changing(form) as (session, coalition):
        plustaak = get_plustaak(
            session, coalition_id=coalition.id, plugin=current_plustaak().plugin
        )
        participation = services.get_participation(
            session, plustaak=plustaak, organisation_id=one.organisation_id
        )
        last = participation.until_date
        form.expect(_version(last), {"until_date": last})
        services.let_go(
            session,
            coalition=coalition,
            plustaak=plustaak,
            participation=participation,
            until_date=form.last_day(),
            actor=current_actor(),
        )


def _version(last_day: date | None) -> int:
    """Return what tells one last day from another, so that nobody overwrites an unseen one."""
    return last_day.toordinal() if last_day else 0


def _check_open() -> None:
    if not current_plustaak().can_change:
        raise Conflict(READ_ONLY)


def _may_speak(one: PlustaakParty) -> bool:
    """Tell whether the actor speaks for a participant: its own people, the lead, the keepers."""
    actor = current_actor()
    if permits(actor, MANAGE):
        return True
    is_own = actor.organisation is not None and actor.organisation.id == one.organisation_id
    return is_own and CoalitionRole.REPRESENTATIVE in actor.coalition_roles


def _own(code: str) -> PlustaakParty:
    """Return a participant that the actor speaks for; raise NotFound or NotAllowed otherwise."""
    day = today(read_session())
    found = next(
        (one for one in _parties(day).everybody if one.code == code and not one.has_left(day)), None
    )
    if found is None:
        raise NotFound(Text("This organisation does not take part in this plustaak."))
    if not _may_speak(found):
        raise NotAllowed(NOT_YOURS)
    return found


def _parties(day: date) -> Parties:
    _actor, region, _organisation = stands_in()
    found = parties_by_plustaak(
        read_session(), region_id=region.id, coalition_id=current_coalition().id, day=day
    )
    return found[current_plustaak().id]


def _free(parties: Parties, day: date) -> list[Participant]:
    """Return who takes part in the coalition and not in the plustaak, now or later."""
    busy = {one.organisation_id for one in parties.everybody if not one.has_left(day)}
    everybody = participants_of(read_session(), current_coalition().id, day=day)
    return [one for one in everybody if one.organisation_id not in busy]


def _offered(form: TakePartForm) -> TakePartForm:
    day = today(read_session())
    form.offer(_free(_parties(day), day))
    return form


def _join_page(form: TakePartForm) -> str:
    here, session = current_plustaak(), read_session()
    return render_template(
        "plustaak/join_form.html",
        form=_offered(form),
        here=here,
        trail=trail(),
        agreement=agreement_standing(session, here),
    )


def _leave_page(form: LastDayForm, one: PlustaakParty) -> str:
    here, session = current_plustaak(), read_session()
    _actor, region, _organisation = stands_in()
    day = today(session)
    leaving = leaving_plustaak(
        here.title,
        _parties(day),
        is_frozen=here.frozen_on is not None,
        organisation_id=one.organisation_id,
        day=day,
    )
    return render_template(
        "plustaak/leave_form.html",
        form=form,
        here=here,
        trail=trail(),
        participant=one,
        leaving=leaving,
        agreement=agreement_standing(session, here),
        told=[
            reader.name
            for reader in concerned(
                session, region_id=region.id, coalition_id=current_coalition().id
            )
        ],
    )
