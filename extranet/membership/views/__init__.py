"""The pages about who works together."""

from __future__ import annotations

from extranet.i18n import Text
from extranet.membership.policy import (
    ADOPT_POPULATION,
    EDIT_BODIES,
    EDIT_REGION,
    IMPORT_POPULATION,
    OPERATE_ORGANISATIONS,
    OPERATE_REGIONS,
    VIEW_MEMBERS,
)
from extranet.membership.views import (
    administration,
    adoption,
    members,
    organisations,
    population,
    regions,
    settings,
)
from extranet.web.navigation import NavigationEntry

ADMINISTRATION = Text("Administration")

BLUEPRINTS = (
    members.blueprint,
    administration.blueprint,
    settings.blueprint,
    regions.blueprint,
    organisations.blueprint,
    population.blueprint,
    adoption.blueprint,
)
NAVIGATION = (
    NavigationEntry(
        title=Text("Members"),
        endpoint="membership.members",
        permission=VIEW_MEMBERS,
        weight=20,
        covers=frozenset({"membership.", "membership_admin."}),
    ),
    NavigationEntry(
        title=Text("Settings of the region"),
        endpoint="region_settings.region_form",
        permission=EDIT_REGION,
        group=ADMINISTRATION,
        weight=10,
    ),
    NavigationEntry(
        title=Text("Bodies"),
        endpoint="region_settings.bodies",
        permission=EDIT_BODIES,
        group=ADMINISTRATION,
        weight=20,
        covers=frozenset({"region_settings.body_form", "region_settings.change_body_form"}),
    ),
    NavigationEntry(
        title=Text("Population of the region"),
        endpoint="region_population.choose_form",
        permission=ADOPT_POPULATION,
        group=ADMINISTRATION,
        weight=30,
        covers=frozenset({"region_population."}),
    ),
    NavigationEntry(
        title=Text("Regions"),
        endpoint="regions.regions",
        permission=OPERATE_REGIONS,
        weight=10,
        covers=frozenset({"regions."}),
    ),
    NavigationEntry(
        title=Text("Organisations"),
        endpoint="organisations.organisations",
        permission=OPERATE_ORGANISATIONS,
        weight=20,
        covers=frozenset({"organisations."}),
    ),
    NavigationEntry(
        title=Text("Population figures"),
        endpoint="population.snapshots",
        permission=IMPORT_POPULATION,
        weight=30,
        covers=frozenset({"population."}),
    ),
)
