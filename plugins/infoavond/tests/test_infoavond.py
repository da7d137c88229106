"""The plugin as a whole."""

from extranet.plugins.testing import assert_conforms
from extranet_infoavond.models import ProgrammeItem
from plugins.infoavond.tests.rows import add_evening, add_letter, add_style, municipalities, png


def fill(session, place):
    """Fill a place with an evening, a letter and a house style with a logo."""
    first, second = municipalities(session, place)[:2]
    evening = add_evening(session, place, title=f"Avond van {place.plustaak_id}")
    for one in (first, second):
        add_style(session, place, one, logo=png(), logo_type="image/png")
        add_letter(session, evening, one)
    item = session.query(ProgrammeItem).filter_by(evening_id=evening.id).one()
    return {"evening_id": evening.id, "organisation_id": first, "item_id": item.id}


def test_plugin_conforms(site):
    with site.unit_of_work() as session:
        values = fill(session, site.place)
        fill(session, site.other_place)

    assert_conforms(site, values=values)
