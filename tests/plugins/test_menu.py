"""The menu of a coalition with a plugin: its own lines in order, and a plustaak under its title."""

import re

import pytest

from extranet.web import navigation
from extranet.web.navigation import EXTENSION, NavigationEntry

HERE = "/noord/coalities/met/"
TOP = ["Overzicht", "Deelnemers", "Documenten", "Agenda", "Plustaken"]
DUMMY, GUESTS, ACTIVITY = "Proefnotities", "Gasten", "Activiteit"


def menu_of(page):
    """Return the lines of the rail by the heading above them, '' for none."""
    rail = page.partition('<details class="ex-unfold ex-rail">')[2].partition("</details>")[0]
    groups, heading = {}, ""
    for title, line in re.findall(r"<h2[^>]*>([^<]+)</h2>|<li><a [^>]*>([^<]+)</a>", rail):
        heading = title or heading
        if line:
            groups.setdefault(heading, []).append(line)
    return groups


@pytest.mark.parametrize(
    ("visitor", "last"),
    [
        ("lead", [GUESTS, ACTIVITY]),
        ("admin", [GUESTS, ACTIVITY]),
        ("participant", [ACTIVITY]),
        ("other_coalition", [ACTIVITY]),
        ("partner", [ACTIVITY]),
    ],
)
def test_lines_of_a_coalition_stand_in_order_with_each_plustaak_below_them(site, visitor, last):
    assert menu_of(site.visit(visitor).get(HERE).text) == {"": [*TOP, DUMMY, *last]}


def test_guest_has_the_line_of_the_plustaak_without_the_list_of_all(site):
    assert menu_of(site.visit("guest").get(HERE).text) == {"": [*TOP[:-1], DUMMY, ACTIVITY]}


def test_plustaak_that_is_off_has_no_line(site):
    assert menu_of(site.visit("admin").get("/noord/coalities/zonder/").text) == {
        "": [*TOP, GUESTS, ACTIVITY]
    }


def test_inside_a_plustaak_its_own_lines_come_before_what_each_has(site):
    assert menu_of(site.visit("participant").get(site.address()).text) == {
        "": [*TOP, ACTIVITY],
        "Proefplugin": [
            DUMMY,
            "Deelnemers",
            "Overeenkomst",
            "Begroting",
            "Bijdragen",
            "Live gaan",
        ],
    }


@pytest.mark.parametrize("weight", [1, 99])
def test_weight_of_a_plugin_puts_its_line_nowhere_else(site, weight):
    entries = [
        NavigationEntry(
            title=one.title,
            endpoint=one.endpoint,
            permission=one.permission,
            plugin=one.plugin,
            weight=weight if one.plugin else one.weight,
            group=one.group,
        )
        for one in site.app.extensions[EXTENSION]
    ]
    navigation.init_app(site.app, entries)

    assert menu_of(site.visit("partner").get(HERE).text) == {"": [*TOP, DUMMY, ACTIVITY]}
