"""The region admin decides what may be used, the lead what is on; no other coalition notices."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from extranet.coalitions.models import Coalition, Plustaak, PlustaakState
from extranet.plugins.models import CoalitionPlugin, PluginPreset, RegionPlugin
from extranet.plugins.testing import VISITORS
from extranet_dummy.models import Note
from extranet_dummy.services import add_visitor, write_note
from tests.basistaken.tasks import statements

MATRIX = "/noord/beheer/plugins/matrix"


@pytest.fixture
def zonder(site):
    """The number of the coalition where the dummy is off."""
    with site.database.reading() as session:
        return session.scalar(select(Coalition.id).where(Coalition.slug == "zonder"))


def allow(site, coalition_id):
    with site.unit_of_work() as session:
        session.merge(
            RegionPlugin(
                region_id=site.place.region_id, plugin="dummy", is_allowed=True, is_on=False
            )
        )
        session.merge(CoalitionPlugin(coalition_id=coalition_id, plugin="dummy"))


def state_in(site, coalition_id):
    with site.database.reading() as session:
        return session.scalar(select(Plustaak.state).where(Plustaak.coalition_id == coalition_id))


def change(site, coalition_id, before, after, *, step="/opslaan", region=None):
    values = {f"was.{coalition_id}.dummy": before, f"{coalition_id}.dummy": after}
    if region:
        values |= {"was.region.dummy": region[0], "region.dummy": region[1]}
    return site.post("admin", MATRIX + step, **values)


def test_matrix_says_what_changes_before_anything_does(site, zonder):
    answer = change(site, zonder, "no", "on", step="", region=("no", "may"))

    assert answer.status_code == 200
    assert "2 wijzigingen. Er is nog niets veranderd." in answer.text
    assert "is toegestaan en gaat aan" in answer.text
    assert state_in(site, zonder) is None


def test_matrix_allows_and_switches_in_one_go(site, zonder):
    answer = change(site, zonder, "no", "on", region=("no", "may"))

    assert answer.status_code == 302
    assert state_in(site, zonder) == PlustaakState.ON
    page = site.visit("admin").get(MATRIX).text
    assert page.count("selected>Aan<") == 2
    with site.database.reading() as session:
        assert session.scalars(select(CoalitionPlugin.coalition_id)).all() == [zonder]


def test_coalition_is_not_given_what_its_region_may_not_use(site, zonder):
    answer = change(site, zonder, "no", "may")

    assert answer.status_code == 422
    assert "De regio gebruikt dummy niet." in answer.text
    with site.database.reading() as session:
        assert session.scalars(select(CoalitionPlugin)).all() == []


def test_change_on_a_stale_matrix_is_a_conflict(site, zonder):
    change(site, zonder, "no", "on", region=("no", "may"))

    answer = change(site, zonder, "no", "may")

    assert answer.status_code == 409
    assert state_in(site, zonder) == PlustaakState.ON


def test_region_keeps_what_is_still_on_somewhere(site, zonder):
    change(site, zonder, "no", "on", region=("no", "may"))

    answer = site.post(
        "admin", MATRIX + "/opslaan", **{"was.region.dummy": "may", "region.dummy": "no"}
    )

    assert answer.status_code == 422
    assert "dummy staat nog aan." in answer.text


def test_matrix_of_another_region_reaches_nothing_here(site, zonder):
    values = {f"was.{zonder}.dummy": "no", f"{zonder}.dummy": "on"}
    answer = site.post("other_region", "/zuid/beheer/plugins/matrix/opslaan", **values)

    assert answer.status_code == 422
    assert state_in(site, zonder) is None


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("path", ["", "/matrix", "/pakketten", "/dummy", "/dummy/instellingen"])
def test_pages_of_the_region_admin_are_for_the_region_admin(site, visitor, path):
    status = site.visit(visitor).get(f"/noord/beheer/plugins{path}").status_code

    outside = {"stranger": 302, "other_region": 404, "guest_elsewhere": 404, "guest": 404}
    assert status == (200 if visitor == "admin" else outside.get(visitor, 403))


@pytest.mark.parametrize("visitor", VISITORS)
def test_lead_and_admin_switch_and_nobody_else(site, visitor):
    status = site.post(visitor, "/noord/coalities/met/plustaken/dummy/uit").status_code

    outside = {"stranger": 302, "other_region": 404, "guest_elsewhere": 404}
    allowed = visitor in {"lead", "admin"}
    assert status == (302 if allowed else outside.get(visitor, 403))
    expected = PlustaakState.OFF if allowed else PlustaakState.ON
    assert state_in(site, site.place.coalition_id) == expected


def test_lead_reads_what_is_not_allowed_and_whom_to_ask(site):
    page = site.visit("admin").get("/noord/coalities/zonder/plustaken/").text

    assert "Niet toegestaan in deze coalitie" in page
    assert "Vraag het de regiobeheerder: Mens admin." in page
    answer = site.post("admin", "/noord/coalities/zonder/plustaken/dummy/aan")
    assert answer.status_code == 422
    assert "Vraag het de regiobeheerder: Mens admin." in answer.text


def test_off_and_on_again_loses_nothing(site):
    with site.unit_of_work() as session:
        write_note(session, site.place, text="Blijft staan")
    allow(site, site.place.coalition_id)

    site.post("lead", "/noord/coalities/met/plustaken/dummy/uit")
    assert site.visit("lead").get(site.address()).status_code == 404
    assert "Blijft staan" not in site.visit("lead").get("/noord/zoeken?q=blijft").text
    assert site.post("lead", "/noord/coalities/met/plustaken/dummy/aan").status_code == 302

    assert "Blijft staan" in site.visit("lead").get(site.address()).text
    assert "Blijft staan" in site.visit("lead").get("/noord/zoeken?q=blijft").text


def test_archive_closes_with_an_export_without_people(site):
    with site.unit_of_work() as session:
        note = write_note(session, site.place, text="=1+1")
        add_visitor(
            session, note, name="An", email="an@example.org", keep_until=site.clock.now().date()
        )
        write_note(session, site.other_place, text="Van een ander")
    address = "/noord/coalities/met/plustaken/dummy"

    content = site.visit("lead").get(f"{address}/export.zip").data
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert "'=1+1" in files["dummy_notes.csv"]
    assert "An" not in files["dummy_visitors.csv"]
    assert "an@example.org" not in files["dummy_visitors.csv"]
    assert "Van een ander" not in "".join(files.values())
    index = {one["file"]: one["rows"] for one in json.loads(files["index.json"])["files"]}
    assert index == {"dummy_heard.csv": 0, "dummy_notes.csv": 1, "dummy_visitors.csv": 1}
    assert "1 rij; weggelaten: email, name" in files["index.html"]
    assert site.post("lead", f"{address}/archiveren").status_code == 302
    assert state_in(site, site.place.coalition_id) == PlustaakState.ARCHIVED
    allow(site, site.place.coalition_id)
    assert site.post("lead", f"{address}/aan").status_code == 409
    assert site.post("lead", f"{address}/heropenen").status_code == 302
    assert state_in(site, site.place.coalition_id) == PlustaakState.OFF


def test_purge_asks_the_name_and_the_region_admin(site):
    with site.unit_of_work() as session:
        write_note(session, site.place, text="Weg")
    address = "/noord/coalities/met/plustaken/dummy"
    site.post("lead", f"{address}/uit")

    assert site.post("lead", f"{address}/wissen", typed="dummy").status_code == 403
    wrong = site.post("admin", f"{address}/wissen", typed="dumy")
    assert wrong.status_code == 422
    assert "Typ dummy om te bevestigen." in wrong.text
    assert site.post("admin", f"{address}/wissen", typed=" dummy ").status_code == 302
    with site.database.reading() as session:
        assert session.scalars(select(Note)).all() == []


def test_preset_allows_several_at_once_and_switches_nothing(site, zonder):
    form = {"name": "Warmte", "plugins": "dummy"}
    assert site.post("admin", "/noord/beheer/plugins/pakketten", **form).status_code == 302
    with site.database.reading() as session:
        preset = session.scalars(select(PluginPreset)).one()
    page = site.visit("admin").get("/noord/beheer/plugins/pakketten").text
    assert "Proefplugin" in page

    answer = site.post(
        "admin", "/noord/beheer/plugins/pakketten/toepassen", preset=preset.id, coalition=zonder
    )

    assert answer.status_code == 302
    assert state_in(site, zonder) is None
    with site.database.reading() as session:
        assert session.get(CoalitionPlugin, (zonder, "dummy")) is not None
    site.post("admin", f"/noord/beheer/plugins/pakketten/{preset.id}/weg")
    with site.database.reading() as session:
        assert session.scalars(select(PluginPreset)).all() == []
        assert session.get(CoalitionPlugin, (zonder, "dummy")) is not None


def test_matrix_reads_as_much_for_many_coalitions_as_for_few(site):
    client, counts = site.visit("admin"), []
    for more in (0, 30):
        with site.unit_of_work() as session:
            for number in range(more):
                session.add(
                    Coalition(
                        region_id=site.place.region_id,
                        slug=f"c{number}",
                        name=f"Coalitie {number}",
                        proposed_by_id=1,
                        proposed_on=site.clock.now().date(),
                    )
                )
        client.get(MATRIX)
        with statements(site.app) as seen:
            page = client.get(MATRIX).text
        counts.append(len(seen))

    assert counts[0] == counts[1]
    assert page.count('<th scope="col">Coalitie') == 8


def test_plugin_that_never_was_has_no_page(site):
    assert site.visit("admin").get("/noord/beheer/plugins/dummy").status_code == 200
    assert site.visit("admin").get("/noord/beheer/plugins/nooit").status_code == 404


def test_page_of_a_plugin_speaks_the_readers_language(site):
    client = site.visit("admin")
    dutch = client.get("/noord/beheer/plugins/dummy").text
    client.post("/account/taal", data={"locale": "en", "next": "/"})
    english = client.get("/noord/beheer/plugins/dummy").text

    assert "wie langskwam" in dutch
    assert "who visited" in english
    assert "wie langskwam" not in english
