"""Every page that somebody can look at, from the application's own map of addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import Flask
from werkzeug.routing import Rule

from extranet.access import Permission, Role
from extranet.money.policy import EDIT_BUDGET
from extranet.web.access import rule_of

# What stands in an address, by the name of its parameter; a page that needs another is below.
EXAMPLES: Mapping[str, object] = {
    "region": "nml",
    "coalition": "groen-gas",
    "plustaak": "infoavond",
    "year": 2027,
    "number": 2,
    "code": "gm:0984",
    "line_id": 17,
    "source_id": 1,
    "body_id": 2,
    "membership_id": 1,
    "person_id": 4,
    "seat_id": 4,
    "snapshot_id": 1,
    "tenure_id": 4,
    "document_id": 1,
    "name": "infoavond",
    "key": "leaving",
    "evening_id": 1,
    "item_id": 1,
    "initiative_id": 1,
    "signup_id": 1,
    "organisation_id": 1,
}
EXAMPLES_OF_A_PAGE: Mapping[str, Mapping[str, object]] = {
    "agreement_clauses": {"subject": "leaving"},
    "documents": {"number": 1},
    "coalition_documents": {"document_id": 4, "number": 1},
    "participants": {"number": 1},
    "plustaak": {"number": 1},
    "basistaken": {"slug": "warmte"},
    "money.component_form": {"slug": "vaste-voet"},
    "regions": {"slug": "nml"},
    "region_admins": {"slug": "nml"},
    "membership_admin.start_form": {"code": "gm:0268"},
    "membership_admin.centrum_form": {"membership_id": 2},
}
# Files, answers to machines, and pages behind a secret that a test of its own asks for.
NO_PAGES = {
    "static",
    "pages.health",
    "pages.security_txt",
    "people.own_data",
    "people.stay",
    "population.preview",
    "people.code_form",
    "people.invitation_form",
    "people.reset_form",
    "documents.download",
    "documents.preview",
    "coalition_documents.download",
    "coalition_documents.preview",
    # Pages of one plugin: the demo has none on; tests/plugins look at them with one that is there.
    "plugin_admin.plugin",
    "plugin_admin.settings_page",
    "plugin_static",
    "plustaken.settings_page",
    "plustaken.switch_form",
}
# What a plustaak has of the core, and its plugin's own: their tests walk them as every visitor.
OF_A_PLUSTAAK = ("plustaak.", "infoavond.", "infoavond_public.")
FILES = (".csv", ".xlsx", ".pdf", ".zip", ".ics")
# What a view asks beyond its rule: what each member would pay by a draft is for who may change it.
NARROWER: Mapping[str, Permission] = {"money.compare": EDIT_BUDGET}


def pages(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Give every rule that shows a page, with an example of its address."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        is_page = rule.endpoint not in NO_PAGES and not rule.endpoint.startswith(OF_A_PLUSTAAK)
        shows = "GET" in (rule.methods or ()) and is_page
        if shows and not rule.rule.endswith(FILES):
            yield rule, adapter.build(rule.endpoint, _values(rule))


def pages_for(app: Flask, roles: set[Role], *, is_operator: bool = False) -> list[str]:
    """Return the addresses of the pages that somebody may open; without roles a stranger's."""
    return [
        address
        for rule, address in pages(app)
        if _may_open(app, rule, roles, is_operator=is_operator)
    ]


def _may_open(app: Flask, rule: Rule, roles: set[Role], *, is_operator: bool) -> bool:
    access = rule_of(app.view_functions[rule.endpoint])
    assert access is not None
    if access.is_public:
        return not roles and not is_operator
    wanted: Permission | None = NARROWER.get(rule.endpoint, access.permission)
    if wanted is None:
        return is_operator
    return bool(wanted.roles & roles) or (wanted.operator and is_operator)


def _values(rule: Rule) -> dict[str, object]:
    blueprint = rule.endpoint.partition(".")[0]
    own = {
        **EXAMPLES,
        **EXAMPLES_OF_A_PAGE.get(blueprint, {}),
        **EXAMPLES_OF_A_PAGE.get(rule.endpoint, {}),
    }
    return {name: own[name] for name in rule.arguments}
