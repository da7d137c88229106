"""Write the articles of a draft."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.agreements import forms
from extranet.agreements.models import Article
from extranet.agreements.policy import VIEW_AGREEMENT
from extranet.agreements.queries.articles import articles_of, get_article
from extranet.agreements.queries.clauses import RegionClause, clauses_of, get_clause
from extranet.agreements.rules import SUBJECT_WORDS
from extranet.agreements.services import articles as services
from extranet.agreements.services.articles import ArticleInput
from extranet.agreements.views.blueprint import blueprint
from extranet.agreements.views.place import (
    draft_to_change,
    draft_to_show,
    place_of_address,
    place_to_edit,
)
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work

Page = str | tuple[str, int] | Response


@blueprint.get("/concept/artikelen/nieuw")
@requires(VIEW_AGREEMENT)
def add_article_form() -> Page:
    """Ask for a new article, empty or with the words of a model clause."""
    wanted = request.args.get("bepaling", "")
    clause = _clause(wanted).clause if wanted else None
    data = {
        "title": clause.title if clause else "",
        "body": clause.body if clause else "",
        "law": clause.law if clause else "",
        "clause": wanted,
        "after": "",
    }
    return _add_page(forms.AddArticleForm(data=data))


@blueprint.post("/concept/artikelen/nieuw")
@requires(VIEW_AGREEMENT)
def add_article() -> Page:
    """Add an article."""
    form = _placed(forms.AddArticleForm())
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            services.add_article(
                session,
                version=draft_to_change(session),
                values=_values(form),
                after_key=form.after.data or "",
                actor=current_actor(),
                **_origin(str(form.clause.data or "")),
            )
            flash(_("The article is added."))
            return redirect(url_for(".draft"))
    return _add_page(form), 422


@blueprint.get("/concept/artikelen/<key>")
@requires(VIEW_AGREEMENT)
def change_article_form(key: str) -> Page:
    """Show an article to change."""
    article = get_article(read_session(), version_id=draft_to_show().id, key=key)
    return _change_page(forms.ArticleForm(obj=article), article)


@blueprint.post("/concept/artikelen/<key>")
@requires(VIEW_AGREEMENT)
def change_article(key: str) -> Page:
    """Change an article."""
    form = forms.ArticleForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            draft = draft_to_change(session)
            article = get_article(session, version_id=draft.id, key=key)
            form.expect(article.version, _present(article))
            values = _values(form)
            services.change_article(
                session, version=draft, article=article, values=values, actor=current_actor()
            )
            return redirect(f"{url_for('.draft')}#artikel-{key}")
    shown = get_article(read_session(), version_id=draft_to_show().id, key=key)
    return _change_page(form, shown), 422


@blueprint.post("/concept/artikelen/<key>/verplaatsen")
@requires(VIEW_AGREEMENT)
def move_article(key: str) -> Page:
    """Move an article one place up or down."""
    with unit_of_work() as session:
        draft = draft_to_change(session)
        services.move_article(
            session,
            version=draft,
            article=get_article(session, version_id=draft.id, key=key),
            direction="up" if request.form.get("richting") == "op" else "down",
            actor=current_actor(),
        )
    return redirect(f"{url_for('.draft')}#artikel-{key}")


@blueprint.get("/concept/artikelen/<key>/verwijderen")
@requires(VIEW_AGREEMENT)
def remove_article_form(key: str) -> Page:
    """Ask whether an article must go."""
    article = get_article(read_session(), version_id=draft_to_show().id, key=key)
    form = forms.ConfirmForm(data={"version": article.version})
    return render_template(
        "agreements/remove_article_form.html", form=form, article=article, place=place_to_edit()
    )


@blueprint.post("/concept/artikelen/<key>/verwijderen")
@requires(VIEW_AGREEMENT)
def remove_article(key: str) -> Page:
    """Take an article out of the draft."""
    form = forms.ConfirmForm()
    form.validate()
    with unit_of_work() as session:
        draft = draft_to_change(session)
        article = get_article(session, version_id=draft.id, key=key)
        form.expect(article.version, _present(article))
        services.remove_article(session, version=draft, article=article, actor=current_actor())
        flash(_("The article “%(title)s” is removed.", title=article.title))
    return redirect(url_for(".draft"))


def _clause(subject: str) -> RegionClause:
    return get_clause(read_session(), region_id=place_of_address().region_id, subject=subject)


def _origin(subject: str) -> dict[str, str]:
    """Return where an article comes from; a clause keeps its own key in every agreement."""
    if subject not in SUBJECT_WORDS:
        return {}
    return {"key": subject, "source": f"clause:{subject}"}


def _values(form: forms.ArticleForm) -> ArticleInput:
    return ArticleInput(
        title=str(form.title.data), body=str(form.body.data), law=str(form.law.data)
    )


def _present(article: Article) -> Mapping[str, object]:
    """Return what stands there now, for who changed an older text."""
    return {"title": article.title, "body": article.body, "law": article.law}


def _placed(form: forms.AddArticleForm) -> forms.AddArticleForm:
    articles = articles_of(read_session(), draft_to_show().id)
    return form.offer(
        [
            (one.key, _("After article %(number)s, %(title)s", number=number, title=one.title))
            for number, one in enumerate(articles, 1)
        ]
    )


def _add_page(form: forms.AddArticleForm) -> str:
    place, session = place_to_edit(), read_session()
    present = {article.key for article in articles_of(session, draft_to_show().id)}
    unused = [
        found.clause
        for found in clauses_of(session, region_id=place.region_id)
        if found.clause.subject not in present
    ]
    return render_template(
        "agreements/add_article_form.html",
        form=_placed(form),
        place=place,
        unused=unused,
        subject_words=SUBJECT_WORDS,
    )


def _change_page(form: forms.ArticleForm, article: Article) -> str:
    return render_template(
        "agreements/change_article_form.html", form=form, article=article, place=place_to_edit()
    )
