"""A release as plain, compact data and back: what travels from the preview to the confirmation.

Nothing is stored between the two, so nothing half can stay behind; whoever sends it signs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from extranet.membership.rules.cbs_release import Figure, Release, RowCount, fingerprint_of


def packed(release: Release) -> dict[str, Any]:
    """Return a release as JSON values: per municipality its figures in the order of the dates."""
    positions = {day: index for index, day in enumerate(release.reference_dates)}
    series: dict[str, list[int | None]] = {}
    for figure in release.figures:
        line = series.setdefault(figure.code, [None] * len(positions))
        line[positions[figure.reference_date]] = figure.inhabitants
    return {
        "table": release.table_id,
        "title": release.title,
        "source": release.source,
        "licence": release.licence,
        "released": release.release_date.isoformat() if release.release_date else None,
        "dates": [day.isoformat() for day in release.reference_dates],
        "names": dict(release.names),
        "series": series,
    }


def unpacked(data: Mapping[str, Any]) -> Release:
    """Return the release of packed data, without the rows and remarks that only a preview shows."""
    dates = tuple(date.fromisoformat(day) for day in data["dates"])
    series: Mapping[str, list[int | None]] = data["series"]
    figures = tuple(
        Figure(code=code, reference_date=day, inhabitants=inhabitants)
        for index, day in enumerate(dates)
        for code in sorted(series)
        if (inhabitants := series[code][index]) is not None
    )
    return Release(
        table_id=data["table"],
        title=data["title"],
        source=data["source"],
        licence=data["licence"],
        release_date=date.fromisoformat(data["released"]) if data["released"] else None,
        modified=None,
        figures=figures,
        names=data["names"],
        skipped=(),
        notes=(),
        rows=RowCount(
            read=len(figures),
            figures=len(figures),
            skipped=0,
            other_measure=0,
            other_breakdown=0,
            other_area=0,
        ),
        reference_dates=dates,
        fingerprint=fingerprint_of(data["table"], figures),
    )
