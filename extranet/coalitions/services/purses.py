"""The money of a plustaak: begin its budget, and keep its household in step with what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.coalitions.events import (
    LineTemplate,
    OfPlustaak,
    ParticipationEnded,
    ParticipationStarted,
    PlustaakWentLive,
)
from extranet.coalitions.models import (
    Coalition,
    CoalitionState,
    Plustaak,
    PlustaakParticipation,
    PlustaakState,
)
from extranet.coalitions.queries.plustaken import addresses_of, describe_plugin
from extranet.coalitions.rules.owners import owner_of, plustaak_of
from extranet.i18n import DEFAULT_LOCALE, Text, translate
from extranet.money.events import Owner, OwnersAsked
from extranet.money.models import BudgetVersion, Household, LineKind
from extranet.money.queries.households import find_household
from extranet.money.queries.versions import YEARS_AHEAD, years_of
from extranet.money.rules import AllocationKey, Purse
from extranet.money.services.adoption import Decision, adopt_budget
from extranet.money.services.budgets import Description, create_budget
from extranet.money.services.households import (
    Participation,
    freeze_household,
    make_payable,
    open_household,
    rename_household,
    set_participants,
    thaw_household,
)
from extranet.money.services.keys import set_key
from extranet.money.services.lines import LineInput, add_line

MONEY_PAGES = "plustaak.money"
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How a budget begins: its first year and the key that divides it."""

    year: int
    key: AllocationKey


def begin_budget(
    session: Session,
    *,
    plustaak: Plustaak,
    start: Start,
    actor: Actor | None,
    lines: Sequence[LineInput] | None = None,
) -> tuple[int, int]:
    """Open a plustaak's household and make its first draft; return the year and its number.

    The lines are those of the plugin's template, unless `lines` gives others. Whoever asks it once
    more gets what is there already.
    """
    # Of two who begin at the same moment the second waits here, and finds what the first made.
    session.refresh(plustaak, with_for_update=True)
    coalition = session.get_one(Coalition, plustaak.coalition_id)
    purse = Purse(region_id=coalition.region_id, owner=owner_of(plustaak.id))
    if find_household(session, purse=purse) is None:
        open_household(
            session,
            purse=purse,
            name=name_of(session, plustaak, coalition),
            is_payable=plustaak.live_since is not None,
            actor=actor,
        )
    keep_in_step(session, plustaak, actor=actor)
    for each in reversed(years_of(session, purse=purse)):
        return each.year, each.draft or each.in_force or 1
    if lines is None:
        lines = [line_of(one) for one in describe_plugin(session, plustaak.plugin).lines]
    version = _first_version(session, purse, start, actor)
    for line in lines:
        add_line(session, version=version, line=line, actor=actor)
    return version.year, version.number


def make_adopted_budget(
    session: Session,
    *,
    plustaak: Plustaak,
    start: Start,
    lines: Sequence[LineInput],
    decision: Decision,
    link_to: Callable[[str], str] = str,
) -> BudgetVersion:
    """Begin a plustaak's budget with these lines and adopt it: for a filled database.

    The budget must close by its key, and participants must be there. Who is told gets a mail.
    """
    year, number = begin_budget(session, plustaak=plustaak, start=start, actor=None, lines=lines)
    purse = _purse(session, plustaak)
    version = session.scalars(
        select(BudgetVersion)
        .join(Household, Household.id == BudgetVersion.household_id)
        .where(
            Household.region_id == purse.region_id,
            Household.owner == purse.owner,
            BudgetVersion.year == year,
            BudgetVersion.number == number,
        )
    ).one()
    adopt_budget(session, version=version, decision=decision, link_to=link_to, actor=None)
    return version


