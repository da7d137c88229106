"""Two versions beside each other, over any articles."""

from hypothesis import given
from hypothesis import strategies as st

from extranet.agreements.rules import ArticleText, compare_articles, compare_words

texts = st.text(st.sampled_from("ab éZ.,\n 1-"), max_size=30)
keys = st.lists(st.sampled_from("abcdefg"), unique=True, max_size=7)
bodies = st.sampled_from(["Samen.", "Samen werken.", "Apart."])


@st.composite
def versions(draw):
    """Draw the articles of a version."""
    return [ArticleText(key=k, title=f"Kop {k}", body=draw(bodies)) for k in draw(keys)]


def joined(segments, marks):
    return "".join(one.text for one in segments if one.mark in marks)


@given(texts, texts)
def test_segments_together_are_the_texts_and_what_is_the_same_is_in_both(before, after):
    diff = compare_words(before, after)

    assert joined(diff.before, {"same", "removed"}) == before
    assert joined(diff.after, {"same", "added"}) == after
    assert joined(diff.before, {"same"}) == joined(diff.after, {"same"})
    assert diff.is_changed == (before != after)


@given(versions(), versions())
def test_every_article_of_both_is_there_once_and_the_later_order_is_kept(before, after):
    changes = compare_articles(before, after)
    old, new = [a.key for a in before], [a.key for a in after]

    assert len({change.key for change in changes}) == len(changes)
    assert [c.key for c in changes if not c.is_removed] == new
    assert {c.key for c in changes if c.is_removed} == set(old) - set(new)
    assert {c.key for c in changes if c.is_added} == set(new) - set(old)
    stayed = [c.key for c in changes if not (c.is_added or c.is_removed or c.is_moved)]
    assert stayed == [key for key in old if key in stayed]


@given(versions())
def test_version_beside_itself_has_no_change(version):
    assert all(change.is_same for change in compare_articles(version, version))


def test_one_article_that_went_up_is_the_only_one_moved():
    before = [ArticleText(key=k, title=k, body=k) for k in "abcd"]
    after = [before[3], *before[:3]]

    assert [c.key for c in compare_articles(before, after) if c.is_moved] == ["d"]


def test_removed_article_stands_where_it_stood():
    before = [ArticleText(key=k, title=k, body=k) for k in "abc"]

    assert [c.key for c in compare_articles(before, [before[0], before[2]])] == ["a", "b", "c"]
    assert [c.key for c in compare_articles(before, before[1:])] == ["a", "b", "c"]


def test_changed_phrase_is_marked_whole_and_nothing_around_it():
    diff = compare_words("Opzeggen kan zes maanden vooraf.", "Opzeggen kan een jaar vooraf.")

    assert [(s.text, s.mark) for s in diff.before] == [
        ("Opzeggen kan ", "same"),
        ("zes maanden", "removed"),
        (" vooraf.", "same"),
    ]
    assert [(s.text, s.mark) for s in diff.after][1] == ("een jaar", "added")


def test_changed_law_counts_as_a_change():
    before = [ArticleText(key="a", title="A", body="B", law="BW 6:213")]
    after = [ArticleText(key="a", title="A", body="B", law="BW 6:217")]

    (change,) = compare_articles(before, after)

    assert change.is_changed
    assert not change.body.is_changed
