"""The dummy uses every extension point, conforms, and shows that each one works."""

from extranet.plugins.calling import SPECS
from extranet.plugins.testing import assert_conforms
from extranet_dummy.services import write_note


def test_dummy_uses_every_hook(site):
    assert [hook for hook in SPECS if not site.host.implements("dummy", hook)] == []


def test_dummy_conforms(site):
    with site.unit_of_work() as session:
        note = write_note(session, site.place, text="Van met")
        write_note(session, site.other_place, text="Van elders")

    assert_conforms(site, values={"note_id": note.id})


def test_dummy_fills_its_place_of_the_demo(site):
    with site.unit_of_work() as session:
        for example in site.host.examples["dummy"]:
            example.fill(session, site.place)

    assert "Voorbeeld" in site.visit("lead").get(site.address()).text
