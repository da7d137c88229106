from datetime import date

import pytest

from extranet.membership.models import LegalForm, Membership
from tests.factories import make_organisation, make_seat
from tests.membership.places import form_for, logged, text_of

PUBLISHED = {
    "joining_published_on": "1-6-2026",
    "joining_publication": "Staatscourant 2026, 1234",
}
LEAVING = {"leaving_published_on": "1-6-2026", "leaving_publication": "Staatscourant 2026, 1234"}


def membership_of(database, membership):
    with database.reading() as session:
        return session.get(Membership, membership.id)


def actions(database):
    with database.reading() as session:
        return logged(session)


def test_candidates_are_searched_by_name_or_code(enter):
    browser = enter("admin")

    empty = browser.get("/noord/beheer/leden/toevoegen")
    by_name = browser.get("/noord/beheer/leden/toevoegen?zoek=kerk")
    by_code = browser.get("/noord/beheer/leden/toevoegen?zoek=GM:0928")
    nothing = browser.get("/noord/beheer/leden/toevoegen?zoek=zzz")

    link = "/noord/beheer/leden/toevoegen/gm:0928"
    assert link not in empty.get_data(as_text=True)
    assert link in by_name.get_data(as_text=True)
    assert link in by_code.get_data(as_text=True)
    assert "De beheerder van deze installatie voegt haar toe." in text_of(nothing)


def test_candidates_that_are_members_cannot_be_chosen(enter):
    page = enter("admin").get("/noord/beheer/leden/toevoegen?zoek=gm:")

    assert "/toevoegen/gm:0984" not in page.get_data(as_text=True)
    assert "lid sinds 1 januari 2020" in text_of(page)


def test_candidates_are_capped(database, enter):
    with database.unit_of_work() as session:
        for number in range(30):
            make_organisation(session, name=f"Plaats {number:02d}")

    page = enter("admin").get("/noord/beheer/leden/toevoegen?zoek=Plaats")

    assert page.get_data(as_text=True).count("/toevoegen/gm:") == 25
    assert "Typ een langer stuk van de naam." in text_of(page)


def test_start_makes_a_member(database, enter, place):
    answer = enter("admin").post(
        "/noord/beheer/leden/toevoegen/gm:0928",
        data=form_for(place, kind="deelnemer", from_date="1-1-2027", **PUBLISHED),
    )

    assert (answer.status_code, answer.location) == (302, "/noord/leden/gm:0928")
    assert actions(database) == ["membership.started"]


def test_start_in_the_future_says_from_when(enter, place):
    answer = enter("admin").post(
        "/noord/beheer/leden/toevoegen/gm:0928",
        data=form_for(place, kind="deelnemer", from_date="1-1-2027", **PUBLISHED),
        follow_redirects=True,
    )

    assert "Kerkrade is vanaf 1 januari 2027 lid." in text_of(answer)
    assert "Kerkrade is lid." not in text_of(answer)


@pytest.mark.parametrize("from_date", ["1-1-2020", "1-1-0001", "31-12-9999"])
def test_start_on_a_day_that_nobody_means_loses_nothing(database, enter, place, from_date):
    answer = enter("admin").post(
        "/noord/beheer/leden/toevoegen/gm:0928",
        data=form_for(
            place,
            kind="deelnemer",
            from_date=from_date,
            joining_published_on=from_date,
            joining_publication="Staatscourant 2026, 1234",
        ),
    )

    is_a_slip = from_date != "1-1-2020"
    assert answer.status_code == (422 if is_a_slip else 302)
    assert (f'value="{from_date}"' in answer.text) is is_a_slip
    assert ("het ligt tussen 1900 en 2200" in answer.text) is is_a_slip


def test_start_of_who_is_a_member_leads_to_its_page(enter):
    answer = enter("admin").get("/noord/beheer/leden/toevoegen/gm:0984", follow_redirects=True)

    assert answer.request.path == "/noord/leden/gm:0984"
    assert "Venray staat al in de ledenlijst." in text_of(answer)


