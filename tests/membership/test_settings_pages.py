import pytest

from extranet.membership.models import Body, BodyKind, Region
from tests.factories import make_body
from tests.membership.places import form_for, logged, text_of

SETTINGS = {
    "name": "Regio Noord",
    "legal_form": "centrumregeling",
    "legal_form_from": "01-01-2020",
    "threshold": "3",
}


def stored(database, model, number):
    with database.reading() as session:
        return session.get(model, number)


def test_settings_are_shown_and_saved(database, enter, place):
    browser = enter("admin")

    page = browser.get("/noord/beheer/regio").get_data(as_text=True)
    answer = browser.post(
        "/noord/beheer/regio",
        data=form_for(
            place,
            **{**SETTINGS, "threshold": "4"},
            version=place.region.version,
            threshold_source="artikel 4",
            sender_name="Gemeente Weert",
        ),
    )

    assert 'value="Regio Noord"' in page
    assert (answer.status_code, answer.location) == (302, "/noord/beheer/regio")
    region = stored(database, Region, place.region.id)
    assert (region.threshold, region.threshold_source) == (4, "artikel 4")
    assert region.sender_name == "Gemeente Weert"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"threshold": "1"}, "Vul een heel getal van 2 of meer in."),
        ({"threshold": "drie"}, "Vul een heel getal van 2 of meer in."),
        ({"threshold": "9" * 30}, "Vul een heel getal van 2 of meer in."),
        ({"name": "  "}, "Vul dit in."),
        ({"name": "x" * 121}, "Gebruik hoogstens 120 tekens."),
        ({"legal_form": ""}, "Maak een keuze."),
        ({"legal_form": "vereniging"}, "keuze"),
    ],
)
def test_settings_that_cannot_be_are_refused(database, enter, place, values, message):
    answer = enter("admin").post(
        "/noord/beheer/regio",
        data=form_for(place, **{**SETTINGS, **values}, version=place.region.version),
    )

    assert answer.status_code == 422
    assert message in text_of(answer)
    assert stored(database, Region, place.region.id).name == "Regio Noord"


def test_settings_that_somebody_else_changed_are_a_conflict(database, enter, place):
    browser = enter("admin")
    with database.unit_of_work() as session:
        session.merge(place.region).name = "Regio Noordoost"

    answer = browser.post(
        "/noord/beheer/regio",
        data=form_for(place, **{**SETTINGS, "name": "Regio N"}, version=place.region.version),
    )

    assert answer.status_code == 409
    assert "Regio Noordoost" in text_of(answer)
    assert "Regio N" in text_of(answer)
    assert stored(database, Region, place.region.id).name == "Regio Noordoost"


def test_bodies_page_without_bodies_says_what_belongs_there(enter):
    said = text_of(enter("admin").get("/noord/beheer/gremia"))

    assert "Hier komen de ontwikkelgroepen" in said
    assert "dat ben jij" in said


def test_bodies_page_shows_those_of_this_region(database, enter, place):
    with database.unit_of_work() as session:
        make_body(session, region=place.region, name="Ontwikkelgroep warmte")
        make_body(session, region=place.other, name="Geheim overleg")

    said = text_of(enter("admin").get("/noord/beheer/gremia"))

    assert "Ontwikkelgroep warmte" in said
    assert "Geheim overleg" not in said


def test_body_is_added_and_renamed(database, enter, place):
    browser = enter("admin")
    college = {
        "name": "College van Weert",
        "kind": BodyKind.COLLEGE.value,
        "organisation_id": place.organisations["Weert"].id,
    }

    added = browser.post("/noord/beheer/gremia/nieuw", data=form_for(place, **college))
    with database.reading() as session:
        (body,) = session.query(Body).all()
    page = browser.get(f"/noord/beheer/gremia/{body.id}").get_data(as_text=True)
    renamed = browser.post(
        f"/noord/beheer/gremia/{body.id}",
        data=form_for(place, **{**college, "name": "B en W van Weert"}, version=body.version),
    )

    assert [added.status_code, renamed.status_code] == [302, 302]
    assert 'value="College van Weert"' in page
    assert stored(database, Body, body.id).name == "B en W van Weert"
    with database.reading() as session:
        assert logged(session) == ["body.added", "body.edited"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"kind": "raad", "organisation_id": "0"}, "Kies het lid waar het bij hoort."),
        ({"name": "", "kind": "raad", "organisation_id": "0"}, "Vul dit in."),
        ({"name": "warmte", "organisation_id": "0"}, "Deze regio heeft al een gremium"),
        ({"organisation_id": "999999"}, "niet"),
    ],
)
def test_body_that_cannot_be_is_refused(database, enter, place, values, message):
    with database.unit_of_work() as session:
        make_body(session, region=place.region, name="Warmte")
    given = {"name": "Nieuw", "kind": BodyKind.ONTWIKKELGROEP.value, **values}

    answer = enter("admin").post("/noord/beheer/gremia/nieuw", data=form_for(place, **given))

    assert answer.status_code == 422
    assert message in text_of(answer)


def test_body_that_somebody_else_changed_is_a_conflict(database, enter, place):
    with database.unit_of_work() as session:
        body = make_body(session, region=place.region, name="Warmte")
    browser = enter("admin")
    with database.unit_of_work() as session:
        session.merge(body).name = "Warmte en koude"

    answer = browser.post(
        f"/noord/beheer/gremia/{body.id}",
        data=form_for(
            place,
            version=body.version,
            name="Koude",
            kind=BodyKind.ONTWIKKELGROEP.value,
            organisation_id=0,
        ),
    )

    assert answer.status_code == 409
    assert "Warmte en koude" in text_of(answer)
