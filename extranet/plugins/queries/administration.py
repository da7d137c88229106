"""What the database knows of plugins, for who administers a region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extranet.coalitions.models import Coalition, CoalitionState, Plustaak, PlustaakState
from extranet.outbox.models import Job, JobState
from extranet.plugins.models import (
    Cell,
    CoalitionPlugin,
    InstalledPlugin,
    PersonalDataDeclaration,
    PluginFailure,
    PluginPreset,
    RegionPlugin,
)

COLUMNS = 8


@dataclass(slots=True)
class Known:
    """What is stored about one plugin, seen from a region."""

    installed: InstalledPlugin | None = None
    is_allowed: bool = False
    is_on: bool = False
    places: int = 0
    about: list[str] = field(default_factory=list)
    failures: list[PluginFailure] = field(default_factory=list)
    parked: list[Job] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoalitionColumn:
    """A coalition as a column of the matrix."""

    id: int
    slug: str
    name: str


def known_plugins(session: Session, region_id: int) -> dict[str, Known]:
    """Return what is stored about every plugin, by name, in a handful of statements."""
    found: dict[str, Known] = defaultdict(Known)
    for installed in session.scalars(select(InstalledPlugin)):
        found[installed.name].installed = installed
    for row in session.scalars(select(RegionPlugin).where(RegionPlugin.region_id == region_id)):
        found[row.plugin].is_allowed, found[row.plugin].is_on = row.is_allowed, row.is_on
        found[row.plugin].places += row.is_on
    for plugin, count in session.execute(
        select(Plustaak.plugin, func.count())
        .join(Coalition, Coalition.id == Plustaak.coalition_id)
        .where(Coalition.region_id == region_id, Plustaak.state == PlustaakState.ON)
        .group_by(Plustaak.plugin)
    ):
        found[plugin].places += count
    for declaration in session.scalars(
        select(PersonalDataDeclaration).order_by(PersonalDataDeclaration.table_name)
    ):
        if declaration.about not in found[declaration.plugin].about:
            found[declaration.plugin].about.append(declaration.about)
    for failure in session.scalars(select(PluginFailure).order_by(PluginFailure.hook)):
        found[failure.plugin].failures.append(failure)
    for job in parked_jobs(session, region_id):
        found[job.payload["place"]["plugin"]].parked.append(job)
    return dict(found)


def parked_jobs(session: Session, region_id: int) -> list[Job]:
    """Return the jobs of plugins in a region that wait for a person, the oldest first."""
    parked = session.scalars(
        select(Job).where(Job.state == JobState.PARKED).order_by(Job.id).limit(500)
    )
    return [job for job in parked if job.payload.get("place", {}).get("region_id") == region_id]


def columns_of(session: Session, region_id: int, *, after: int | None) -> list[CoalitionColumn]:
    """Return some coalitions that are not closed, one more than a page of the matrix holds."""
    rows = session.execute(
        select(Coalition.id, Coalition.slug, Coalition.name)
        .where(
            Coalition.region_id == region_id,
            Coalition.state != CoalitionState.CLOSED,
            Coalition.id > (after or 0),
        )
        .order_by(Coalition.id)
        .limit(COLUMNS + 1)
    )
    return [CoalitionColumn(id=row.id, slug=row.slug, name=row.name) for row in rows]


def cells_of(session: Session, coalition_ids: Collection[int]) -> Mapping[tuple[int, str], Cell]:
    """Return how plugins stand in coalitions; what is not named may not be used."""
    found = {
        (row.coalition_id, row.plugin): Cell.MAY
        for row in session.execute(
            select(CoalitionPlugin.coalition_id, CoalitionPlugin.plugin).where(
                CoalitionPlugin.coalition_id.in_(coalition_ids)
            )
        )
    }
    on = session.execute(
        select(Plustaak.coalition_id, Plustaak.plugin).where(
            Plustaak.coalition_id.in_(coalition_ids), Plustaak.state == PlustaakState.ON
        )
    )
    found.update({(row.coalition_id, row.plugin): Cell.ON for row in on})
    return found


def coalition_names(session: Session, coalition_ids: Collection[int]) -> dict[int, str]:
    """Return the names of coalitions by number."""
    rows = session.execute(
        select(Coalition.id, Coalition.name).where(Coalition.id.in_(coalition_ids))
    )
    return {row.id: row.name for row in rows}


def coalitions_with(
    session: Session, region_id: int, plugin: str
) -> Sequence[tuple[str, str, str]]:
    """Return the coalitions that a plugin is or was at work in: slug, name, state."""
    rows = session.execute(
        select(Coalition.slug, Coalition.name, Plustaak.state)
        .join(Plustaak, Plustaak.coalition_id == Coalition.id)
        .where(Coalition.region_id == region_id, Plustaak.plugin == plugin)
        .order_by(Coalition.name)
    )
    return [(row.slug, row.name, row.state) for row in rows]


def presets_of(session: Session, region_id: int) -> Sequence[PluginPreset]:
    """Return the presets of a region by name."""
    return session.scalars(
        select(PluginPreset).where(PluginPreset.region_id == region_id).order_by(PluginPreset.name)
    ).all()


def plustaken_of(session: Session, coalition_id: int) -> dict[str, Plustaak]:
    """Return every plustaak of a coalition by its plugin, also those that are off or archived."""
    rows = session.scalars(select(Plustaak).where(Plustaak.coalition_id == coalition_id))
    return {row.plugin: row for row in rows}


def known_titles(session: Session) -> dict[str, str]:
    """Return the titles of all plugins that were ever here, by name."""
    rows = session.execute(select(InstalledPlugin.name, InstalledPlugin.title))
    return {row.name: row.title for row in rows}
