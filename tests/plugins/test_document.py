"""The guide for authors works: its files make a plugin that is found, migrates and is tested."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from extranet import api
from extranet.cli import main
from extranet.plugins.checking import RESERVED_SEGMENTS
from extranet.plugins.failures import PATIENCE
from extranet.plugins.tables import REFERABLE
from tests.plugins.installing import announce

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "plugins.md").read_text()


def files_of(text: str) -> dict[str, str]:
    """Return the files that a text writes out, by path."""
    return dict(re.findall(r"^```\w+ file=(\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


@pytest.fixture
def plugin(tmp_path):
    """The plugin of the guide, in a folder that the interpreter looks in."""
    for name, content in files_of(TEXT).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    (tmp_path / "extranet_zon" / "__init__.py").touch()
    announce(tmp_path, "zon")
    return tmp_path


def run(folder: Path, *command: object, **environ: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(folder), str(ROOT)])
    environment = {k: v for k, v in os.environ.items() if not k.startswith("EXTRANET_")}
    return subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=folder,
        env=environment | {"PYTHONPATH": path} | environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_plugin_of_the_guide_passes_its_tests_and_is_found(plugin):
    tested = run(plugin, "-m", "pytest", "-q", "-W", "error", "--import-mode=importlib", "tests")
    found = run(plugin, "-m", "extranet", "doctor", EXTRANET_INSTANCE_DIR=str(plugin / "i"))
    safe = run(
        plugin,
        "-m",
        "extranet",
        "doctor",
        EXTRANET_PLUGINS="",
        EXTRANET_INSTANCE_DIR=str(plugin / "i"),
    )

    assert "11 passed" in tested.stdout, tested.stdout + tested.stderr
    assert "ok      zon: extranet-zon 0.1.0" in found.stdout, found.stdout + found.stderr
    assert "zon" not in safe.stdout


def test_migration_of_the_guide_is_written_and_makes_the_tables(plugin):
    plugin_py = plugin / "extranet_zon" / "plugin.py"
    registers = (
        "from extranet_zon import models\n\n\n@hookimpl\n"
        "def extranet_register_models() -> list[type[api.DeclarativeBase]]:\n"
        "    return [models.Model]\n"
    )
    plugin_py.write_text(plugin_py.read_text() + registers)
    (plugin / "extranet_zon" / "migrations").mkdir()
    settings = {"EXTRANET_INSTANCE_DIR": str(plugin / "instance")}

    made = run(plugin, "-m", "extranet", "plugin", "migration", "zon", "roofs", **settings)
    assert made.returncode == 0, made.stdout + made.stderr
    (script,) = (plugin / "extranet_zon" / "migrations").glob("*.py")
    assert "zon_roofs" in script.read_text()
    migrated = run(plugin, "-m", "extranet", "migrate", **settings)
    assert migrated.returncode == 0, migrated.stdout + migrated.stderr
    code = (
        "import sqlite3; print(sqlite3.connect('instance/extranet.sqlite3')"
        ".execute('SELECT count(*) FROM zon_roofs').fetchone())"
    )
    assert run(plugin, "-c", code).stdout.strip() == "(0,)"


def test_every_file_of_the_guide_compiles():
    files = files_of(TEXT)

    assert len(files) == 5
    for name, content in files.items():
        if name.endswith(".py"):
            compile(content, name, "exec")


def test_guide_names_only_what_the_api_has():
    named = set(re.findall(r"\bapi\.([A-Za-z_]+)", TEXT))
    imported = {
        alias.name
        for name, content in files_of(TEXT).items()
        if name.endswith(".py")
        for node in ast.walk(ast.parse(content))
        if isinstance(node, ast.ImportFrom) and node.module == "extranet.api"
        for alias in node.names
    }
    called = set(re.findall(r"`(keep_\w+|drop_\w+|queue_\w+|render_\w+|\w+_of)\b", TEXT))

    assert (named | imported | called) - set(api.__all__) == set()
    assert len(named | imported | called) > 30


def test_guide_says_what_the_code_does():
    for command in ("plugin", "doctor", "migrate"):
        assert command in main.commands
    for word in RESERVED_SEGMENTS:
        assert f"`{word}`" in TEXT
    for noun in REFERABLE:
        assert noun in TEXT
    assert {5: "After five failures in a row"}[PATIENCE] in TEXT
