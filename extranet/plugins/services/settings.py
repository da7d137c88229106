"""Settings of plugins: declared, typed, with a default; only what differs is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.errors import InvalidInput
from extranet.i18n import Text
from extranet.plugins.contributions import Place
from extranet.plugins.manifest import Setting, SettingLevel, SettingValue
from extranet.plugins.models import PluginSetting

V = TypeVar("V")


class Settings:
    """The settings of a plugin in one place; asking for a key that was not declared is an error."""

    def __init__(self, values: Mapping[str, SettingValue]) -> None:
        """Keep the value of every declared setting."""
        self._values = dict(values)

    def __getitem__(self, key: str) -> SettingValue:
        """Return a setting, whatever its type; KeyError for one that was not declared."""
        return self._values[key]

    def text(self, key: str) -> str:
        """Return a setting that is a text or a choice."""
        return self._of(key, str)

    def number(self, key: str) -> int:
        """Return a setting that is a whole number."""
        return self._of(key, int)

    def flag(self, key: str) -> bool:
        """Return a setting that is yes or no."""
        return self._of(key, bool)

    def day(self, key: str) -> date:
        """Return a setting that is a day."""
        return self._of(key, date)

    def _of(self, key: str, kind: type[V]) -> V:
        value = self._values[key]
        if type(value) is not kind:
            raise TypeError(f"the setting {key} is a {type(value).__name__}")
        return value


def settings_of(session: Session, place: Place, declared: Iterable[Setting]) -> Settings:
    """Return the settings of a plugin in a place: the plustaak's, else the region's, else default.

    `declared` are the settings of its manifest. What was stored for a setting that is no longer
    declared, or is declared with another type, does not count.
    """
    region, own = f"region:{place.region_id}", place.owner
    stored = session.execute(
        select(PluginSetting.owner, PluginSetting.key, PluginSetting.value).where(
            PluginSetting.plugin == place.plugin, PluginSetting.owner.in_({region, own})
        )
    ).all()
    by_owner = {(row.owner, row.key): row.value for row in stored}
    values: dict[str, SettingValue] = {}
    for setting in declared:
        values[setting.key] = setting.default
        for owner in (region, own):
            value = _read(setting, by_owner.get((owner, setting.key)))
            if value is not None and setting.problem_with(value) is None:
                values[setting.key] = value
    return Settings(values)


def save_settings(
    session: Session,
    place: Place,
    *,
    declared: Iterable[Setting],
    values: Mapping[str, SettingValue],
    actor: Actor | None,
) -> None:
    """Store settings of a region or plustaak; what equals the value above it is not stored.

    Raises InvalidInput for a key that was not declared for this level, or a value that its
    setting does not take.
    """
    level = SettingLevel.REGION if place.plustaak_id is None else SettingLevel.PLUSTAAK
    by_key = {setting.key: setting for setting in declared if level in setting.levels}
    problems = {
        key: problem
        for key, value in values.items()
        if (problem := _problem(by_key.get(key), value)) is not None
    }
    if problems:
        raise InvalidInput(problems)
    above = Settings({key: setting.default for key, setting in by_key.items()})
    if level == SettingLevel.PLUSTAAK:
        region = Place(plugin=place.plugin, region_id=place.region_id)
        above = settings_of(session, region, by_key.values())
    for key, value in values.items():
        _store(session, place, key, None if value == above[key] else value)
    session.flush()
    record(
        session,
        actor=actor,
        action="plugin.configured",
        subject=Subject("plugin", place.plustaak_id or place.region_id, place.plugin),
        region_id=place.region_id,
        after={"settings": sorted(values)},
    )


def _store(session: Session, place: Place, key: str, value: SettingValue | None) -> None:
    stored = session.get(PluginSetting, (place.plugin, place.owner, key))
    if value is None:
        if stored is not None:
            session.delete(stored)
        return
    if stored is None:
        stored = PluginSetting(plugin=place.plugin, owner=place.owner, key=key)
        session.add(stored)
    stored.value = value.isoformat() if isinstance(value, date) else value


def _read(setting: Setting, value: object) -> SettingValue | None:
    """Return a stored value in the type of its setting; a day was stored as a text."""
    if isinstance(setting.default, date) and isinstance(value, str):
        return date.fromisoformat(value)
    return value if isinstance(value, str | int) else None


def _problem(setting: Setting | None, value: SettingValue) -> Text | None:
    if setting is None:
        return Text("This plugin has no such setting here.")
    return setting.problem_with(value)
