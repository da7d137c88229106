"""The rule of a plugin about its participants, on the pages that every plustaak has."""

from extranet.coalitions.models import Plustaak
from tests.membership.places import text_of


def test_rule_of_the_plugin_is_shown_and_blocks(site):
    with site.unit_of_work() as session:
        session.get_one(Plustaak, site.place.plustaak_id).live_since = None

    participants = text_of(site.visit("lead").get("/noord/coalities/met/dummy/deelnemers"))
    live = text_of(site.visit("lead").get("/noord/coalities/met/dummy/live"))
    pressed = site.post("lead", "/noord/coalities/met/dummy/live")

    assert "Er zijn vier gemeenten nodig." in participants
    assert "Er zijn vier gemeenten nodig." in live
    assert pressed.status_code == 409
