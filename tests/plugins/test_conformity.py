"""The kit sees each thing that no plugin may do: it is seeded here, one at a time."""

import ast
from pathlib import Path

import pytest

from extranet.i18n import own_catalogue, translate
from extranet.plugins.loading import load_plugins
from extranet.plugins.testing import plugin_site
from extranet.plugins.testing.conformity import (
    assert_conforms,
    import_problems,
    imports_of,
    personal_data_problems,
    quality_problems,
    word_problems,
)
from tests.conftest import make_config
from tests.plugins.broken.faults import ROUTED, write_plugin
from tests.plugins.conftest import DUMMY, dummy

pytestmark = pytest.mark.one_database


def loaded(tmp_path, name="warmte", body=ROUTED):
    source = write_plugin(tmp_path, name, body)
    host = load_plugins(make_config("sqlite:///:memory:", tmp_path), [source])
    return host.plugins[name]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("import extranet.money.models", "extranet.money.models"),
        ("from extranet import access", "extranet.access"),
        ("from extranet.db import Base", "extranet.db"),
        ("import pluggy", "pluggy"),
        ("from extranet_other.models import Thing", "extranet_other.models"),
    ],
)
def test_forbidden_import_is_seen(tmp_path, line, problem):
    folder = tmp_path / "extranet_warmte"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.py").write_text(f"{line}\n")

    assert list(import_problems(folder)) == [f"deep/a.py imports {problem}"]


@pytest.mark.parametrize(
    "line",
    [
        "from extranet import api",
        "from extranet.api import Text",
        "import extranet.plugins.testing",
        "from extranet_warmte.models import Thing",
        "from . import models",
        "import sqlalchemy",
    ],
)
def test_ordinary_import_passes(tmp_path, line):
    folder = tmp_path / "extranet_warmte"
    folder.mkdir()
    (folder / "a.py").write_text(f"{line}\n")

    assert list(import_problems(folder)) == []
    assert isinstance(ast.parse(line), ast.Module)
    assert isinstance(imports_of(line), list)


def test_text_without_dutch_is_seen_and_so_is_another_dutch_than_the_cores(tmp_path):
    plugin = loaded(tmp_path, body=ROUTED + "\nWORDS = api.Text('Bring two pans')\n")
    template = plugin.folder / "templates" / "warmte" / "a.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ _('Nothing here yet.') }}{{ _('Save') }}")
    catalogue = plugin.translations / "nl" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Nothing here yet."\nmsgstr "Leeg."\n'
    )

    found = list(word_problems(plugin))

    assert "'Bring two pans' lacks Dutch" in found
    assert any("reads 'Hier staat nog niets.' in the core" in line for line in found)
    assert not [line for line in found if "Save" in line]

    class Own(type(plugin.manifest.title)):
        folder = plugin.translations

    assert translate(Own("Nothing here yet."), "nl") == "Hier staat nog niets."
    assert own_catalogue(plugin.translations, "nl").ugettext("Nothing here yet.") == "Leeg."


def test_column_about_people_that_is_not_declared_is_seen(tmp_path):
    body = (
        "from sqlalchemy import String\n"
        "class Model(DeclarativeBase):\n"
        "    metadata = api.plugin_metadata('NAME')\n"
        "class Guest(Model):\n"
        "    __tablename__ = 'NAME_guests'\n"
        "    id: Mapped[int] = mapped_column(primary_key=True)\n"
        "    plustaak_id: Mapped[int] = mapped_column(api.reference('plustaak'))\n"
        "    email: Mapped[str]\n"
        "@hookimpl\n"
        "def extranet_register_models() -> list[type[DeclarativeBase]]:\n"
        "    return [Model]\n"
    )

    found = list(personal_data_problems(loaded(tmp_path, body=body)))

    assert found == ["warmte_guests.email is not declared as personal data"]
    assert list(personal_data_problems(loaded_dummy(tmp_path))) == []


def loaded_dummy(tmp_path):
    return load_plugins(make_config("sqlite:///:memory:", tmp_path), [DUMMY]).plugins["dummy"]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('level = "bronze"', 'level = "gold"', "claims gold without accessibility"),
        ('level = "bronze"', 'level = "tin"', "names no level"),
        ('access = "done"', "", "the rule access"),
        ('access = "done"', 'acces = "done"', "the rule acces"),
        ('access = "done"', 'access = "nearly"', "the rule access"),
        ('search = "done"', 'search = "exempt"', "the rule search"),
        ('access = "done"', "access = ", "no TOML"),
    ],
)
def test_quality_file_that_does_not_hold_is_seen(tmp_path, before, after, problem):
    plugin = loaded(tmp_path)
    text = (Path(dummy.__file__).parents[1] / "quality.toml").read_text()
    (plugin.folder / "quality.toml").write_text(text.replace(before, after))

    (found,) = quality_problems(plugin)
    assert problem in found


def test_plugin_without_quality_file_or_readme_is_seen(tmp_path):
    plugin = loaded(tmp_path)
    assert list(quality_problems(plugin)) == ["there is no quality.toml"]

    text = (Path(dummy.__file__).parents[1] / "quality.toml").read_text()
    (plugin.folder / "quality.toml").write_text(text)
    assert list(quality_problems(plugin)) == ["quality.toml says that there is a README"]


def test_page_that_leaks_or_breaks_is_seen(tmp_path):
    body = (
        "from sqlalchemy import text\n"
        "def counted() -> str:\n"
        "    rows = api.read_session().execute(text('SELECT coalition_id, state FROM plustaken'))\n"
        "    return str(sorted(map(tuple, rows)))\n"
        "def breaks() -> str:\n"
        "    raise ZeroDivisionError\n"
        "blueprint.add_url_rule('/geteld', 'counted', api.requires(VIEW)(counted))\n"
        "blueprint.add_url_rule('/stuk', 'breaks', api.requires(VIEW)(breaks))\n" + ROUTED
    )
    source = write_plugin(tmp_path / "code", "warmte", body)

    with (
        plugin_site("warmte", tmp_path, sources=[source]) as site,
        pytest.raises(AssertionError) as seen,
    ):
        site.app.config["PROPAGATE_EXCEPTIONS"] = False
        assert_conforms(site)

    lines = str(seen.value).splitlines()
    assert "access: GET /noord/coalities/met/warmte/stuk as lead: 500, it broke" in lines
    leak = "/zuid/coalities/elders/warmte/geteld changed when the plugin was switched"
    assert f"isolation: {leak} in another place" in lines
