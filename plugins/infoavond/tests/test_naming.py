"""The guard: nothing that goes to residents names the region (product rule 11)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extranet_infoavond.rules.naming import Names, Naming, namings

NML = Names(
    region="RES Noord- en Midden-Limburg",
    slug="nml",
    coalition="Groen gas",
    host="extranet.resnml.nl",
    municipalities=frozenset({"Venlo", "Venray"}),
)


def words_in(text, names=NML):
    return [one.words for one in namings({"body": text}, names)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("De RES Noord- en Midden-Limburg komt.", ["RES Noord- en Midden-Limburg"]),
        ("de regio noord en midden limburg", ["regio noord en midden limburg"]),
        ("Noord & Midden-Limburg", ["Noord & Midden-Limburg"]),
        ("NOORD-MIDDEN-LIMBURG", ["NOORD-MIDDEN-LIMBURG"]),
        ("www.noordenmiddenlimburg.nl", ["noordenmiddenlimburg"]),
        ("Noord- en\n  Midden-Limburg", ["Noord- en\n  Midden-Limburg"]),
        ("Noord\N{NO-BREAK SPACE}en Midden\N{NON-BREAKING HYPHEN}Limburg", None),
        ("N\N{SOFT HYPHEN}oord en Midd\N{ZERO WIDTH JOINER}en Limburg", None),
        ("Nóórd en Midden Limburg", None),
        (unicodedata.normalize("NFD", "Nóórd en Midden Limburg"), None),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER N}oord en Midden Limburg", None),
        ("Mail naar info@resnml.nl", ["resnml"]),
        ("RES NML", ["RES NML"]),
        ("de RES-NML", ["RES-NML"]),
        ("nml", ["nml"]),
        ("N.M.L.", ["N.M.L"]),
        ("De RES helpt mee.", ["RES"]),
        ("de Regionale Energiestrategie", ["Regionale Energiestrategie"]),
        ("https://extranet.resnml.nl/p/avond", ["extranet.resnml.nl"]),
        ("NML en nog eens NML", ["NML", "NML"]),
    ],
)
def test_region_is_found_however_it_is_written(text, words):
    assert words_in(text) == (words or [text])


@pytest.mark.parametrize(
    "text",
    [
        "Komt u ook naar de avond in Limburg?",
        "Het noorden en midden van de gemeente",
        "De interesse is groot; een resultaat is er nog niet.",
        "nmlx, xnml, html en 3nml",
        "Gemeente Venray, Venlo",
        "",
    ],
)
def test_ordinary_words_pass(text):
    assert words_in(text) == []


def test_place_is_told_by_part_and_paragraph():
    parts = {"subject": "Avond", "body": "Beste heer,\n\nDe RES NML nodigt u uit.", "sender": "nml"}

    assert namings(parts, NML) == [
        Naming(part="body", paragraph=2, words="RES NML"),
        Naming(part="sender", paragraph=1, words="nml"),
    ]


def test_initials_of_a_region_with_a_long_short_name_are_found():
    names = Names(region="RES Noord- en Midden-Limburg", slug="noord-en-midden-limburg")

    assert words_in("Vraag het de RES NML of noord-en-midden-limburg.nl", names) == [
        "RES NML",
        "noord-en-midden-limburg",
    ]


def test_coalition_that_holds_the_region_is_found_whole_and_another_is_free():
    names = Names(region="Regio Foodvalley", slug="fv", coalition="Groen gas Foodvalley")

    assert words_in("Van Groen gas Foodvalley", names) == ["Groen gas Foodvalley"]
    assert words_in("Over groen gas", names) == []
    assert words_in("Coalitie Groen gas") == []


def test_municipality_that_bears_the_regions_word_writes_its_own_name():
    names = Names(region="Regio Venlo", slug="venlo", municipalities=frozenset({"Venlo"}))

    assert words_in("De gemeente Venlo nodigt u uit.", names) == []
    assert words_in("De Regio Venlo nodigt u uit.", names) == ["Regio Venlo"]


def test_without_any_name_nothing_is_found():
    assert words_in("Wat dan ook", Names(region="", slug="")) == []


@given(
    before=st.text("abc .,\n", max_size=20),
    after=st.text("abc .,\n", max_size=20),
    joints=st.lists(
        st.sampled_from([" ", "-", "  ", "\n", "- ", ".", "_"]), min_size=3, max_size=3
    ),
    is_upper=st.booleans(),
)
def test_name_is_found_wherever_it_stands(before, after, joints, is_upper):
    first, second, third = joints
    name = f"noord{first}en{second}midden{third}limburg"
    text = f"{before} {name.upper() if is_upper else name} {after}"

    assert len(words_in(text)) == 1
