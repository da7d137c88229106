"""What the host refuses before it takes a plugin in, with reasons for who installs it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations

from flask import Flask
from sqlalchemy import String as SqlString
from sqlalchemy import Table
from sqlalchemy import Text as SqlText
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.routing import Rule

from extranet.db import Base
from extranet.errors import PluginError
from extranet.i18n import Text
from extranet.plugins.contributions import PersonalData
from extranet.plugins.declarations import Declared
from extranet.plugins.loaded import Plugin
from extranet.plugins.manifest import API_VERSION, Manifest
from extranet.plugins.pages import Pages
from extranet.web.access import rule_of

# Addresses below a plustaak that are the core's, and words that would read as the core's own.
RESERVED_SEGMENTS = frozenset(
    {"beheer", "begroting", "deelnemers", "documenten", "live", "overeenkomst"}
)
RESERVED_NAMES = RESERVED_SEGMENTS | {
    "coalities",
    "core",
    "extranet",
    "layout",
    "matrix",
    "pakketten",
    "plugin",
    "plugins",
    "static",
}
PLACES = {"region", "coalition", "address"}
VARIABLE = re.compile(r"<(?:([^:<>]+):)?([^<>]+)>")


def refuse_manifest(manifest: object, name: str) -> Manifest:
    """Return the manifest; refuse one that is missing, of another name or for another core."""
    if not isinstance(manifest, Manifest):
        raise PluginError(Text("Its plugin module has no manifest."))
    if manifest.name != name:
        raise PluginError(
            Text(
                "Its manifest says %(found)s, its entry point %(wanted)s.",
                found=manifest.name,
                wanted=name,
            )
        )
    if name in RESERVED_NAMES or any(
        table.startswith(f"{name}_") for table in Base.metadata.tables
    ):
        raise PluginError(Text("The name %(name)s is the core's own.", name=name))
    major, minor = manifest.api
    if major != API_VERSION[0] or minor > API_VERSION[1]:
        raise PluginError(
            Text(
                "It is written for API %(theirs)s; this is API %(ours)s.",
                theirs=f"{major}.{minor}",
                ours=".".join(map(str, API_VERSION)),
            )
        )
    return manifest


def refuse_plugin(plugin: Plugin) -> None:
    """Refuse tables, templates, permissions, menu lines, jobs and declarations that are wrong."""
    _refuse_tables(plugin)
    _refuse_templates(plugin)
    for permission in plugin.permissions:
        if not permission.name.startswith(f"{plugin.name}."):
            raise PluginError(_unprefixed(permission.name, f"{plugin.name}."))
    for entry in plugin.navigation:
        if not entry.endpoint.startswith(f"{plugin.name}."):
            raise PluginError(_unprefixed(entry.endpoint, f"{plugin.name}."))
    names = [job.name for job in plugin.jobs]
    if len(names) != len(set(names)):
        raise PluginError(Text("Two of its jobs have the same name."))
    for declaration in plugin.personal_data:
        blanks_of(plugin, declaration)
    for pages in plugin.pages:
        rules_of(plugin, pages)


def declared_by(plugin: Plugin) -> Declared:
    """Return what the database remembers of a plugin."""
    return Declared(
        name=plugin.name,
        title=plugin.manifest.title,
        kind=plugin.manifest.kind,
        version=plugin.source.version,
        personal_data=tuple((one, blanks_of(plugin, one)) for one in plugin.personal_data),
    )


def blanks_of(plugin: Plugin, declaration: PersonalData) -> dict[str, str | None]:
    """Return what takes the place of personal data, by column; refuse what cannot be erased."""
    table = next((one for one in plugin.tables if one.name == declaration.table), None)
    if table is None:
        raise PluginError(_no_such(declaration.table))
    blanks: dict[str, str | None] = {}
    for name in (*declaration.columns, declaration.retention):
        if name not in table.columns:
            raise PluginError(_no_such(f"{table.name}.{name}"))
    for name in declaration.columns:
        column = table.columns[name]
        if not column.nullable and not isinstance(column.type, SqlString | SqlText):
            raise PluginError(_not_erasable(table.name, name))
        blanks[name] = None if column.nullable else ""
    if table.columns[declaration.retention].nullable:
        raise PluginError(
            Text(
                "The retention date %(column)s may be empty, and then nothing is ever erased.",
                column=f"{table.name}.{declaration.retention}",
            )
        )
    return blanks


def rules_of(plugin: Plugin, pages: Pages) -> list[Rule]:
    """Return the addresses of pages as they will be mounted; refuse what may not be.

    They are mounted on an application that is thrown away, so that nothing of what is refused
    stays behind.
    """
    blueprint = pages.blueprint
    expected = f"{plugin.name}_public" if pages.is_public else plugin.name
    if blueprint.name != expected:
        raise PluginError(
            Text(
                "Its blueprint is named %(found)s instead of %(wanted)s.",
                found=blueprint.name,
                wanted=expected,
            )
        )
    if blueprint.url_prefix or blueprint.has_static_folder or blueprint.template_folder:
        raise PluginError(
            Text("Its blueprint has a prefix or folders of its own; the host provides those.")
        )
    scratch = Flask("scratch", static_folder=None)
    before = _reach(scratch)
    prefix = plugin.public_prefix if pages.is_public else plugin.prefix
    try:
        scratch.register_blueprint(blueprint, url_prefix=prefix)
    except SyntaxError as error:
        # How Werkzeug says that a variable stands twice in one address.
        raise PluginError(_names_place_twice(prefix)) from error
    if _reach(scratch) != before:
        raise PluginError(Text("Its blueprint changes pages that are not its own."))
    rules = list(scratch.url_map.iter_rules())
    for rule in rules:
        _refuse_rule(rule, prefix)
        _refuse_access(scratch, rule, is_public=pages.is_public)
    refuse_same_address(rules)
    return rules


def refuse_same_address(rules: Iterable[Rule]) -> None:
    """Refuse two views on one address: which one answers would be left to chance."""
    for one, other in combinations(rules, 2):
        if shape_of(one.rule) == shape_of(other.rule) and methods_of(one) & methods_of(other):
            raise PluginError(
                Text(
                    "Two views share the address %(address)s: %(one)s and %(other)s.",
                    address=one.rule,
                    one=one.endpoint,
                    other=other.endpoint,
                )
            )


def shape_of(address: str) -> str:
    """Return an address without the names of its variables."""
    return VARIABLE.sub(lambda match: f"<{match[1] or 'string'}>", address).rstrip("/")


def methods_of(rule: Rule) -> set[str]:
    """Return the methods of a rule that a view writes itself."""
    return set(rule.methods or ()) - {"HEAD", "OPTIONS"}


def _refuse_rule(rule: Rule, prefix: str) -> None:
    rest = rule.rule.removeprefix(prefix)
    first = rest.strip("/").partition("/")[0]
    if first in RESERVED_SEGMENTS:
        raise PluginError(Text("The address %(address)s is kept for the core.", address=rule.rule))
    if PLACES & {match[2] for match in VARIABLE.finditer(rest)}:
        raise PluginError(_names_place_twice(rule.rule))


def _refuse_access(scratch: Flask, rule: Rule, *, is_public: bool) -> None:
    access = rule_of(scratch.view_functions[rule.endpoint])
    if access is None:
        raise PluginError(Text("The view %(view)s has no access rule.", view=rule.endpoint))
    if access.is_public != is_public:
        words = (
            Text("The view %(view)s is not public, but its pages are.", view=rule.endpoint)
            if is_public
            else Text("The view %(view)s is public, but its pages are not.", view=rule.endpoint)
        )
        raise PluginError(words)


def _reach(app: Flask) -> list[int]:
    """Return how much an application has that works on every page."""
    return [
        len(app.before_request_funcs.get(None, ())),
        len(app.after_request_funcs.get(None, ())),
        len(app.teardown_request_funcs.get(None, ())),
        len(app.template_context_processors.get(None, ())),
        len(app.url_value_preprocessors.get(None, ())),
        len(app.url_default_functions.get(None, ())),
        sum(map(len, app.error_handler_spec.get(None, {}).values())),
        len(app.jinja_env.globals),
        len(app.jinja_env.filters),
        len(app.jinja_env.tests),
    ]


def _refuse_tables(plugin: Plugin) -> None:
    for base in plugin.bases:
        try:
            base.registry.configure()
        except SQLAlchemyError as error:
            raise PluginError(Text("Its tables are wrong: %(error)s", error=str(error))) from error
        for table in base.metadata.tables.values():
            if not table.name.startswith(f"{plugin.name}_"):
                raise PluginError(_unprefixed(table.name, f"{plugin.name}_"))
            _refuse_homeless(plugin, table)


def _refuse_homeless(plugin: Plugin, table: Table) -> None:
    """Refuse a table whose rows say nowhere whose they are: nothing could purge or export them."""
    owner = "region_id" if plugin.is_module else "plustaak_id"
    cascades = any(
        key.ondelete == "CASCADE" and key.column.table.metadata is table.metadata
        for key in table.foreign_keys
    )
    if owner not in table.columns and not cascades:
        raise PluginError(
            Text(
                "The table %(table)s has neither a column %(owner)s nor a key that cascades from "
                "a table that has.",
                table=table.name,
                owner=owner,
            )
        )


def _refuse_templates(plugin: Plugin) -> None:
    folder = plugin.folder / "templates"
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name != plugin.name and not path.name.startswith((".", "__")):
            raise PluginError(_unprefixed(f"templates/{path.name}", f"templates/{plugin.name}/"))


def _names_place_twice(address: str) -> Text:
    return Text("An address below %(address)s names its place a second time.", address=address)


def _unprefixed(found: str, wanted: str) -> Text:
    return Text("%(found)s does not begin with %(wanted)s.", found=found, wanted=wanted)


def _no_such(name: str) -> Text:
    return Text("It declares personal data in %(name)s, which does not exist.", name=name)


def _not_erasable(table: str, column: str) -> Text:
    return Text(
        "%(column)s holds personal data but can be neither empty nor an empty text.",
        column=f"{table}.{column}",
    )
