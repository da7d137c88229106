"""What sending or reminding would do: said on the page first, checked again when it is done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from extranet.agreements.queries.articles import ArticleLine, articles_of, text_of
from extranet.agreements.queries.parties import PartyLine, parties_of
from extranet.agreements.queries.recipients import Recipient, representatives_of
from extranet.agreements.queries.versions import VersionFacts
from extranet.agreements.rules import FEWEST_PARTIES, fingerprint
from extranet.clock import day_of, today
from extranet.i18n import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Who gets a mail about a version, whom it does not reach, and what stands in the way.

    `asked` are the parties that the mail is for; `unreached` those among them for which nobody
    gets one. `seen` is the mark of all this: when it differs, something changed meanwhile.
    """

    version: VersionFacts
    articles: tuple[ArticleLine, ...]
    asked: tuple[PartyLine, ...]
    recipients: tuple[Recipient, ...]
    unreached: tuple[str, ...]
    blockers: tuple[Text, ...]
    seen: str


def plan_sending(session: Session, version: VersionFacts) -> Plan:
    """Return what sending a draft would do."""
    articles = articles_of(session, version.id)
    parties = parties_of(session, version.id)
    blockers = []
    if len(parties) < FEWEST_PARTIES:
        blockers.append(Text("An agreement has at least two parties."))
    if not articles:
        blockers.append(Text("The agreement has no articles yet."))
    if version.in_force_from is None:
        blockers.append(Text("Fill in from which date the parties want it to be in force."))
    if version.number > 1 and not version.note:
        blockers.append(Text("Say what this version changes."))
    return _plan(session, version, articles=articles, parties=parties, asked=parties, why=blockers)


def plan_reminding(session: Session, version: VersionFacts) -> Plan:
    """Return what a reminder to the parties that have not answered would do."""
    parties = parties_of(session, version.id)
    silent = tuple(party for party in parties if party.answer is None)
    blockers = []
    if not version.is_sent or not silent:
        blockers.append(Text("Nobody has to answer this version any more."))
    elif version.reminded_at and day_of(version.reminded_at) == today(session):
        blockers.append(Text("A reminder went today already. You can send the next one tomorrow."))
    articles = articles_of(session, version.id)
    return _plan(session, version, articles=articles, parties=parties, asked=silent, why=blockers)


def _plan(
    session: Session,
    version: VersionFacts,
    *,
    articles: tuple[ArticleLine, ...],
    parties: tuple[PartyLine, ...],
    asked: tuple[PartyLine, ...],
    why: Iterable[Text],
) -> Plan:
    recipients = representatives_of(
        session,
        region_id=version.region_id,
        organisation_ids=[party.organisation_id for party in asked],
    )
    reached = {number for one in recipients for number in one.organisation_ids}
    told = sorted((one.person_id, one.organisation_ids) for one in recipients)
    text = f"{fingerprint(text_of(version, articles, parties))} {version.note} {told}"
    return Plan(
        version=version,
        articles=articles,
        asked=asked,
        recipients=recipients,
        unreached=tuple(party.name for party in asked if party.organisation_id not in reached),
        blockers=tuple(why),
        seen=hashlib.sha256(text.encode()).hexdigest(),
    )
