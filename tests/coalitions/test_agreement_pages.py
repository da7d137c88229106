"""The agreement under a plustaak: who reads, who starts it, who edits and who answers."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from extranet.access import Role
from extranet.agreements.models import Agreement, AgreementVersion, Article, Consent, Party
from extranet.agreements.queries.current import find_agreement
from extranet.coalitions.events import ArticleTemplate, Description, DescriptionAsked
from extranet.coalitions.models import Coalition, CoalitionState, Plustaak, PlustaakState
from extranet.coalitions.rules.owners import owner_of
from extranet.i18n import Text
from extranet.outbox.models import Mail
from extranet.web.database import get_database
from tests.basistaken.tasks import statements
from tests.coalitions.alliances import WHO
from tests.coalitions.contracts import answer, send, write
from tests.coalitions.plustaken import make_plustaak, take_part
from tests.factories import make_membership, make_official, make_organisation
from tests.membership.places import text_of

HERE = "/noord/coalities/groen-gas/infoavond/overeenkomst"
PARTIES = ("Weert", "Venray", "Beesel")
OUTSIDE = {"outsider", "operator"}
EVERYBODY = set(WHO) - {"stranger"} - OUTSIDE
MANAGERS = {"lead", "admin"}
READING = ("", "/geschiedenis", "/versies/1", "/versies/1/overeenkomst.txt")
WRITING = ("/concept", "/concept/inleiding", "/concept/versturen", "/concept/artikelen/nieuw")
ANSWER = {
    "answer": "consent",
    "remark": "",
    "body_name": "College",
    "decided_on": "20-11-2026",
    "evidence": "Besluitenlijst, punt 4",
    "version": "0",
}


@pytest.fixture
def plustaak(database, alliance) -> Plustaak:
    """A plustaak of the three participants, without an agreement."""
    with database.unit_of_work() as session:
        return make_plustaak(
            session,
            coalition=alliance.coalition,
            parties=[alliance.organisations[name] for name in PARTIES],
        )


@pytest.fixture
def draft(database, alliance, plustaak) -> Plustaak:
    """The same with the draft of an agreement."""
    with database.unit_of_work() as session:
        write(
            session,
            alliance.region,
            plustaak,
            [alliance.organisations[name] for name in PARTIES],
        )
    return plustaak


@pytest.fixture
def sent(database, alliance, draft) -> Plustaak:
    """The same, sent to its parties."""
    with database.unit_of_work() as session:
        send(session, alliance.region, draft)
    return draft


def acting(alliance, who="Weert", **values):
    """Return a form as a page sends it on behalf of an organisation."""
    return {"acting": f"{alliance.region.id}-{alliance.organisations[who].id}", **values}


def wanted(who, allowed):
    """Return what an address inside the coalition answers to somebody."""
    if who == "stranger":
        return 302
    return 404 if who in OUTSIDE else 200 if who in allowed else 403


def found(database, plustaak):
    with database.reading() as session:
        return find_agreement(
            session,
            region_id=session.get_one(Coalition, plustaak.coalition_id).region_id,
            owner=owner_of(plustaak.id),
        )


@pytest.mark.parametrize("who", WHO)
def test_everybody_inside_reads_and_only_who_keeps_it_writes(enter, draft, who):
    browser = enter(who)

    assert [browser.get(HERE + page).status_code for page in READING] == [
        wanted(who, EVERYBODY)
    ] * len(READING)
    assert [browser.get(HERE + page).status_code for page in WRITING] == [
        wanted(who, MANAGERS)
    ] * len(WRITING)


@pytest.mark.parametrize("who", WHO)
def test_only_who_keeps_it_starts_an_agreement(database, alliance, enter, plustaak, who):
    browser = enter(who)
    at = "Horst aan de Maas" if who == "admin" else "Weert"

    page = browser.get(HERE)
    answered = browser.post(f"{HERE}/beginnen", data=acting(alliance, at))

    may = who in MANAGERS
    assert page.status_code == wanted(who, EVERYBODY)
    assert ("Overeenkomst beginnen" in page.text) == may
    assert answered.status_code == (302 if may or who == "stranger" else wanted(who, MANAGERS))
    assert (found(database, plustaak) is not None) == may


@pytest.mark.parametrize(
    ("who", "own", "others"),
    [
        ("guest", 403, 403),
        ("reader", 403, 403),
        ("participant", 403, 403),
        ("lead", 403, 403),
        ("other_coalition", 403, 403),
        ("representative", 302, 403),
        ("admin", 302, 302),
    ],
)
def test_representative_answers_for_its_own_and_a_keeper_for_any(
    database, alliance, enter, sent, who, own, others
):
    browser = enter(who)
    at = {"admin": "Horst aan de Maas", "other_coalition": "Horst aan de Maas"}.get(who, "Venray")
    given = {
        name: browser.post(
            f"{HERE}/versies/1/antwoord/{alliance.organisations[name].code}",
            data=acting(alliance, {"lead": "Weert", "participant": "Beesel"}.get(who, at), **ANSWER)
            if who != "guest"
            else acting(alliance, "Boeren", **ANSWER),
        ).status_code
        for name in ("Venray", "Beesel")
    }

    assert given == {"Venray": own, "Beesel": others}
    with database.reading() as session:
        consents = session.scalars(select(Consent.organisation_id)).all()
    assert len(consents) == [own, others].count(302)


def test_empty_page_says_what_belongs_there_and_who_starts_it(enter, plustaak):
    said = text_of(enter("reader").get(HERE))

    assert "Hier staat wat de partijen afspreken" in said
    assert "Wie dat doet: de trekker van de coalitie, of de regiobeheerder." in said


def test_lead_sees_what_it_starts_with_before_starting(enter, plustaak):
    said = text_of(enter("lead").get(HERE))

    assert "Beesel, Venray, Weert" in said
    assert "Niemand krijgt er een mail over." in said


def describe(app, *articles):
    """Let the plugin bring these articles."""

    def answer_with(_session, asked):
        asked.answers.insert(0, Description(title=Text("Sun on roofs"), articles=articles))

    with app.app_context():
        get_database().subscriptions.subscribe(DescriptionAsked, answer_with)


def test_draft_has_the_plugins_articles_the_regions_clauses_and_todays_participants(
    database, app, alliance, enter, plustaak
):
    describe(
        app,
        ArticleTemplate(key="evenings", title=Text("Save"), text=Text("Cancel")),
        ArticleTemplate(key="tasks", title=Text("Parties"), text=Text("For {naam}.")),
    )
    with database.unit_of_work() as session:
        take_part(
            session,
            plustaak,
            alliance.organisations["Horst aan de Maas"],
            until_date=date(2026, 11, 22),
        )

    answered = enter("lead").post(f"{HERE}/beginnen", data=acting(alliance))

    assert answered.location == f"{HERE}/concept"
    with database.reading() as session:
        articles = session.scalars(select(Article).order_by(Article.position)).all()
        parties = session.scalars(select(Party.name).order_by(Party.name)).all()
        mails = session.scalars(select(Mail)).all()
    assert [one.key for one in articles] == [
        "subject", "tasks", "evenings", "contribution", "terms", "joining", "leaving",
        "evaluation", "disputes", "personal_data",
    ]  # fmt: skip
    assert (articles[1].title, articles[1].source) == ("Partijen", "template:tasks")
    assert (articles[2].title, articles[2].body) == ("Opslaan", "Annuleer")
    assert parties == ["Beesel", "Venray", "Weert"]
    assert mails == []


def test_agreement_is_not_started_for_another_organisation_than_the_page_was_opened_for(
    database, alliance, enter, plustaak
):
    answered = enter("lead").post(f"{HERE}/beginnen", data=acting(alliance, "Venray"))

    assert answered.status_code == 409
    assert found(database, plustaak) is None


def test_agreement_is_started_once(alliance, enter, draft):
    answered = enter("lead").post(f"{HERE}/beginnen", data=acting(alliance))

    assert answered.status_code == 409


CLOSED = {
    "off": "Deze plustaak staat uit.",
    "archived": "Deze plustaak is gearchiveerd.",
    "closed": "Deze coalitie is gesloten.",
}


@pytest.mark.parametrize(("how", "said"), CLOSED.items())
def test_closed_agreement_is_read_and_changed_by_nobody(database, alliance, enter, sent, how, said):
    with database.unit_of_work() as session:
        if how == "closed":
            session.get_one(Coalition, alliance.coalition.id).state = CoalitionState.CLOSED
        else:
            session.get_one(Plustaak, sent.id).state = PlustaakState(how)
    browser = enter("admin")
    form = acting(alliance, "Horst aan de Maas", reason="Weg.", **ANSWER)

    page = browser.get(HERE)
    changes = [
        browser.post(HERE + path, data=form).status_code
        for path in ("/versies/1/antwoord/gm:0984", "/versies/1/intrekken", "/nieuwe-versie")
    ]

    assert page.status_code == 200
    assert said in page.text
    assert "/antwoord/" not in page.text
    assert "/intrekken" not in page.text
    assert changes == [403, 403, 403]
    assert found(database, sent).coming.is_sent


@pytest.mark.parametrize("state", [PlustaakState.OFF, PlustaakState.ARCHIVED])
def test_nothing_is_started_where_the_plustaak_is_not_on(
    database, alliance, enter, plustaak, state
):
    with database.unit_of_work() as session:
        session.get_one(Plustaak, plustaak.id).state = state
    browser = enter("lead")

    page = browser.get(HERE)
    answered = browser.post(f"{HERE}/beginnen", data=acting(alliance))

    assert "Overeenkomst beginnen" not in page.text
    assert answered.status_code == 409
    assert found(database, plustaak) is None


def test_agreement_of_one_plustaak_is_in_no_other(database, alliance, enter, sent):
    with database.unit_of_work() as session:
        make_plustaak(session, coalition=alliance.other)
        make_plustaak(session, coalition=alliance.coalition, plugin="expertpool")
    browser = enter("lead")
    elsewhere = (
        "/noord/coalities/andere-coalitie/infoavond/overeenkomst",
        "/noord/coalities/groen-gas/expertpool/overeenkomst",
    )

    assert [browser.get(page).status_code for page in elsewhere] == [200, 200]
    assert [browser.get(f"{page}/versies/1").status_code for page in elsewhere] == [404, 404]
    assert browser.get(HERE.replace("infoavond", "warmtebedrijf")).status_code == 404


def test_guest_of_another_coalition_finds_nothing(database, alliance, sign_in, app, enter, draft):
    with database.unit_of_work() as session:
        seat = alliance.lead_seat
        other = make_official(
            session, region=alliance.region, organisation=alliance.organisations["Kerkrade"]
        )
        for one in session.scalars(select(type(seat)).where(type(seat).role == Role.READER)):
            if one.organisation_id == alliance.organisations["Kerkrade"].id:
                one.coalition_id = alliance.other.id

    assert sign_in(app.test_client(), other).get(HERE).status_code == 404


def test_menu_shows_the_agreement_inside_a_plustaak_only(enter, draft):
    browser = enter("reader")
    line = f'href="{HERE}"'

    assert line in browser.get(f"{HERE}/geschiedenis").text
    assert line not in browser.get("/noord/coalities/groen-gas/").text
    assert line not in browser.get("/noord/").text


def test_keeper_is_told_who_keeps_it_waiting_and_nobody_is_mailed(
    database, alliance, enter, sent, clock
):
    with database.unit_of_work() as session:
        answer(session, alliance.region, sent, alliance.organisations["Weert"])
    said = "Al 14 dagen geen antwoord van: Beesel, Venray."
    clock.advance(days=13)
    assert said not in enter("admin").get(HERE).text

    clock.advance(days=1)

    assert said in enter("admin").get(HERE).text
    assert said not in enter("reader").get(HERE).text


def test_version_in_force_names_who_takes_part_and_is_no_party(database, alliance, enter, sent):
    with database.unit_of_work() as session:
        for name in PARTIES:
            answer(session, alliance.region, sent, alliance.organisations[name])
        take_part(session, sent, alliance.organisations["Horst aan de Maas"])
    said = "Horst aan de Maas doet mee, maar is geen partij. Een nieuwe versie lost dat op."

    assert said in text_of(enter("lead").get(HERE))
    assert said not in text_of(enter("reader").get(HERE))


@pytest.mark.parametrize("page", ["", "/geschiedenis", "/concept", "/concept/versturen"])
def test_statements_do_not_grow_with_the_parties(database, app, alliance, enter, draft, page):
    browser = enter("lead")
    with statements(app) as few:
        assert browser.get(HERE + page).status_code == 200
    with database.unit_of_work() as session:
        (version,) = session.scalars(select(AgreementVersion))
        for number in range(9):
            one = make_organisation(session, name=f"Gemeente {number}")
            make_membership(session, region=alliance.region, organisation=one)
            take_part(session, draft, one)
            party = Party(
                version_id=version.id, organisation_id=one.id, code=one.code, name=one.name
            )
            session.add(party)
    with statements(app) as many:
        assert browser.get(HERE + page).status_code == 200

    assert len(many) == len(few)


def test_no_agreement_is_left_by_who_may_not(database, enter, plustaak, alliance):
    enter("representative").post(f"{HERE}/beginnen", data=acting(alliance, "Venray"))

    with database.reading() as session:
        assert session.scalars(select(Agreement)).all() == []
