"""The plugin as a whole."""

from datetime import date

from extranet.plugins.testing import assert_conforms
from extranet_infoavond.models import Evening, HouseStyle, MasterLetter
from plugins.infoavond.tests.gatherings import add_initiative, add_people, make_gathering
from plugins.infoavond.tests.rows import MASTER, add_item, add_letter, png


def fill(site, coalition):
    """Fill a place with an evening and everything that hangs on it."""
    made = make_gathering(site, coalition=coalition, held_on=date(2026, 11, 20))
    add_people(site, made, 0, 12)
    add_people(site, made, 1, 3)
    add_initiative(site, made.hosts[0], coalition=coalition)
    with site.unit_of_work() as session:
        evening = session.get_one(Evening, made.evening_id)
        session.add(MasterLetter(evening_id=evening.id, subject=MASTER[0], body=MASTER[1]))
        item = add_item(session, evening)
        for number in made.hosts:
            plustaak_id = site.world.places[coalition].plustaak_id
            style = session.get_one(HouseStyle, (plustaak_id, number))
            style.logo, style.logo_type = png(), "image/png"
            add_letter(session, evening, number)
        return {"evening_id": evening.id, "organisation_id": made.hosts[0], "item_id": item.id}


def test_plugin_conforms(site):
    values = fill(site, "met")
    fill(site, "elders")

    assert_conforms(site, values=values)
