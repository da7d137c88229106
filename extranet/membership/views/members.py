"""Who takes part: the members of a region with their map, and one member's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from extranet.access import permits
from extranet.clock import today
from extranet.events import emit
from extranet.formats import long_date, number
from extranet.i18n import translate
from extranet.membership.events import Payment, PaymentsAsked
from extranet.membership.models import MembershipKind, OrganisationKind
from extranet.membership.policy import EDIT_MEMBERS, VIEW_MEMBERS
from extranet.membership.queries.bodies import seats_at
from extranet.membership.queries.dossiers import get_dossier
from extranet.membership.queries.members import MemberLine, When, list_members
from extranet.membership.queries.population import figure_history
from extranet.membership.queries.regions import Snapshot, snapshot_of
from extranet.membership.queries.wording import KINDS, PARTS, ROLES, WHENS
from extranet.publishing.downloads import csv_file, xlsx_file
from extranet.publishing.tables import Column, Table
from extranet.web.access import current_actor, current_region, requires
from extranet.web.database import read_session
from extranet.web.jinja import current_locale
from extranet.web.paging import PAGE_SIZE, Page, asked_key, page_of
from extranet.web.pictures import TileMap, TileValue, tile_map

blueprint = Blueprint("membership", __name__, url_prefix="/<region>/leden")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the reader asks to see: a piece of a name or code, a kind, and which memberships."""

    search: str
    kind: str
    when: When

    @property
    def is_empty(self) -> bool:
        """Tell whether the reader sees today's members, all of them."""
        return not self.search and not self.kind and self.when is When.NOW

    def in_address(self) -> dict[str, str]:
        """Return the filters as an address carries them, without those that ask nothing."""
        when = "" if self.when is When.NOW else self.when.value
        given = {"zoek": self.search, "soort": self.kind, "wie": when}
        return {name: value for name, value in given.items() if value}


@blueprint.get("")
@requires(VIEW_MEMBERS)
def members() -> str:
    """Show who takes part, as a map and as a table."""
    filters, after = _filters(), asked_key()
    snapshot = snapshot_of(read_session(), current_region().id)
    page = _page(filters, snapshot, after)
    is_whole = after is None and page.next_key is None
    return render_template(
        "membership/members.html",
        page=page,
        # A map of a part would be a wrong map, and so would a sum.
        map=_map(page.rows) if is_whole and filters.is_empty and page.rows else None,
        inhabitants=sum(line.inhabitants or 0 for line in page.rows) if is_whole else None,
        filters=filters,
        is_first=after is None,
        snapshot=snapshot,
        **_page_words(),
    )


@blueprint.get("/leden.csv")
@requires(VIEW_MEMBERS)
def members_csv() -> Response:
    """Give the members that the filters leave as CSV."""
    return csv_file(_sheet(), "leden")


@blueprint.get("/leden.xlsx")
@requires(VIEW_MEMBERS)
def members_xlsx() -> Response:
    """Give the members that the filters leave as a workbook."""
    return xlsx_file([_sheet()], "leden")


@blueprint.get("/<code>")
@requires(VIEW_MEMBERS)
def member(code: str) -> str:
    """Show one member: since when, how many inhabitants, which seats, what it pays."""
    session, region = read_session(), current_region()
    day = today(session)
    dossier = get_dossier(session, region.id, code)
    return render_template(
        "membership/member.html",
        dossier=dossier,
        current=dossier.on(day),
        history=figure_history(session, region.id, code),
        seats=seats_at(session, region.id, dossier.organisation_id, day=day),
        payments=_payments(region.id, code),
        day=day,
        roles=ROLES,
        **_page_words(),
    )


def _payments(region_id: int, code: str) -> list[Payment]:
    """Return what a member pays, a purse a line, as the domains above know it."""
    asked = PaymentsAsked(region_id=region_id, organisation_code=code)
    emit(read_session(), asked)
    return asked.lines


def _filters() -> Filters:
    kind, when = request.args.get("soort", ""), request.args.get("wie", "")
    return Filters(
        search=request.args.get("zoek", "").strip()[:100],
        kind=kind if kind in KINDS else "",
        when=When(when) if when in WHENS else When.NOW,
    )


def _page(filters: Filters, snapshot: Snapshot | None, after: int | None) -> Page[MemberLine]:
    found = _lines(filters, snapshot, after=after, limit=PAGE_SIZE + 1)
    return page_of(found, [line.membership_id for line in found])


def _lines(
    filters: Filters, snapshot: Snapshot | None, *, after: int | None = None, limit: int | None
) -> list[MemberLine]:
    session = read_session()
    return list_members(
        session,
        current_region().id,
        day=today(session),
        snapshot=snapshot,
        when=filters.when,
        search=filters.search,
        kind=filters.kind,
        after=after,
        limit=limit,
    )


def _page_words() -> dict[str, object]:
    """Return what both pages name: words for codes, and whether the reader may change things."""
    can_edit = permits(current_actor(), EDIT_MEMBERS)
    return {"kinds": KINDS, "parts": PARTS, "whens": WHENS, "can_edit": can_edit}


def _map(lines: Sequence[MemberLine]) -> TileMap:
    """Return the municipalities on their places, shaded by inhabitants, the others beside."""
    tiles: list[TileValue] = []
    beside: list[TileValue] = []
    prefix, locale = url_for("membership.members"), current_locale()
    for line in lines:
        is_tile = line.kind == OrganisationKind.GEMEENTE and line.part == MembershipKind.DEELNEMER
        words = "" if line.inhabitants is None else number(line.inhabitants, locale)
        (tiles if is_tile else beside).append(
            TileValue(
                code=line.code,
                name=line.name,
                value=line.inhabitants,
                text=words if is_tile else translate(PARTS[line.part], locale),
                url=f"{prefix}/{line.code}",
            )
        )
    return tile_map(tiles, beside=beside)


def _sheet() -> Table:
    """Return the members that the filters leave, as a table to download."""
    snapshot = snapshot_of(read_session(), current_region().id)
    locale = current_locale()
    columns = [
        Column(key="code", heading=_("Official code")),
        Column(key="name", heading=_("Name")),
        Column(key="kind", heading=_("Kind")),
        Column(key="part", heading=_("Takes part as")),
        Column(key="is_centrum", heading=_("Centrum")),
        Column(key="from_date", heading=_("Since"), kind="date"),
        Column(key="until_date", heading=_("Until"), kind="date"),
        Column(key="inhabitants", heading=_("Inhabitants"), kind="number"),
    ]
    rows = [
        (
            line.code,
            line.name,
            translate(KINDS[line.kind], locale),
            translate(PARTS[line.part], locale),
            _("yes") if line.is_centrum else "",
            line.from_date,
            line.until_date,
            line.inhabitants,
        )
        for line in _lines(_filters(), snapshot, limit=None)
    ]
    notes = [] if snapshot is None else [_source(snapshot, locale)]
    return Table(title=_("Members"), columns=columns, rows=rows, notes=notes)


def _source(snapshot: Snapshot, locale: str) -> str:
    day = long_date(snapshot.last_date, locale)
    words = _(
        "Inhabitants on %(day)s: %(source)s, %(licence)s (%(name)s).",
        day=day,
        source=_("%(source)s, table %(table)s", source=snapshot.source, table=snapshot.table_id),
        licence=snapshot.licence,
        name=snapshot.name,
    )
    return str(words)
