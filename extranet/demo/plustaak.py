"""A plustaak in the demo, from allowing its plugin to going live, by the services of the site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from extranet.agreements.rules.states import CONSENT
from extranet.agreements.services.answering import AnswerInput
from extranet.agreements.services.creating import Description
from extranet.coalitions.models import Coalition, Plustaak, PlustaakParticipation
from extranet.coalitions.queries.contract_agreement import participants_today
from extranet.coalitions.queries.plustaken import describe_plugin
from extranet.coalitions.services.agreement import agree
from extranet.coalitions.services.going_live import go_live
from extranet.coalitions.services.plustaken import enable_plustaak
from extranet.coalitions.services.purses import Start, line_of, make_adopted_budget
from extranet.demo import cast
from extranet.membership.models import Body
from extranet.money.rules import AllocationKey, DivisionByInhabitants
from extranet.money.services.adoption import Decision
from extranet.outbox.models import Job, Mail
from extranet.plugins.contributions import Example, Place
from extranet.plugins.models import CoalitionPlugin, RegionPlugin

# The plugin of the demo's plustaak; an installation without it has a demo without a plustaak.
PLUGIN = "infoavond"
YEAR = 2027
AGREED_FROM = date(2026, 11, 1)
DECIDED_ON = date(2026, 10, 20)
DECISION = "Voorbeeld: besluitenlijst van het college, oktober 2026"
BUDGET_DECISION = "Voorbeeld: besluitenlijst portefeuillehoudersoverleg, oktober 2026"


def fill_plustaak(
    session: Session, *, coalition: Coalition, examples: Mapping[str, Sequence[Example]]
) -> None:
    """Let a coalition of the demo have its plustaak, live, with rows of its plugin."""
    if PLUGIN not in examples:
        return
    session.add(RegionPlugin(region_id=coalition.region_id, plugin=PLUGIN, is_allowed=True))
    session.add(CoalitionPlugin(coalition_id=coalition.id, plugin=PLUGIN))
    session.flush()
    plustaak = enable_plustaak(session, coalition=coalition, plugin=PLUGIN, actor=None)
    session.execute(
        update(PlustaakParticipation)
        .where(PlustaakParticipation.plustaak_id == plustaak.id)
        .values(from_date=AGREED_FROM)
    )
    _agree(session, coalition, plustaak)
    _adopt(session, coalition, plustaak)
    place = Place(
        plugin=PLUGIN,
        region_id=coalition.region_id,
        coalition_id=coalition.id,
        plustaak_id=plustaak.id,
    )
    for example in examples[PLUGIN]:
        example.fill(session, place)
    session.flush()
    go_live(session, coalition=coalition, plustaak=plustaak, actor=None)
    # What announces all this is for nobody: the people are invented, and it lies in the past.
    session.execute(delete(Mail))
    session.execute(delete(Job))


def _agree(session: Session, coalition: Coalition, plustaak: Plustaak) -> None:
    answer = AnswerInput(
        answer=CONSENT,
        remark="",
        body_name="college van burgemeester en wethouders",
        decided_on=DECIDED_ON,
        evidence=DECISION,
    )
    agree(
        session,
        coalition=coalition,
        plustaak=plustaak,
        description=Description(
            title="Informatieavonden groen gas", note="Voorbeeld", in_force_from=AGREED_FROM
        ),
        answers=dict.fromkeys(participants_today(session, plustaak), answer),
        address="",
        actor=None,
    )


def _adopt(session: Session, coalition: Coalition, plustaak: Plustaak) -> None:
    body_id = session.scalars(
        select(Body.id).where(Body.region_id == coalition.region_id, Body.name == cast.PFO)
    ).one()
    make_adopted_budget(
        session,
        plustaak=plustaak,
        start=Start(year=YEAR, key=AllocationKey([DivisionByInhabitants()])),
        lines=[line_of(one) for one in describe_plugin(session, PLUGIN).lines],
        decision=Decision(body_id=body_id, adopted_on=DECIDED_ON, evidence=BUDGET_DECISION),
    )
