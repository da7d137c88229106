import io
import re
from datetime import date

import pytest
from sqlalchemy import func, select

from extranet.access import Role
from extranet.documents.models import Confidentiality, Document, DocumentVersion
from extranet.documents.queries.documents import Filters, Sight, documents_of
from extranet.documents.services.versions import add_version
from tests.basistaken.tasks import statements
from tests.documents.papers import GOOD, keys_of, make_document, make_upload
from tests.factories import make_body, make_organisation


@pytest.fixture
def regiegroep(database, noord):
    """A committed body of the region."""
    with database.unit_of_work() as session:
        return make_body(session, region=noord, name="Regiegroep")


@pytest.fixture
def send(enter, noord, weert, regiegroep):
    """Send a form as a region admin: `send("/nieuw", title="…")`."""
    client = enter(Role.REGION_ADMIN)
    empty = ("imposed_by_body_id", "organisation_id")

    def send(path, content=GOOD["pdf"], name="Stuk.pdf", **values):
        token = re.search(
            r'name="upload_token"[^>]*value="([^"]+)"', client.get("/noord/documenten/nieuw").text
        )
        data = {
            "acting": f"{noord.id}-{weert.id}",
            "upload_token": token[1],
            "title": "Verslag",
            "body_id": str(regiegroep.id),
            "confidentiality": "members",
            "woo_category": "",
            "woo_decision": "not_decided",
            **dict.fromkeys(empty, "0"),
            **values,
        }
        if content is not None:
            data["file"] = (io.BytesIO(content), name)
        return client.post(f"/noord/documenten{path}", data=data)

    send.client = client
    return send


def count(database, model=Document):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_sent_form_makes_a_document_with_its_page(database, send):
    answer = send("/nieuw", title=" Verslag oktober ", woo_category="2e")

    assert answer.status_code == 302
    page = send.client.get(answer.location).text
    shown_there = ("Verslag oktober", "Regiegroep", "Alle leden", "Advies (2e)", "Stuk.pdf")
    for shown in (*shown_there, "1\N{NO-BREAK SPACE}kB", "Loes Cuypers", "Weert", "is toegevoegd"):
        assert shown in page
    assert count(database) == 1


def test_form_sent_twice_makes_one_document(database, files, send):
    answers = [send("/nieuw", upload_token="t" * 32) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].location == answers[1].location
    assert (count(database), len(keys_of(files))) == (1, 1)


