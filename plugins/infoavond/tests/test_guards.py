"""What is guarded: a municipality's own, what residents read, and buttons of another tab."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import text

from extranet_infoavond.models import (
    Evening,
    LetterState,
    Page,
    ProgrammeItem,
    Signup,
    SignupState,
)
from plugins.infoavond.tests.gatherings import (
    add_initiative,
    add_people,
    add_signup,
    all_of,
    make_gathering,
    text_of,
)
from plugins.infoavond.tests.rows import add_letter


@pytest.fixture
def gathering(site):
    return make_gathering(site)


def address(site, gathering, path):
    return site.address(f"{gathering.evening_id}/{path}")


def states(site):
    return [one.state for one in all_of(site, Signup)]


# ── Staff of the region with a seat at a municipality that takes part ───────────────────────────


@pytest.mark.parametrize("role", ["programme_team", "region_admin"])
def test_seat_of_the_region_at_a_host_opens_nothing_of_its_residents(site, gathering, role):
    number, _code = add_signup(site, gathering, name="Jan Bij Een")
    sheet = address(site, gathering, "aanmeldingen.csv")
    before = text_of(site.visit("lead").get(sheet))
    ways = text_of(site.visit("lead").get(site.address(str(gathering.evening_id))))
    with site.unit_of_work() as session:
        session.execute(
            text(
                "UPDATE seats SET role = :role WHERE role = 'official' AND organisation_id = :own"
            ),
            {"role": role, "own": gathering.hosts[0]},
        )
    lead = site.visit("lead")
    paths = ("aanmeldingen", "aanmeldingen.csv", "aanmeldingen.xlsx", "opkomst", "pagina")
    answers = [lead.get(address(site, gathering, path)) for path in paths]
    note = lead.get(
        site.address("initiatieven/nieuw"),
        query_string={"avond": gathering.evening_id, "aanmelding": number},
    )
    counts = text_of(lead.get(address(site, gathering, "aantallen")))
    call_off = site.post("lead", address(site, gathering, f"aanmeldingen/{number}/afmelden"))
    style = site.post("lead", site.address("huisstijl/wijzigen"), sender="Anders", version=1)

    assert ("Jan Bij Een" in before, "/aanmeldingen" in ways) == (True, True)
    assert [one.status_code for one in answers] == [404] * len(paths)
    assert (note.status_code, call_off.status_code, style.status_code) == (404, 404, 404)
    assert "minder dan 5" in counts
    assert states(site) == ["confirmed"]
    assert "/aanmeldingen" not in text_of(lead.get(site.address(str(gathering.evening_id))))


# ── What residents read while a page is open ────────────────────────────────────────────────────


STYLE = {"sender": "Gemeente Voorbeeld", "contact_name": "Team", "website": "https://www.dorp.nl"}


@pytest.mark.parametrize(
    "wrong", [{"sender": "Regio Noord"}, {"contact_name": "Team Noord"}, {"contact_phone": "Noord"}]
)
def test_house_style_cannot_name_the_region_on_an_open_page(site, gathering, wrong):
    path = site.address("huisstijl/wijzigen")
    refused = site.post("lead", path, **{**STYLE, **wrong, "version": "1"})
    elsewhere = {**STYLE, "signatory_function": "coördinator Noord", "version": "1"}
    taken = site.post("lead", path, **elsewhere)
    site.post("lead", address(site, gathering, "pagina/sluiten"))
    closed = site.post("lead", path, **{**STYLE, **wrong, "version": "2"})

    assert [one.status_code for one in (refused, taken, closed)] == [422, 302, 302]
    assert "Inwoners lezen het op de openbare pagina." in text_of(refused)


@pytest.mark.parametrize("field", ["title", "speaker", "about"])
def test_programme_cannot_name_the_region_on_an_open_page(site, gathering, field):
    filled = {"starts_at": "19.30", "title": "Inloop", "speaker": "", "about": ""}
    wrong = {**filled, field: "Welkom van Regio Noord"}
    path = address(site, gathering, "programma/nieuw")
    refused, taken = site.post("lead", path, **wrong), site.post("lead", path, **filled)
    (item,) = all_of(site, ProgrammeItem)
    own = address(site, gathering, f"programma/{item.id}")
    mark = re.search(r'name="version"[^>]*value="([^"]*)"', text_of(site.visit("lead").get(own)))[1]
    changed = site.post("lead", own, **{**wrong, "version": mark})
    with site.unit_of_work() as session:
        session.execute(text("UPDATE infoavond_pages SET is_open = :no"), {"no": False})
    closed = site.post("lead", own, **{**wrong, "version": mark})

    assert [one.status_code for one in (refused, taken, changed, closed)] == [422, 302, 422, 302]
    assert "Inwoners lezen het op de openbare pagina." in text_of(refused)


def test_page_does_not_open_at_an_address_that_names_the_region(site):
    gathering = make_gathering(site, is_open=False)
    config = site.app.extensions["extranet_config"]
    path = address(site, gathering, "pagina")
    answers = []
    for public_url in ("https://avond.regio-noord.nl", "https://avond.example"):
        site.app.extensions["extranet_config"] = replace(config, public_url=public_url)
        shown = text_of(site.visit("lead").get(path))
        named = "Het adres van de openbare pagina noemt de regio: regio-noord." in shown
        answers.append((named, site.post("lead", f"{path}/openen").status_code))

    assert answers == [(True, 409), (False, 302)]


# ── Buttons ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["openen", "sluiten", "verwijderen"])
def test_button_of_the_page_shown_for_another_organisation_is_refused(site, path):
    gathering = make_gathering(site, is_open=path == "sluiten")
    before = [one.is_open for one in all_of(site, Page)]
    shown = text_of(site.visit("lead").get(address(site, gathering, "pagina")))
    answer = site.visit("lead").post(
        address(site, gathering, f"pagina/{path}"), data={"acting": site.acting("participant")}
    )

    assert answer.status_code == 409
    assert [one.is_open for one in all_of(site, Page)] == before
    button = shown.partition(f"/pagina/{path}")[2].partition("</form>")[0]
    assert f'name="acting" value="{site.acting("lead")}"' in button


@pytest.mark.parametrize("path", ["afmelden", "doorschuiven"])
def test_button_of_a_signup_shown_for_another_organisation_is_refused(site, gathering, path):
    add_people(site, gathering, 0, 1, state=SignupState.WAITING)
    (signup,) = all_of(site, Signup)
    with site.unit_of_work() as session:
        session.get_one(Signup, signup.id).came = None
    place = address(site, gathering, f"aanmeldingen/{signup.id}/{path}")
    shown = {"afmelden": place, "doorschuiven": address(site, gathering, "aanmeldingen")}[path]
    page = text_of(site.visit("lead").get(shown))
    other = {"acting": site.acting("participant")}

    assert site.visit("lead").post(place, data=other).status_code == 409
    assert states(site) == ["waiting"]
    button = page.partition(f'action="{place}"')[2].partition("</form>")[0]
    assert f'name="acting" value="{site.acting("lead")}"' in button


def test_initiative_is_not_deleted_from_a_page_of_another_organisation(site, gathering):
    number = add_initiative(site, gathering.hosts[0])
    path = site.address(f"initiatieven/{number}")
    page = text_of(site.visit("lead").get(path))
    other = {"acting": site.acting("participant")}

    assert site.visit("lead").post(f"{path}/verwijderen", data=other).status_code == 409
    button = page.partition(f'action="{path}/verwijderen"')[2].partition("</form>")[0]
    assert f'name="acting" value="{site.acting("lead")}"' in button
    assert site.post("lead", f"{path}/verwijderen").status_code == 302


def test_page_whose_address_stands_in_a_released_letter_stays(site, gathering):
    with site.unit_of_work() as session:
        evening = session.get_one(Evening, gathering.evening_id)
        for host, state in zip(
            gathering.hosts, (LetterState.RELEASED, LetterState.DRAFT), strict=True
        ):
            add_letter(session, evening, host, state=state)
    path = address(site, gathering, "pagina/verwijderen")
    kept, gone = site.post("lead", path), site.post("participant", path)

    assert (kept.status_code, gone.status_code) == (409, 302)
    assert "Je brief is vrijgegeven en noemt dit adres." in text_of(kept)
    assert [one.organisation_id for one in all_of(site, Page)] == [gathering.hosts[0]]
