"""The text that is hashed: the same for the same agreement, another for any other."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extranet.agreements.rules import (
    ArticleText,
    PartyText,
    VersionText,
    canonical_text,
    fingerprint,
    paragraphs,
)

VERSION = VersionText(
    title="Samen aan warmte",
    number=2,
    in_force_from=date(2027, 1, 1),
    intro="Wij willen dit.",
    articles=[
        ArticleText(key="subject", title="Onderwerp", body="Eerste lid.\nTweede lid.", law="BW"),
        ArticleText(key="leaving", title="Opzeggen", body="Dat kan."),
    ],
    parties=[PartyText(code="gm:0983", name="Venlo"), PartyText(code="gm:0984", name="Venray")],
)
# Letters that could break the form: headings, indents, every sort of line end.
PIECES = ["ARTIKEL 1", "TEKST", "  ", "\n", "\r\n", "\u2028", "a", "e\u0301", " "]
texts = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


@st.composite
def versions(draw):
    """Draw a version."""
    articles = [
        ArticleText(key=str(n), title=draw(texts), body=draw(texts), law=draw(texts))
        for n in range(draw(st.integers(0, 3)))
    ]
    return replace(VERSION, title=draw(texts), intro=draw(texts), articles=articles)


def meaning(version):
    """Return what a reader takes from a version: its paragraphs in their places."""
    return (
        paragraphs(version.title),
        paragraphs(version.intro),
        [(paragraphs(a.title), a.paragraphs, paragraphs(a.law)) for a in version.articles],
    )


@given(versions(), versions())
def test_texts_are_equal_exactly_when_the_versions_say_the_same(one, other):
    assert (canonical_text(one) == canonical_text(other)) == (meaning(one) == meaning(other))


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Samen aan zon"},
        {"number": 3},
        {"in_force_from": date(2027, 1, 2)},
        {"in_force_from": None},
        {"intro": ""},
        {"articles": VERSION.articles[::-1]},
        {"articles": VERSION.articles[:1]},
        {"parties": VERSION.parties[:1]},
    ],
)
def test_whatever_changes_changes_the_hash(changes):
    assert fingerprint(replace(VERSION, **changes)) != fingerprint(VERSION)


def test_order_of_parties_and_the_key_of_an_article_are_no_part_of_it():
    other = replace(
        VERSION,
        parties=VERSION.parties[::-1],
        articles=[replace(a, key=f"x{a.key}") for a in VERSION.articles],
    )

    assert canonical_text(other) == canonical_text(VERSION)


def test_any_sha_256_program_makes_the_hash_of_the_text():
    assert fingerprint(VERSION) == hashlib.sha256(canonical_text(VERSION).encode()).hexdigest()
    assert canonical_text(VERSION).splitlines()[:8] == [
        "OVEREENKOMST",
        "  Samen aan warmte",
        "VERSIE 2",
        "INGANGSDATUM 2027-01-01",
        "PARTIJEN",
        "  gm:0983 Venlo",
        "  gm:0984 Venray",
        "INLEIDING",
    ]
