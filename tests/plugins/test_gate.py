"""A page of a plugin is there where the plugin is on, for who may see it, and nowhere else."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import g

from extranet.api import Limit, TooMany, count_attempt
from extranet.plugins.testing import VISITORS

SEES = {"partner", "participant", "representative", "lead", "admin", "guest", "other_coalition"}


@pytest.mark.parametrize("visitor", VISITORS)
def test_page_is_there_for_who_may_see_it(site, visitor):
    answer = site.visit(visitor).get(site.address())

    expected = 200 if visitor in SEES else 302 if visitor == "stranger" else 404
    assert answer.status_code == expected


@pytest.mark.parametrize("visitor", VISITORS)
def test_page_is_missing_where_the_plugin_is_off(site, visitor):
    answer = site.visit(visitor).get(site.address(coalition="zonder"))

    assert answer.status_code == (302 if visitor == "stranger" else 404)


def test_page_speaks_the_plugins_dutch_and_the_cores_words_stay(site):
    page = site.visit("lead").get(site.address()).text

    assert "Wat de coalitie wil onthouden." in page
    assert "Hier staat nog niets." in page


def test_menu_names_the_plugin_only_where_it_is_on(site):
    page = site.visit("other_region").get("/zuid/coalities/elders/dummy").text

    assert page.count("Proefnotities") >= 2
    assert "Proefnotities" not in site.visit("lead").get("/noord/leden").text


@pytest.mark.parametrize("path", ["dummy/nergens", "dummy/nergens/verder", "nergens", "dummy/x%00"])
@pytest.mark.parametrize("visitor", ["stranger", "lead"])
def test_error_for_residents_bears_neither_region_nor_program(site, visitor, path):
    answer = site.visit(visitor).get(f"/p/{path}")
    words = re.sub(r"<[^>]*>", " ", answer.text)

    assert answer.status_code == 404
    assert [name in words for name in ("Extranet", "Noord", "Mens lead")] == [False] * 3
    assert "<script" not in answer.text


def test_attempts_are_counted_by_key_and_for_each_plugin_apart(site):
    limit = Limit("proef", 1, timedelta(hours=1))
    with site.app.test_request_context():
        g.plugin_place = site.place
        count_attempt(limit, "deur")
        count_attempt(limit, "raam")
        with pytest.raises(TooMany):
            count_attempt(limit, "deur")
        g.plugin_place = replace(site.place, plugin="ander")
        count_attempt(limit, "deur")