def test_start_says_beside_the_field_why_it_is_refused(database, enter, place):
    answer = enter("admin").post(
        "/noord/beheer/leden/toevoegen/gm:0928",
        data=form_for(place, kind="deelnemer", from_date="31-5-2026", **PUBLISHED),
    )

    assert answer.status_code == 422
    assert "gaat niet eerder in dan op de dag van de bekendmaking, 1 juni 2026" in text_of(answer)
    assert 'value="31-5-2026"' in answer.get_data(as_text=True)
    assert actions(database) == []


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"from_date": "1-1-2027"}, "Maak een keuze."),
        ({"kind": "deelnemer"}, "Vul dit in."),
        ({"kind": "deelnemer", "from_date": "32-1-2027"}, "Deze dag bestaat niet"),
        ({"kind": "deelnemer", "from_date": "1-1-2027"}, "Vul in waar het is bekendgemaakt."),
    ],
)
def test_start_asks_for_what_is_missing(enter, place, values, message):
    answer = enter("admin").post(
        "/noord/beheer/leden/toevoegen/gm:0928", data=form_for(place, **values)
    )

    assert answer.status_code == 422
    assert message in text_of(answer)


def test_start_in_a_samenwerkingsovereenkomst_asks_no_publication(database, enter, place):
    with database.unit_of_work() as session:
        session.merge(place.region).legal_form = LegalForm.SOK
    browser = enter("admin")

    page = browser.get("/noord/beheer/leden/toevoegen/gm:0928")
    answer = browser.post(
        "/noord/beheer/leden/toevoegen/gm:0928",
        data=form_for(place, kind="deelnemer", from_date="1-1-2027"),
    )

    assert "heeft geen bekendmaking nodig" in text_of(page)
    assert answer.status_code == 302


def test_start_of_an_unknown_organisation_is_not_found(enter, place):
    browser = enter("admin")

    assert browser.get("/noord/beheer/leden/toevoegen/gm:0000").status_code == 404
    assert browser.post(
        "/noord/beheer/leden/toevoegen/gm:0000",
        data=form_for(place, kind="partner", from_date="1-1-2027"),
    ).status_code == 404  # fmt: skip


def test_start_of_who_went_into_another_is_not_found(database, enter, place):
    with database.unit_of_work() as session:
        gone = session.merge(place.organisations["Kerkrade"])
        gone.successor_id = place.organisations["Weert"].id
        gone.successor_from = date(2026, 1, 1)

    assert enter("admin").get("/noord/beheer/leden/toevoegen/gm:0928").status_code == 404


def test_end_shows_its_consequences_first(database, enter, place):
    browser = enter("admin")
    with database.unit_of_work() as session:
        make_seat(
            session,
            region=place.region,
            organisation=place.organisations["Beesel"],
            title="Wethouder",
        )

    said = text_of(browser.get(f"/noord/beheer/leden/{place.members['Beesel'].id}/beeindigen"))

    assert "De regio gaat van 3 naar 2 gemeenten." in said
    assert "Van 110.185 naar 96.606 inwoners" in said
    assert "Een coalitie heeft er 3 nodig: er kan er geen meer ontstaan." in said
    assert "1 zetel eindigt mee." in said
    assert "Wethouder" in said
    assert "Niemand krijgt een mail." in said


def test_end_gives_the_last_day(database, enter, place):
    beesel = place.members["Beesel"]

    answer = enter("admin").post(
        f"/noord/beheer/leden/{beesel.id}/beeindigen",
        data=form_for(place, version=beesel.version, until_date="31-12-2027", **LEAVING),
    )

    assert (answer.status_code, answer.location) == (302, "/noord/leden/gm:0889")
    assert membership_of(database, beesel).until_date == date(2027, 12, 31)
    assert actions(database) == ["membership.ended"]


