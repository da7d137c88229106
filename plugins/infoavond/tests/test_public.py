"""What residents see: their own municipality, and nothing of the region or of this program."""

import json
import re
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extranet.plugins.testing import VISITORS
from extranet_infoavond.models import Evening, HouseStyle, Page, ProgrammeItem, Signup
from extranet_infoavond.rules.colours import DARK, LIGHT, accent_of, contrast
from extranet_infoavond.rules.slugs import slug_of
from extranet_infoavond.rules.standing import Standing, standing_of
from plugins.infoavond.tests.gatherings import (
    HELD_ON,
    TICKET,
    add_people,
    add_signup,
    all_of,
    make_gathering,
    text_of,
)

FORM = {"name": "Jan de Boer", "people": "2", "ticket": TICKET}


@pytest.fixture
def gathering(site):
    return make_gathering(site)


def page_of(site, gathering, host=0, path=""):
    return site.public_address(gathering.slugs[host], path)


def change(site, model, key, **values):
    with site.unit_of_work() as session:
        row = session.get_one(model, key)
        for name, value in values.items():
            setattr(row, name, value)


def every_page(site, gathering, code):
    paths = ("", f"aanmelding/{code}", f"aanmelding/{code}/afmelden", "stijl.css", "onbekend")
    return [site.visit("lead").get(page_of(site, gathering, path=path)) for path in paths]


def test_pages_name_the_municipality_and_neither_region_nor_program(site, gathering):
    _number, code = add_signup(site, gathering)
    answers = every_page(site, gathering, code)
    shown = "\n".join(text_of(one) + str(one.headers) for one in answers).lower()
    first = text_of(answers[0])

    assert [one.status_code for one in answers] == [200, 200, 200, 404, 404]
    assert re.findall(r"<title>([^<]*)", first) == [
        f"Groen gas op uw bedrijf – Gemeente Voorbeeld {gathering.hosts[0]}"
    ]
    assert '<html lang="nl">' in first
    for word in ("noord", "regio", "coalitie", "aanmelden?next", "mens lead", "<script"):
        assert word not in shown, word
    # The names of files and cookies apart, the program does not say what it is called.
    assert "extranet" not in re.sub(r"<[^>]*>", " ", first.lower())
    assert f"gemeente voorbeeld {gathering.hosts[1]}" not in shown


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_visitor_sees_the_page_as_a_resident(site, gathering, visitor):
    def without_secrets(page):
        return re.sub(r'name="(csrf_token|ticket)"([^>]*)value="[^"]*"', "", page)

    answer = site.visit(visitor).get(page_of(site, gathering))
    stranger = site.visit("stranger").get(page_of(site, gathering))

    assert answer.status_code == 200
    assert without_secrets(text_of(answer)) == without_secrets(text_of(stranger))


def test_page_is_not_there_where_the_plustaak_is_not_live(site, gathering):
    with site.unit_of_work() as session:
        session.connection().exec_driver_sql("UPDATE plustaken SET live_since = NULL")
    answer = site.visit("stranger").get(page_of(site, gathering))

    assert answer.status_code == 404
    assert "Vraag het de gemeente" in text_of(answer)
    assert "Extranet" not in text_of(answer)


def test_page_shows_programme_and_privacy_text(site, gathering):
    with site.unit_of_work() as session:
        session.add(
            ProgrammeItem(
                evening_id=gathering.evening_id,
                starts_at=time(20, 0),
                title="Een boer vertelt",
                about="Over mest & gas",
            )
        )
    shown = text_of(site.visit("stranger").get(page_of(site, gathering)))

    assert "Een boer vertelt" in shown
    assert "Over mest &amp; gas" in shown
    assert "AVG artikel 6, lid 1, onder e" in shown
    assert '<time datetime="2027-03-10">' in shown
    assert "https://www.voorbeeld.nl/privacy" in shown


def test_consent_is_explained_where_it_is_the_ground(site, gathering):
    change(site, Page, (gathering.evening_id, gathering.hosts[0]), legal_basis="consent")
    shown = text_of(site.visit("stranger").get(page_of(site, gathering)))

    assert "AVG artikel 6, lid 1, onder a" in shown
    assert "U kunt die altijd intrekken" in shown


