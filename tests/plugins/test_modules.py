"""A module serves a whole region: it is on there or not, and no other region notices."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text

from extranet.cli import main
from extranet.membership.models import Region
from extranet.plugins.models import RegionPlugin
from extranet.plugins.testing import VISITORS, plugin_site
from extranet.plugins.testing.walking import access_problems, isolation_problems
from tests.plugins.broken.faults import ROUTED, TABLE, write_plugin

MODULE = (
    "import dataclasses\n"
    "manifest = dataclasses.replace(manifest, kind=api.PluginKind.MODULE)\n"
    + TABLE.replace("TABLE", "kennis_items").replace(
        "OWNER", 'region_id: Mapped[int] = mapped_column(api.reference("region"))'
    )
    + ROUTED
    + """
@hookimpl
def extranet_register_navigation() -> list[api.NavigationEntry]:
    title = api.Text("Kennisbank")
    return [api.NavigationEntry(title=title, endpoint="kennis.page", permission=VIEW)]


@hookimpl
def extranet_show_panels(place: api.Place) -> list[api.Panel]:
    facts = ((api.Text("Plaats"), api.Text(place.owner)),)
    return [api.Panel(title=api.Text("Paneel"), facts=facts)]
"""
)
MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = "kennis0001"
down_revision = None


def upgrade():
    op.create_table(
        "kennis_items",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("region_id", sa.Integer(), sa.ForeignKey("regions.id"), nullable=False),
    )


def downgrade():
    op.drop_table("kennis_items")
"""
INSIDE = {"partner", "participant", "representative", "lead", "admin", "other_coalition"}


@pytest.fixture
def kennis(backend, tmp_path, clock):
    """A site with a module that is on in Noord and off in Zuid."""
    source = write_plugin(tmp_path / "code", "kennis", MODULE)
    (tmp_path / "code" / "extranet_kennis" / "migrations").mkdir()
    (tmp_path / "code" / "extranet_kennis" / "migrations" / "0001_items.py").write_text(MIGRATION)
    with (
        backend.empty() as url,
        plugin_site("kennis", tmp_path, database_url=url, sources=[source], clock=clock) as site,
    ):
        yield site


def items(site):
    with site.database.reading() as session:
        return session.scalars(text("SELECT region_id FROM kennis_items")).all()


@pytest.mark.parametrize("visitor", VISITORS)
def test_page_is_there_for_the_region_and_nobody_else(kennis, visitor):
    status = kennis.visit(visitor).get("/noord/kennis").status_code

    assert status == (200 if visitor in INSIDE else 302 if visitor == "stranger" else 404)
    assert kennis.visit("other_region").get("/zuid/kennis").status_code == 404


def test_walk_and_switching_elsewhere_find_nothing(kennis):
    assert list(access_problems(kennis, {})) == []
    assert list(isolation_problems(kennis, {})) == []


def test_menu_and_overview_show_it_where_it_is_on(kennis):
    page = kennis.visit("lead").get("/noord/").text

    assert "Kennisbank" in page
    assert "<dd>region:" in page
    other = kennis.visit("other_region").get("/zuid/").text
    assert "Kennisbank" not in other
    assert "Paneel" not in other


def test_admin_allows_and_switches_and_what_it_kept_stays_until_it_is_purged(kennis):
    zuid = kennis.other_place.region_id
    with kennis.unit_of_work() as session:
        for region_id in (zuid, kennis.place.region_id):
            session.execute(text(f"INSERT INTO kennis_items (region_id) VALUES ({region_id})"))
    address = "/zuid/beheer/plugins"

    refused = kennis.post("other_region", f"{address}/kennis/aan")
    assert refused.status_code == 422
    change = {"was.region.kennis": "no", "region.kennis": "on"}
    assert kennis.post("other_region", f"{address}/matrix/opslaan", **change).status_code == 302
    assert kennis.visit("other_region").get("/zuid/kennis").status_code == 200
    with kennis.database.reading() as session:
        assert session.scalar(select(Region.modules).where(Region.id == zuid)) == "kennis"
    assert (
        kennis.post("other_region", f"{address}/kennis/wissen", typed="kennis").status_code == 409
    )
    assert kennis.post("other_region", f"{address}/kennis/uit").status_code == 302
    assert kennis.visit("other_region").get("/zuid/kennis").status_code == 404
    assert len(items(kennis)) == 2
    assert kennis.post("other_region", f"{address}/kennis/wissen", typed="x").status_code == 422
    assert (
        kennis.post("other_region", f"{address}/kennis/wissen", typed="kennis").status_code == 302
    )

    assert items(kennis) == [kennis.place.region_id]
    assert kennis.visit("lead").get("/noord/kennis").status_code == 200


def test_module_goes_off_by_the_matrix(kennis):
    with kennis.unit_of_work() as session:
        session.add(
            RegionPlugin(
                region_id=kennis.place.region_id, plugin="kennis", is_allowed=True, is_on=True
            )
        )
    change = {"was.region.kennis": "on", "region.kennis": "no"}

    assert kennis.post("admin", "/noord/beheer/plugins/matrix/opslaan", **change).status_code == 302
    assert kennis.visit("lead").get("/noord/kennis").status_code == 404


@pytest.mark.one_database
def test_command_of_a_plugin_is_a_command_of_the_program(site, monkeypatch, tmp_path):
    monkeypatch.setattr("extranet.plugins.cli.load_plugins", lambda _config, **_options: site.host)
    monkeypatch.setattr("extranet.serving.load_plugins", lambda _config: site.host)
    monkeypatch.setenv("EXTRANET_DATABASE_URL", site.database.url)
    monkeypatch.setenv("EXTRANET_INSTANCE_DIR", str(tmp_path))

    listed = CliRunner().invoke(main, ["--help"])
    answer = CliRunner().invoke(main, ["dummy", "count"])

    assert "dummy" in listed.output
    assert answer.output == "2\n", answer.output
