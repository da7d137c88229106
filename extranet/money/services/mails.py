"""Tell people what an adopted budget asks of the organisations that they hold a seat at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from extranet.formats import cents as written
from extranet.i18n import Euros, Text, translate
from extranet.money.queries.adoption import AdoptionPlan
from extranet.money.queries.comparison import MemberEffect
from extranet.money.queries.figures import MemberYears
from extranet.money.queries.recipients import Recipient
from extranet.money.queries.standing import NOTHING_ASKED, outcome
from extranet.outbox.services import queue_mail

TEMPLATE = "money/mail_budget_adopted.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What happened: to whose budget, by whom and when."""

    whose: str
    body: str
    adopted_on: date


def tell(
    session: Session, *, plan: AdoptionPlan, news: News, link_to: Callable[[str], str]
) -> None:
    """Queue one mail for each recipient of a plan, in their own language."""
    if plan.table is None:
        return
    members = {member.code: member for member in plan.table.members}
    effects = {effect.code: effect for effect in plan.effects}
    for recipient in plan.recipients:
        queue_mail(
            session,
            to_address=recipient.email,
            locale=recipient.locale,
            template=TEMPLATE,
            values={
                "name": recipient.name,
                "whose": news.whose,
                "year": str(plan.version.year),
                "number": plan.version.number,
                "title": plan.version.title,
                "decision": _say(recipient, _decision(news)),
                "not_asked": "" if plan.version.is_payable else _say(recipient, NOTHING_ASKED),
                "members": [
                    _about(recipient, members[code], effects[code], plan, link_to(code))
                    for code in recipient.organisations
                ],
            },
        )


def _decision(news: News) -> Text:
    return Text(
        "%(body)s adopted it on %(day)s.",
        body=news.body,
        day=news.adopted_on,
    )


def _about(
    recipient: Recipient,
    member: MemberYears,
    effect: MemberEffect,
    plan: AdoptionPlan,
    address: str,
) -> Mapping[str, str]:
    """Return what the mail says about one member: amount, change, forecast and address."""
    first, *later = zip(plan.version.years, member.amounts, strict=True)
    return {
        "amount": _say(recipient, outcome(member.name, *first)),
        "change": "" if effect.before is None else _say(recipient, _change(effect, effect.before)),
        "forecast": "; ".join(
            f"{year}: {written(cents, recipient.locale)}" for year, cents in later
        ),
        "address": address,
    }


def _change(effect: MemberEffect, before: int) -> Text:
    if effect.difference == 0:
        return Text("That is the same as before.")
    if before < 0 or (effect.after or 0) < 0:
        return _change_of_direction(before)
    values = {"before": Euros(before), "difference": Euros(abs(effect.difference))}
    if effect.difference > 0:
        return Text("Before it was %(before)s: %(difference)s more now.", **values)
    return Text("Before it was %(before)s: %(difference)s less now.", **values)


def _change_of_direction(before: int) -> Text:
    """Say what it was where money comes or came back: there more and less would mislead."""
    amount = Euros(abs(before))
    if before < 0:
        return Text("Before you would get back %(amount)s.", amount=amount)
    return Text("Before you would pay %(amount)s.", amount=amount)


def _say(recipient: Recipient, text: Text) -> str:
    return translate(text, recipient.locale)
