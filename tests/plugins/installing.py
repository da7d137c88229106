"""Let the interpreter find a plugin's folder as pip would, without a build."""

from __future__ import annotations

from pathlib import Path

from extranet.config import Config
from extranet.db import Database
from extranet.plugins.loading import load_plugins
from extranet.plugins.migrating import upgrade_plugins


def announce(folder: Path, name: str, *, distribution: str = "", version: str = "0.1.0") -> None:
    """Write beside a plugin's package what an installed distribution announces."""
    distribution = distribution or f"extranet-{name}"
    info = folder / f"{distribution.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
    )
    (info / "entry_points.txt").write_text(f"[extranet.plugins]\n{name} = extranet_{name}.plugin\n")


def migrate_all(database: Database) -> None:
    """Make the tables of every installed plugin, as `extranet migrate` would."""
    config = Config(environment="development", secret_key="x" * 32, database_url=database.url)
    upgrade_plugins(database, load_plugins(config))