def test_form_sent_again_with_another_file_is_a_conflict_that_keeps_what_was_typed(database, send):
    send("/nieuw", upload_token="t" * 32)

    answer = send("/nieuw", content=b"%PDF-1.4 anders", upload_token="t" * 32, title="Getypt")

    assert answer.status_code == 409
    assert "Getypt" in answer.text
    assert "t" * 32 not in answer.text
    assert count(database) == 1


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"content": None}, "file", "Kies een bestand."),
        ({"content": b"", "name": "a.pdf"}, "file", "Dit bestand is leeg."),
        ({"content": b"<html>", "name": "a.pdf"}, "file", "De naam eindigt op .pdf"),
        ({"content": b"<html>", "name": "a.html"}, "file", "Deze kunnen wel: pdf, docx"),
        ({"title": "  "}, "title", "Vul dit in."),
        ({"title": "x" * 201}, "title", "200"),
        ({"body_id": "0"}, "body_id", "Kies het gremium of de organisatie"),
        ({"confidentiality": ""}, "confidentiality", "Maak een keuze."),
        ({"confidentiality": "secret"}, "confidentiality", "Deze keuze staat niet in de lijst."),
        ({"confidentiality": "confidential"}, "imposed_by_body_id", "opgelegd"),
        ({"retention_until": "31-12-2040"}, "retention_ground", "Zeg waarom."),
        ({"retention_until": "31-02-2040"}, "retention_until", "Deze dag bestaat niet."),
        ({"woo_decision": "refuse"}, "woo_ground", "artikel 5.1"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_stays(
    database, files, send, given, field, said
):
    answer = send("/nieuw", **given)

    assert answer.status_code == 422
    place = re.search(rf'id="{field}-error">(.*?)</div>', answer.text, re.DOTALL)
    assert said in place[1]
    assert (count(database), keys_of(files)) == (0, set())


def test_file_has_to_be_chosen_again_when_something_else_is_wrong(send):
    assert "Kies het bestand nog een keer" in send("/nieuw", title="").text
    assert "Kies het bestand nog een keer" in send("/nieuw", body_id="0").text
    assert "nog een keer; een browser" not in send("/nieuw", content=None).text


def test_form_without_a_token_of_this_site_is_refused(database, send):
    answer = send("/nieuw", upload_token="")

    assert answer.status_code == 422
    assert "Open dit formulier opnieuw" in answer.text
    assert count(database) == 0


def test_every_form_has_a_token_of_its_own(send):
    pattern = re.compile(r'name="upload_token"[^>]*value="([^"]{20,})"')

    tokens = {pattern.search(send.client.get("/noord/documenten/nieuw").text)[1] for _ in range(3)}

    assert len(tokens) == 3


def test_file_above_the_limit_is_a_page_in_words(app, send):
    app.config["MAX_CONTENT_LENGTH"] = 10_000

    answer = send("/nieuw", content=b"a" * 20_000, name="a.txt")

    assert answer.status_code == 413
    assert "te groot" in answer.text


@pytest.mark.parametrize("field", ["body_id", "organisation_id", "imposed_by_body_id"])
def test_choice_of_elsewhere_is_refused(database, send, field):
    with database.unit_of_work() as session:
        foreign = make_organisation(session)

    assert send("/nieuw", **{field: str(foreign.id + 1000)}).status_code == 422
    assert count(database) == 0


def test_changing_keeps_versions_and_stale_form_shows_both(database, files, noord, send):
    with database.unit_of_work() as session:
        document = make_document(session, files=files, region=noord, title="Oud")
    path = f"/{document.id}/wijzigen"

    assert send(path, content=None, title="Nieuw", version="1").status_code == 302
    stale = send(path, content=None, title="Ander", version="1")

    assert stale.status_code == 409
    for shown in ("Nieuw", "Ander"):
        assert shown in stale.text
    with database.reading() as session:
        found = session.get_one(Document, document.id)
        assert (found.title, found.version) == ("Nieuw", 2)
    assert count(database, DocumentVersion) == 1


def test_form_to_change_shows_what_stands_there(database, files, noord, send):
    with database.unit_of_work() as session:
        document = make_document(
            session, files=files, region=noord, title="Oud", woo_category="2g",
            confidentiality=Confidentiality.CONFIDENTIAL,
            retention_until=date(2040, 12, 31), retention_ground="Resultaat 11.1",
        )  # fmt: skip

    page = send.client.get(f"/noord/documenten/{document.id}/wijzigen").text

    for shown in ('value="Oud"', 'value="31-12-2040"', 'value="Resultaat 11.1"',
                  'value="Artikel 87"'):  # fmt: skip
        assert shown in page
    assert re.search(r'<option selected value="2g"', page)
    assert re.search(r'checked[^>]*value="confidential"', page)


def test_version_is_added_and_listed_first(database, files, noord, send):
    with database.unit_of_work() as session:
        document = make_document(session, files=files, region=noord)

    answer = send(f"/{document.id}/versies/nieuw", note="Punt 3 erbij", name="Tweede.pdf")

    page = send.client.get(answer.location).text
    assert page.index("Tweede.pdf") < page.index("Notitie.txt")
    assert "Punt 3 erbij" in page


def test_withdrawing_and_putting_back(database, files, noord, send):
    with database.unit_of_work() as session:
        document = make_document(session, files=files, region=noord)
    path = f"/{document.id}"

    refused = send(f"{path}/intrekken", content=None, version="1", reason=" ")
    done = send(f"{path}/intrekken", content=None, version="1", reason="Verkeerd bestand")
    page = send.client.get(done.location).text
    again = send(f"{path}/versies/nieuw")
    back = send.client.post(f"/noord/documenten{path}/terugzetten")

    assert [refused.status_code, done.status_code, again.status_code, back.status_code] == [
        422, 302, 422, 302,
    ]  # fmt: skip
    assert "Verkeerd bestand" in page
    assert "Zet het eerst terug" in again.text
    with database.reading() as session:
        assert session.get_one(Document, document.id).withdrawn_at is None


@pytest.fixture
def shelf(database, files, noord, regiegroep):
    """Three documents that differ in title, author and confidentiality."""
    with database.unit_of_work() as session:
        make_document(session, files=files, region=noord, title="Plan 100%", body=regiegroep)
        make_document(
            session, files=files, region=noord, title="Verslag",
            confidentiality=Confidentiality.PARTICIPANTS,
        )  # fmt: skip
        make_document(
            session, files=files, region=noord, title="Advies", body=regiegroep,
            confidentiality=Confidentiality.PARTICIPANTS,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Advies", "Verslag", "Plan 100%"]),
        ("zoek=PLAN", ["Plan 100%"]),
        ("zoek=100%25", ["Plan 100%"]),
        ("zoek=regiegr", ["Advies", "Plan 100%"]),
        ("zoek=_", []),
        ("vertrouwelijkheid=participants", ["Advies", "Verslag"]),
        ("vertrouwelijkheid=onzin", ["Advies", "Verslag", "Plan 100%"]),
        ("auteur=body:{body}", ["Advies", "Plan 100%"]),
        ("auteur=organisation:{body}", []),
        ("auteur=body:99999999999999999999", ["Advies", "Verslag", "Plan 100%"]),
        ("auteur=onzin", ["Advies", "Verslag", "Plan 100%"]),
        ("auteur=body:{body}&zoek=advies", ["Advies"]),
        ("stand=ingetrokken", []),
    ],
)
@pytest.mark.usefixtures("shelf")
def test_list_and_its_export_narrow_alike(enter, regiegroep, query, titles):
    client, query = enter(Role.REGION_ADMIN), query.format(body=regiegroep.id)

    page = client.get(f"/noord/documenten?{query}").text
    lines = client.get(f"/noord/documenten/lijst.csv?{query}").text.splitlines()

    assert re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', page) == titles
    assert [line.split(";")[1] for line in lines[1:]] == titles
    assert lines[0].startswith("\ufeffNr.;Titel;Auteur;Wie het mag lezen;Versie;Datum;Bestand;")