def line_of(template: LineTemplate) -> LineInput:
    """Return a line of a plugin's template as a draft takes it; a year that it leaves out is 0."""
    notes = [Text("From the template of the plustaak.")]
    notes += [template.note] if template.note else []
    amounts = (*template.amounts, *(0,) * (YEARS_AHEAD + 1))[: YEARS_AHEAD + 1]
    return LineInput(
        name=translate(template.name, DEFAULT_LOCALE),
        kind=LineKind.INCOME if template.is_income else LineKind.COST,
        net=amounts,
        is_structural=template.is_structural,
        explanation=" ".join(translate(note, DEFAULT_LOCALE) for note in notes),
    )


def name_of(session: Session, plustaak: Plustaak, coalition: Coalition) -> str:
    """Return what a plustaak's household is called: its title and its coalition, in Dutch."""
    title = translate(describe_plugin(session, plustaak.plugin).title, DEFAULT_LOCALE)
    return f"{title}, {coalition.name}"[:NAME_LENGTH]


def keep_in_step(session: Session, plustaak: Plustaak, *, actor: Actor | None = None) -> None:
    """Give a plustaak's household its name, participants and state; without one do nothing.

    It is frozen below the threshold and while the plustaak is off, archived or in a coalition that
    is closed.
    """
    household = find_household(session, purse=_purse(session, plustaak))
    if household is None:
        return
    coalition = session.get_one(Coalition, plustaak.coalition_id)
    name = name_of(session, plustaak, coalition)
    rename_household(session, household=household, name=name, actor=actor)
    rows = session.scalars(
        select(PlustaakParticipation).where(PlustaakParticipation.plustaak_id == plustaak.id)
    )
    periods = [
        Participation(
            organisation_id=row.organisation_id, from_date=row.from_date, until_date=row.until_date
        )
        for row in rows
    ]
    set_participants(session, household=household, periods=periods, actor=actor)
    is_open = plustaak.state == PlustaakState.ON and plustaak.frozen_on is None
    settle = (
        thaw_household if is_open and coalition.state != CoalitionState.CLOSED else freeze_household
    )
    settle(session, household=household, actor=actor)


def follow_plustaak(session: Session, event: OfPlustaak) -> None:
    """Keep the household in step after anything that happened to its plustaak."""
    keep_in_step(session, session.get_one(Plustaak, event.plustaak_id))


def follow_coalition(session: Session, event: ParticipationStarted | ParticipationEnded) -> None:
    """Keep every household of a coalition in step after somebody joined or left it."""
    for plustaak in session.scalars(
        select(Plustaak).where(Plustaak.coalition_id == event.coalition_id).order_by(Plustaak.id)
    ).all():
        keep_in_step(session, plustaak)


def ask_from_now_on(session: Session, event: PlustaakWentLive) -> None:
    """Let the contributions be asked once the plustaak is live."""
    plustaak = session.get_one(Plustaak, event.plustaak_id)
    household = find_household(session, purse=_purse(session, plustaak))
    if household is not None:
        make_payable(session, household=household, actor=None)


def say_whose(session: Session, asked: OwnersAsked) -> None:
    """Answer whose households these are, for those that belong to a plustaak."""
    numbers = {number for owner in asked.owners if (number := plustaak_of(owner)) is not None}
    for one in addresses_of(session, region_id=asked.region_id, plustaak_ids=numbers):
        asked.answers[owner_of(one.id)] = Owner(
            title=describe_plugin(session, one.plugin).title,
            within=one.coalition_name,
            blueprint=MONEY_PAGES,
            values={"coalition": one.coalition_slug, "plustaak": one.plugin},
        )


def _first_version(
    session: Session, purse: Purse, start: Start, actor: Actor | None
) -> BudgetVersion:
    title = translate(Text("Budget %(year)s", year=str(start.year)), DEFAULT_LOCALE)
    version = create_budget(
        session,
        purse=purse,
        year=start.year,
        description=Description(title=title),
        copy_last_year=False,
        actor=actor,
    )
    set_key(session, version=version, key=start.key, actor=actor)
    return version


def _purse(session: Session, plustaak: Plustaak) -> Purse:
    coalition = session.get_one(Coalition, plustaak.coalition_id)
    return Purse(region_id=coalition.region_id, owner=owner_of(plustaak.id))