def test_resident_signs_up_and_gets_the_link_and_no_mail(site, gathering):
    answer = site.post("stranger", page_of(site, gathering), **FORM, email="jan@boer.nl")
    (signup,) = all_of(site, Signup)
    own = site.visit("stranger").get(answer.headers["Location"])

    assert answer.status_code == 302
    assert answer.headers["Location"] == page_of(site, gathering, path=f"aanmelding/{TICKET}")
    assert (signup.name, signup.people, signup.state) == ("Jan de Boer", 2, "confirmed")
    assert signup.organisation_id == gathering.hosts[0]
    assert signup.keep_until == date(2027, 3, 10)
    assert TICKET not in signup.code_sha256
    assert "U hebt een plaats" in text_of(own)
    assert f"http://localhost{page_of(site, gathering)}/aanmelding/{TICKET}" in text_of(own)
    assert "<svg" in text_of(own)
    with site.unit_of_work() as session:
        counted = session.connection().exec_driver_sql("SELECT count(*) FROM mails").scalar()
    assert counted == 0


def test_form_sent_twice_counts_once_and_another_person_counts(site, gathering):
    for name in ("Jan de Boer", "Jan de Boer", "Mia de Boer"):
        site.post("stranger", page_of(site, gathering), **{**FORM, "name": name})

    assert [one.name for one in all_of(site, Signup)] == ["Jan de Boer", "Mia de Boer"]
    assert len({one.code_sha256 for one in all_of(site, Signup)}) == 2


def test_form_sent_again_with_another_wish_changes_the_wish_and_counts_once(site, gathering):
    for wish in ({"interest": "hub"}, {"interest": "central", "remark": "Is er koffie?"}):
        site.post("stranger", page_of(site, gathering), **FORM, **wish)
    (signup,) = all_of(site, Signup)

    assert (signup.interest, signup.remark) == ("central", "Is er koffie?")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "Vul dit in."),
        ({"people": "11"}, "Gebruik een getal van 1 tot en met 10."),
        ({"people": "0"}, "Gebruik een getal van 1 tot en met 10."),
        ({"email": "jan"}, "Dit is geen e-mailadres."),
        ({"website": "https://spam.example"}, "Laat dit veld leeg"),
        ({"remark": "x" * 501}, "Gebruik hoogstens 500 tekens."),
        ({"interest": "koffie"}, "Deze keuze staat niet in de lijst."),
    ],
)
def test_what_cannot_be_comes_back_with_what_was_typed(site, gathering, wrong, words):
    answer = site.post(
        "stranger", page_of(site, gathering), **{**FORM, "company": "Hoeve", **wrong}
    )

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert 'value="Hoeve"' in text_of(answer)
    assert all_of(site, Signup) == []


def test_form_without_its_token_is_refused_in_the_residents_own_layout(site, gathering):
    site.app.config["WTF_CSRF_ENABLED"] = True
    client = site.visit("stranger")
    refused = client.post(page_of(site, gathering), data=FORM)
    token = re.search(
        r'name="csrf_token" value="([^"]+)"', text_of(client.get(page_of(site, gathering)))
    )
    taken = client.post(page_of(site, gathering), data={**FORM, "csrf_token": token[1]})

    assert refused.status_code == 400
    assert "Extranet" not in re.sub(r"<[^>]*>", " ", text_of(refused))
    assert taken.status_code == 302
    assert len(all_of(site, Signup)) == 1


def test_one_visitor_cannot_fill_the_room(site, gathering):
    answers = [
        site.post("stranger", page_of(site, gathering), **{**FORM, "name": f"Jan {n}"})
        for n in range(31)
    ]
    other_page = site.post("stranger", page_of(site, gathering, host=1), **FORM)

    assert [one.status_code for one in answers] == [302] * 30 + [429]
    assert "Extranet" not in re.sub(r"<[^>]*>", " ", text_of(answers[-1]))
    assert other_page.status_code == 302


