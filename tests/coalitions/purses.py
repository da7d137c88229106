"""A plustaak with money in an alliance, beside the base, and who keeps books of some kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.coalitions.models import Coalition, Plustaak
from extranet.coalitions.rules.owners import owner_of
from extranet.coalitions.services.purses import Start, begin_budget, make_adopted_budget
from extranet.money.models import LineKind
from extranet.money.rules import AllocationKey, EqualShare, Purse
from extranet.money.services.adoption import Decision
from extranet.money.services.lines import LineInput
from extranet.people.models import Person
from tests.coalitions.alliances import Alliance
from tests.coalitions.plustaken import make_plustaak
from tests.factories import (
    make_body,
    make_membership,
    make_official,
    make_organisation,
    make_snapshot,
)

PARTIES = ("Weert", "Venray", "Beesel")
EQUALLY = Start(year=2027, key=AllocationKey([EqualShare()]))
DECIDED = date(2026, 11, 12)
COSTS = (100_01, 90_00, 80_00, 70_00)
# Controllers by whose they are: of the centrum, of the participant that leads, of another one.
CONTROLLERS = ("centrum", "leading", "participating", "elsewhere")


@dataclass(frozen=True, kw_only=True)
class Money:
    """A plustaak, the name of its household, and the body that decides."""

    plustaak: Plustaak
    purse: Purse
    body_id: int


def line(name: str = "Zaalhuur", net: Sequence[int] = COSTS) -> LineInput:
    """Return a line of costs in cents a year."""
    return LineInput(name=name, kind=LineKind.COST, net=tuple(net))


def make_money(
    session: Session,
    made: Alliance,
    *,
    plugin: str = "infoavond",
    state: str = "adopted",
    parties: Sequence[str] = PARTIES,
    names: Sequence[str] = ("Zaalhuur",),
    coalition: Coalition | None = None,
    **values: object,
) -> Money:
    """Make a plustaak; its budget is `none`, `draft` or `adopted`."""
    plustaak = make_plustaak(
        session,
        coalition=coalition or made.coalition,
        parties=[made.organisations[name] for name in parties],
        plugin=plugin,
        **values,
    )
    body = make_body(session, region=made.region)
    lines = [line(name) for name in names]
    if state == "draft":
        begin_budget(session, plustaak=plustaak, start=EQUALLY, actor=None, lines=lines)
    if state == "adopted":
        decision = Decision(body_id=body.id, adopted_on=DECIDED, evidence="Besluitenlijst 12")
        make_adopted_budget(
            session, plustaak=plustaak, start=EQUALLY, lines=lines, decision=decision
        )
    purse = Purse(region_id=made.region.id, owner=owner_of(plustaak.id))
    return Money(plustaak=plustaak, purse=purse, body_id=body.id)


def make_controllers(session: Session, made: Alliance) -> dict[str, Person]:
    """Put a controller at the centrum, the leading participant, another one and a mere member."""
    centrum = make_organisation(session, code="gm:0983", name="Venlo")
    make_membership(session, region=made.region, organisation=centrum, is_centrum=True)
    at = {
        "centrum": centrum,
        "leading": made.organisations["Weert"],
        "participating": made.organisations["Beesel"],
        "elsewhere": made.organisations["Horst aan de Maas"],
    }
    return {
        whose: make_official(
            session,
            region=made.region,
            role=Role.CONTROLLER,
            organisation=organisation,
            name=f"Controller {whose}",
        )
        for whose, organisation in at.items()
    }


def adopt_population(session: Session, made: Alliance) -> None:
    """Let the region adopt population figures of its municipalities."""
    figures = {one.code: 1000 * at for at, one in enumerate(made.organisations.values(), 3)}
    made.region.snapshot_id = make_snapshot(session, figures=figures).id
    session.flush()
