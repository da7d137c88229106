"""What a version changes: its lines beside those of the version before, and who pays what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from extranet.membership.models import Organisation
from extranet.money.models import Contribution
from extranet.money.queries.figures import ContributionTable
from extranet.money.queries.lines import LineFacts, Sheet
from extranet.money.queries.versions import VersionFacts, find_version


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """A line in one year before and after, in gross cents; None where the line is not there."""

    name: str
    year: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChanges:
    """What differs between two budgets in the years that both cover.

    `reworded` names the lines of which something else than an amount differs: name, kind, VAT,
    source or explanation. `unchanged` counts the lines that are the same in everything.
    """

    years: tuple[int, ...]
    amounts: tuple[LineChange, ...]
    reworded: tuple[str, ...]
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEffect:
    """What a member pays in the budget's year before and after, in cents; None for nobody yet."""

    code: str
    name: str
    before: int | None
    after: int | None

    @property
    def difference(self) -> int:
        """Return how much more the member pays, in cents."""
        return (self.after or 0) - (self.before or 0)


def find_before(session: Session, version: VersionFacts) -> VersionFacts | None:
    """Return the version that this one follows: the one before it, else last year's budget.

    A first version follows the forecast that last year's budget in force gave for this year.
    """
    purse, year = version.purse, version.year
    if version.number > 1:
        before = find_version(session, purse=purse, year=year, number=version.number - 1)
        if before is not None:
            return before
    return find_version(session, purse=purse, year=year - 1)


def line_changes(before: Sheet, after: Sheet) -> LineChanges:
    """Return what differs, in the order of the later version; the removed lines come last."""
    old = {line.line_key: line for line in before.lines}
    new = {line.line_key: line for line in after.lines}
    years = tuple(year for year in after.years if year in before.years)
    amounts: list[LineChange] = []
    reworded: list[str] = []
    unchanged = 0
    for key in dict.fromkeys([*new, *old]):
        was, is_now = old.get(key), new.get(key)
        found = list(_amounts(was, is_now, before, after, years))
        amounts += found
        if was and is_now and _described(was) != _described(is_now):
            reworded.append(is_now.name)
        elif was and is_now and not found:
            unchanged += 1
    return LineChanges(
        years=years, amounts=tuple(amounts), reworded=tuple(reworded), unchanged=unchanged
    )


def member_effects(
    before: dict[str, tuple[str, int]], after: ContributionTable
) -> tuple[MemberEffect, ...]:
    """Return what every member pays before and after in the first year of `after`, by name."""
    new = {member.code: (member.name, member.amounts[0]) for member in after.members}
    codes = before.keys() | new.keys()
    effects = [
        MemberEffect(
            code=code,
            name=(new.get(code) or before[code])[0],
            before=before[code][1] if code in before else None,
            after=new[code][1] if code in new else None,
        )
        for code in codes
    ]
    return tuple(sorted(effects, key=lambda effect: (effect.name, effect.code)))


_AMOUNTS = (
    select(Organisation.code, Contribution.organisation_name, Contribution.amount_cents)
    .join(Contribution, Contribution.organisation_id == Organisation.id)
    .where(
        Contribution.version_id == bindparam("version_id"),
        Contribution.year == bindparam("year"),
    )
)


def amounts_before(
    session: Session, before: VersionFacts | None, *, year: int
) -> dict[str, tuple[str, int]]:
    """Return what each member paid in a year by an adopted version: name and cents by code."""
    if before is None:
        return {}
    rows = session.execute(_AMOUNTS, {"version_id": before.id, "year": year})
    return {row.code: (row.organisation_name, row.amount_cents) for row in rows}


def _amounts(
    was: LineFacts | None,
    is_now: LineFacts | None,
    before: Sheet,
    after: Sheet,
    years: Sequence[int],
) -> Iterator[LineChange]:
    for year in years:
        old = was.gross[before.years.index(year)] if was else None
        new = is_now.gross[after.years.index(year)] if is_now else None
        # A line that is new or gone says nothing in a year without money.
        if (old or 0) != (new or 0):
            name = is_now.name if is_now else was.name if was else ""
            yield LineChange(name=name, year=year, before=old, after=new)


def _described(line: LineFacts) -> Sequence[object]:
    words = (line.name, line.kind, line.is_structural, line.vat_treatment, line.explanation)
    return (*words, line.source)
