"""Read an agreement: the version that counts, every other one, what changed, and its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from flask import Response, render_template, request

from extranet.agreements.forms import ConfirmForm
from extranet.agreements.policy import VIEW_AGREEMENT
from extranet.agreements.queries.articles import article_texts, articles_of, text_of
from extranet.agreements.queries.current import CurrentAgreement, find_agreement
from extranet.agreements.queries.parties import (
    PartyLine,
    parties_by_version,
    parties_of,
    standing_from,
)
from extranet.agreements.queries.versions import NO_VERSION, VersionFacts, versions_of
from extranet.agreements.rules import (
    ANSWER_KINDS,
    ANSWER_WORDS,
    NO_ANSWER,
    STATE_KINDS,
    STATE_WORDS,
    canonical_text,
    compare_articles,
    compare_words,
    paragraphs,
)
from extranet.agreements.services.documents import make_document
from extranet.agreements.views.blueprint import blueprint
from extranet.agreements.views.place import Difference, place_of_address, shown_version
from extranet.clock import day_of, today
from extranet.errors import NotFound
from extranet.publishing import pdf
from extranet.publishing.downloads import download
from extranet.web.access import requires
from extranet.web.database import read_session

WORDS = {
    "answer_words": ANSWER_WORDS,
    "answer_kinds": ANSWER_KINDS,
    "no_answer": NO_ANSWER,
    "state_words": STATE_WORDS,
    "state_kinds": STATE_KINDS,
}


@blueprint.get("")
@requires(VIEW_AGREEMENT)
def agreement() -> str:
    """Show the version in force, else the one that is to come."""
    found = _found()
    if found is None:
        return render_template(
            "agreements/no_agreement.html", place=place_of_address(), form=ConfirmForm()
        )
    return _version_page(found, found.shown)


@blueprint.get("/versies/<int:number>")
@requires(VIEW_AGREEMENT)
def version(number: int) -> str:
    """Show one version."""
    found = _found()
    shown = next((one for one in found.versions if one.number == number), None) if found else None
    if found is None or shown is None:
        raise NotFound(NO_VERSION)
    return _version_page(found, shown)


@blueprint.get("/geschiedenis")
@requires(VIEW_AGREEMENT)
def history() -> str:
    """Show every version with how it fared."""
    place, session = place_of_address(), read_session()
    versions = versions_of(session, region_id=place.region_id, owner=place.owner)
    parties = parties_by_version(session, [one.id for one in versions])
    return render_template(
        "agreements/history.html",
        place=place,
        versions=versions,
        standings={number: standing_from(lines) for number, lines in parties.items()},
        ended=_ended(versions),
        **WORDS,
    )


@blueprint.get("/versies/<int:number>/vergelijking")
@requires(VIEW_AGREEMENT)
def compare(number: int) -> str:
    """Show what a version changes in another one, the one in force before it unless asked."""
    session, after = read_session(), shown_version(number)
    before = _compared_with(after)
    changes = compare_articles(
        *(article_texts(articles_of(session, one.id)) for one in (before, after))
    )
    return render_template(
        "agreements/compare.html",
        place=place_of_address(),
        before=before,
        after=after,
        changes=[change for change in changes if not change.is_same],
        same=sum(change.is_same for change in changes),
        intro=compare_words(before.intro, after.intro),
        names=[[p.name for p in parties_of(session, one.id)] for one in (before, after)],
    )


@blueprint.get("/versies/<int:number>/overeenkomst.pdf")
@requires(VIEW_AGREEMENT)
def document(number: int) -> Response:
    """Download a version with its parties, what they said and its hash."""
    made = make_document(read_session(), shown_version(number))
    return download(made, pdf.MEDIA_TYPE, f"overeenkomst-versie-{number}.pdf")


@blueprint.get("/versies/<int:number>/overeenkomst.txt")
@requires(VIEW_AGREEMENT)
def plain_text(number: int) -> Response:
    """Download exactly the text that the hash is made of."""
    session, shown = read_session(), shown_version(number)
    text = text_of(shown, articles_of(session, shown.id), parties_of(session, shown.id))
    return download(
        canonical_text(text).encode(),
        "text/plain; charset=utf-8",
        f"overeenkomst-versie-{number}.txt",
    )


def _ended(versions: Sequence[VersionFacts]) -> dict[int, date]:
    """Return on which day each version was replaced, by its number."""
    begun = {one.number: one.in_force_on for one in versions if one.in_force_on}
    later = {number: [day for n, day in begun.items() if n > number] for number in begun}
    return {number: min(days) for number, days in later.items() if days}


def _found() -> CurrentAgreement | None:
    place = place_of_address()
    return find_agreement(read_session(), region_id=place.region_id, owner=place.owner)


def _version_page(found: CurrentAgreement, shown: VersionFacts) -> str:
    place, session = place_of_address(), read_session()
    parties = found.parties.get(shown.id) or parties_of(session, shown.id)
    mine = [party for party in parties if party.organisation_id in place.answers_for]
    return render_template(
        "agreements/agreement.html",
        place=place,
        found=found,
        version=shown,
        parties=sorted(parties, key=lambda party: party not in mine),
        mine=mine,
        standing=standing_from(parties),
        articles=articles_of(session, shown.id),
        intro=paragraphs(shown.intro),
        difference=_difference(shown, parties),
        days_waiting=_days_waiting(shown),
        **WORDS,
    )


def _difference(shown: VersionFacts, parties: Iterable[PartyLine]) -> Difference | None:
    """Return how the parties differ from who takes part, for who may do something about it."""
    place = place_of_address()
    counts = place.can_edit and (shown.is_sent or shown.is_in_force)
    return place.difference(parties) if counts else None


def _days_waiting(shown: VersionFacts) -> int:
    """Return for how many days a sent version has waited for its parties."""
    if not shown.is_sent or shown.sent_at is None:
        return 0
    return (today(read_session()) - day_of(shown.sent_at)).days


def _compared_with(after: VersionFacts) -> VersionFacts:
    """Return the version that the address asks for, else the last that was in force before."""
    asked = request.args.get("met", "")
    if asked.isdecimal() and len(asked) < 9:
        return shown_version(int(asked))
    earlier = [
        one
        for one in versions_of(read_session(), region_id=after.region_id, owner=after.owner)
        if one.number < after.number
    ]
    if not earlier:
        raise NotFound(NO_VERSION)
    return next((one for one in earlier if one.in_force_on), earlier[0])
