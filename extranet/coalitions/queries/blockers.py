"""What keeps a plustaak from going live, with what solves it and who can; and what is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from extranet.clock import today
from extranet.coalitions.events import Blocker, GoLiveAsked
from extranet.coalitions.models import CoalitionState
from extranet.coalitions.queries.contract_agreement import AgreementStanding, agreement_standing
from extranet.coalitions.queries.contract_budget import BudgetStanding, budget_standing
from extranet.coalitions.queries.parties import standing_of
from extranet.coalitions.queries.plustaak_parties import PlustaakParty, parties_by_plustaak
from extranet.coalitions.queries.plustaken import describe_plugin
from extranet.coalitions.rules.threshold import Standing
from extranet.events import emit
from extranet.i18n import Euros, Text

LEAD = Text("The lead of the coalition, or the region admin")
THE_PARTICIPANTS = Text("The participants themselves, or the lead of the coalition")
PARTICIPANTS, IN_COALITION = "plustaak.participants", "participants.participants"
WORKSPACE = "workspace.overview"
AGREEMENT, BUDGET = "plustaak.agreements.agreement", "plustaak.money.budgets"
Found = Iterator[Blocker | Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which plustaak is asked about, and in which coalition, in what state."""

    id: int
    plugin: str
    region_id: int
    coalition_id: int
    coalition_state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingLive:
    """How a plustaak stands: what blocks it, first what comes first, and what is done.

    `participants` are those of today, by name.
    """

    blockers: tuple[Blocker, ...]
    done: tuple[Text, ...]
    participants: tuple[PlustaakParty, ...]


def going_live(session: Session, asked: Asked) -> GoingLive:
    """Return what keeps a plustaak from going live, and what holds already."""
    day = today(session)
    parties = parties_by_plustaak(
        session, region_id=asked.region_id, coalition_id=asked.coalition_id, day=day
    )[asked.id]
    running = parties.running(day)
    coalition = standing_of(
        session, region_id=asked.region_id, coalition_id=asked.coalition_id, day=day
    )
    found = [
        *_of_coalition(asked.coalition_state, coalition),
        *_of_participants(parties.standing(day), by_agreement=parties.by_agreement),
        *_of_agreement(agreement_standing(session, asked)),
        *_of_budget(budget_standing(session, asked)),
        *_of_plugin(session, asked, running),
    ]
    return GoingLive(
        blockers=tuple(one for one in found if isinstance(one, Blocker)),
        done=tuple(one for one in found if isinstance(one, Text)),
        participants=running,
    )


def _of_coalition(state: str, standing: Standing) -> Found:
    if state == CoalitionState.INITIATIVE:
        yield Blocker(
            what=Text("The coalition is still an initiative."),
            solved_by=Text("Let it form, and add who takes part."),
            who=LEAD,
            endpoint=WORKSPACE,
        )
    elif state in (CoalitionState.CLOSING, CoalitionState.CLOSED):
        yield Blocker(
            what=Text("The coalition is closing."),
            solved_by=Text("No plustaak goes live in it any more."),
            who=Text("Nobody"),
            endpoint=WORKSPACE,
        )
    elif state != CoalitionState.ACTIVE or not standing.is_met:
        yield Blocker(
            what=Text(
                "The coalition is not active: %(counted)s of %(needed)s municipalities consented.",
                counted=standing.counted,
                needed=standing.needed,
            ),
            solved_by=Text("Record the consent of another municipality to the coalition."),
            who=THE_PARTICIPANTS,
            endpoint=IN_COALITION,
        )
    else:
        yield Text(
            "The coalition is active: %(counted)s municipalities, %(needed)s needed.",
            counted=standing.counted,
            needed=standing.needed,
        )


def _of_participants(standing: Standing, *, by_agreement: bool) -> Found:
    values = {"counted": standing.counted, "needed": standing.needed}
    if standing.is_met:
        yield Text(
            "In this plustaak %(counted)s municipalities take part, %(needed)s needed.", **values
        )
        return
    solved_by = Text("Add a municipality whose consent to the coalition is recorded.")
    if by_agreement:
        solved_by = Text("Add a municipality, and let it consent to a new version.")
    yield Blocker(
        what=Text("In this plustaak %(counted)s of %(needed)s municipalities count.", **values),
        solved_by=solved_by,
        who=LEAD,
        endpoint=PARTICIPANTS,
    )


