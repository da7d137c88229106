"""The region admin's pages about the population release that the region works with."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.clock import today
from extranet.membership.forms.population import AdoptForm
from extranet.membership.policy import ADOPT_POPULATION
from extranet.membership.queries.population import (
    compare_for_region,
    get_snapshot,
    list_snapshots,
)
from extranet.membership.queries.regions import get_region, snapshot_of
from extranet.membership.services.population import adopt_snapshot
from extranet.web.access import current_actor, current_region, requires
from extranet.web.database import read_session, unit_of_work

blueprint = Blueprint("region_population", __name__, url_prefix="/<region>/beheer/bevolking")
Page = str | tuple[str, int] | Response


@blueprint.get("")
@requires(ADOPT_POPULATION)
def choose_form() -> Page:
    """Show which release the region works with, and which others there are."""
    session = read_session()
    return render_template(
        "region_population/choose_form.html",
        current=snapshot_of(session, current_region().id),
        snapshots=list_snapshots(session),
    )


@blueprint.get("/<int:snapshot_id>")
@requires(ADOPT_POPULATION)
def compare(snapshot_id: int) -> Page:
    """Show what another release changes for each member, before it is chosen."""
    session = read_session()
    region = get_region(session, current_region().id)
    snapshot = get_snapshot(session, snapshot_id)
    return render_template(
        "region_population/compare.html",
        form=AdoptForm(data={"version": region.version}),
        current=snapshot_of(session, region.id),
        snapshot=snapshot,
        changes=compare_for_region(session, region.id, snapshot=snapshot, day=today(session)),
    )


@blueprint.post("/<int:snapshot_id>")
@requires(ADOPT_POPULATION)
def choose(snapshot_id: int) -> Page:
    """Let the region work with a release from now on."""
    form = AdoptForm()
    form.validate()
    with unit_of_work() as session:
        region = get_region(session, current_region().id, for_update=True)
        form.expect(region.version, {})
        adopt_snapshot(session, region=region, snapshot_id=snapshot_id, actor=current_actor())
    flash(_("The region now works with this release. Adopted budgets did not change."))
    return redirect(url_for("region_population.choose_form"))
