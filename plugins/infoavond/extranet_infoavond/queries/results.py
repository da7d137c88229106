"""Counts for everybody in the coalition: small ones are hidden outside their own municipality."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select, union
from sqlalchemy.orm import Session

from extranet.api import Place, organisation_names, participants_of
from extranet_infoavond.models import (
    Evening,
    EveningState,
    Host,
    HouseStyle,
    Initiative,
    Invitation,
    LetterState,
)
from extranet_infoavond.queries.cells import MEASURES, Cells, cells_of
from extranet_infoavond.queries.settings import number_of
from extranet_infoavond.rules.suppression import (
    Total,
    shown,
    sum_of_shown,
    sum_of_totals,
    total_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """A municipality's people on one evening; None is too small to show to who is looking."""

    organisation_id: int
    name: str
    is_own: bool
    people: int | None
    waiting: int | None
    came: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EveningCounts:
    """The rows of an evening, one's own first, and the totals by measure."""

    rows: tuple[CountRow, ...]
    totals: Mapping[str, Total]
    smallest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """What one municipality's evenings brought; `kinds` and `stages` count its initiatives."""

    organisation_id: int
    name: str
    is_own: bool
    evenings: int
    letters: int
    people: Total
    came: Total
    initiatives: int
    kinds: Mapping[str, int]
    stages: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The rows, one's own first, and what they come to; `evenings` counts each evening once."""

    rows: tuple[ResultRow, ...]
    evenings: int
    letters: int
    people: Total
    came: Total
    initiatives: int
    kinds: Mapping[str, int]
    stages: Mapping[str, int]
    smallest: int


def evening_counts(
    session: Session, place: Place, evening_id: int, *, own_id: int | None
) -> EveningCounts:
    """Return the counts of one evening as who acts for `own_id` may see them."""
    smallest = number_of(session, place, "smallest_count")
    cells = cells_of(session, place, evening_id=evening_id)
    names = names_of(session, place)
    hosts = session.scalars(select(Host.organisation_id).where(Host.evening_id == evening_id)).all()
    counts = {host: cells.get((evening_id, host), {}) for host in hosts}
    counts |= {host: found for (_evening, host), found in cells.items()}
    rows = [
        CountRow(
            organisation_id=host,
            name=names.get(host, ""),
            is_own=host == own_id,
            **{m: _seen(found.get(m, 0), smallest, is_own=host == own_id) for m in MEASURES},
        )
        for host, found in counts.items()
    ]
    totals = {
        measure: total_of([found.get(measure, 0) for found in counts.values()], smallest=smallest)
        for measure in MEASURES
    }
    return EveningCounts(rows=_in_order(rows), totals=totals, smallest=smallest)


def results_of(session: Session, place: Place, *, own_id: int | None) -> Results:
    """Return the results by municipality as who acts for `own_id` may see them.

    They say nothing about residents that the counts of each evening do not say: a sum over
    evenings leaves out what is hidden on one of them.
    """
    smallest = number_of(session, place, "smallest_count")
    cells = cells_of(session, place)
    names = names_of(session, place)
    hosted = _hosted(session, place)
    letters = _letters(session, place)
    initiatives = _initiatives(session, place)
    evenings = {evening for found in hosted.values() for evening in found}
    rows = [
        _result(
            organisation_id,
            name,
            is_own=organisation_id == own_id,
            hosted=hosted.get(organisation_id, set()),
            letters=letters.get(organisation_id, 0),
            cells=[found for (_e, host), found in cells.items() if host == organisation_id],
            initiatives=initiatives.get(organisation_id, Counter()),
            smallest=smallest,
        )
        for organisation_id, name in names.items()
        if organisation_id in hosted or organisation_id in initiatives
    ]
    return Results(
        rows=_in_order(rows),
        evenings=len(evenings),
        letters=sum(row.letters for row in rows),
        people=_over_evenings(cells, "people", smallest),
        came=_over_evenings(cells, "came", smallest),
        initiatives=sum(row.initiatives for row in rows),
        kinds=_summed([row.kinds for row in rows]),
        stages=_summed([row.stages for row in rows]),
        smallest=smallest,
    )


