"""Import population releases, freeze them, and let a region adopt one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import event, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapper, Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import now, today
from extranet.db import unless_taken
from extranet.errors import InvalidInput, NotAllowed
from extranet.events import emit
from extranet.i18n import DEFAULT_LOCALE, Text, translate
from extranet.membership.events import SnapshotAdopted
from extranet.membership.models import (
    Organisation,
    OrganisationKind,
    PopulationFigure,
    PopulationSnapshot,
    Region,
)
from extranet.membership.queries.imports import unknown_municipalities, without_name
from extranet.membership.queries.population import find_snapshot_by_fingerprint, get_snapshot
from extranet.membership.rules import Release

LONGEST_NAME = 120
LONGEST_SOURCE = 200
LONGEST_LICENCE = 80
TOGETHER = Text("Somebody else changed the releases or organisations just now. Import it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did; `is_new` is false when exactly these figures were here already."""

    snapshot: PopulationSnapshot
    is_new: bool
    organisations: int


def proposed_name(release: Release) -> str:
    """Return the name that a release gets unless the operator gives it another one."""
    name = Text(
        "Population on %(day)s, %(source)s",
        day=release.reference_dates[-1],
        source=release.source,
    )
    return translate(name, DEFAULT_LOCALE)[:LONGEST_NAME]


def names_needed(codes: Sequence[str]) -> Text:
    """Return why municipalities cannot be added without their names, and what is missing."""
    return Text(
        "Of the municipalities that would be added to the national list %(n)s have no name, such "
        "as %(code)s. Choose the file with CBS's list of areas (RegioSCodes) too.",
        n=len(codes),
        code=codes[0],
    )


def import_release(
    session: Session,
    *,
    release: Release,
    name: str,
    released_on: date | None,
    actor: Actor | None,
) -> Imported:
    """Store a release as a frozen snapshot, and add the municipalities that are not known yet.

    `released_on` counts where the files do not say it. The same figures a second time change
    nothing. Raises InvalidInput for a name that is taken, for a day of release that nobody
    knows, and for a municipality to add of which nobody knows the name.
    """
    present = find_snapshot_by_fingerprint(session, release.fingerprint)
    if present is not None:
        return Imported(snapshot=present, is_new=False, organisations=0)
    snapshot = _snapshot(release)
    snapshot.name = _free_name(session, name)
    snapshot.released_on = _release_day(session, release.release_date or released_on)
    snapshot.imported_at = now(session)
    snapshot.imported_by = actor.person_id if actor else None
    session.add(snapshot)
    with unless_taken(InvalidInput({"name": TOGETHER})):
        session.flush()
        _store_figures(session, snapshot, release)
        added = _add_municipalities(session, release)
    record(
        session,
        actor=actor,
        action="snapshot.imported",
        subject=Subject("snapshot", snapshot.id, snapshot.name),
        after={"figures": len(release.figures), "organisations": added},
    )
    return Imported(snapshot=snapshot, is_new=True, organisations=added)


def adopt_snapshot(
    session: Session, *, region: Region, snapshot_id: int, actor: Actor | None
) -> None:
    """Let a region work with a release from now on; budgets that are adopted keep their own.

    Raises NotFound when there is no such release; nothing happens when it is in use already.
    """
    snapshot = get_snapshot(session, snapshot_id)
    previous = region.snapshot_id
    if previous == snapshot.id:
        return
    before = get_snapshot(session, previous).name if previous else None
    region.snapshot_id = snapshot.id
    record(
        session,
        actor=actor,
        action="region.snapshot_adopted",
        subject=Subject("region", region.id, region.name),
        region_id=region.id,
        before={"snapshot": before},
        after={"snapshot": snapshot.name},
    )
    emit(
        session,
        SnapshotAdopted(
            region_id=region.id, snapshot_id=snapshot.id, previous_snapshot_id=previous
        ),
    )


def _snapshot(release: Release) -> PopulationSnapshot:
    """Return what the release itself says of the snapshot; the counts are of its newest date."""
    newest = release.on(release.reference_dates[-1])
    return PopulationSnapshot(
        table_id=release.table_id,
        source=release.source[:LONGEST_SOURCE],
        licence=release.licence[:LONGEST_LICENCE],
        fingerprint=release.fingerprint,
        first_date=release.reference_dates[0],
        last_date=release.reference_dates[-1],
        municipality_count=len(newest),
        inhabitant_count=sum(newest.values()),
    )


def _free_name(session: Session, name: str) -> str:
    taken = select(PopulationSnapshot.id).where(PopulationSnapshot.name == name)
    if session.scalar(taken) is not None:
        raise InvalidInput({"name": Text("Another release has this name.")})
    return name


def _release_day(session: Session, day: date | None) -> date:
    if day is None:
        raise InvalidInput({"released_on": Text("Fill in when these figures were released.")})
    if day > today(session):
        raise InvalidInput({"released_on": Text("The day of release cannot be in the future.")})
    return day


def _store_figures(session: Session, snapshot: PopulationSnapshot, release: Release) -> None:
    session.execute(
        insert(PopulationFigure),
        [
            {
                "snapshot_id": snapshot.id,
                "reference_date": figure.reference_date,
                "code": figure.code,
                "inhabitants": figure.inhabitants,
            }
            for figure in release.figures
        ],
    )


def _add_municipalities(session: Session, release: Release) -> int:
    """Add the municipalities of the newest date; those that were abolished get no organisation."""
    unknown = unknown_municipalities(session, release)
    if nameless := without_name(release, unknown):
        raise InvalidInput({"": names_needed(nameless)})
    if unknown:
        session.execute(
            insert(Organisation),
            [
                {"code": code, "name": name, "kind": OrganisationKind.GEMEENTE, "version": 1}
                for code, name in unknown
            ],
        )
    return len(unknown)


@event.listens_for(PopulationSnapshot, "before_update")
@event.listens_for(PopulationSnapshot, "before_delete")
@event.listens_for(PopulationFigure, "before_update")
@event.listens_for(PopulationFigure, "before_delete")
def _refuse_change(_mapper: Mapper[Any], _connection: Connection, _target: object) -> None:
    """Keep a release as it was imported; the database's triggers guard the other ways in."""
    raise NotAllowed(Text("A population release is frozen: its figures never change."))