def test_end_of_the_centrum_says_what_to_do_first(database, enter, place):
    weert = place.members["Weert"]
    browser = enter("admin")
    address = f"/noord/beheer/leden/{weert.id}/beeindigen"

    page = browser.get(address)
    answer = browser.post(
        address, data=form_for(place, version=weert.version, until_date="31-12-2027", **LEAVING)
    )

    assert "Het kan pas weg als een ander lid het centrum is." in text_of(page)
    assert answer.status_code == 422
    assert "Maak eerst een ander lid centrum." in text_of(answer)
    assert membership_of(database, weert).until_date is None


def test_correct_shows_what_is_recorded_and_saves_it(database, enter, place):
    venray = place.members["Venray"]
    browser = enter("admin")
    address = f"/noord/beheer/leden/{venray.id}/wijzigen"

    page = browser.get(address).get_data(as_text=True)
    answer = browser.post(
        address,
        data=form_for(
            place, version=venray.version, kind="deelnemer", from_date="1-7-2026", **PUBLISHED
        ),
    )

    assert 'value="01-01-2020"' in page
    assert answer.status_code == 302
    assert membership_of(database, venray).from_date == date(2026, 7, 1)
    assert actions(database) == ["membership.corrected"]


@pytest.mark.parametrize(
    ("verb", "values", "told"),
    [
        (
            "wijzigen",
            {"kind": "partner", "from_date": "1-7-2026"},
            "Doet mee als Jij vulde in: Partner Nu staat er: Deelnemer",
        ),
        (
            "beeindigen",
            {"until_date": "31-12-2027", **LEAVING},
            "Laatste dag als lid Jij vulde in: 31-12-2027 Nu staat er: niets",
        ),
        ("centrum", {}, "Niets van wat je invulde is anders dan wat er nu staat."),
    ],
)
def test_change_of_what_somebody_else_changed_is_a_conflict(
    database, enter, place, verb, values, told
):
    venray = place.members["Venray"]
    browser = enter("admin")
    with database.unit_of_work() as session:
        session.merge(venray).joining_publication = "Staatscourant 2020, 5"

    answer = browser.post(
        f"/noord/beheer/leden/{venray.id}/{verb}",
        data=form_for(place, version=venray.version, **values),
    )

    assert answer.status_code == 409
    assert told in text_of(answer)
    assert all(f'value="{value}"' in answer.text for value in values.values())
    assert f'name="version" type="hidden" value="{venray.version + 1}"' in answer.text
    assert actions(database) == []


def test_change_on_behalf_of_another_organisation_is_a_conflict(database, enter, place):
    venray = place.members["Venray"]
    acting = f"{place.region.id}-{place.organisations['Weert'].id}"

    answer = enter("admin").post(
        f"/noord/beheer/leden/{venray.id}/centrum",
        data={"acting": acting, "version": venray.version},
    )

    assert answer.status_code == 409
    assert actions(database) == []


def test_centrum_moves_after_a_confirmation(database, enter, place):
    venray, weert = place.members["Venray"], place.members["Weert"]
    browser = enter("admin")
    address = f"/noord/beheer/leden/{venray.id}/centrum"

    said = text_of(browser.get(address))
    answer = browser.post(address, data=form_for(place, version=venray.version))

    page = text_of(browser.get(f"/noord/leden/{place.organisations['Venray'].code}"))

    assert "Nu is Weert het centrum. Vanaf vandaag is dat Venray." in said
    assert "Gemeente, deelnemer sinds 1 januari 2020. Nu is het ook centrum van de regio." in page
    assert answer.status_code == 302
    assert membership_of(database, venray).is_centrum
    assert not membership_of(database, weert).is_centrum


def test_centrum_that_is_it_already_is_refused(enter, place):
    weert = place.members["Weert"]

    answer = enter("admin").post(
        f"/noord/beheer/leden/{weert.id}/centrum", data=form_for(place, version=weert.version)
    )

    assert answer.status_code == 422
    assert "Dit lid is al het centrum." in text_of(answer)
