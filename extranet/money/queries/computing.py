"""Work a draft out: the same values as a frozen version has, from the lines of today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from extranet.money.queries.deelnemers import Deelnemer, deelnemers_of
from extranet.money.queries.figures import (
    ContributionTable,
    Explanation,
    MemberYears,
    no_contribution,
    table_by_name,
)
from extranet.money.queries.lines import Sheet, get_sheet
from extranet.money.queries.versions import VersionFacts
from extranet.money.rules import Division, Share, contributions


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A version worked out: its budget, who takes part and the division of each year."""

    sheet: Sheet
    deelnemers: Mapping[str, Deelnemer]
    divisions: tuple[Division, ...]

    def shares_of(self, code: str) -> tuple[Share, ...]:
        """Return the shares of one member in the four years."""
        return tuple(
            share for division in self.divisions for share in division.shares if share.code == code
        )

    @property
    def paying(self) -> tuple[str, ...]:
        """Return the codes of who is a member in at least one month of the four years."""
        months: dict[str, int] = {}
        for division in self.divisions:
            for share in division.shares:
                months[share.code] = months.get(share.code, 0) + share.months
        return tuple(code for code, count in months.items() if count)


def compute(session: Session, version: VersionFacts) -> Computed:
    """Work a version out with the one function that divides; InvalidInput says what is missing."""
    sheet = get_sheet(session, version)
    found = deelnemers_of(session, version)
    divisions = tuple(
        contributions(
            version.key,
            [one.in_year(year) for one in found],
            total_to_share_cents=total_cents,
            year=year,
            population=version.population,
        )
        for year, total_cents in zip(sheet.years, sheet.to_share, strict=True)
    )
    return Computed(sheet=sheet, deelnemers={one.code: one for one in found}, divisions=divisions)


def table_of(computed: Computed) -> ContributionTable:
    """Return the table of a version that was worked out."""
    return table_by_name(
        [_years(computed, code) for code in computed.paying], years=computed.sheet.years
    )


def explain_computed(computed: Computed, *, code: str, year: int) -> Explanation:
    """Return the explanation of one member; NotFound when the version knows no such member."""
    if code not in computed.paying or year not in computed.sheet.years:
        raise no_contribution()
    one, shares = computed.deelnemers[code], computed.shares_of(code)
    return Explanation(
        organisation_id=one.organisation_id,
        code=code,
        name=one.name,
        kind=one.kind,
        inhabitants=one.inhabitants,
        year=year,
        years=computed.sheet.years,
        amounts=tuple(share.amount_cents for share in shares),
        months=tuple(share.months for share in shares),
        totals=tuple(division.total_cents for division in computed.divisions),
        steps=shares[computed.sheet.years.index(year)].steps,
    )


def _years(computed: Computed, code: str) -> MemberYears:
    one, shares = computed.deelnemers[code], computed.shares_of(code)
    return MemberYears(
        organisation_id=one.organisation_id,
        code=code,
        name=one.name,
        kind=one.kind,
        inhabitants=one.inhabitants,
        months=shares[0].months,
        amounts=tuple(share.amount_cents for share in shares),
    )
