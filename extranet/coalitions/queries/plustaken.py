"""One plustaak of a coalition, and what its plugin is in its own words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from extranet.coalitions.events import Description, DescriptionAsked, TitlesAsked
from extranet.coalitions.models import Coalition, Plustaak
from extranet.errors import NotFound
from extranet.events import emit
from extranet.i18n import Text
from extranet.membership.models import Seat


def get_plustaak(session: Session, *, coalition_id: int, plugin: str) -> Plustaak:
    """Return a plustaak to look at; raise NotFound when the coalition has none such."""
    found = session.scalar(
        select(Plustaak).where(Plustaak.coalition_id == coalition_id, Plustaak.plugin == plugin)
    )
    if found is None:
        raise NotFound(Text("This coalition has no such plustaak."))
    return found


def describe_plugin(session: Session, plugin: str) -> Description:
    """Return a plugin's own title and templates; its name alone when nobody knows it."""
    asked = DescriptionAsked(plugin=plugin)
    emit(session, asked)
    return asked.answers[0] if asked.answers else Description(title=plugin)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakAddress:
    """Where a plustaak is: the parts of its address, and the name of its coalition."""

    id: int
    plugin: str
    coalition_slug: str
    coalition_name: str


_ADDRESSES = (
    select(
        Plustaak.id,
        Plustaak.plugin,
        Coalition.slug.label("coalition_slug"),
        Coalition.name.label("coalition_name"),
    )
    .join(Coalition, Coalition.id == Plustaak.coalition_id)
    .where(
        Coalition.region_id == bindparam("region_id"),
        Plustaak.id.in_(bindparam("plustaak_ids", expanding=True)),
    )
)
_LEADING = select(Seat.organisation_id).where(Seat.id == bindparam("seat_id"))


def addresses_of(
    session: Session, *, region_id: int, plustaak_ids: Collection[int]
) -> list[PlustaakAddress]:
    """Return where plustaken of a region are; those of another are not found."""
    values = {"region_id": region_id, "plustaak_ids": list(plustaak_ids)}
    return [PlustaakAddress(**row) for row in session.execute(_ADDRESSES, values).mappings()]


def leading_organisation(session: Session, lead_seat_id: int | None) -> int | None:
    """Return the organisation on whose behalf a coalition is led, None where nobody leads."""
    if lead_seat_id is None:
        return None
    return session.scalars(_LEADING, {"seat_id": lead_seat_id}).first()


def titles_of(session: Session, plugins: Iterable[str]) -> Mapping[str, Text | str]:
    """Return what plugins are called, all in one go; one that nobody knows keeps its own name."""
    asked = TitlesAsked(plugins=tuple(plugins))
    emit(session, asked)
    return {name: asked.titles.get(name, name) for name in asked.plugins}
