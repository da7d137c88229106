"""Make sure that there is a browser for the tests: `python -m tools.browser`.

One on the PATH is good; else Debian's is installed when we may, else the one that Playwright
brings. Ends with an error that names what is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
OWN_PATH = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
MISSING = (
    "missing: a browser for the tests. Install one of "
    f"{', '.join(NAMES)} (Debian: apt install chromium), or give Playwright's own what it needs."
)


def find_on_path() -> str | None:
    """Return the path of the machine's own browser, None when it has none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure_browser(*, is_root: bool, python: str = sys.executable) -> None:
    """Install a browser when there is none; end with what is missing when that fails.

    `python` is the interpreter with which Playwright is run.
    """
    if find_on_path():
        return
    if is_root and shutil.which("apt-get") and _install_with_apt():
        return
    subprocess.run([python, "-m", "playwright", "install", "chromium"], check=False)
    if problem := _problem_of(_own_path()):
        sys.exit(f"{MISSING}\n{problem}")


def _install_with_apt() -> bool:
    """Install Debian's browser; tell whether it is there now."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--quiet=2", "--yes", "--no-install-recommends", "chromium"]
    for command in (["apt-get", "update", "--quiet=2"], install):
        subprocess.run(command, check=False, env=quiet)
    return find_on_path() is not None


def _own_path() -> str:
    """Return where Playwright keeps its own browser, once it is installed.

    Asked in a process of its own: Playwright runs once in a process, and a test may use it already.
    """
    asked = [sys.executable, "-c", OWN_PATH]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


def _problem_of(browser: str) -> str:
    """Return why a browser does not start, '' when it does: a library may be missing."""
    if not Path(browser).is_file():
        return "Playwright's own browser could not be downloaded."
    tried = subprocess.run([browser, "--version"], check=False, capture_output=True, text=True)
    return tried.stderr.strip() or "It does not start." if tried.returncode else ""


if __name__ == "__main__":
    ensure_browser(is_root=os.geteuid() == 0)