def test_full_evening_offers_the_waiting_list_over_all_hosts(site):
    gathering = make_gathering(site, capacity=3)
    add_people(site, gathering, 1, 3)
    shown = text_of(site.visit("stranger").get(page_of(site, gathering)))
    answer = site.post("stranger", page_of(site, gathering), **FORM)
    own = text_of(site.visit("stranger").get(answer.headers["Location"]))

    assert "Alle plaatsen zijn bezet." in shown
    assert all_of(site, Signup)[-1].state == "waiting"
    assert "U staat op de wachtlijst" in own


@pytest.mark.parametrize(
    ("changes", "is_open", "words"),
    [
        ({}, False, "U kunt zich nu niet aanmelden"),
        ({"state": "cancelled"}, True, "Deze avond gaat niet door."),
        ({"state": "held"}, True, "Deze avond is voorbij."),
        ({"held_on": date(2026, 11, 1)}, True, "Deze avond is voorbij."),
        ({"held_on": None}, True, "U kunt zich nu niet aanmelden"),
    ],
)
def test_page_that_takes_no_signups_says_why_and_refuses_them(site, changes, is_open, words):
    gathering = make_gathering(site, is_open=is_open)
    change(site, Evening, gathering.evening_id, **changes)
    shown = site.visit("stranger").get(page_of(site, gathering))
    answer = site.post("stranger", page_of(site, gathering), **FORM)

    assert shown.status_code == 200
    assert words in text_of(shown)
    assert "<form" not in text_of(shown)
    assert answer.status_code == 409
    assert all_of(site, Signup) == []


def test_resident_calls_off_once_and_sees_it(site, gathering):
    number, code = add_signup(site, gathering)
    address = page_of(site, gathering, path=f"aanmelding/{code}/afmelden")
    asks = site.visit("stranger").get(address)
    states = [all_of(site, Signup)[0].state]
    answers = [site.post("stranger", address) for _ in range(2)]
    states.append(all_of(site, Signup)[0].state)

    assert "Wilt u zich afmelden?" in text_of(asks)
    assert [one.status_code for one in answers] == [302, 302]
    assert states == ["confirmed", "cancelled"]
    assert "U bent afgemeld" in text_of(site.visit("stranger").get(answers[0].headers["Location"]))
    assert number == all_of(site, Signup)[0].id


def test_link_of_another_page_and_a_guess_open_nothing(site, gathering):
    _number, code = add_signup(site, gathering)
    stranger = site.visit("stranger")

    wrong = (page_of(site, gathering, host=1, path=f"aanmelding/{code}"),)
    wrong += (page_of(site, gathering, path=f"aanmelding/{'B' * 43}"),)
    assert [stranger.get(one).status_code for one in wrong] == [404, 404]
    assert stranger.post(f"{wrong[0]}/afmelden").status_code == 404
    assert all_of(site, Signup)[0].state == "confirmed"


def test_after_the_evening_there_is_nothing_to_call_off(site, gathering):
    _number, code = add_signup(site, gathering)
    site.clock.advance(days=30)
    address = page_of(site, gathering, path=f"aanmelding/{code}/afmelden")

    assert "<form" not in text_of(site.visit("stranger").get(address))
    assert site.post("stranger", address).status_code == 409
    assert all_of(site, Signup)[0].state == "confirmed"


def test_resident_takes_own_data_along(site, gathering):
    _number, code = add_signup(site, gathering, email="jan@boer.nl", people=2, interest="hub")
    add_signup(site, gathering, name="Ander Mens")
    answer = site.visit("stranger").get(
        page_of(site, gathering, path=f"aanmelding/{code}/gegevens.json")
    )

    assert json.loads(answer.data) == {
        "name": "Jan de Boer",
        "company": "",
        "email": "jan@boer.nl",
        "phone": "",
        "people": 2,
        "interest": "hub",
        "remark": "",
        "state": "confirmed",
        "is_walk_in": False,
        "came": None,
        "signed_up_at": "2026-11-23T09:00:00+00:00",
        "moved_up_at": None,
        "kept_until": "2027-03-10",
        "evening": "Groen gas op uw bedrijf",
        "municipality": f"Gemeente Voorbeeld {gathering.hosts[0]}",
    }
    assert answer.headers["Content-Disposition"] == 'attachment; filename="aanmelding.json"'


