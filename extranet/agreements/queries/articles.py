"""The articles of versions, and a version as the text that its parties consent to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from extranet.agreements.models import Article
from extranet.agreements.queries.parties import PartyLine, texts_of
from extranet.agreements.queries.versions import VersionFacts
from extranet.agreements.rules import ArticleText, VersionText, paragraphs
from extranet.errors import NotFound
from extranet.i18n import Text

NO_ARTICLE = Text("This version has no such article.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article of a version; `version` guards its editing."""

    id: int
    key: str
    title: str
    body: str
    source: str
    law: str
    version: int

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the paragraphs of the article."""
        return paragraphs(self.body)


_ARTICLES = (
    select(
        Article.id,
        Article.key,
        Article.title,
        Article.body,
        Article.source,
        Article.law,
        Article.version,
    )
    .where(Article.version_id == bindparam("version_id"))
    .order_by(Article.position, Article.id)
)


def articles_of(session: Session, version_id: int) -> tuple[ArticleLine, ...]:
    """Return the articles of a version in their order."""
    rows = session.execute(_ARTICLES, {"version_id": version_id}).mappings()
    return tuple(ArticleLine(**row) for row in rows)


def get_article(session: Session, *, version_id: int, key: str) -> Article:
    """Return an article to change; raise NotFound when the version has none such."""
    article = session.scalar(
        select(Article).where(Article.version_id == version_id, Article.key == key)
    )
    if article is None:
        raise NotFound(NO_ARTICLE)
    return article


def article_texts(articles: Iterable[ArticleLine]) -> list[ArticleText]:
    """Return articles as their text reads."""
    return [ArticleText(key=a.key, title=a.title, body=a.body, law=a.law) for a in articles]


def text_of(
    version: VersionFacts, articles: Iterable[ArticleLine], parties: Iterable[PartyLine]
) -> VersionText:
    """Return a version as the text that its parties consent to."""
    return VersionText(
        title=version.title,
        number=version.number,
        in_force_from=version.in_force_from,
        intro=version.intro,
        articles=article_texts(articles),
        parties=texts_of(parties),
    )
