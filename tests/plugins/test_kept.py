"""What a plugin keeps outlasts its code; what it keeps about people does not outlast its day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import inspect, select, text

from extranet import migrations
from extranet.activity.models import ActivityEntry
from extranet.app import create_app
from extranet.config import Config
from extranet.db import Database
from extranet.errors import InvalidInput
from extranet.plugins import migrating
from extranet.plugins.contributions import Place
from extranet.plugins.loading import load_plugins
from extranet.plugins.models import InstalledPlugin, PluginSetting
from extranet.plugins.overviews import overview_of
from extranet.plugins.queries.summaries import summaries_of
from extranet.plugins.services.erasing import erase_due
from extranet.plugins.services.keeping import drop_findable, keep_findable, keep_summary
from extranet.plugins.services.settings import save_settings, settings_of
from extranet.web.database import get_database
from extranet_dummy.models import Note, Visitor
from extranet_dummy.services import SETTINGS, add_visitor, write_note
from tests.basistaken.tasks import statements


def without_code(site, tmp_path):
    """Return the application as it starts when the plugin's code is gone."""
    config = Config(
        environment="development",
        database_url=site.database.url,
        secret_key="x" * 32,
        instance_dir=tmp_path,
    )
    host = load_plugins(config, [])
    database = Database(config.database_url, clock=site.clock)
    migrations.upgrade(database)
    migrating.upgrade_plugins(database, host)
    database.dispose()
    app = create_app(config, clock=site.clock, host=host)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


def visitors(site):
    with site.database.reading() as session:
        return [
            (one.name, one.email) for one in session.scalars(select(Visitor).order_by(Visitor.id))
        ]


@pytest.fixture
def people(site):
    """Two visitors: one whose day has passed tomorrow, and one who stays longer."""
    today = site.clock.now().date()
    with site.unit_of_work() as session:
        note = write_note(session, site.place, text="Avond")
        for name, days in (("An", 0), ("Bo", 30)):
            keep_until = today + timedelta(days=days)
            add_visitor(
                session, note, name=name, email=f"{name}@example.org", keep_until=keep_until
            )


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("state", ["on", "off", "gone"])
def test_personal_data_go_on_their_day_plugin_on_off_or_gone(site, tmp_path, clock, state):
    if state != "on":
        site.post("lead", "/noord/coalities/met/plustaken/dummy/uit")
    database = site.database
    if state == "gone":
        with without_code(site, tmp_path).app_context():
            database = get_database()
    with database.unit_of_work() as session:
        assert erase_due(session) == {}
    clock.advance(days=1)

    with database.unit_of_work() as session:
        assert erase_due(session) == {"dummy_visitors": 1}
        assert erase_due(session) == {}
    database.dispose()

    assert visitors(site) == [("", None), ("Bo", "Bo@example.org")]
    with site.database.reading() as session:
        entry = session.scalars(
            select(ActivityEntry).where(ActivityEntry.action == "personal_data.erased")
        ).one()
    assert entry.after == {"table": "dummy_visitors", "rows": 1}
    assert "An" not in str((entry.before, entry.after, entry.subject_label))


@pytest.mark.usefixtures("people")
def test_code_that_is_gone_breaks_neither_boot_nor_migrations_and_its_data_stay(site, tmp_path):
    app = without_code(site, tmp_path)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = site.world.tokens["admin"]

    assert client.get("/noord/").status_code == 200
    assert client.get(site.address()).status_code == 404
    page = client.get("/noord/beheer/plugins").text
    assert "Proefplugin" in page
    assert "De code is niet meer geïnstalleerd. Wat hij bewaarde is er nog" in page
    assert "wie langskwam" in page
    assert client.get("/noord/beheer/plugins/dummy").status_code == 200
    assert client.get("/noord/coalities/met/plustaken/dummy").status_code == 200
    export = client.get("/noord/coalities/met/plustaken/dummy/export.zip")
    assert export.status_code == 200
    assert (
        "Avond"
        not in client.get("/noord/zoeken?q=avond").text.partition("<main")[2].partition("<ul")[2]
    )
    with app.app_context():
        get_database().dispose()
    with site.database.reading() as session:
        assert session.scalars(select(Note.text)).all() == ["Avond"]


