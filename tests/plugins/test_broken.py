"""Plugins that fail in every way at once, in production: the site serves and names each of them."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from extranet.activity.models import ActivityEntry
from extranet.coalitions.models import Coalition, Plustaak, PlustaakState
from extranet.coalitions.services.plustaken import disable_plustaak, enable_plustaak
from extranet.errors import InvalidInput
from extranet.outbox.models import Job, JobState
from extranet.outbox.services.jobs import MAX_ATTEMPTS, PAUSES
from extranet.people.models import LoginSession
from extranet.plugins.cli import doctor
from extranet.plugins.failures import PATIENCE
from extranet.plugins.models import CoalitionPlugin, InstalledPlugin, RegionPlugin
from extranet.plugins.tasks import work_of
from extranet.plugins.testing import plugin_site
from tests.plugins.broken.faults import AT_BOOT, fault_sources
from tests.plugins.conftest import DUMMY

ASIDE = sorted([*AT_BOOT, "badtemplate", "badtwice", "badmigration"])


@pytest.fixture
def broken(dummy_url, tmp_path, clock):
    """A production site with every wrong plugin, and the dummy, which is right."""
    with plugin_site(
        "dummy",
        tmp_path,
        database_url=dummy_url,
        sources=[*fault_sources(tmp_path / "faults"), DUMMY],
        clock=clock,
        environment="production",
    ) as site:
        with site.unit_of_work() as session:
            for name in ("badshow", "badcheck", "badon"):
                allow(session, site, name)
        yield site


def allow(session, site, name):
    session.add(RegionPlugin(region_id=site.place.region_id, plugin=name, is_allowed=True))
    session.add(CoalitionPlugin(coalition_id=site.place.coalition_id, plugin=name))


def switch_on(session, site, name):
    coalition = session.get(Coalition, site.place.coalition_id)
    return enable_plustaak(session, coalition=coalition, plugin=name, actor=None)


def test_site_serves_and_the_other_plugin_works(broken):
    for path in ("/noord/", broken.address()):
        assert broken.visit("lead").get(path).status_code == 200
    assert broken.post("participant", broken.address()).status_code == 302


def test_health_check_stays_well_and_names_them(broken):
    answer = broken.visit("stranger").get("/gezond")

    assert answer.status_code == 200
    assert answer.json["plugins_put_aside"] == ASIDE
    assert "cannot be imported" not in answer.text


def test_admin_reads_every_fault_in_words(broken):
    page = broken.visit("admin").get("/noord/beheer/plugins").text

    for name in ASIDE:
        assert f'href="/noord/beheer/plugins/{name}"' in page
    assert "RuntimeError: cannot be imported" in page
    assert "De pagina badview.page heeft geen toegangsregel." in page
    assert "OSError: disk" in page
    one = broken.visit("admin").get("/noord/beheer/plugins/badimport")
    assert one.status_code == 200
    assert "RuntimeError: cannot be imported" in one.text


def test_doctor_names_them_and_ends_with_an_error(broken, monkeypatch, tmp_path):
    monkeypatch.setattr(
        "extranet.plugins.cli.load_plugins", lambda _config, **_options: broken.host
    )
    monkeypatch.setenv("EXTRANET_DATABASE_URL", broken.database.url)
    monkeypatch.setenv("EXTRANET_INSTANCE_DIR", str(tmp_path))

    answer = CliRunner().invoke(doctor)

    assert answer.exit_code == 1
    for name in ASIDE:
        assert f"FAULT   {name}: " in answer.output
    assert "ok      dummy: extranet-dummy 1.2" in answer.output


def test_pages_stay_when_a_plugin_cannot_show(broken):
    with broken.unit_of_work() as session:
        switch_on(session, broken, "badshow")
    client = broken.visit("lead")

    pages = [client.get(broken.address()) for _times in range(PATIENCE + 3)]

    assert {page.status_code for page in pages} == {200}
    assert "Proefnotities" in pages[-1].text
    assert "Half" not in pages[-1].text
    counts = {key[1]: tally.count for key, tally in broken.host.failures.pending().items()}
    assert counts == {"extranet_show_panels": PATIENCE, "extranet_show_todos": PATIENCE - 1}
    assert client.get("/gezond").json["plugins_not_asked"] == ["badshow"]


def test_check_that_breaks_refuses_and_leaves_the_transaction_well(broken):
    with broken.unit_of_work() as session:
        with pytest.raises(InvalidInput, match="badcheck could not check this"):
            switch_on(session, broken, "badcheck")
        plustaak = switch_on(session, broken, "badon")
        assert plustaak.state == PlustaakState.ON

    with broken.database.reading() as session:
        on = session.scalars(
            select(Plustaak.plugin).where(Plustaak.coalition_id == broken.place.coalition_id)
        )
        assert sorted(on) == ["badon", "dummy"]


def _everybody_is_still_there(site, clock):
    """Let nobody be signed out because the clock went on without them."""
    with site.unit_of_work() as session:
        session.execute(update(LoginSession).values(last_used_at=clock.now()))


def test_hook_that_breaks_afterwards_is_parked_and_the_change_stands(broken, clock):
    with broken.unit_of_work() as session:
        switch_on(session, broken, "badon")
    work = work_of(broken.host, broken.database)
    for pause in (*PAUSES, PAUSES[-1]):
        work()
        clock.advance(seconds=pause.total_seconds())

    with broken.database.reading() as session:
        job = session.scalars(select(Job).where(Job.name == "plugins:tell:badon")).one()
        assert (job.state, job.attempts) == (JobState.PARKED, MAX_ATTEMPTS)
        assert session.scalars(select(ActivityEntry.action)).all() == ["plustaak.enabled"]
    _everybody_is_still_there(broken, clock)
    page = broken.visit("admin").get("/noord/beheer/plugins/badon").text
    assert "extranet_on_change" in page
    assert "plugins:tell:badon" in page
    answer = broken.post("admin", f"/noord/beheer/plugins/badon/taken/{job.id}")
    assert answer.status_code == 302
    assert (
        broken.post("other_region", f"/zuid/beheer/plugins/badon/taken/{job.id}").status_code == 404
    )


def test_plugin_whose_tables_failed_is_remembered_with_the_reason(broken):
    with broken.database.reading() as session:
        row = session.get(InstalledPlugin, "badmigration")

    assert "OSError: disk" in row.fault


def test_plustaak_of_a_plugin_that_was_put_aside_can_be_switched_off(broken):
    with broken.unit_of_work() as session:
        session.add(
            Plustaak(
                coalition_id=broken.place.coalition_id,
                plugin="badimport",
                enabled_at=broken.clock.now(),
            )
        )
    page = broken.visit("lead").get("/noord/coalities/met/plustaken/")
    assert page.status_code == 200
    assert "Werkt niet" in page.text
    answer = broken.post("lead", "/noord/coalities/met/plustaken/badimport/uit")
    assert answer.status_code == 302

    with broken.unit_of_work() as session:
        coalition = session.get(Coalition, broken.place.coalition_id)
        plustaak = session.scalars(select(Plustaak).where(Plustaak.plugin == "badimport")).one()
        assert plustaak.state == PlustaakState.OFF
        disable_plustaak(session, coalition=coalition, plustaak=plustaak, actor=None)


def test_reasons_are_plain_text_in_the_page(broken):
    broken.host.put_aside("evil", broken.host.faults["badview"].reason, "<script>")

    assert (
        "<script>"
        not in broken.visit("admin").get("/noord/beheer/plugins").text.partition("<main")[2]
    )
    assert json.loads(broken.visit("stranger").get("/gezond").text)["status"] == "ok"
