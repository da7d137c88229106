"""Who sees which documents, and who changes them: every role, every confidentiality."""

import io
import zipfile

import pytest
from sqlalchemy import select

from extranet.access import Role
from extranet.documents.models import Confidentiality, Document
from extranet.documents.services.documents import withdraw_document
from tests.documents.papers import make_document
from tests.factories import make_official, make_region, make_seat, make_tenure

EDITORS = {Role.PROGRAMME_TEAM, Role.REGION_ADMIN}
OPEN = {"public", "members"}
SEEN = {
    Role.REGION_ADMIN: OPEN | {"participants", "confidential"},
    Role.PROGRAMME_TEAM: OPEN | {"participants", "confidential"},
    Role.PORTFOLIO_HOLDER: OPEN | {"participants", "confidential"},
    Role.CONTROLLER: OPEN | {"participants"},
    Role.CONTACT: OPEN | {"participants"},
    Role.OFFICIAL: OPEN | {"participants"},
    Role.READER: OPEN,
}
EDITING = ("/wijzigen", "/versies/nieuw", "/intrekken")


@pytest.fixture
def papers(database, files, noord):
    """The numbers of documents by name: one a confidentiality, a withdrawn one, two foreign."""
    with database.unit_of_work() as session:
        made = {
            kind.value: make_document(
                session, files=files, region=noord, title=f"Stuk {kind.value}", confidentiality=kind
            ).id
            for kind in Confidentiality
        }
        gone = make_document(session, files=files, region=noord, title="Stuk withdrawn")
        withdraw_document(session, document=gone, reason="Fout", actor=None)
        made["withdrawn"] = gone.id
        made["coalition"] = make_document(
            session, files=files, region=noord, owner="coalition:3", title="Stuk coalition"
        ).id
        zuid = make_region(session, slug="zuid")
        made["zuid"] = make_document(session, files=files, region=zuid, title="Stuk zuid").id
    return made


def found_in(text, papers):
    return {name for name in papers if f"Stuk {name}" in text}


@pytest.mark.parametrize("role", Role)
def test_every_role_finds_what_it_may_read_and_nothing_else(enter, papers, role):
    client, seen = enter(role), SEEN[role]
    is_editor = role in EDITORS

    assert found_in(client.get("/noord/documenten").text, papers) == seen
    assert found_in(client.get("/noord/documenten/lijst.csv").text, papers) == seen
    assert found_in(client.get("/noord/zoeken?q=stuk").text, papers) == seen
    assert found_in(client.get("/noord/documenten?stand=ingetrokken").text, papers) == (
        {"withdrawn"} if is_editor else set()
    )
    visible = seen | ({"withdrawn"} if is_editor else set())
    for name, number in papers.items():
        expected = 200 if name in visible else 404
        for path in ("", "/versies/1/bestand", "/versies/1/voorbeeld"):
            answer = client.get(f"/noord/documenten/{number}{path}")
            assert answer.status_code == expected, (name, path)
            answer.close()


@pytest.mark.parametrize("role", Role)
def test_only_editors_open_and_send_the_forms(enter, papers, role):
    client, number = enter(role), papers["members"]

    found = {
        client.get(f"/noord/documenten{path}").status_code
        for path in ("/nieuw", *(f"/{number}{form}" for form in EDITING))
    }
    assert found == ({200} if role in EDITORS else {403})
    if role not in EDITORS:
        posts = ("/nieuw", f"/{number}/terugzetten", *(f"/{number}{form}" for form in EDITING))
        answers = {client.post(f"/noord/documenten{path}").status_code for path in posts}
        assert answers == {403}
        assert "/documenten/nieuw" not in client.get("/noord/documenten").text
        assert "/wijzigen" not in client.get(f"/noord/documenten/{number}").text


@pytest.mark.parametrize("role", Role)
def test_only_editors_take_the_archive_and_it_holds_what_they_see(enter, papers, role):
    with enter(role).get("/noord/documenten/archief.zip") as answer:
        status, content = answer.status_code, answer.data

    if role not in EDITORS:
        assert status == 403
        return
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        index = packed.read("index.csv").decode()
    assert found_in(index, papers) == SEEN[role] | {"withdrawn"}


@pytest.mark.parametrize("name", ["coalition", "zuid"])
def test_not_even_an_admin_reaches_documents_of_another_owner(
    database, enter, noord, weert, papers, name
):
    client, number = enter(Role.REGION_ADMIN), papers[name]
    data = {"acting": f"{noord.id}-{weert.id}", "title": "x", "reason": "x", "version": "1"}
    upload = {"file": (io.BytesIO(b"x"), "x.txt"), "upload_token": "t" * 32}

    assert {client.get(f"/noord/documenten/{number}{path}").status_code for path in EDITING} == {
        404
    }
    for path in ("/intrekken", "/terugzetten"):
        assert client.post(f"/noord/documenten/{number}{path}", data=data).status_code == 404
    answer = client.post(f"/noord/documenten/{number}/versies/nieuw", data={**data, **upload})
    assert answer.status_code == 404
    with database.reading() as session:
        document = session.scalars(select(Document).where(Document.id == number)).one()
        assert (document.withdrawn_at, document.version) == (None, 1)


def test_member_of_another_region_learns_nothing(database, client, sign_in, papers):
    with database.unit_of_work() as session:
        person = make_official(session, region=make_region(session), role=Role.REGION_ADMIN)
    sign_in(client, person)

    for path in ("", "/lijst.csv", "/archief.zip", "/nieuw", f"/{papers['public']}"):
        assert client.get(f"/noord/documenten{path}").status_code == 404


@pytest.mark.usefixtures("papers")
def test_stranger_is_sent_to_the_door(client):
    answer = client.get("/noord/documenten")

    assert answer.status_code == 302
    assert answer.location.startswith("/aanmelden")


def test_second_seat_at_the_same_organisation_counts(
    database, client, sign_in, noord, weert, papers
):
    with database.unit_of_work() as session:
        person = make_official(session, region=noord, role=Role.READER, organisation=weert)
        seat = make_seat(session, region=noord, organisation=weert, role=Role.OFFICIAL)
        make_tenure(session, person=person, seat=seat)

    page = sign_in(client, person).get("/noord/documenten").text

    assert found_in(page, papers) == SEEN[Role.OFFICIAL]


def test_numbers_that_no_database_has_are_no_page(enter):
    client = enter(Role.REGION_ADMIN)

    for path in ("/2147483648", "/99999999999999999999", "/1/versies/2147483648/bestand", "/0"):
        assert client.get(f"/noord/documenten{path}").status_code == 404
