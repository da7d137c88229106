"""The same pages registered by a domain above, under its own address and with its own rules."""

import io
import re

import pytest
from flask import Blueprint, g

from extranet.access import Role
from extranet.documents.models import Confidentiality, Document
from extranet.documents.policy import EVERYTHING, VIEW_DOCUMENTS
from extranet.documents.views import documents_blueprint
from extranet.documents.views.place import Place
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.web.access import current_actor
from tests.documents.papers import make_document
from tests.factories import make_body

HOME = "/noord/groepen/3/documenten"


def group_place():
    """Officials lead the group, portfolio holders only take part, others may not know of it."""
    actor = current_actor()
    if actor.roles.isdisjoint({Role.OFFICIAL, Role.PORTFOLIO_HOLDER}):
        raise NotFound(Text("This page does not exist."))
    leads = Role.OFFICIAL in actor.roles
    return Place(
        region_id=actor.region.id,
        owner=f"group:{g.group_number}",
        name="Groep drie",
        confidentialities=EVERYTHING if leads else EVERYTHING - {Confidentiality.CONFIDENTIAL},
        may_edit=leads,
        explanation=Text("Confidential"),
        trail=(("Groep drie", "/noord/groepen/3"),),
    )


@pytest.fixture
def groups(app):
    """The pages of a group's documents, nested in a blueprint of that group."""
    made = Blueprint("groups", __name__, url_prefix="/<region>/groepen/<int:group>")

    @made.url_value_preprocessor
    def take(_endpoint, values):
        g.group_number = values.pop("group")

    @made.url_defaults
    def give(_endpoint, values):
        values.setdefault("group", g.group_number)

    made.register_blueprint(
        documents_blueprint(
            "documents",
            url_prefix="/documenten",
            view=VIEW_DOCUMENTS,
            edit=VIEW_DOCUMENTS,
            place=group_place,
        )
    )
    app.register_blueprint(made)


@pytest.fixture
def papers(database, files, noord):
    """A document of the region, of the group, of another group, and one that is for its lead."""
    with database.unit_of_work() as session:
        confidential = {"confidentiality": Confidentiality.CONFIDENTIAL}
        given = {
            "region": {},
            "group": {"owner": "group:3"},
            "other": {"owner": "group:33"},
            "lead": {"owner": "group:3", **confidential},
        }
        return {
            name: make_document(
                session, files=files, region=noord, title=f"Stuk {name}", **values
            ).id
            for name, values in given.items()
        }


@pytest.mark.usefixtures("groups")
@pytest.mark.parametrize(
    ("role", "seen"), [(Role.OFFICIAL, {"group", "lead"}), (Role.PORTFOLIO_HOLDER, {"group"})]
)
def test_group_shows_its_own_documents_and_links_to_its_own_pages(enter, papers, role, seen):
    client = enter(role)

    page = client.get(HOME).text

    assert {name for name in papers if f"Stuk {name}" in page} == seen
    links = re.findall(r'href="(/noord/[^"]*documenten/[^"]*)"', page)
    assert links
    assert {link.startswith(HOME) for link in links} == {True}
    for name, number in papers.items():
        assert client.get(f"{HOME}/{number}").status_code == (200 if name in seen else 404)
    page = client.get(f"{HOME}/{papers['group']}").text
    assert f'href="{HOME}/{papers["group"]}/versies/1/bestand"' in page
    assert ("/intrekken" in page) == (role == Role.OFFICIAL)


@pytest.mark.usefixtures("groups")
def test_who_has_no_part_in_the_group_does_not_learn_of_it(enter, papers):
    client = enter(Role.REGION_ADMIN)

    for path in ("", "/nieuw", "/lijst.csv", "/archief.zip", f"/{papers['group']}"):
        assert client.get(f"{HOME}{path}").status_code == 404


@pytest.mark.usefixtures("groups", "papers")
def test_only_who_the_place_lets_edits_adds_a_document_of_the_group(
    database, client, enter, noord, weert
):
    with database.unit_of_work() as session:
        body = make_body(session, region=noord)
    data = {
        "acting": f"{noord.id}-{weert.id}",
        "title": "Nieuw",
        "body_id": str(body.id),
        "organisation_id": "0",
        "imposed_by_body_id": "0",
        "confidentiality": "members",
        "woo_category": "",
        "woo_decision": "not_decided",
    }

    def send():
        upload = {"file": (io.BytesIO(b"x"), "x.txt"), "upload_token": "t" * 32}
        return client.post(f"{HOME}/nieuw", data={**data, **upload})

    enter(Role.PORTFOLIO_HOLDER)
    assert send().status_code == 403
    enter(Role.OFFICIAL)
    answer = send()

    assert answer.location.startswith(f"{HOME}/")
    with database.reading() as session:
        added = session.get_one(Document, int(answer.location.rpartition("/")[2]))
        assert added.owner == "group:3"
