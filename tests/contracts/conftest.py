"""What the contracts look at: the application without a database, and the wheel."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from extranet.app import create_app
from tests.conftest import make_config

ROOT = Path(__file__).parents[2]
SOURCES = ("extranet", "plugins", "templates", "translations")
FILES = (
    "LICENSE",
    "README.md",
    "hatch_build.py",
    "package.json",
    "package-lock.json",
    "pyproject.toml",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Flask:
    """The application; nothing may ask its database anything."""
    return create_app(make_config("sqlite:///:memory:", tmp_path_factory.mktemp("site")))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel that is built from a copy of the sources."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        leave_out = shutil.ignore_patterns("__pycache__", "*.mo")
        shutil.copytree(ROOT / name, folder / name, ignore=leave_out)
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    (built,) = (folder / "dist").glob("*.whl")
    return built
