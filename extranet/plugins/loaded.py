"""A plugin as the host knows it: its manifest, where it lies, and what it contributes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import Table
from sqlalchemy.orm import DeclarativeBase

from extranet.access import Permission
from extranet.i18n import Text
from extranet.plugins.contributions import Example, Job, PersonalData
from extranet.plugins.manifest import Manifest, PluginKind
from extranet.plugins.pages import Pages
from extranet.web.navigation import NavigationEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a plugin can be had: its name, what it is loaded from, by which distribution."""

    name: str
    value: str
    load: Callable[[], object]
    distribution: str = ""
    version: str = ""

    @property
    def label(self) -> str:
        """Name what brought it along, for who has to remove it."""
        return f"{self.distribution} {self.version}".strip() or self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a plugin was put aside."""

    plugin: str
    reason: Text
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """A plugin that passed every check that needs no application."""

    manifest: Manifest
    source: Source
    folder: Path
    pages: tuple[Pages, ...] = ()
    bases: tuple[type[DeclarativeBase], ...] = ()
    permissions: tuple[Permission, ...] = ()
    navigation: tuple[NavigationEntry, ...] = ()
    commands: tuple[click.Command, ...] = ()
    jobs: tuple[Job, ...] = ()
    personal_data: tuple[PersonalData, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def name(self) -> str:
        """Return the plugin's name."""
        return self.manifest.name

    @property
    def is_module(self) -> bool:
        """Tell whether it serves a whole region."""
        return self.manifest.kind == PluginKind.MODULE

    @property
    def tables(self) -> tuple[Table, ...]:
        """Return the plugin's tables, each after those that it refers to."""
        return tuple(table for base in self.bases for table in base.metadata.sorted_tables)

    @property
    def prefix(self) -> str:
        """Return where its pages are mounted."""
        if self.is_module:
            return f"/<region>/{self.name}"
        return f"/<region>/coalities/<coalition>/{self.name}"

    @property
    def public_prefix(self) -> str:
        """Return where its public pages are mounted."""
        return f"/p/{self.name}/<address>"

    @property
    def translations(self) -> Path:
        """Return the folder of its catalogues."""
        return self.folder / "translations"