def test_accent_and_logo_are_the_municipalitys_own(site, gathering):
    key = (site.place.plustaak_id, gathering.hosts[0])
    change(site, HouseStyle, key, accent="#9a1b1b", logo=b"\x89PNG", logo_type="image/png")
    shown = text_of(site.visit("stranger").get(page_of(site, gathering)))
    sheet = site.visit("stranger").get(page_of(site, gathering, path="stijl.css"))
    logo = site.visit("stranger").get(page_of(site, gathering, path="logo"))

    assert page_of(site, gathering, path="stijl.css") in shown
    assert "--ex-accent: light-dark(#9a1b1b, " in text_of(sheet)
    assert (logo.data, logo.content_type) == (b"\x89PNG", "image/png")


@pytest.mark.parametrize("accent", ["#ffe600", "", "red", "#12345", "#000;}"])
def test_accent_that_cannot_be_read_is_left_out(site, gathering, accent):
    change(site, HouseStyle, (site.place.plustaak_id, gathering.hosts[0]), accent=accent)

    assert "stijl.css" not in text_of(site.visit("stranger").get(page_of(site, gathering)))
    assert site.visit("stranger").get(page_of(site, gathering, path="stijl.css")).status_code == 404


@pytest.mark.parametrize("address", ["javascript:alert(1)", "www.dorp.nl", "data:text/html,x"])
def test_address_that_is_no_website_is_no_link(site, gathering, address):
    key = (site.place.plustaak_id, gathering.hosts[0])
    change(site, HouseStyle, key, website=address, privacy_url=address)

    assert address not in text_of(site.visit("stranger").get(page_of(site, gathering)))


def test_page_of_a_municipality_without_house_style_bears_its_name(site, gathering):
    with site.unit_of_work() as session:
        key = (site.place.plustaak_id, gathering.hosts[0])
        session.delete(session.get_one(HouseStyle, key))

    assert "Gemeente 1 nodigt u uit" in text_of(
        site.visit("stranger").get(page_of(site, gathering))
    )


@given(st.integers(0, 0xFFFFFF))
def test_accent_is_readable_wherever_it_is_used(number):
    accent = accent_of(f"#{number:06x}")

    if accent is not None:
        assert min(contrast(accent.light, one) for one in LIGHT) >= 4.5
        assert min(contrast(accent.dark, one) for one in DARK) >= 4.5
        assert min(contrast(accent.light_strong, one) for one in LIGHT) >= 4.5
        assert min(contrast(accent.dark_strong, one) for one in DARK) >= 4.5


def test_contrast_is_that_of_the_guideline():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#ffffff") == 1


@pytest.mark.parametrize(
    ("name", "regions", "slug"),
    [
        ("Venray", ("Regio Noord", "noord"), "venray-7k3fa"),
        ("Bergen (L.)", (), "bergen-l-7k3fa"),
        ("Súdwest-Fryslân", (), "sudwest-fryslan-7k3fa"),
        ("Noord", ("Regio Noord", "noord"), "informatieavond-7k3fa"),
        ("Noordwijk", ("noord",), "noordwijk-7k3fa"),
        ("", (), "informatieavond-7k3fa"),
    ],
)
def test_slug_is_the_municipality_and_never_the_region(name, regions, slug):
    assert slug_of(name, "7k3fa", region_names=regions) == slug


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({}, Standing.OPEN),
        ({"places_left": 0}, Standing.FULL),
        ({"places_left": -1}, Standing.FULL),
        ({"is_open": False}, Standing.CLOSED),
        ({"held_on": None}, Standing.CLOSED),
        ({"today": HELD_ON}, Standing.OPEN),
        ({"today": date(2026, 12, 11)}, Standing.PAST),
        ({"state": "held"}, Standing.PAST),
        ({"state": "cancelled", "today": date(2026, 12, 11)}, Standing.CANCELLED),
    ],
)
def test_standing_of_an_evening(facts, standing):
    plain = {
        "state": "planned",
        "held_on": HELD_ON,
        "is_open": True,
        "places_left": 1,
        "today": date(2026, 12, 1),
    }

    assert standing_of(**{**plain, **facts}) == standing