def test_tables_of_a_plugin_have_a_version_table_of_their_own(site):
    names = set(inspect(site.database.engine).get_table_names())

    assert {"alembic_version_extranet", "alembic_version_dummy", "dummy_notes"} <= names
    migrations.check(site.database)
    migrating.downgrade(site.database, site.plugin, "base")
    left = set(inspect(site.database.engine).get_table_names())
    assert {name for name in left if name.startswith("dummy_")} == set()
    with site.database.reading() as session:
        assert session.get(InstalledPlugin, "dummy").title == "Proefplugin"


def test_settings_have_defaults_and_the_nearest_counts(site):
    region = Place(plugin="dummy", region_id=site.place.region_id)

    def seats(place):
        with site.database.reading() as session:
            return settings_of(session, place, SETTINGS).number("seats")

    assert seats(site.place) == 30
    with site.unit_of_work() as session:
        save_settings(session, region, declared=SETTINGS, values={"seats": 40}, actor=None)
    assert (seats(site.place), seats(site.other_place)) == (40, 30)
    with site.unit_of_work() as session:
        save_settings(session, site.place, declared=SETTINGS, values={"seats": 50}, actor=None)
    assert (seats(site.place), seats(region)) == (50, 40)
    with site.unit_of_work() as session:
        save_settings(session, site.place, declared=SETTINGS, values={"seats": 40}, actor=None)
        assert len(session.scalars(select(PluginSetting)).all()) == 1


def test_setting_that_was_not_declared_or_has_another_type_is_refused(site):
    wrong = {"seat": 3, "seats": "many", "open": 1, "colour": "red"}

    with pytest.raises(InvalidInput) as seen, site.unit_of_work() as session:
        save_settings(session, site.place, declared=SETTINGS, values=wrong, actor=None)

    assert set(seen.value.fields) == {"seat", "seats", "open", "colour"}
    with site.database.reading() as session:
        found = settings_of(session, site.place, SETTINGS)
    with pytest.raises(KeyError):
        found.text("seat")
    with pytest.raises(TypeError, match="the setting seats is a int"):
        found.text("seats")


def test_form_of_settings_is_made_from_what_was_declared(site):
    address = "/noord/beheer/plugins/dummy/instellingen"
    page = site.visit("admin").get(address).text
    for words in ("Groet", "Stoelen in de zaal", "Open voor iedereen", "Ook wie zich", "Blauw"):
        assert words in page
    values = {
        "greeting": "Hoi",
        "seats": "12",
        "open": "y",
        "starts_on": "1-2-2027",
        "colour": "blue",
    }

    wrong = site.post("admin", address, **(values | {"seats": "0"}))
    assert wrong.status_code == 422
    assert "Gebruik minstens 1." in wrong.text
    assert site.post("admin", address, **values).status_code == 302

    with site.database.reading() as session:
        found = settings_of(session, site.place, SETTINGS)
    assert (found.text("greeting"), found.number("seats"), found.flag("open")) == ("Hoi", 12, True)
    assert (found.day("starts_on"), found.text("colour")) == (date(2027, 2, 1), "blue")
    assert "Hoi." in site.visit("lead").get(site.address()).text
    own = site.visit("lead").get("/noord/coalities/met/plustaken/dummy/instellingen").text
    assert "Kleur" not in own
    assert 'value="12"' in own


def test_what_a_plugin_wants_found_is_found_where_it_is_on(site):
    with site.unit_of_work() as session:
        write_note(session, site.place, text="Mestvergister hier")
        write_note(session, site.other_place, text="Mestvergister daar")
        keep_findable(session, site.place, key="gone", title="Mestvergister weg")
        drop_findable(session, site.place, key="gone")
    client = site.visit("participant")
    client.get("/noord/zoeken?q=x")

    with statements(site.app) as seen:
        page = client.get("/noord/zoeken?q=MEST").text

    assert 'href="/noord/coalities/met/dummy/notities/' in page
    assert "Mestvergister hier" in page
    assert "daar" not in page
    assert "weg" not in page
    assert len(seen) == 5