def names_of(session: Session, place: Place) -> dict[int, str]:
    """Return the names of who takes part, and of who did and left something here, by number.

    In the order of the alphabet.
    """
    former = union(
        select(Host.organisation_id)
        .join(Evening, Evening.id == Host.evening_id)
        .where(Evening.plustaak_id == place.plustaak_id),
        select(HouseStyle.organisation_id).where(HouseStyle.plustaak_id == place.plustaak_id),
        select(Initiative.organisation_id).where(Initiative.plustaak_id == place.plustaak_id),
    )
    known = {row.organisation_id for row in session.execute(former)}
    known |= {one.organisation_id for one in participants_of(session, place)}
    names = organisation_names(session, known)
    return dict(sorted(names.items(), key=lambda one: one[1].casefold()))


def _result(
    organisation_id: int,
    name: str,
    *,
    is_own: bool,
    hosted: set[int],
    letters: int,
    cells: Sequence[Cells],
    initiatives: Counter[tuple[str, str]],
    smallest: int,
) -> ResultRow:
    def added(measure: str) -> Total:
        seen = [_seen(one.get(measure, 0), smallest, is_own=is_own) for one in cells]
        return sum_of_shown(seen)

    kinds: Counter[str] = Counter()
    stages: Counter[str] = Counter()
    for (kind, stage), number in initiatives.items():
        kinds[kind] += number
        stages[stage] += number
    return ResultRow(
        organisation_id=organisation_id,
        name=name,
        is_own=is_own,
        evenings=len(hosted),
        letters=letters,
        people=added("people"),
        came=added("came"),
        initiatives=sum(initiatives.values()),
        kinds=kinds,
        stages=stages,
    )


def _seen(count: int, smallest: int, *, is_own: bool) -> int | None:
    return count if is_own else shown(count, smallest=smallest)


def _in_order(rows: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(sorted(rows, key=lambda row: (not row.is_own, row.name.casefold())))


def _summed(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(total)


def _over_evenings(cells: Mapping[tuple[int, int], Cells], measure: str, smallest: int) -> Total:
    """Return the total of all evenings, from the totals that each evening shows."""
    by_evening: dict[int, list[int]] = defaultdict(list)
    for (evening, _host), found in cells.items():
        by_evening[evening].append(found.get(measure, 0))
    return sum_of_totals([total_of(found, smallest=smallest) for found in by_evening.values()])


def _hosted(session: Session, place: Place) -> dict[int, set[int]]:
    """Return the evenings of each host, without what was cancelled."""
    rows = session.execute(
        select(Host.organisation_id, Host.evening_id)
        .join(Evening, Evening.id == Host.evening_id)
        .where(Evening.plustaak_id == place.plustaak_id, Evening.state != EveningState.CANCELLED)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for organisation_id, evening_id in rows:
        found[organisation_id].add(evening_id)
    return dict(found)


def _letters(session: Session, place: Place) -> dict[int, int]:
    rows = session.execute(
        select(Invitation.organisation_id, func.count())
        .join(Evening, Evening.id == Invitation.evening_id)
        .where(
            and_(
                Evening.plustaak_id == place.plustaak_id,
                Invitation.state == LetterState.RELEASED,
            )
        )
        .group_by(Invitation.organisation_id)
    )
    return {organisation_id: int(number) for organisation_id, number in rows}


def _initiatives(session: Session, place: Place) -> dict[int, Counter[tuple[str, str]]]:
    rows = session.execute(
        select(Initiative.organisation_id, Initiative.kind, Initiative.stage, func.count())
        .where(Initiative.plustaak_id == place.plustaak_id)
        .group_by(Initiative.organisation_id, Initiative.kind, Initiative.stage)
    )
    found: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    for organisation_id, kind, stage, number in rows:
        found[organisation_id][kind, stage] = int(number)
    return dict(found)
