"""The model clauses of the program, and an agreement put together from them."""

import pytest

from extranet.agreements.rules import DEFAULTS, SUBJECTS, TemplateArticle, put_together

VALUES = {"naam": "Infoavonden", "regio": "Regio Noord", "drempel": "3"}
CLAUSES = tuple(DEFAULTS.values())
EVENINGS = TemplateArticle(key="evenings", title="Avonden", body="{naam} in {plaats}.")


def keys(articles, wanted=SUBJECTS):
    return [article.key for article in put_together(articles, CLAUSES, wanted, VALUES)]


def test_every_subject_has_words_that_fit_its_columns():
    assert tuple(DEFAULTS) == SUBJECTS
    for clause in CLAUSES:
        assert 0 < len(clause.title) <= 160
        assert len(clause.law) <= 200
        assert "!" not in clause.body
        assert all(line and line == line.strip() for line in clause.body.split("\n"))


def test_own_articles_follow_the_tasks():
    assert keys([EVENINGS]) == ["subject", "tasks", "evenings", *SUBJECTS[2:]]
    assert keys([EVENINGS], wanted=("leaving",)) == ["evenings", "leaving"]


def test_article_takes_the_place_of_the_clause_that_it_replaces():
    own = TemplateArticle(key="costs", title="Kosten", body="Niets.", instead_of="contribution")

    assert keys([own]) == ["subject", "tasks", "costs", *SUBJECTS[3:]]
    assert keys([own], wanted=()) == ["costs"]


def test_known_names_in_braces_are_filled_in_and_others_stay():
    made = put_together([EVENINGS], CLAUSES, SUBJECTS, VALUES)
    text = "\n".join(article.body for article in made)

    assert "Infoavonden in {plaats}." in text
    assert "{naam}" not in text
    assert "minder dan 3 gemeenten" in text
    assert {article.source.partition(":")[0] for article in made} == {"clause", "template"}


@pytest.mark.parametrize(
    ("articles", "wanted"),
    [
        ([], ("leavng",)),
        ([TemplateArticle(key="x", title="X", body="X", instead_of="leavng")], ()),
        ([EVENINGS, EVENINGS], ()),
        ([TemplateArticle(key="leaving", title="X", body="X")], SUBJECTS),
    ],
)
def test_mistake_in_a_template_is_an_error(articles, wanted):
    with pytest.raises(ValueError, match=r"clause|one key"):
        put_together(articles, CLAUSES, wanted, VALUES)
