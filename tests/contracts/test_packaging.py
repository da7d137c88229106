"""A wheel is whole, and the locks name everything that is needed."""

import json
import re
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def names(requirements: list[str]) -> set[str]:
    """Return the packages that requirements are about, in the spelling of a lock."""
    found = [re.match(r"[A-Za-z0-9._-]+", line) for line in requirements]
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match}


def locked(file: str) -> set[str]:
    return names([line for line in (ROOT / file).read_text().splitlines() if "==" in line])


@pytest.fixture(scope="module")
def in_the_wheel(wheel: Path) -> set[str]:
    """The names of the files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_has_every_module_and_template(in_the_wheel):
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "extranet").rglob("*.py")}
    templates = {
        f"extranet/_data/{path.relative_to(ROOT)}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }

    of_plugins = {
        "/".join(path.relative_to(ROOT).parts[2:])
        for path in (ROOT / "plugins").glob("*/extranet_*/**/*.*")
        if path.is_file() and path.suffix != ".pyc"
    }

    assert of_plugins - in_the_wheel == set()
    assert modules - in_the_wheel == set()
    assert templates - in_the_wheel == set()


def test_wheel_has_compiled_catalogues_and_vendor_files(in_the_wheel):
    package = (ROOT / "package.json").read_text()
    vendor = re.findall(r'^\s+"([\w.-]+\.(?:css|js|woff2|txt|md))":', package, re.MULTILINE)
    catalogues = [f"extranet/_data/translations/{x}/LC_MESSAGES/messages.mo" for x in ("en", "nl")]
    files = {*catalogues, *(f"extranet/web/static/vendor/{name}" for name in vendor)}

    assert len(vendor) > 3
    assert files - in_the_wheel == set()


def test_address_of_a_font_names_its_version():
    package = json.loads((ROOT / "package.json").read_text())
    (version,) = [v for name, v in package["dependencies"].items() if "source-sans" in name]
    sheets = (ROOT / "extranet" / "web" / "static").glob("*.css")
    addresses = [a for sheet in sheets for a in re.findall(r'url\("([^"]+)"\)', sheet.read_text())]

    assert len(addresses) == 2
    assert [a for a in addresses if not a.endswith(f".woff2?v={version}")] == []


def test_runtime_lock_has_every_dependency():
    assert names(PROJECT["project"]["dependencies"]) - locked("requirements.txt") == set()


def test_development_lock_has_every_dependency():
    assert names(PROJECT["dependency-groups"]["dev"]) - locked("requirements-dev.txt") == set()
    assert locked("requirements.txt") - locked("requirements-dev.txt") == set()
