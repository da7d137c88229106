"""An agreement as a PDF: its text, its parties with what they said, and its hash.

The words around the text are Dutch whoever asks, so that a version makes the same bytes for
everybody. People are not named in it: an organisation decides by a body.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from extranet.agreements.queries.articles import ArticleLine, articles_of
from extranet.agreements.queries.parties import PartyLine, parties_of
from extranet.agreements.queries.versions import VersionFacts
from extranet.agreements.rules import ANSWER_WORDS, NO_ANSWER, paragraphs
from extranet.i18n import DEFAULT_LOCALE, Text, translate
from extranet.membership.models import Region
from extranet.publishing.pdf import render_pdf

TEMPLATE = "agreements/agreement.typ"
NOTICES = {
    "draft": Text("Draft: nobody has consented to this text"),
    "sent": Text("Not in force yet: this text waits for its parties"),
    "superseded": Text("Replaced: a later version is in force"),
    "withdrawn": Text("Withdrawn: this text was never in force"),
}
EXAMPLE = Text("Example: this is not a real agreement")


def make_document(session: Session, version: VersionFacts) -> bytes:
    """Return a version as PDF/UA-1 and PDF/A-2a; once sent, the same bytes until an answer comes.

    Raises InvalidInput for a character that cannot be printed.
    """
    articles, parties = articles_of(session, version.id), parties_of(session, version.id)
    region = session.get_one(Region, version.region_id)
    return render_pdf(
        TEMPLATE,
        {
            "title": version.title,
            "notice": " · ".join(_notices(version, is_example=region.is_example)),
            "facts": _facts(version),
            "parties": {
                "heading": _say(Text("Parties")),
                "names": [f"{party.name} ({party.code})" for party in parties],
            },
            "intro": list(paragraphs(version.intro)),
            "agreed": _say(Text("The parties agree as follows.")),
            "articles": [_article(number, article) for number, article in enumerate(articles, 1)],
            "answers": _answers(parties),
            "hash": _hash(version),
            "page_label": _say(
                Text("page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s")
            ),
        },
        title=f"{version.title}, {_say(_number(version))}",
        language=DEFAULT_LOCALE,
        created=version.sent_at,
    )


def _say(text: Text) -> str:
    return translate(text, DEFAULT_LOCALE)


def _number(version: VersionFacts) -> Text:
    return Text("version %(number)s", number=version.number)


def _notices(version: VersionFacts, *, is_example: bool) -> list[str]:
    notices = [NOTICES[version.state]] if version.state in NOTICES else []
    return [_say(notice) for notice in ([EXAMPLE, *notices] if is_example else notices)]


def _facts(version: VersionFacts) -> list[list[str]]:
    facts = [[_say(Text("Version")), str(version.number)]]
    for label, day in (
        (Text("Agreed date"), version.in_force_from),
        (Text("In force since"), version.in_force_on),
    ):
        if day:
            facts.append([_say(label), _say(Text("%(day)s", day=day))])
    return facts


def _article(number: int, article: ArticleLine) -> dict[str, object]:
    law = Text("Legal basis: %(law)s", law=article.law)
    return {
        "heading": _say(Text("Article %(number)s", number=number)),
        "title": article.title,
        "paragraphs": list(article.paragraphs),
        "law": _say(law) if article.law else "",
    }


def _answers(parties: Sequence[PartyLine]) -> dict[str, object]:
    headings = (Text("Party"), Text("Answer"), Text("Decided by"), Text("Evidence"))
    return {
        "heading": _say(Text("What the parties said")),
        "columns": [_say(heading) for heading in headings],
        "rows": [
            [
                party.name,
                _say(ANSWER_WORDS[party.answer] if party.answer else NO_ANSWER),
                _decision(party),
                party.evidence or "–",
                party.remark,
            ]
            for party in parties
        ],
    }


def _decision(party: PartyLine) -> str:
    if party.decided_on is None:
        return "–"
    return _say(Text("%(body)s, %(day)s", body=party.body_name, day=party.decided_on))


def _hash(version: VersionFacts) -> dict[str, str]:
    return {
        "heading": _say(Text("Hash of the text")),
        "words": _say(
            Text(
                "The SHA-256 of the title, the number, the agreed date, the parties, the "
                "introduction and the articles. Who has the text can check that nothing changed."
            )
        ),
        "value": version.fingerprint,
    }
