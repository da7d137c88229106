"""Where the other files are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def data_dir(name: str) -> Path:
    """Return the folder `templates` or `translations`, wherever this installation has it."""
    installed = PACKAGE / "_data" / name
    return installed if installed.is_dir() else PACKAGE.parent / name