def test_empty_list_offers_adding_only_to_who_may(enter):
    offers = [
        "/noord/documenten/nieuw" in enter(role).get("/noord/documenten").text
        for role in (Role.READER, Role.PROGRAMME_TEAM)
    ]

    assert offers == [False, True]


def test_pages_of_a_long_list_follow_each_other_and_keep_the_filter(database, files, enter, noord):
    with database.unit_of_work() as session:
        body = make_body(session, region=noord, name="Groep")
        for number in range(53):
            make_document(session, files=files, region=noord, body=body, title=f"Stuk {number:02}")
    client = enter()

    first = client.get("/noord/documenten?zoek=stuk").text
    link = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(link).text

    assert re.findall(r"Stuk \d\d", first) == [f"Stuk {n:02}" for n in range(52, 2, -1)]
    assert re.findall(r"Stuk \d\d", second) == ["Stuk 02", "Stuk 01", "Stuk 00"]
    assert "zoek=stuk" in link
    assert 'rel="next"' not in second


def test_list_and_page_ask_the_same_whatever_they_show(app, database, files, enter, noord):
    client, counts = enter(Role.REGION_ADMIN), []
    with database.unit_of_work() as session:
        document = make_document(session, files=files, region=noord)
    for number in range(3):
        with statements(app) as seen:
            client.get("/noord/documenten")
            client.get(f"/noord/documenten/{document.id}")
            client.get("/noord/documenten/lijst.csv")
        counts.append(len(seen))
        with database.unit_of_work() as session:
            make_document(session, files=files, region=noord)
            add_version(
                session,
                files=files,
                document=session.get_one(Document, document.id),
                upload=make_upload(),
                token=f"token-{number}",
                note="",
                actor=None,
            )

    assert counts == [counts[0]] * 3


def test_title_with_markup_is_text_everywhere(database, files, enter, noord):
    with database.unit_of_work() as session:
        document = make_document(session, files=files, region=noord, title="<b>Vet</b> & =1+1")
    client = enter(Role.REGION_ADMIN)

    for path in ("", f"/{document.id}", f"/{document.id}/wijzigen", f"/{document.id}/intrekken"):
        assert "<b>Vet" not in client.get(f"/noord/documenten{path}").text
    assert "&lt;b&gt;Vet" in client.get(f"/noord/documenten/{document.id}").text


def test_query_takes_several_owners(database, files, noord):
    with database.unit_of_work() as session:
        for owner in ("", "coalition:3", "coalition:33"):
            make_document(session, files=files, region=noord, owner=owner, title=f"Van {owner}")

    with database.reading() as session:
        sight = Sight(
            region_id=noord.id,
            owners=("coalition:3", "agreement:1", ""),
            confidentialities=Confidentiality,
        )
        found = documents_of(session, sight, filters=Filters(text="van"))

    assert [line.title for line in found] == ["Van coalition:3", "Van "]
