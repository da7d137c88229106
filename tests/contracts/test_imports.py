"""The arrows between modules run one way; each contract of `pyproject.toml` can be broken."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# A contract, and in which file which line breaks it.
SEEDS = [
    ("domains", "activity/services.py", "import extranet.money.models"),
    ("domains", "web/paging.py", "import extranet.people.models"),
    ("domains", "formats.py", "import extranet.web.jinja"),
    ("domains", "money/queries.py", "import extranet.app"),
    ("inside", "money/queries.py", "import extranet.money.services"),
    ("inside", "money/models.py", "import extranet.money.policy"),
    ("inside", "people/forms.py", "import extranet.people.views"),
    ("webless", "money/models.py", "import flask"),
    ("webless", "money/rules/division.py", "import flask_babel"),
    ("webless", "membership/policy.py", "import flask_login"),
    ("webless", "membership/queries.py", "import flask_wtf"),
    ("webless", "people/services/signing_in.py", "import wtforms"),
    ("webless", "membership/events.py", "import extranet.web.forms"),
    ("pure", "money/rules/division.py", "import sqlalchemy"),
    ("pure", "membership/events.py", "import extranet.membership.models"),
    ("pluggy", "app.py", "import pluggy"),
]


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A copy of the package that a test may spoil, with the contracts beside it."""
    folder = tmp_path_factory.mktemp("seeded")
    leave_out = shutil.ignore_patterns("__pycache__", "static")
    shutil.copytree(ROOT / "extranet", folder / "extranet", ignore=leave_out)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder / "extranet"


def lint(package: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [part for contract in contracts for part in ("--contract", contract)]
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache", *chosen],
        cwd=package.parent,
        env=os.environ | {"PYTHONPATH": str(package.parent)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_holds(package):
    result = lint(package)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("contract", "file", "line"), SEEDS)
def test_contract_breaks_on_a_seeded_import(package, contract, file, line):
    path = package / file
    before = path.read_text() if path.exists() else None
    path.write_text(f"{before or ''}\n{line}\n")
    try:
        result = lint(package, contract)
    finally:
        path.unlink() if before is None else path.write_text(before)

    assert result.returncode == 1, result.stdout + result.stderr
    assert re.search(r"Contracts: 0 kept, 1 broken", result.stdout)


def test_every_contract_has_a_seed():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())

    declared = {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]}

    assert declared == {contract for contract, _, _ in SEEDS}


def imports_of_plugins(source: str) -> list[str]:
    """Return the imports that reach for a bundled plugin, which import-linter does not know."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
    return [name for name in names if name.startswith(("extranet_", "plugins"))]


def test_core_never_imports_a_plugin():
    found = {
        str(path.relative_to(ROOT)): names
        for path in (ROOT / "extranet").rglob("*.py")
        if (names := imports_of_plugins(path.read_text()))
    }

    assert found == {}


@pytest.mark.parametrize(
    "line", ["import extranet_heat", "from plugins.heat import plugin", "import plugins"]
)
def test_import_of_a_plugin_is_seen(line):
    assert len(imports_of_plugins(line)) == 1
