"""What an import of a population release would change, for its preview."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.membership.models import Organisation, OrganisationKind, PopulationSnapshot
from extranet.membership.queries.population import (
    DateTotal,
    SnapshotLine,
    find_snapshot_by_fingerprint,
    known_figures,
    newest_snapshot,
)
from extranet.membership.rules import Release, ReleaseDifference, compare

# CBS adds this where a province or a place has the same name.
_SUFFIX = " (gemeente)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What importing a release would do, before anything is stored.

    `present` is the snapshot that already holds exactly these figures; then nothing would happen.
    `difference` is against `newest`, the newest snapshot, or against nothing when there is none.
    `unknown` are the municipalities that would be added, as code and name; those of which nobody
    knows the name are in `nameless`, and as long as there are any the release cannot come in.
    """

    present: PopulationSnapshot | None
    newest: SnapshotLine | None
    difference: ReleaseDifference
    unknown: tuple[tuple[str, str], ...]
    nameless: tuple[str, ...]
    totals: tuple[DateTotal, ...]


def preview_import(session: Session, release: Release) -> ImportPreview:
    """Return what importing a release would change, against the newest snapshot that is here."""
    newest = newest_snapshot(session)
    unknown = tuple(unknown_municipalities(session, release))
    return ImportPreview(
        present=find_snapshot_by_fingerprint(session, release.fingerprint),
        newest=newest,
        difference=compare(release, known_figures(session, newest.id) if newest else {}),
        unknown=unknown,
        nameless=without_name(release, unknown),
        totals=tuple(_total(release, day) for day in reversed(release.reference_dates)),
    )


def unknown_municipalities(session: Session, release: Release) -> list[tuple[str, str]]:
    """Return code and name of municipalities on the newest date that the list does not have.

    Those that existed on earlier dates only are left out: nobody can make them a member.
    """
    known = set(session.scalars(select(Organisation.code)))
    codes = sorted(release.on(release.reference_dates[-1]).keys() - known)
    return [(code, municipality_name(release, code)) for code in codes]


def without_name(release: Release, unknown: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the codes of the municipalities to add that the files give no name of."""
    return tuple(code for code, _name in unknown if code not in release.names)


def municipality_names(session: Session) -> dict[str, str]:
    """Return the names of the municipalities in the national list, by code."""
    rows = session.execute(
        select(Organisation.code, Organisation.name).where(
            Organisation.kind == OrganisationKind.GEMEENTE
        )
    )
    return {row.code: row.name for row in rows}


def municipality_name(release: Release, code: str) -> str:
    """Return a municipality's name as we write it: Utrecht, not "Utrecht (gemeente)"."""
    return release.names.get(code, code).removesuffix(_SUFFIX)


def _total(release: Release, day: date) -> DateTotal:
    figures = release.on(day)
    return DateTotal(
        reference_date=day, municipalities=len(figures), inhabitants=sum(figures.values())
    )
