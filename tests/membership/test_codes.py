import pytest
from flask import Flask

from extranet.i18n import Text
from extranet.membership.rules.codes import code_refusal, normal_code
from extranet.membership.rules.slugs import LONGEST, RESERVED, slug_refusal


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("gm:0983", "gemeente"),
        ("pv:31", "provincie"),
        ("ws:0665", "waterschap"),
        ("kvk:17131139", "netbeheerder"),
        ("kvk:17131139", "other"),
    ],
)
def test_code_of_its_kind_is_accepted(code, kind):
    assert code_refusal(code, kind) is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("gm:983", "gemeente"),
        ("gm:0983x", "gemeente"),
        ("pv:31", "gemeente"),
        ("gm:0983", "other"),
        ("GM:0983", "gemeente"),
        ("gm:०९८३", "gemeente"),
        ("", "provincie"),
    ],
)
def test_code_of_another_form_is_refused(code, kind):
    assert isinstance(code_refusal(code, kind), Text)


def test_typed_code_is_stored_in_one_form():
    assert normal_code(" GM: 0983 ") == "gm:0983"


@pytest.mark.parametrize("slug", ["nml", "hart-van-brabant", "res2", "a" * LONGEST])
def test_slug_is_accepted(slug):
    assert slug_refusal(slug) is None


@pytest.mark.parametrize(
    "slug",
    ["", "NML", "-nml", "nml-", "a--b", "2res", "a b", "é", "a/b", "a" * (LONGEST + 1), "beheer"],
)
def test_slug_that_makes_no_address_is_refused(slug):
    assert isinstance(slug_refusal(slug), Text)


@pytest.mark.one_database
def test_no_region_can_hide_a_page_of_the_site(app: Flask):
    first_parts = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
    own = {part for part in first_parts if part and "<" not in part}

    assert {part for part in own if slug_refusal(part) is None} == set()
    assert "beheer" in own & RESERVED
