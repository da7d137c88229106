"""What everybody pays, and why: the table of all members and the explanation of one."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.clock import today
from extranet.errors import InvalidInput, NotFound
from extranet.i18n import Text
from extranet.money.policy import EDIT_BUDGET, VIEW_CONTRIBUTIONS
from extranet.money.queries.contributions import get_explanation, get_table
from extranet.money.queries.figures import ContributionTable
from extranet.money.queries.versions import (
    NO_BUDGET,
    BudgetYear,
    VersionFacts,
    year_to_show,
    years_of,
)
from extranet.money.views.beside import beside_one, beside_the_base
from extranet.money.views.blueprint import blueprint
from extranet.money.views.opening import may, version_to_share
from extranet.money.views.place import purse_of_address
from extranet.money.views.showing import ShownTable, shown_explanation, shown_table
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session
from extranet.web.jinja import current_locale


@blueprint.get("/bijdragen")
@blueprint.get("/bijdragen/<int:year>")
@requires(VIEW_CONTRIBUTIONS)
def contributions(year: int | None = None) -> str:
    """Show what all members pay in four years."""
    years, version = _meant(year)
    if version is None:
        return _nothing_yet()
    try:
        table = _written(version, get_table(read_session(), version))
    except InvalidInput as refusal:
        return render_template("money/undivided.html", version=version, problem=refusal.message)
    return render_template(
        "money/contributions.html",
        version=version,
        table=table,
        chooser=_chooser(current_actor(), years, version),
        links=_exports(version, ".csv", ".xlsx"),
        beside=beside_the_base(version),
    )


@blueprint.get("/bijdragen/eigen")
@requires(VIEW_CONTRIBUTIONS)
def own_contribution() -> str:
    """Explain what the organisation that the actor acts for pays."""
    return _explained(own_code(current_actor()), None)


@blueprint.get("/bijdragen/<code>")
@blueprint.get("/bijdragen/<int:year>/<code>")
@requires(VIEW_CONTRIBUTIONS)
def explanation(code: str, year: int | None = None) -> str:
    """Explain what one member pays, step by step."""
    return _explained(code, year)


def asked_version(
    session: Session, years: Sequence[BudgetYear], year: int | None
) -> VersionFacts | None:
    """Return the version that the address asks for; None where no budget is in force at all.

    Without `versie` it is the one in force. Only editors see what a draft would ask.
    """
    wanted = year or year_to_show(years, this_year=today(session).year)
    number = _asked_number()
    if wanted is None:
        return None
    return version_to_share(session, wanted, number)


def asked_year(version: VersionFacts) -> int:
    """Return which of the four years the address asks to explain; the first without one."""
    asked = request.args.get("jaar", "")
    if not asked:
        return version.year
    if asked not in [str(year) for year in version.years]:
        raise NotFound(Text("This budget does not cover that year."))
    return int(asked)


def own_code(actor: Actor) -> str:
    """Return the code of the organisation that the actor acts for."""
    return actor.organisation.code if actor.organisation else ""


def _explained(code: str, year: int | None) -> str:
    session, actor = read_session(), current_actor()
    _years, version = _meant(year)
    if version is None:
        return _nothing_yet()
    is_own, asked = code == own_code(actor), asked_year(version)
    try:
        found = get_explanation(session, version, code=code, year=asked)
    except NotFound:
        if not is_own:
            raise
        return render_template(
            "money/no_contribution.html", version=version, beside=beside_one(version, code)
        )
    except InvalidInput as refusal:
        return render_template("money/undivided.html", version=version, problem=refusal.message)
    base = f"{_base(version)}/{code}"
    return render_template(
        "money/explanation.html",
        version=version,
        member=shown_explanation(
            version, found, current_locale(), base=base, suffix=_suffix(version)
        ),
        is_own=is_own,
        links=_exports(version, f"/{code}/uitleg.csv", f"/{code}/uitleg.xlsx", year=found.year),
        letter=f"{base}/brief.pdf{_suffix(version)}" if _has_letter(version) else None,
        beside=beside_one(version, code),
    )


def _meant(year: int | None) -> tuple[Sequence[BudgetYear], VersionFacts | None]:
    """Return the years with a budget, and the version that the address asks for."""
    years = years_of(read_session(), purse=purse_of_address())
    return years, asked_version(read_session(), years, year)


def _nothing_yet() -> str:
    can_edit = may(read_session(), current_actor(), EDIT_BUDGET)
    return render_template("money/no_contributions.html", can_edit=can_edit)


def _written(version: VersionFacts, table: ContributionTable) -> ShownTable:
    own, base, suffix = own_code(current_actor()), _base(version), _suffix(version)
    return shown_table(version, table, current_locale(), own=own, base=base, suffix=suffix)


def _has_letter(version: VersionFacts) -> bool:
    return version.is_payable and not version.is_draft


def _asked_number() -> int | None:
    asked = request.args.get("versie", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 6:
        raise NotFound(NO_BUDGET)
    return int(asked)


def _base(version: VersionFacts) -> str:
    return url_for(".contributions", year=version.year)


def _suffix(version: VersionFacts) -> str:
    """Return what the address of a version that is not in force ends with."""
    return "" if version.is_in_force else f"?versie={version.number}"


def _exports(
    version: VersionFacts, csv: str, xlsx: str, *, year: int | None = None
) -> list[tuple[str, str]]:
    suffix = _suffix(version)
    if year is not None and year != version.year:
        suffix += f"{'&' if suffix else '?'}jaar={year}"
    base = _base(version)
    return [("CSV", f"{base}{csv}{suffix}"), ("Excel", f"{base}{xlsx}{suffix}")]


def _chooser(
    actor: Actor, years: Sequence[BudgetYear], version: VersionFacts
) -> list[tuple[int, int | None, str, bool]]:
    """Return year, number of a draft, address and whether it is shown now."""
    has_draft = any(each.draft is not None for each in years)
    can_edit = has_draft and may(read_session(), actor, EDIT_BUDGET)
    found: list[tuple[int, int | None, str, bool]] = []
    for each in years:
        address = url_for(".contributions", year=each.year)
        here = each.year == version.year
        if each.in_force is not None:
            found.append((each.year, None, address, here and not version.is_draft))
        if each.draft is not None and can_edit:
            link = f"{address}?versie={each.draft}"
            found.append((each.year, each.draft, link, here and version.is_draft))
    return found
