"""Start the agreement of a plustaak from its plugin's articles and the region's model clauses."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.agreements.models import Agreement, AgreementVersion
from extranet.agreements.queries.versions import lock_version
from extranet.agreements.rules import SUBJECTS, TemplateArticle
from extranet.agreements.services.answering import AnswerInput, record_answer
from extranet.agreements.services.creating import Description, create_from_template, describe_draft
from extranet.agreements.services.sending import send_version
from extranet.coalitions.events import ArticleTemplate
from extranet.coalitions.models import Coalition, CoalitionState, Plustaak, PlustaakState
from extranet.coalitions.queries.contract_agreement import participants_to_be
from extranet.coalitions.queries.plustaken import describe_plugin
from extranet.coalitions.rules.owners import owner_of
from extranet.errors import Conflict
from extranet.i18n import Text, translate

# An agreement is written in the language of the law, whoever starts it.
LANGUAGE = "nl"


def start_agreement(
    session: Session, *, coalition: Coalition, plustaak: Plustaak, actor: Actor | None
) -> Agreement:
    """Start the agreement of a plustaak: a draft between those who take part in it.

    Raises Conflict when there is one already, when the plustaak is not on or the coalition closed.
    """
    if plustaak.state != PlustaakState.ON or coalition.state == CoalitionState.CLOSED:
        raise Conflict(Text("Nothing changes in this plustaak while it is off or closed."))
    description = describe_plugin(session, plustaak.plugin)
    return create_from_template(
        session,
        region_id=coalition.region_id,
        owner=owner_of(plustaak.id),
        title=translate(description.title, LANGUAGE),
        articles=[_article(one) for one in description.articles],
        parties=participants_to_be(session, plustaak),
        actor=actor,
    )


def agree(
    session: Session,
    *,
    coalition: Coalition,
    plustaak: Plustaak,
    description: Description,
    answers: Mapping[int, AnswerInput],
    address: str,
    actor: Actor | None,
) -> AgreementVersion:
    """Start the agreement of a plustaak, send it and record these answers, by organisation.

    For an example, or to take over what was agreed on paper. It tells the representatives of the
    parties, as sending always does; it is in force at once when all consented and the agreed date
    of `description` has come.
    """
    start_agreement(session, coalition=coalition, plustaak=plustaak, actor=actor)
    _, version = lock_version(
        session, region_id=coalition.region_id, owner=owner_of(plustaak.id), number=1
    )
    describe_draft(session, version=version, description=description, actor=actor)
    send_version(session, version=version, address=address, actor=actor)
    for organisation_id, values in answers.items():
        record_answer(
            session, version=version, organisation_id=organisation_id, values=values, actor=actor
        )
    return version


def _article(template: ArticleTemplate) -> TemplateArticle:
    """Return a plugin's article; one under the key of a model clause takes that clause's place."""
    return TemplateArticle(
        key=template.key,
        title=translate(template.title, LANGUAGE),
        body=translate(template.text, LANGUAGE),
        instead_of=template.key if template.key in SUBJECTS else "",
    )
