"""What a plugin declares that is stored, apart from its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extranet.i18n import Text
from extranet.plugins.contributions import PersonalData


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A plugin as the database remembers it; with each declaration what replaces the data."""

    name: str
    title: Text
    kind: str
    version: str
    personal_data: tuple[tuple[PersonalData, Mapping[str, str | None]], ...]
