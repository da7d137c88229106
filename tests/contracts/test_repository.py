"""What is committed names no package registry and no folder of the machine it was written on."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Put together from parts, so that this file does not name what it looks for.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("jsdelivr", "net"),
        ("unpkg", "com"),
        ("cdnjs", "cloudflare", "com"),
    )
]
FOLDERS = ["work", "root", "opt", "home", "tmp"]
FORBIDDEN = re.compile(
    "|".join(
        [
            *map(re.escape, REGISTRIES),
            # A folder at the very start of a path; `templates/home/x` and `</home` are none.
            r"(?<![\w./<>{}-])/(?:" + "|".join(FOLDERS) + r")/\w",
        ]
    )
)
LARGEST_BYTES = 1_000_000


def committed_files() -> list[Path]:
    """Return what git holds, or will hold once it is added."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = [name for name in listing.stdout.split("\0") if name]
    return [path for name in sorted(set(names)) if (path := ROOT / name).is_file()]


def offences(text: str) -> list[str]:
    """Return the registry hosts and machine folders that a text names."""
    return FORBIDDEN.findall(text)


def test_no_committed_file_names_a_registry_or_a_machine_folder():
    files = committed_files()
    found = {
        str(path.relative_to(ROOT)): names
        for path in files
        if (names := offences(path.read_text(encoding="utf-8", errors="ignore")))
    }

    assert len(files) > 100
    assert found == {}


def test_no_committed_file_is_a_large_one():
    assert [str(path) for path in committed_files() if path.stat().st_size > LARGEST_BYTES] == []


@pytest.mark.parametrize(
    "text",
    [
        "see https://" + REGISTRIES[0] + "/simple",
        "resolved: https://registry." + REGISTRIES[2],
        "in " + "/" + FOLDERS[0] + "/checkout",
        '"' + "/" + FOLDERS[4] + '/scratch"',
    ],
)
def test_named_registry_or_folder_is_seen(text):
    assert len(offences(text)) == 1


@pytest.mark.parametrize("text", ["templates/home/page.html", "</home/x>", "a / root / b"])
def test_ordinary_path_passes(text):
    assert offences(text) == []
