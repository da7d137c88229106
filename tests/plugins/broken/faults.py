"""Plugins that are wrong, one fault each, with what the host says of it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from textwrap import dedent

from extranet.plugins.loaded import Source

HEAD = """
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import Blueprint
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from extranet import api
from extranet.api import hookimpl

blueprint = Blueprint("NAME", __name__)
VIEW = api.permission("NAME.page.view", api.EVERY_ROLE, coalition=api.EVERY_COALITION_ROLE)


def page() -> str:
    return "page of NAME"


def pages() -> list[api.Pages]:
    return [api.Pages(blueprint=blueprint)]


manifest = api.Manifest(
    name="NAME",
    title=api.Text("Plugin NAME"),
    summary=api.Text("Is wrong."),
    kind=api.PluginKind.PLUSTAAK,
    api=(1, 0),
)
"""
PAGES = """
@hookimpl
def extranet_register_pages() -> list[api.Pages]:
    return pages()
"""
ROUTED = 'blueprint.add_url_rule("", "page", api.requires(VIEW)(page))\n' + PAGES
TABLE = """
class Model(DeclarativeBase):
    metadata = api.plugin_metadata("NAME")


class Thing(Model):
    __tablename__ = "TABLE"
    id: Mapped[int] = mapped_column(primary_key=True)
    OWNER


@hookimpl
def extranet_register_models() -> list[type[DeclarativeBase]]:
    return [Model]
"""
OWNED = 'plustaak_id: Mapped[int] = mapped_column(api.reference("plustaak"))'

# What is refused before the plugin is taken in, with a part of the reason.
AT_BOOT: dict[str, tuple[str, str]] = {
    "badimport": ("raise RuntimeError('cannot be imported')", "RuntimeError: cannot be imported"),
    "badexit": ("raise SystemExit(3)", "SystemExit: 3"),
    "badmanifest": ("manifest = None", "has no manifest"),
    "badname": (
        "import dataclasses\nmanifest = dataclasses.replace(manifest, name='other')",
        "says other",
    ),
    "badapi": (
        "import dataclasses\nmanifest = dataclasses.replace(manifest, api=(2, 0))",
        "for API 2.0",
    ),
    "badminor": (
        "import dataclasses\nmanifest = dataclasses.replace(manifest, api=(1, 99))",
        "for API 1.99",
    ),
    "badneeds": (
        "import dataclasses\n"
        "manifest = dataclasses.replace(manifest, requires=frozenset({'nowhere'}))",
        "requires nowhere",
    ),
    "badhook": (
        "@hookimpl\ndef extranet_register_page() -> list[api.Pages]:\n    return []",
        "no hook extranet_register_page",
    ),
    "badmark": (
        "def extranet_register_pages() -> list[api.Pages]:\n    return []",
        "lacks @hookimpl",
    ),
    "badtype": (
        "@hookimpl\ndef extranet_check_enabling(session: str) -> api.Refusal | None:\n    ...",
        "session of the hook extranet_check_enabling must be of the type",
    ),
    "badargument": (
        "@hookimpl\ndef extranet_check_enabling(database: Session) -> None:\n    ...",
        "has no argument database",
    ),
    "badreturn": (
        "@hookimpl\ndef extranet_register_pages() -> dict[str, str]:\n    return {}",
        "must return the type",
    ),
    "badanswer": (
        "@hookimpl\ndef extranet_register_pages() -> list[api.Pages]:\n    return ['page']",
        "gave str",
    ),
    "badboot": (
        "@hookimpl\ndef extranet_register_jobs() -> list[api.Job]:\n    raise KeyError('boot')",
        "KeyError: 'boot'",
    ),
    "badwrap": (
        "@api.hookimpl(wrapper=True)\ndef extranet_register_jobs() -> list[api.Job]:\n    yield",
        "wraps those of others",
    ),
    "badblueprint": ("blueprint = Blueprint('other', __name__)" + PAGES, "named other"),
    "badview": (
        "blueprint.add_url_rule('', 'page', page)" + PAGES,
        "badview.page has no access rule",
    ),
    "badpublic": (
        "blueprint.add_url_rule('', 'page', api.public(page))" + PAGES,
        "is public, but its pages are not",
    ),
    "badprivate": (
        "blueprint = Blueprint('badprivate_public', __name__)\n"
        "blueprint.add_url_rule('', 'page', api.requires(VIEW)(page))\n"
        "def pages() -> list[api.Pages]:\n"
        "    return [api.Pages(blueprint=blueprint, is_public=True)]\n" + PAGES,
        "is not public, but its pages are",
    ),
    "badurl": (
        "def other() -> str:\n    return ''\n"
        "blueprint.add_url_rule('/<int:x>', 'page', api.requires(VIEW)(page))\n"
        "blueprint.add_url_rule('/<int:y>', 'other', api.requires(VIEW)(other))\n" + PAGES,
        "Two views share the address",
    ),
    "badsegment": (
        "blueprint.add_url_rule('/begroting/x', 'page', api.requires(VIEW)(page))\n" + PAGES,
        "is kept for the core",
    ),
    "badplace": (
        "blueprint.add_url_rule('/<coalition>', 'page', api.requires(VIEW)(page))\n" + PAGES,
        "names its place a second time",
    ),
    "badprefix": (
        "blueprint = Blueprint('badprefix', __name__, url_prefix='/elsewhere')\n" + ROUTED,
        "a prefix or folders of its own",
    ),
    "badreach": (
        "blueprint.before_app_request(lambda: None)\n" + ROUTED,
        "changes pages that are not its own",
    ),
    "badtable": (
        TABLE.replace("TABLE", "people").replace("OWNER", OWNED),
        "people does not begin with badtable_",
    ),
    "badowner": (
        TABLE.replace("TABLE", "badowner_things").replace("OWNER", ""),
        "neither a column plustaak_id",
    ),
    "badmapping": (
        TABLE.replace("TABLE", "badmapping_things").replace(
            "OWNER",
            OWNED + "\n    from sqlalchemy.orm import relationship\n"
            "    friend = relationship('Nobody')",
        ),
        "Its tables are wrong",
    ),
    "badpermission": (
        "@hookimpl\ndef extranet_register_permissions() -> list[api.Permission]:\n"
        "    return [api.permission('money.budget.edit', api.EVERY_ROLE)]",
        "money.budget.edit does not begin with badpermission.",
    ),
    "badmenu": (
        ROUTED + "@hookimpl\ndef extranet_register_navigation() -> list[api.NavigationEntry]:\n"
        "    return [api.NavigationEntry(title=api.Text('X'), endpoint='badmenu.gone', "
        "permission=VIEW)]",
        "names the page badmenu.gone",
    ),
    "badpersonal": (
        "@hookimpl\ndef extranet_register_personal_data() -> list[api.PersonalData]:\n"
        "    return [api.PersonalData(table='badpersonal_x', columns=('name',), "
        "retention='day', about=api.Text('them'))]",
        "badpersonal_x, which does not exist",
    ),
    "money": (ROUTED, "is the core's own"),
    "coalition": (ROUTED, "is the core's own"),
}

# What is wrong only when it is called.
AT_WORK: dict[str, str] = {
    "badmigration": TABLE.replace("TABLE", "badmigration_things").replace("OWNER", OWNED),
    "badshow": ROUTED
    + """
