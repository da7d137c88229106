"""Add, change, move and remove the articles of a draft."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.agreements.models import AgreementVersion, Article
from extranet.agreements.services.drafts import check_draft, write_down
from extranet.errors import InvalidInput
from extranet.i18n import Text

Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleInput:
    """An article as somebody writes it: a heading, paragraphs one a line, its article of law."""

    title: str
    body: str
    law: str = ""


def add_article(
    session: Session,
    *,
    version: AgreementVersion,
    values: ArticleInput,
    actor: Actor | None,
    after_key: str = "",
    source: str = "",
    key: str = "",
) -> Article:
    """Add an article to a draft, after another one or at the end; it gets a key unless given."""
    check_draft(version)
    _check(values)
    keys = _keys(session, version)
    key = key or uuid4().hex
    if key in keys:
        raise InvalidInput({"": Text("This article is in the agreement already.")})
    article = Article(
        version_id=version.id, key=key, position=len(keys) + 1, source=source, **asdict(values)
    )
    session.add(article)
    session.flush()
    place = keys.index(after_key) + 1 if after_key in keys else len(keys)
    _number(session, version, [*keys[:place], article.key, *keys[place:]])
    write_down(
        session,
        version,
        "agreement.article_added",
        actor=actor,
        about=article.title,
        after=_logged(values),
    )
    return article


def change_article(
    session: Session,
    *,
    version: AgreementVersion,
    article: Article,
    values: ArticleInput,
    actor: Actor | None,
) -> None:
    """Change an article of a draft; its key stays, so that versions can be compared."""
    check_draft(version)
    _check(values)
    before, after = _logged(article), _logged(values)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return
    for name, value in asdict(values).items():
        setattr(article, name, value)
    session.flush()
    write_down(
        session,
        version,
        "agreement.article_changed",
        actor=actor,
        about=article.title,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )


def remove_article(
    session: Session, *, version: AgreementVersion, article: Article, actor: Actor | None
) -> None:
    """Take an article out of a draft."""
    check_draft(version)
    title, before = article.title, _logged(article)
    session.delete(article)
    session.flush()
    _number(session, version, _keys(session, version))
    write_down(
        session, version, "agreement.article_removed", actor=actor, about=title, before=before
    )


def move_article(
    session: Session,
    *,
    version: AgreementVersion,
    article: Article,
    direction: Direction,
    actor: Actor | None,
) -> None:
    """Move an article one place; the first one stays when it is asked to go up."""
    check_draft(version)
    keys = _keys(session, version)
    place = keys.index(article.key)
    target = place - 1 if direction == "up" else place + 1
    if not 0 <= target < len(keys):
        return
    keys.insert(target, keys.pop(place))
    _number(session, version, keys)
    write_down(
        session,
        version,
        "agreement.article_moved",
        actor=actor,
        about=article.title,
        before={"position": place + 1},
        after={"position": target + 1},
    )


def _keys(session: Session, version: AgreementVersion) -> list[str]:
    statement = (
        select(Article.key)
        .where(Article.version_id == version.id)
        .order_by(Article.position, Article.id)
    )
    return list(session.scalars(statement))


def _number(session: Session, version: AgreementVersion, keys: list[str]) -> None:
    """Give the articles their places; past the ORM, so that no open form counts as stale."""
    for position, key in enumerate(keys, 1):
        session.execute(
            update(Article)
            .where(
                Article.version_id == version.id, Article.key == key, Article.position != position
            )
            .values(position=position)
            .execution_options(synchronize_session=False)
        )


def _check(values: ArticleInput) -> None:
    wrong = {
        name: Text("Fill this in.")
        for name in ("title", "body")
        if not str(getattr(values, name)).strip()
    }
    if wrong:
        raise InvalidInput(wrong)


def _logged(article: Article | ArticleInput) -> dict[str, object]:
    """Return an article as the log writes it, where a body is one that decides."""
    return {"title": article.title, "text": article.body, "law": article.law}
