"""What everybody reads: the agreement, its versions, what changed, and its files."""

import hashlib
import io
import re

import pdfua
import pytest
from pypdf import PdfReader
from sqlalchemy import event, select

from extranet.access import Role
from extranet.agreements.models import Agreement
from extranet.agreements.queries.current import find_agreement
from extranet.agreements.services.force import bring_into_force
from extranet.coalitions.models import Coalition
from extranet.web.database import get_database
from tests.agreements.agreements import (
    AGREED,
    all_consent,
    answer,
    make_agreed,
    make_next,
    send,
)
from tests.agreements.owner import HOME, PLUSTAAK_ID, make_coalition
from tests.basistaken.tasks import statements
from tests.factories import (
    make_official,
    make_organisation,
    make_person,
    make_region,
    make_seat,
    make_tenure,
)

PAGES = ("", "/versies/1", "/geschiedenis", "/versies/1/overeenkomst.txt")
EDITS = ("/concept", "/concept/inleiding", "/concept/versturen",
         "/concept/artikelen/nieuw", "/concept/artikelen/leaving",
         "/concept/artikelen/leaving/verwijderen")  # fmt: skip


@pytest.fixture
def in_force(database, agreed):
    """The agreement in force."""
    with database.unit_of_work() as session:
        send(session, agreed)
        all_consent(session, agreed)
        bring_into_force(session, AGREED)


@pytest.fixture
def waiting(database, agreed):
    """The agreement, sent: one consents with a remark, one declines, one is silent."""
    with database.unit_of_work() as session:
        send(session, agreed)
        answer(session, agreed, "Gemeente 01", "remark", "Graag in mei.")
        answer(session, agreed, "Gemeente 02", "decline", "Te duur.")


@pytest.mark.parametrize("role", Role)
def test_every_role_reads_and_only_who_keeps_it_edits(enter, role):
    client = enter(role)
    keeps = role in {Role.REGION_ADMIN, Role.PROGRAMME_TEAM}

    assert [client.get(HOME + page).status_code for page in PAGES] == [200] * len(PAGES)
    expected = 200 if keeps else 403
    assert [client.get(HOME + page).status_code for page in EDITS] == [expected] * len(EDITS)


def test_lead_of_the_coalition_edits(lead):
    assert [lead.get(HOME + page).status_code for page in EDITS] == [200] * len(EDITS)


def test_guest_reads_and_does_not_edit(database, app, sign_in, agreed):
    with database.unit_of_work() as session:
        guest = make_organisation(session, name="ZLTO")
        seat = make_seat(session, region=agreed.region, organisation=guest)
        seat.coalition_id = session.scalars(select(Coalition.id)).one()
        person = make_person(session)
        make_tenure(session, person=person, seat=seat)
    client = sign_in(app.test_client(), person)

    assert client.get(HOME).status_code == 200
    assert client.get(f"{HOME}/concept").status_code == 403
    assert client.get("/noord/beheer/modelbepalingen").status_code == 404


def test_stranger_signs_in_and_other_regions_and_owners_see_nothing(database, app, sign_in, agreed):
    with database.unit_of_work() as session:
        other = make_official(session, region=make_region(session, slug="zuid"))
        inside = make_official(session, region=agreed.region)

    assert app.test_client().get(HOME).status_code == 302
    assert sign_in(app.test_client(), other).get(HOME).status_code == 404
    client = sign_in(app.test_client(), inside)
    assert client.get("/noord/coalities/groen/warmte/overeenkomst").status_code == 404
    assert client.get("/noord/coalities/rood/infoavond/overeenkomst").status_code == 404
    assert client.get(f"{HOME}/versies/2").status_code == 404


def test_draft_is_shown_as_one_and_says_what_is_not_there(enter):
    page = enter().get(HOME).text

    assert "Overeenkomst ‘Infoavonden’" in page
    assert "Versie 1 is een concept" in page
    assert "krijgt haar hash als zij wordt verstuurd" in page
    assert f"{HOME}/concept" not in page


def test_owner_without_an_agreement_has_an_empty_page(database, enter, agreed):
    client = enter()
    with database.unit_of_work() as session:
        session.get_one(Agreement, 1).owner = "plustaak:13"

    assert "Hier staat wat de partijen afspreken" in client.get(HOME).text


def test_sent_version_shows_answers_in_words_and_asks_one_s_own(enter, waiting):
    page = enter(Role.CONTACT, "Gemeente 03").get(HOME).text

    for shown in (
        "Wacht op de partijen", "Stemt in met een opmerking", "Graag in mei.",
        "Gemeente 02 stemt niet in: Te duur.", "Nog geen antwoord",
        "1 van 3 partijen hebben ingestemd", "Antwoord geven", "Besluitenlijst 20 november 2026",
    ):  # fmt: skip
        assert shown in page
    assert page.count("/antwoord/") == 2
    assert page.index("Gemeente 03<") < page.index("Gemeente 01<")


def test_reader_is_not_asked_to_answer(enter, waiting):
    assert "/antwoord/" not in enter(Role.READER, "Gemeente 03").get(HOME).text


def test_version_in_force_stays_first_while_another_waits(database, agreed, enter, in_force):
    with database.unit_of_work() as session:
        make_next(session, agreed)
        send(session, agreed, 2)
    client = enter()

    assert "Versie 1 is in werking sinds" in client.get(HOME).text
    assert "Tot iedereen heeft ingestemd" in client.get(HOME).text
    history = client.get(f"{HOME}/geschiedenis").text
    assert history.index("Versie 2") < history.index("Versie 1")
    assert "3 van 3" in history
    assert "0 van 3" in history


