"""The pages of the money domain: contributions for everybody, budgets with their keepers."""

from __future__ import annotations

from extranet.i18n import Text
from extranet.money.policy import VIEW_BUDGET, VIEW_CONTRIBUTIONS
from extranet.money.views import (  # noqa: F401 - each puts its pages on the blueprint
    adoption,
    budgets,
    contributions,
    exports,
    funding,
    keys,
    lines,
    population,
    versions,
)
from extranet.money.views.blueprint import blueprint
from extranet.web.navigation import NavigationEntry

BLUEPRINTS = (blueprint,)
# What stands under "Budget" in the menu, besides the list of budgets.
BUDGET_PAGES = (
    "add_line_form",
    "add_source_form",
    "adopt_form",
    "budget",
    "choose_population_form",
    "compare",
    "component_form",
    "create_budget_form",
    "create_version_form",
    "describe_version_form",
    "discard_form",
    "edit_line_form",
    "edit_source_form",
    "key",
    "remove_line_form",
    "remove_source_form",
    "sources",
    "version",
)
NAVIGATION = (
    NavigationEntry(
        title=Text("Contributions"),
        endpoint="money.contributions",
        permission=VIEW_CONTRIBUTIONS,
        weight=40,
        covers=frozenset({"money.explanation"}),
    ),
    NavigationEntry(
        title=Text("Our contribution"),
        endpoint="money.own_contribution",
        permission=VIEW_CONTRIBUTIONS,
        weight=41,
    ),
    NavigationEntry(
        title=Text("Budget"),
        endpoint="money.budgets",
        permission=VIEW_BUDGET,
        weight=42,
        covers=frozenset(f"money.{page}" for page in BUDGET_PAGES),
    ),
)
