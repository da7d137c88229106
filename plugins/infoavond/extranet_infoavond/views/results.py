"""What the evenings brought, by municipality."""

from __future__ import annotations

from werkzeug.wrappers import Response

from extranet.api import (
    NavigationEntry,
    csv_file,
    current_place,
    now,
    read_session,
    render_template,
    requires,
    xlsx_file,
)
from extranet_infoavond.policy import VIEW
from extranet_infoavond.queries.results import Results, results_of
from extranet_infoavond.views.blueprint import blueprint
from extranet_infoavond.views.here import own_id
from extranet_infoavond.views.sheets import results_sheet
from extranet_infoavond.wording import KINDS, STAGES, Text

NAVIGATION = (
    NavigationEntry(
        title=Text("Initiatives"),
        endpoint="infoavond.list_initiatives",
        permission=VIEW,
        weight=60,
        covers=frozenset(
            f"infoavond.{name}" for name in ("initiative", "add_form", "add", "edit_form", "edit")
        ),
    ),
    NavigationEntry(
        title=Text("Results of the evenings"),
        endpoint="infoavond.results",
        permission=VIEW,
        weight=70,
    ),
)


@blueprint.get("/resultaten")
@requires(VIEW)
def results() -> str:
    """Show what each municipality's evenings brought, one's own first."""
    return render_template("infoavond/results.html", results=_results(), kinds=KINDS, stages=STAGES)


@blueprint.get("/resultaten.csv")
@requires(VIEW)
def results_csv() -> Response:
    """Give the results as CSV."""
    return csv_file(results_sheet(_results()), "resultaten")


@blueprint.get("/resultaten.xlsx")
@requires(VIEW)
def results_xlsx() -> Response:
    """Give the results as a workbook."""
    return xlsx_file([results_sheet(_results())], "resultaten", created=now(read_session()))


def _results() -> Results:
    return results_of(read_session(), current_place(), own_id=own_id())
