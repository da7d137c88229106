"""Walk every page of a plugin as every visitor, where it is on, where it is off, and elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from werkzeug.routing import IntegerConverter, Rule

from extranet.access import Actor, enter, permits, stand_in
from extranet.coalitions.models import Coalition, Plustaak, PlustaakState
from extranet.coalitions.queries.standing import find_coalition
from extranet.membership.models import Region
from extranet.people.queries import find_actor
from extranet.plugins.models import CoalitionPlugin, RegionPlugin
from extranet.plugins.testing.site import PluginSite
from extranet.plugins.testing.world import VISITORS
from extranet.web.access import rule_of

# A form carries another token each time that it is shown.
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
SIGN_IN = 302
MISSING, FORBIDDEN, BROKEN = 404, 403, 500
OUTSIDERS = {"other_region", "guest_elsewhere"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One method at one address of the plugin; `is_sure` when it names nothing that may lack."""

    endpoint: str
    method: str
    path: str
    is_sure: bool


def access_problems(site: PluginSite, values: Mapping[str, str | int]) -> Iterator[str]:
    """Yield who got what they may not, or not what they may, where the plugin is on and off."""
    for visitor in VISITORS:
        for route in routes_of(site, "met", values):
            status = _status(site, visitor, route)
            if problem := _problem(site, visitor, route, status):
                yield f"{route.method} {route.path} as {visitor}: {status}, {problem}"
    if not site.plugin.is_module:
        for visitor in VISITORS:
            for route in routes_of(site, "zonder", values):
                status, expected = _status(site, visitor, route), _when_off(visitor)
                if status != expected:
                    yield f"{route.method} {route.path} as {visitor}, off: {status}"
    for path in public_paths(site, values):
        status = site.visit("stranger").get(path).status_code
        if status != MISSING:
            yield f"GET {path}: {status}, although nobody gave out that address"


def isolation_problems(site: PluginSite, values: Mapping[str, str | int]) -> Iterator[str]:
    """Yield what changes elsewhere when the plugin goes on in one coalition and off in another."""
    here = "met" if site.plugin.is_module else "elders"
    visitor = "lead" if site.plugin.is_module else "other_region"
    before = _pages(site, visitor, here, values)
    if site.plugin.is_module:
        _switch_module(site, "zuid", is_on=True)
    else:
        _switch(site, "zonder", is_on=True)
        _switch(site, "met", is_on=False)
    for path, page in _pages(site, visitor, here, values).items():
        if page != before[path]:
            yield f"{path} changed when the plugin was switched in another place"
    if site.plugin.is_module:
        _switch_module(site, "zuid", is_on=False)
        return
    for route in routes_of(site, "met", values):
        if _status(site, "lead", route) != MISSING:
            yield f"{route.method} {route.path} is still there after the plugin was switched off"
    _switch(site, "zonder", is_on=False)
    _switch(site, "met", is_on=True)


def routes_of(site: PluginSite, coalition: str, values: Mapping[str, str | int]) -> list[Route]:
    """Return every method at every address of the plugin's own pages, reading before writing."""
    found = []
    for rule in site.app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] != site.plugin.name:
            continue
        path = _path(site, rule, coalition, values)
        unknown = (rule.arguments or set()) - {"region", "coalition"} - values.keys()
        found += [
            Route(endpoint=rule.endpoint, method=method, path=path, is_sure=not unknown)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        ]
    return sorted(found, key=lambda route: (route.method != "GET", route.path, route.method))


def public_paths(site: PluginSite, values: Mapping[str, str | int]) -> list[str]:
    """Return the public pages of the plugin, at an address that nobody gave out."""
    name = f"{site.plugin.name}_public"
    return [
        _path(site, rule, "met", {**values, "address": "onbekend-adres"})
        for rule in site.app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] == name and "GET" in (rule.methods or ())
    ]


