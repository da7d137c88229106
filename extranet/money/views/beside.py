"""What is paid beside the base: the plustaken, each apart and under its own address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from extranet.events import emit
from extranet.formats import cents
from extranet.i18n import translate
from extranet.money.events import Owner, OwnersAsked
from extranet.money.queries.purses import contributions_of, totals_beside_base
from extranet.money.queries.versions import VersionFacts
from extranet.web.access import current_actor
from extranet.web.database import read_session
from extranet.web.jinja import current_locale


@dataclass(frozen=True, slots=True)
class ShownPurse:
    """A household beside the base; `amount` is one member's, empty for who does not pay into it."""

    name: str
    url: str
    amount: str
    total: str
    is_payable: bool


def beside_the_base(version: VersionFacts) -> tuple[ShownPurse, ...]:
    """Return what is paid into the plustaken in the year of a budget of the base, a line each."""
    organisation = current_actor().organisation
    if not version.purse.is_base or version.is_draft:
        return ()
    found = totals_beside_base(
        read_session(),
        region_id=version.region_id,
        organisation_code=organisation.code if organisation else "",
        year=version.year,
    )
    owners = owners_of(version.region_id, [one.owner for one in found])
    locale = current_locale()
    return tuple(
        ShownPurse(
            name=_name(owners.get(one.owner), one.name),
            url=_url(owners.get(one.owner), "contributions", version.year),
            amount="" if one.own_cents is None else cents(one.own_cents, locale),
            total=cents(one.total_cents, locale),
            is_payable=one.is_payable,
        )
        for one in found
    )


def beside_one(version: VersionFacts, code: str) -> tuple[ShownPurse, ...]:
    """Return what one member pays into the plustaken in the year of a budget of the base."""
    if not version.purse.is_base or version.is_draft:
        return ()
    found = contributions_of(
        read_session(), region_id=version.region_id, organisation_code=code, year=version.year
    )
    owners = owners_of(version.region_id, [one.owner for one in found])
    locale = current_locale()
    return tuple(
        ShownPurse(
            name=_name(owners.get(one.owner), one.name),
            url=_url(owners.get(one.owner), "explanation", version.year, code=code),
            amount=cents(one.amount_cents, locale),
            total="",
            is_payable=one.is_payable,
        )
        for one in found
    )


def owners_of(region_id: int, owners: Iterable[str]) -> Mapping[str, Owner]:
    """Return whose these households are, by owner, as the domain above says; none costs nothing."""
    asked = OwnersAsked(region_id=region_id, owners=tuple(owners))
    if asked.owners:
        emit(read_session(), asked)
    return asked.answers


def _name(owner: Owner | None, stored: str) -> str:
    """Return what a household is called now, else what it was called when it was opened."""
    if owner is None:
        return stored
    return f"{translate(owner.title, current_locale())}, {owner.within}"


def _url(owner: Owner | None, page: str, year: int, **values: Any) -> str:
    if owner is None:
        return ""
    return url_for(f"{owner.blueprint}.{page}", year=year, **{**owner.values, **values})