def _of_agreement(standing: AgreementStanding) -> Found:
    if standing.holds and not standing.parties_differ:
        yield Text(
            "Version %(number)s of the agreement is in force since %(day)s.",
            number=standing.number,
            day=standing.in_force_on,
        )
        return
    yield from _unfinished(standing)
    names = ", ".join(standing.waiting)
    if standing.state == "in_force" and names:
        yield _about_agreement(
            Text("%(names)s did not consent to the version in force.", names=names),
            Text("Make them a party to a new version, or let them leave the plustaak."),
        )
    elif standing.waiting:
        yield _about_agreement(
            Text("The agreement waits for %(names)s.", names=names),
            Text("Record the consent of each of them."),
            who=THE_PARTICIPANTS,
        )
    if standing.declined:
        yield _about_agreement(
            Text("The agreement was declined by %(names)s.", names=", ".join(standing.declined)),
            Text("Send a version that they consent to, or let them leave the plustaak."),
        )
    if standing.parties_differ and standing.state != "none":
        yield _about_agreement(
            Text("The parties to the agreement are others than the participants."),
            Text("Make the parties and the participants the same."),
        )


def _unfinished(standing: AgreementStanding) -> Found:
    if standing.state == "none" and standing.number is None:
        yield _about_agreement(
            Text("There is no agreement yet."), Text("Write it and send it to the participants.")
        )
    elif standing.state == "none":
        yield _about_agreement(
            Text("Version %(number)s of the agreement was withdrawn.", number=standing.number),
            Text("Write a new version and send it."),
        )
    elif standing.state == "draft":
        yield _about_agreement(
            Text("The agreement is a draft."), Text("Send it to the participants.")
        )
    elif standing.state == "sent" and not standing.waiting and not standing.declined:
        yield _about_agreement(
            Text("Everybody consented, but the agreed date has not come."),
            Text("The agreement comes into force on that day by itself."),
        )


def _about_agreement(what: Text, solved_by: Text, *, who: Text = LEAD) -> Blocker:
    return Blocker(what=what, solved_by=solved_by, who=who, endpoint=AGREEMENT)


def _of_budget(standing: BudgetStanding) -> Found:
    if standing.state == "none":
        yield _about_budget(Text("There is no budget yet."), Text("Make the budget and adopt it."))
        return
    if standing.holds and not standing.participants_differ:
        yield Text(
            "Version %(number)s of the budget %(year)s was adopted on %(day)s: %(total)s to share.",
            number=standing.number,
            year=str(standing.year),
            day=standing.adopted_on,
            total=Euros(standing.total_cents),
        )
        return
    year = str(standing.year)
    if standing.state == "draft":
        yield _about_budget(
            Text("The budget %(year)s is a draft.", year=year), Text("Adopt the budget.")
        )
    if not standing.is_closing:
        yield _about_budget(_difference(standing), Text("Adopt a version that adds up."))
    if standing.participants_differ:
        yield _about_budget(
            Text("The budget %(year)s is divided among others than the participants.", year=year),
            Text("Adopt a version that is divided among who takes part now."),
        )


def _difference(standing: BudgetStanding) -> Text:
    if standing.total_cents == standing.shares_cents:
        return Text(
            "The shares do not add up in the years after %(year)s.", year=str(standing.year)
        )
    return Text(
        "The shares of the budget %(year)s add up to %(shares)s, the total is %(total)s.",
        year=str(standing.year),
        shares=Euros(standing.shares_cents),
        total=Euros(standing.total_cents),
    )


def _about_budget(what: Text, solved_by: Text) -> Blocker:
    return Blocker(what=what, solved_by=solved_by, who=LEAD, endpoint=BUDGET)


def _of_plugin(session: Session, asked: Asked, running: Sequence[PlustaakParty]) -> Found:
    question = GoLiveAsked(
        region_id=asked.region_id,
        coalition_id=asked.coalition_id,
        plustaak_id=asked.id,
        plugin=asked.plugin,
        participants=tuple(sorted({one.code for one in running})),
    )
    emit(session, question)
    yield from question.blockers
    rule = describe_plugin(session, asked.plugin).participants_rule
    if rule is not None and rule not in [one.what for one in question.blockers]:
        yield rule
