"""A bundled plugin is complete, listed where it must be, and imports only what plugins may."""

import tomllib
from pathlib import Path

import pytest

from extranet.plugins.making import make_plugin
from extranet.plugins.quality import read_quality
from extranet.plugins.testing.conformity import import_problems, imports_of

ROOT = Path(__file__).parents[2]
IN_A_PLUGIN = {
    "__init__", "cli", "events", "forms", "models", "plugin", "policy", "queries", "rules",
    "services", "tasks", "views", "wording",
}  # fmt: skip
FOLDERS = {"migrations", "static", "templates", "translations"}
FOR_TESTS = {"extranet.api", "extranet.plugins.testing"}


def bundled(root: Path = ROOT) -> list[str]:
    """Return the names of the plugins in the folder of bundled ones."""
    return sorted(path.parent.name for path in root.glob("plugins/*/extranet_*"))


def missing_lines(name: str, project: dict) -> list[str]:
    """Return the places of pyproject.toml that do not name a bundled plugin."""
    package, tool = f"plugins/{name}/extranet_{name}", project["tool"]
    places = {
        "project.entry-points": project["project"]
        .get("entry-points", {})
        .get("extranet.plugins", {})
        .get(name)
        == f"extranet_{name}.plugin",
        "tool.hatch.build.dev-mode-dirs": f"plugins/{name}"
        in tool["hatch"]["build"]["dev-mode-dirs"],
        "tool.hatch.build.targets.wheel.packages": package
        in tool["hatch"]["build"]["targets"]["wheel"]["packages"],
        "tool.mypy.files": package in tool["mypy"]["files"],
        "tool.mypy.mypy_path": f"plugins/{name}" in tool["mypy"].get("mypy_path", []),
    }
    return [place for place, is_there in places.items() if not is_there]


def incomplete(folder: Path, name: str) -> list[str]:
    """Return what a bundled plugin lacks or has under another name."""
    package = folder / f"extranet_{name}"
    wanted = [
        folder / "README.md",
        folder / "quality.toml",
        folder / "tests",
        package / "plugin.py",
    ]
    found = [f"lacks {path.relative_to(folder)}" for path in wanted if not path.exists()]
    names = {path.stem if path.is_file() else path.name for path in package.iterdir()}
    found += [f"has {one}" for one in sorted(names - IN_A_PLUGIN - FOLDERS - {"__pycache__"})]
    if (folder / "pyproject.toml").exists():
        found.append("has a pyproject of its own")
    return found


def test_problems(root: Path, name: str) -> list[str]:
    """Return what the tests of a plugin import of the core beside the API and the kit."""
    return [
        f"{path.name} imports {imported}"
        for path in sorted((root / "plugins" / name / "tests").rglob("*.py"))
        for imported in imports_of(path.read_text())
        if imported.partition(".")[0] == "extranet" and imported not in FOR_TESTS
    ]


test_problems.__test__ = False  # type: ignore[attr-defined]  # it is asked, not collected


@pytest.mark.parametrize("name", bundled())
def test_bundled_plugin_is_listed_complete_and_apart(name):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    folder = ROOT / "plugins" / name

    assert missing_lines(name, project) == []
    assert incomplete(folder, name) == []
    assert list(import_problems(folder / f"extranet_{name}")) == []
    assert test_problems(ROOT, name) == []
    assert read_quality(folder / f"extranet_{name}") is not None


@pytest.fixture
def made(tmp_path):
    """A root with one bundled plugin that is as it should be."""
    (tmp_path / "plugins").mkdir()
    make_plugin("buurtwarmte", tmp_path / "plugins", is_bundled=True)
    return tmp_path


def test_new_bundled_plugin_is_complete_and_every_place_is_missed(made):
    folder = made / "plugins" / "buurtwarmte"

    assert bundled(made) == ["buurtwarmte"]
    assert incomplete(folder, "buurtwarmte") == []
    assert list(import_problems(folder / "extranet_buurtwarmte")) == []
    assert test_problems(made, "buurtwarmte") == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert len(missing_lines("nergens", project)) == 5


@pytest.mark.parametrize(
    ("file", "line", "problem"),
    [
        ("views.py", "import extranet.money.models", "views.py imports extranet.money.models"),
        ("views.py", "import extranet_infoavond", "views.py imports extranet_infoavond"),
        ("models.py", "import pluggy", "models.py imports pluggy"),
    ],
)
def test_seeded_import_is_seen(made, file, line, problem):
    package = made / "plugins" / "buurtwarmte" / "extranet_buurtwarmte"
    (package / file).write_text(f"{line}\n")

    assert list(import_problems(package)) == [problem]


def test_seeded_import_in_its_tests_is_seen(made):
    (made / "plugins" / "buurtwarmte" / "tests" / "test_x.py").write_text("import extranet.app\n")

    assert test_problems(made, "buurtwarmte") == ["test_x.py imports extranet.app"]


def test_file_with_another_name_and_missing_readme_are_seen(made):
    folder = made / "plugins" / "buurtwarmte"
    (folder / "extranet_buurtwarmte" / "helpers.py").touch()
    (folder / "README.md").unlink()

    assert incomplete(folder, "buurtwarmte") == ["lacks README.md", "has helpers"]
