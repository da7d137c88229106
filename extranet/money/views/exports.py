"""Downloads: contributions and budgets as CSV and Excel, and the letter of one member."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, time

from flask import Response

from extranet.errors import NotFound
from extranet.i18n import Text, translate
from extranet.money.policy import VIEW_BUDGET, VIEW_CONTRIBUTIONS
from extranet.money.queries.contributions import get_explanation, get_table
from extranet.money.queries.exports import (
    budget_export,
    contributions_export,
    steps_export,
    years_export,
)
from extranet.money.queries.figures import Explanation
from extranet.money.queries.lines import get_sheet
from extranet.money.queries.versions import NO_BUDGET, VersionFacts
from extranet.money.services.letters import make_letter
from extranet.money.views.blueprint import blueprint
from extranet.money.views.contributions import asked_version, asked_year
from extranet.money.views.opening import version_to_share
from extranet.publishing import pdf
from extranet.publishing.downloads import csv_file, download, xlsx_file
from extranet.publishing.tables import Table
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session
from extranet.web.jinja import current_locale


@blueprint.get("/bijdragen/<int:year>.csv")
@requires(VIEW_CONTRIBUTIONS)
def contributions_csv(year: int) -> Response:
    """Download what all members pay, for programs."""
    version = _version(year)
    table = contributions_export(version, get_table(read_session(), version), current_locale())
    return csv_file(table, _name("bijdragen", version))


@blueprint.get("/bijdragen/<int:year>.xlsx")
@requires(VIEW_CONTRIBUTIONS)
def contributions_xlsx(year: int) -> Response:
    """Download what all members pay, for people."""
    version = _version(year)
    table = contributions_export(version, get_table(read_session(), version), current_locale())
    return _xlsx([table], version, _name("bijdragen", version))


@blueprint.get("/bijdragen/<int:year>/<code>/uitleg.csv")
@requires(VIEW_CONTRIBUTIONS)
def contribution_csv(year: int, code: str) -> Response:
    """Download the four years of one member, for programs."""
    version = _version(year)
    found = _explanation(version, code)
    return csv_file(
        years_export(version, found, current_locale()), _name("bijdrage", version, code)
    )


@blueprint.get("/bijdragen/<int:year>/<code>/uitleg.xlsx")
@requires(VIEW_CONTRIBUTIONS)
def contribution_xlsx(year: int, code: str) -> Response:
    """Download the explanation of one member and its four years, for people."""
    version = _version(year)
    found, locale = _explanation(version, code), current_locale()
    tables = [steps_export(version, found, locale), years_export(version, found, locale)]
    return _xlsx(tables, version, _name("bijdrage", version, code))


@blueprint.get("/bijdragen/<int:year>/<code>/brief.pdf")
@requires(VIEW_CONTRIBUTIONS)
def letter(year: int, code: str) -> Response:
    """Download the letter to one member; only the budget's own year asks for money."""
    version = _version(year)
    session = read_session()
    found = get_explanation(session, version, code=code, year=version.year)
    made = make_letter(session, version=version, explanation=found, locale=current_locale())
    return download(made, pdf.MEDIA_TYPE, _name("brief-bijdrage", version, code) + ".pdf")


@blueprint.get("/begroting/<int:year>/versies/<int:number>/begroting.csv")
@requires(VIEW_BUDGET)
def budget_csv(year: int, number: int) -> Response:
    """Download the lines of a version, for programs."""
    version = version_to_share(read_session(), year, number)
    table = budget_export(version, get_sheet(read_session(), version), current_locale())
    return csv_file(table, _name("begroting", version))


@blueprint.get("/begroting/<int:year>/versies/<int:number>/begroting.xlsx")
@requires(VIEW_BUDGET)
def budget_xlsx(year: int, number: int) -> Response:
    """Download the lines of a version, for people."""
    version = version_to_share(read_session(), year, number)
    table = budget_export(version, get_sheet(read_session(), version), current_locale())
    return _xlsx([table], version, _name("begroting", version))


def _version(year: int) -> VersionFacts:
    version = asked_version(read_session(), (), year)
    if version is None:
        raise NotFound(NO_BUDGET)
    return version


def _explanation(version: VersionFacts, code: str) -> Explanation:
    return get_explanation(read_session(), version, code=code, year=asked_year(version))


def _name(what: str, version: VersionFacts, code: str = "") -> str:
    """Return the name of a file without its ending: bijdrage-2027-gm-0984-versie-2.

    Of a household beside the base it says whose it is: bijdrage-warmte-groen-gas-2027-….
    """
    parts = [
        what,
        plain_name(version.whose),
        str(version.year),
        code.replace(":", "-"),
        f"versie-{version.number}",
    ]
    if version.is_draft:
        parts.append("concept")
    return "-".join(part for part in parts if part)


def plain_name(name: str) -> str:
    """Return a name as that of a file may have it: lower case, without accents, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _xlsx(tables: Sequence[Table], version: VersionFacts, name: str) -> Response:
    region, day = current_actor().region, version.adopted_on
    return xlsx_file(
        tables,
        name,
        author=region.name if region else "",
        notes_heading=translate(Text("Sources and remarks"), current_locale()),
        created=datetime.combine(day, time(), tzinfo=UTC) if day else None,
    )