def test_history_says_from_when_until_when(database, agreed, enter, in_force):
    with database.unit_of_work() as session:
        make_next(session, agreed)
        send(session, agreed, 2)
        all_consent(session, agreed, 2)
        bring_into_force(session, AGREED)

    history = enter().get(f"{HOME}/geschiedenis").text

    assert history.count("1\N{NO-BREAK SPACE}december\N{NO-BREAK SPACE}2026") == 3


def test_comparison_marks_words_and_names_what_happened(lead, agreed, in_force):
    lead.post(f"{HOME}/nieuwe-versie", data={**agreed.acting(), "source": "1", "note": "Korter."})
    form = {"title": "Avonden", "body": "Er zijn vijf avonden.\nSamen.", "version": "1"}
    lead.post(f"{HOME}/concept/artikelen/evenings", data={**agreed.acting(), **form})
    lead.post(f"{HOME}/concept/artikelen/evenings/verplaatsen", data={"richting": "op"})
    lead.post(
        f"{HOME}/concept/artikelen/leaving/verwijderen", data={**agreed.acting(), "version": "1"}
    )

    page = lead.get(f"{HOME}/versies/2/vergelijking").text

    assert re.search(r"<ins>\s*vijf\s*</ins>", page)
    for word in ("gewijzigd", "vervallen", "verplaatst, was artikel", "Korter."):
        assert word in page
    assert lead.get(f"{HOME}/versies/1/vergelijking").status_code == 404
    assert lead.get(f"{HOME}/versies/2/vergelijking?met=1").status_code == 200
    assert lead.get(f"{HOME}/versies/2/vergelijking?met=9").status_code == 404


def test_hash_on_the_page_is_that_of_the_text_to_download(enter, waiting):
    client = enter()

    text = client.get(f"{HOME}/versies/1/overeenkomst.txt")

    assert hashlib.sha256(text.data).hexdigest() in client.get(HOME).text
    assert text.headers["Content-Disposition"].endswith('"overeenkomst-versie-1.txt"')
    assert "ARTIKEL 2\n  Avonden\nTEKST\n  Er zijn avonden.\n  Samen.\n" in text.text


def test_pdf_has_text_parties_consents_and_hash_for_every_reader(
    database, agreed, enter, waiting, tmp_path
):
    files = [
        enter(locale=locale).get(f"{HOME}/versies/1/overeenkomst.pdf").data
        for locale in ("nl", "en", "nl")
    ]

    assert files[0] == files[1] == files[2]
    document = PdfReader(io.BytesIO(files[0]))
    text = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    for shown in ("Infoavonden", "Artikel 2 Avonden", "Gemeente 03", "Stemt niet in", "Te duur.",
                  "College, 20 november 2026", "wacht op de partijen"):  # fmt: skip
        assert shown in text
    with database.reading() as session:
        fingerprint = find_agreement(session, **agreed.where()).coming.fingerprint
    assert fingerprint in text.replace(" ", "")
    assert document.root_object["/Lang"] == "nl"
    path = tmp_path / "agreement.pdf"
    path.write_bytes(files[0])
    assert list(pdfua.validate(path).findings) == []


def test_pdf_of_a_draft_says_so_and_bad_characters_are_no_trouble(database, agreed, lead):
    form = {"title": '#read("x") *b*', "body": "$x$ <label> @ref\x07", "version": "1"}
    lead.post(f"{HOME}/concept/artikelen/evenings", data={**agreed.acting(), **form})

    answer = lead.get(f"{HOME}/versies/1/overeenkomst.pdf")

    text = "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(answer.data)).pages)
    assert answer.status_code == 200
    assert "Concept: nog niemand heeft met deze tekst ingestemd" in text
    assert '#read("x") *b*' in text
    assert "$x$ <label> @ref" in text


def test_statements_do_not_grow_with_the_parties(database, app, sign_in):
    counts = {}
    for number, (slug, count) in enumerate((("klein", 3), ("groot", 15)), PLUSTAAK_ID):
        with database.unit_of_work() as session:
            agreed = make_agreed(session, slug=slug, count=count)
            send(session, agreed)
            answer(session, agreed, "Gemeente 01")
            make_coalition(session, agreed, plustaak_id=number)
            make_official(session, region=agreed.region)
            admin = make_official(
                session, region=agreed.region, role=Role.REGION_ADMIN,
                organisation=agreed.members["Gemeente 01"],
            )  # fmt: skip
        client = sign_in(app.test_client(), admin)
        home = HOME.replace("noord", slug)
        for page in ("", "/geschiedenis", "/versies/1/herinneren", "/versies/1/overeenkomst.pdf"):
            with statements(app) as seen:
                assert client.get(home + page).status_code == 200
            counts.setdefault(page, []).append(len(seen))

    assert {page: small == large for page, (small, large) in counts.items()} == dict.fromkeys(
        counts, True
    )


def test_agreement_of_an_owner_is_read_in_two_statements(database, app, agreed, waiting):
    seen = []
    with app.app_context():
        engine = get_database().read_engine

        def note(_connection, _cursor, statement, *_rest):
            seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        with get_database().reading() as session:
            found = find_agreement(session, **agreed.where())
        event.remove(engine, "before_cursor_execute", note)

    assert len(seen) == 2
    assert found.standing(found.coming).count == 3