def test_summaries_of_all_plugins_are_read_in_one_statement(site):
    places = [
        Place(
            plugin=name,
            region_id=site.place.region_id,
            coalition_id=site.place.coalition_id,
            plustaak_id=number,
        )
        for number, name in enumerate(["dummy", *(f"other{n}" for n in range(30))], start=500)
    ]
    with site.unit_of_work() as session:
        for number, place in enumerate(places):
            keep_summary(session, place, {"notes": number})
            keep_summary(session, place, {"notes": number + 1})

    with (
        statements(site.app) as seen,
        site.app.app_context(),
        get_database().reading() as session,
    ):
        found = summaries_of(session, places)
    assert len(seen) == 1
    assert found["other29"] == {"notes": 31}


def test_overview_shows_panels_and_what_needs_doing(site):
    page = site.visit("lead").get(site.address()).text
    assert "Schrijf de eerste notitie" in page
    assert "Iedereen, vóór" in page

    with site.unit_of_work() as session:
        write_note(session, site.place, text="Een")
    page = site.visit("lead").get(site.address()).text
    assert "Te doen in de plustaken" not in page
    assert "<dt>Notities</dt><dd>1</dd>" in page.replace("\n", "")
    assert "1\N{NO-BREAK SPACE}januari\N{NO-BREAK SPACE}2027" in page
    with site.app.test_request_context("/"):
        assert overview_of(site.host).panels == ()


def test_public_page_is_there_while_its_plustaak_is_on_and_live(site):
    with site.unit_of_work() as session:
        note = write_note(session, site.place, text="Voor bewoners")
    path = site.public_address(f"notitie-{note.id}")

    page = site.visit("stranger").get(path)
    assert page.status_code == 200
    assert "Een notitie, voor wie dit leest." in page.text
    for name in ("Noord", "Coalitie", "noord"):
        assert name not in page.text
    assert "Regio Noord" not in site.visit("lead").get(path).text
    with site.unit_of_work() as session:
        session.execute(text("UPDATE plustaken SET live_since = NULL"))
    assert site.visit("stranger").get(path).status_code == 404
    with site.unit_of_work() as session:
        session.execute(text("UPDATE plustaken SET live_since = '2026-11-23', state = 'off'"))
    assert site.visit("stranger").get(path).status_code == 404


def test_public_address_shows_public_pages_only(site, tmp_path):
    with site.unit_of_work() as session:
        note = write_note(session, site.place, text="Voor bewoners")
    config = Config(
        environment="development",
        database_url=site.database.url,
        secret_key="x" * 32,
        instance_dir=tmp_path,
        base_url="http://extranet.example.org",
        public_url="http://avond.example.org",
    )
    app = create_app(config, clock=site.clock, host=site.host)
    path = site.public_address(f"notitie-{note.id}")

    def status(host, path):
        return app.test_client().get(path, base_url=f"http://{host}.example.org").status_code

    assert [status("avond", one) for one in (path, "/", "/aanmelden", "/gezond")] == [
        200, 404, 404, 200,
    ]  # fmt: skip
    assert [status("extranet", one) for one in (path, "/aanmelden")] == [404, 200]
    with app.app_context():
        get_database().dispose()


def test_static_file_of_a_plugin_has_a_fingerprint_and_stays_in_the_cache(site):
    page = site.visit("lead").get(site.address()).text
    address = page.partition('href="/static/plugins/')[2].partition('"')[0]

    assert address.startswith("dummy/dummy.css?v=")
    with site.visit("stranger").get(f"/static/plugins/{address}") as answer:
        assert answer.status_code == 200
        assert "max-age=31536000" in answer.headers["Cache-Control"]
    for path in ("/static/plugins/dummy/../plugin.py", "/static/plugins/gone/x.css"):
        assert site.visit("stranger").get(path).status_code == 404


def test_pages_keep_to_as_many_statements_for_three_notes_as_for_one(site):
    client, counts = site.visit("lead"), []
    for more in (1, 2):
        with site.unit_of_work() as session:
            for _note in range(more):
                write_note(session, site.place, text="Nog een")
        client.get(site.address())
        with statements(site.app) as seen:
            client.get(site.address())
        counts.append(len(seen))

    assert counts[0] == counts[1]
