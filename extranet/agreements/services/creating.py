"""Start agreements and versions, describe drafts and throw them away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.agreements.models import (
    OPEN_STATES,
    Agreement,
    AgreementVersion,
    Article,
    Party,
)
from extranet.agreements.queries.clauses import clauses_of
from extranet.agreements.queries.versions import NO_VERSION, lock_agreement
from extranet.agreements.rules import SUBJECTS, NewArticle, TemplateArticle, put_together
from extranet.agreements.services.drafts import check_draft, write_down
from extranet.agreements.services.parties import set_parties
from extranet.errors import Conflict, InvalidInput, NotFound
from extranet.i18n import Text
from extranet.membership.models import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a draft says beside its articles; `note` is what it changes."""

    title: str
    intro: str = ""
    note: str = ""
    in_force_from: date | None = None


def create_from_template(
    session: Session,
    *,
    region_id: int,
    owner: str,
    title: str,
    articles: Sequence[TemplateArticle] = (),
    clauses: Collection[str] = SUBJECTS,
    parties: Collection[int] = (),
    actor: Actor | None,
) -> Agreement:
    """Start an owner's agreement: a draft of a template's articles and the region's model clauses.

    `clauses` are the subjects of the clauses that are wanted, `parties` numbers of organisations.
    Raises Conflict when the owner has an agreement already, ValueError for a wrong template.
    """
    region = session.scalar(select(Region).where(Region.id == region_id).with_for_update())
    if region is None:
        raise NotFound(Text("There is no such region."))
    if session.scalar(
        select(Agreement.id).where(Agreement.region_id == region_id, Agreement.owner == owner)
    ):
        raise Conflict(Text("There is an agreement already."))
    own = [found.clause for found in clauses_of(session, region_id=region_id)]
    values = {"naam": title, "regio": region.name, "drempel": str(region.threshold)}
    made = put_together(articles, own, clauses, values)
    agreement = Agreement(region_id=region_id, owner=owner, title=title)
    session.add(agreement)
    session.flush()
    version = AgreementVersion(agreement_id=agreement.id, number=1, title=title)
    session.add(version)
    session.flush()
    _add_articles(session, version, made)
    write_down(session, version, "agreement.created", actor=actor)
    if parties:
        set_parties(session, version=version, organisation_ids=parties, actor=actor)
    return agreement


def start_version(
    session: Session,
    *,
    region_id: int,
    owner: str,
    source: int,
    note: str,
    actor: Actor | None,
) -> AgreementVersion:
    """Start a new version: a draft with the text and the parties of version `source`.

    There is one draft or sent version at a time; raises InvalidInput while there is one.
    """
    agreement = lock_agreement(session, region_id=region_id, owner=owner)
    versions = {
        version.number: version
        for version in session.scalars(
            select(AgreementVersion).where(AgreementVersion.agreement_id == agreement.id)
        )
    }
    if source not in versions:
        raise NotFound(NO_VERSION)
    for version in versions.values():
        if version.state in OPEN_STATES:
            message = Text("Version %(number)s is not finished yet.", number=version.number)
            raise InvalidInput({"": message})
    origin = versions[source]
    version = AgreementVersion(
        agreement_id=agreement.id,
        number=max(versions) + 1,
        title=origin.title,
        intro=origin.intro,
        note=note,
    )
    session.add(version)
    session.flush()
    _copy(session, origin, version)
    write_down(session, version, "agreement.version_started", actor=actor, after={"note": note})
    return version


def describe_draft(
    session: Session, *, version: AgreementVersion, description: Description, actor: Actor | None
) -> None:
    """Change the title of a draft, its introduction, its date and what it says it changes."""
    check_draft(version)
    before = _described(version)
    for name, value in asdict(description).items():
        setattr(version, name, value)
    session.flush()
    after = _described(version)
    changed = sorted(name for name in after if after[name] != before[name])
    if changed:
        write_down(
            session,
            version,
            "agreement.described",
            actor=actor,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )


def discard_draft(session: Session, *, version: AgreementVersion, actor: Actor | None) -> None:
    """Throw a draft away; the first version stays, because a next one starts from it."""
    check_draft(version)
    if version.number == 1:
        raise InvalidInput({"": Text("The first version stays. Change it instead.")})
    write_down(session, version, "agreement.discarded", actor=actor, before={"note": version.note})
    for thing in (Article, Party):
        session.execute(delete(thing).where(thing.version_id == version.id))
    session.delete(version)
    session.flush()


def _add_articles(session: Session, version: AgreementVersion, made: Sequence[NewArticle]) -> None:
    session.add_all(
        Article(version_id=version.id, position=position, **asdict(article))
        for position, article in enumerate(made, 1)
    )
    session.flush()


def _copy(session: Session, origin: AgreementVersion, version: AgreementVersion) -> None:
    """Copy the articles under their keys, and the parties, from one version to another."""
    for thing, names in (
        (Article, ("key", "position", "title", "body", "source", "law")),
        (Party, ("organisation_id", "code", "name")),
    ):
        columns = [getattr(thing, name) for name in names]
        rows = session.execute(select(*columns).where(thing.version_id == origin.id)).mappings()
        copies = [{**row, "version_id": version.id} for row in rows]
        if copies:
            session.execute(insert(thing), copies)


def _described(version: AgreementVersion) -> dict[str, object]:
    day = version.in_force_from
    return {
        "title": version.title,
        "intro": version.intro,
        "note": version.note,
        "in_force_from": day.isoformat() if day else None,
    }