@hookimpl
def extranet_show_panels(
    actor: api.Actor, place: api.Place, summary: Mapping[str, Any]
) -> Iterable[api.Panel]:
    yield api.Panel(title=api.Text("Half"), facts=())
    raise ZeroDivisionError("show")


@hookimpl
def extranet_show_todos(
    actor: api.Actor, place: api.Place, summary: Mapping[str, Any]
) -> list[api.Todo]:
    return ["no todo"]
""",
    "badcheck": ROUTED
    + """
from sqlalchemy import text


@hookimpl
def extranet_check_enabling(session: Session, place: api.Place) -> api.Refusal | None:
    session.execute(text("INSERT INTO nowhere VALUES (1)"))
    return None
""",
    "badon": ROUTED
    + """
from sqlalchemy import text


@hookimpl
def extranet_on_change(session: Session, place: api.Place, change: api.Change) -> None:
    session.execute(text("DELETE FROM nowhere"))
""",
}


def write_plugin(folder: Path, name: str, body: str) -> Source:
    """Write a plugin into a folder and return where it can be had."""
    package = folder / f"extranet_{name}"
    package.mkdir(parents=True)
    path = package / "plugin.py"
    path.write_text(dedent(HEAD + "\n" + body).replace("NAME", name))

    def load() -> object:
        spec = importlib.util.spec_from_file_location(f"extranet_{name}.plugin", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        try:
            spec.loader.exec_module(module)
        finally:
            del sys.modules[spec.name]
        return module

    return Source(name=name, value=f"extranet_{name}.plugin", load=load, distribution=f"x-{name}")


def fault_sources(folder: Path) -> list[Source]:
    """Return every wrong plugin."""
    bodies = {name: body for name, (body, _reason) in AT_BOOT.items()} | AT_WORK
    made = [write_plugin(folder, name, body) for name, body in bodies.items()]
    template = folder / "extranet_badtemplate" / "templates" / "layout"
    made.append(write_plugin(folder, "badtemplate", ROUTED))
    template.mkdir(parents=True)
    (template / "page.html").write_text("mine now")
    scripts = folder / "extranet_badmigration" / "migrations"
    scripts.mkdir()
    (scripts / "0001_bad.py").write_text(
        "revision = 'bad0001'\ndown_revision = None\ndef upgrade():\n    raise OSError('disk')\n"
    )
    twice = write_plugin(folder, "badtwice", ROUTED)
    return [*made, twice, Source(name="badtwice", value="elsewhere", load=twice.load)]
