"""A file's name says what is in it; a domain draws its names from a closed list."""

from pathlib import Path, PurePath

import pytest

ROOT = Path(__file__).parents[2]
FORBIDDEN = {
    "base", "common", "core", "handlers", "helpers", "manager", "misc", "util", "utils"
}  # fmt: skip

# A name may be a module or, when it has grown, a package whose modules are named after the subject.
IN_A_DOMAIN = {
    "__init__", "cli", "events", "forms", "models", "policy", "queries", "rules", "services",
    "tasks", "views", "wording",
}  # fmt: skip

# What is no domain: the edge, the host of the plugins, the schema over time, what writes files,
# and the content of the demo. They choose their own names.
NO_DOMAIN = {"demo", "migrations", "plugins", "publishing", "web"}


def python_files() -> list[PurePath]:
    folders = ("extranet", "plugins", "tests", "bench", "tools")
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path.relative_to(ROOT) for path in paths)


def domain_of(path: PurePath) -> str | None:
    """Return the domain that a file of the package is in, None when it is in none."""
    if path.parts[0] != "extranet" or len(path.parts) < 3 or path.parts[1] in NO_DOMAIN:
        return None
    return path.parts[1]


def misnamed(path: PurePath) -> bool:
    """Tell whether a file has a name that says nothing, or one that its domain may not have."""
    words = {PurePath(part).stem for part in path.parts}
    if words & FORBIDDEN:
        return True
    return domain_of(path) is not None and PurePath(path.parts[2]).stem not in IN_A_DOMAIN


def test_every_file_is_named_for_what_it_holds():
    assert [str(path) for path in python_files() if misnamed(path)] == []


def test_every_domain_says_what_it_owns():
    domains = {domain for path in python_files() if (domain := domain_of(path))}

    silent = [
        domain
        for domain in sorted(domains)
        if '"""' not in (ROOT / "extranet" / domain / "__init__.py").read_text()
    ]

    assert len(domains) >= 5
    assert silent == []


@pytest.mark.parametrize(
    "path",
    [
        "extranet/money/utils.py",
        "extranet/helpers/__init__.py",
        "tests/common.py",
        "extranet/money/calculations.py",
        "extranet/people/passwords/hashing.py",
    ],
)
def test_wrong_name_is_seen(path):
    assert misnamed(PurePath(path))


@pytest.mark.parametrize(
    "path",
    ["extranet/money/services.py", "extranet/money/rules/division.py", "extranet/web/paging.py"],
)
def test_right_name_passes(path):
    assert not misnamed(PurePath(path))
