"""A machine with any kind of browser, or none, gets as far as it can."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import browser

CALLS = "calls.txt"


class Machine:
    """A machine whose programs are scripts that write down that they were called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.own = Path(browser._own_path())
        (folder / "bin").mkdir()

    def add(self, name: str, does: str = "true") -> str:
        """Put a program on the machine."""
        path = self.folder / "bin" / name
        path.write_text(f'#!/bin/sh\necho "{name} $1" >> "{self.folder / CALLS}"\n{does}\n')
        path.chmod(0o755)
        return str(path)

    def that_makes(self, path: Path, does: str = "true") -> str:
        """Return what a script does to put another program on the machine."""
        return (
            f"/bin/mkdir -p '{path.parent}'; printf '#!/bin/sh\\n{does}\\n' > '{path}'; "
            f"/bin/chmod +x '{path}'"
        )

    @property
    def calls(self) -> list[str]:
        """Return the programs that were called, each with its first argument."""
        file = self.folder / CALLS
        return file.read_text().splitlines() if file.exists() else []


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine with nothing on it."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "own"))
    return Machine(tmp_path)


@pytest.mark.parametrize("name", browser.NAMES)
def test_browser_on_the_path_is_enough(machine: Machine, name: str):
    path = machine.add(name)
    machine.add("apt-get")
    python = machine.add("python")

    browser.ensure_browser(is_root=True, python=python)

    assert (browser.find_on_path(), machine.calls) == (path, [])


def test_root_on_debian_gets_the_one_of_debian(machine: Machine):
    chromium = machine.folder / "bin" / "chromium"
    machine.add("apt-get", f'[ "$1" = install ] && {machine.that_makes(chromium)}')
    python = machine.add("python")

    browser.ensure_browser(is_root=True, python=python)

    assert machine.calls == ["apt-get update", "apt-get install"]
    assert browser.find_on_path() == str(chromium)


@pytest.mark.parametrize("is_root", [True, False])
def test_others_get_the_one_of_playwright(machine: Machine, is_root: bool):  # noqa: FBT001 - a case
    if is_root:
        machine.add("apt-get", "exit 100")
    python = machine.add("python", machine.that_makes(machine.own))

    browser.ensure_browser(is_root=is_root, python=python)

    tried = ["apt-get update", "apt-get install"] if is_root else []
    assert machine.calls == [*tried, "python -m"]


def test_somebody_who_is_not_root_does_not_install_with_apt(machine: Machine):
    machine.add("apt-get")
    python = machine.add("python", machine.that_makes(machine.own))

    browser.ensure_browser(is_root=False, python=python)

    assert machine.calls == ["python -m"]


def test_machine_without_network_is_told_what_is_missing(machine: Machine):
    python = machine.add("python", "exit 1")

    with pytest.raises(SystemExit, match=r"missing: a browser.*\n.*could not be downloaded"):
        browser.ensure_browser(is_root=False, python=python)


def test_library_that_the_browser_lacks_is_named(machine: Machine):
    fails = 'echo "libnss3.so: cannot open shared object file" >&2; exit 127'
    python = machine.add("python", machine.that_makes(machine.own, fails))

    with pytest.raises(SystemExit, match=r"missing: a browser(.|\n)*libnss3\.so"):
        browser.ensure_browser(is_root=False, python=python)
