"""Every text that people see is complete in Dutch and in English."""

import re

import pytest
from babel.messages.catalog import Catalog, Message

from tools import catalogues

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%")


@pytest.fixture(scope="module")
def sources():
    return catalogues.extract()


def forms(message: Message) -> list[tuple[str, str]]:
    """Return each text with the source string that it stands for."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    singular, plural = message.id
    first, *others = message.string
    return [(singular, first), *((plural, other) for other in others)]


def other_placeholders(catalogue: Catalog) -> list[object]:
    """Return the messages whose text fills in something else than the source does."""
    return [
        message.id
        for message in catalogue
        if message.id
        for source, text in forms(message)
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(text))
    ]


def untranslated(catalogue: Catalog) -> list[object]:
    """Return the messages without a text that somebody has approved."""
    return [m.id for m in catalogue if m.id and not catalogues.is_translated(m)]


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_catalogue_has_every_source_string_and_no_other(sources, language):
    in_catalogue = {message.id for message in catalogues.read(language) if message.id}

    assert len(sources) > 100
    assert sources - in_catalogue == set()
    assert in_catalogue - sources == set()


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_catalogue_is_complete(language):
    catalogue = catalogues.read(language)

    assert untranslated(catalogue) == []
    assert other_placeholders(catalogue) == []


@pytest.mark.parametrize(
    "wrong",
    [
        '[“”"„]',  # a quotation is ‘like this’
        "centrumgemeente",  # one word: centrum
        r"\b(leden|lid) (samen )?(betalen|betaalt)",  # partners are members and pay nothing
        "stel(t|len) de begroting vast",  # a body does; they record that it did
    ],
)
def test_dutch_has_one_word_and_one_form_for_one_thing(wrong):
    texts = [text for message in catalogues.read("nl") for _, text in forms(message)]

    assert [text for text in texts if re.search(wrong, text)] == []


def test_english_repeats_the_source():
    different = [m.id for m in catalogues.read("en") if m.id and m.id != m.string]

    assert different == []


@pytest.mark.parametrize(
    ("source", "text", "flags"),
    [
        ("Members", "", ()),
        ("Members", "Leden", ("fuzzy",)),
        (("%(num)s member", "%(num)s members"), ("%(num)s lid", ""), ()),
    ],
)
def test_missing_or_fuzzy_text_is_seen(source, text, flags):
    catalogue = Catalog(locale="nl")
    catalogue.add(source, text, flags=flags)

    assert untranslated(catalogue) == [source]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Hello %(name)s", "Hallo %(naam)s"),
        ("Hello %(name)s", "Hallo"),
        (("%(num)s member", "%(num)s members"), ("%(num)s lid", "leden")),
    ],
)
def test_other_placeholder_is_seen(source, text):
    catalogue = Catalog(locale="nl")
    catalogue.add(source, text)

    assert other_placeholders(catalogue) == [source]


def test_source_string_is_found_in_code_and_in_a_template(tmp_path):
    (tmp_path / "babel.cfg").write_text((catalogues.ROOT / "babel.cfg").read_text())
    (tmp_path / "extranet").mkdir()
    (tmp_path / "extranet" / "a.py").write_text("Text('Wrong %(n)s', n=1)")
    (tmp_path / "templates" / "x").mkdir(parents=True)
    (tmp_path / "templates" / "x" / "y.html").write_text(
        "{{ _('Members') }}{% trans n=2 %}one{% pluralize %}{{ n }} more{% endtrans %}"
    )

    found = catalogues.extract(tmp_path)

    assert found == {"Wrong %(n)s", "Members", ("one", "%(n)s more")}