def _path(site: PluginSite, rule: Rule, coalition: str, values: Mapping[str, str | int]) -> str:
    place = {"region": "zuid" if coalition == "elders" else "noord", "coalition": coalition}
    adapter = site.app.url_map.bind("localhost")
    wanted = {
        name: place.get(name) or values.get(name) or _sample(rule, name)
        for name in rule.arguments or ()
    }
    return adapter.build(rule.endpoint, wanted, method=next(iter(rule.methods or ()), None))


def _sample(rule: Rule, name: str) -> str | int:
    """Return a value that fits a variable of an address; most likely nothing has it."""
    converter = rule._converters[name]  # noqa: SLF001 - the only place that tells its kind
    return 1 if isinstance(converter, IntegerConverter) else "onbekend"


def _status(site: PluginSite, visitor: str, route: Route) -> int:
    return site.visit(visitor).open(route.path, method=route.method).status_code


def _pages(
    site: PluginSite, visitor: str, coalition: str, values: Mapping[str, str | int]
) -> dict[str, tuple[int, str]]:
    client = site.visit(visitor)
    answers = {
        route.path: client.get(route.path)
        for route in routes_of(site, coalition, values)
        if route.method == "GET"
    }
    return {
        path: (one.status_code, TOKEN.sub("", one.get_data().decode(errors="replace")))
        for path, one in answers.items()
    }


def _problem(site: PluginSite, visitor: str, route: Route, status: int) -> str:
    if status >= BROKEN:
        return "it broke"
    if visitor == "stranger":
        return "" if status == SIGN_IN else "a stranger must sign in first"
    actor = _actor(site, visitor)
    if visitor in OUTSIDERS or actor is None:
        return "" if status == MISSING else "who is not of this place may not know of it"
    rule = rule_of(site.app.view_functions[route.endpoint])
    if rule is not None and (rule.permission is None or permits(actor, rule.permission)):
        if status == FORBIDDEN:
            return "" if route.method != "GET" else "the permission lets them"
        return "it should be there" if status == MISSING and route.is_sure else ""
    return "" if status in {FORBIDDEN, MISSING} else "the permission does not let them"


def _actor(site: PluginSite, visitor: str) -> Actor | None:
    """Return a visitor standing in Noord, in the coalition `met`; None when they cannot."""
    with site.database.reading() as session:
        actor = find_actor(session, site.world.tokens[visitor])
        if actor is None:
            return None
        standing = stand_in(actor, "noord")
        if not site.plugin.is_module:
            coalition = find_coalition(session, "noord", "met")
            standing = standing if coalition is None else enter(standing, coalition)
    return standing if standing.region else None


def _when_off(visitor: str) -> int:
    return SIGN_IN if visitor == "stranger" else MISSING


def _switch(site: PluginSite, slug: str, *, is_on: bool) -> None:
    """Switch the plustaak of a coalition, as its row says; what that tells others is left out."""
    with site.unit_of_work() as session:
        coalition = session.query(Coalition).filter_by(slug=slug).one()
        row = (
            session.query(Plustaak)
            .filter_by(coalition_id=coalition.id, plugin=site.plugin.name)
            .one_or_none()
        )
        if row is None:
            session.merge(CoalitionPlugin(coalition_id=coalition.id, plugin=site.plugin.name))
            row = Plustaak(
                coalition_id=coalition.id,
                plugin=site.plugin.name,
                enabled_at=site.clock.now(),
            )
            session.add(row)
        row.state = PlustaakState.ON if is_on else PlustaakState.OFF


def _switch_module(site: PluginSite, slug: str, *, is_on: bool) -> None:
    with site.unit_of_work() as session:
        region = session.query(Region).filter_by(slug=slug).one()
        region.modules = site.plugin.name if is_on else ""
        session.merge(
            RegionPlugin(region_id=region.id, plugin=site.plugin.name, is_allowed=True, is_on=is_on)
        )
