import re
from datetime import date

import pytest

from extranet.access import Role
from extranet.documents.models import Confidentiality
from extranet.files import FileStore
from extranet.membership.models import MembershipKind
from extranet.search.queries import MOST
from tests.basistaken.tasks import make_task, statements
from tests.documents.papers import make_document
from tests.factories import (
    make_body,
    make_membership,
    make_official,
    make_organisation,
    make_person,
    make_region,
    make_seat,
    make_tenure,
)

YESTERDAY = date(2026, 11, 22)


@pytest.fixture
def regions(database):
    """Two regions with the same kinds of things; each name carries the word “zoekterm”."""
    made = {}
    with database.unit_of_work() as session:
        for slug, mark in (("noord", "eigen"), ("zuid", "vreemd")):
            region = make_region(session, slug=slug)
            organisation = make_organisation(session, name=f"Zoekterm {mark} lid")
            make_membership(session, region=region, organisation=organisation)
            body = make_body(session, region=region, name=f"Zoekterm {mark} groep")
            seat = make_seat(
                session,
                region=region,
                organisation=organisation,
                body=body,
                title=f"Zoekterm {mark} zetel",
            )
            person = make_person(session, name=f"Zoekterm {mark} mens")
            make_tenure(session, person=person, seat=seat)
            make_task(session, region=region, slug=mark, name=f"Zoekterm {mark} taak")
            made[slug] = (region, organisation)
    return made


@pytest.fixture
def search(database, client, sign_in, regions):
    """Search as a reader at the member of noord; the answer's text is what the page found."""
    region, organisation = regions["noord"]
    with database.unit_of_work() as session:
        reader = make_official(session, region=region, organisation=organisation, name="Lezer")
    sign_in(client, reader)

    def search(text, slug="noord"):
        return client.get(f"/{slug}/zoeken", query_string={"q": text})

    return search


def found(answer):
    """Return the main part of a page: the top bar names the member and the question itself."""
    assert answer.status_code == 200
    return answer.text.partition("<main")[2]


@pytest.mark.parametrize("text", ["zoekterm", "ZOEKTERM", "  zoekterm  "])
def test_finds_every_kind_of_this_region_and_nothing_of_another(search, text):
    page = found(search(text))

    for kind in ("lid", "groep", "zetel", "mens", "taak"):
        assert f"Zoekterm eigen {kind}" in page
    assert "vreemd" not in page


def test_member_of_both_regions_brings_nothing_else_along(database, search, regions):
    _region, foreign = regions["zuid"]
    with database.unit_of_work() as session:
        make_membership(session, region=regions["noord"][0], organisation=foreign)

    page = found(search("vreemd"))

    assert "Zoekterm vreemd lid" in page
    for kind in ("groep", "zetel", "mens", "taak"):
        assert f"Zoekterm vreemd {kind}" not in page


def test_person_with_seats_in_two_regions_shows_by_the_own_seat_only(database, search, regions):
    with database.unit_of_work() as session:
        person = make_person(session, name="Karin Peters")
        for slug, title in (("noord", "Adviseur hier"), ("zuid", "Adviseur daar")):
            region, organisation = regions[slug]
            seat = make_seat(session, region=region, organisation=organisation, title=title)
            make_tenure(session, person=person, seat=seat)

    page = found(search("karin"))

    assert "Adviseur hier" in page
    assert "Adviseur daar" not in page


def test_region_without_a_seat_is_not_found(search):
    assert search("zoekterm", slug="zuid").status_code == 404


def test_finds_a_member_by_code_and_names_a_partner(database, search, regions):
    with database.unit_of_work() as session:
        grid = make_organisation(session, code="kvk:17131139", name="Netbeheerder")
        make_membership(
            session, region=regions["noord"][0], organisation=grid, kind=MembershipKind.PARTNER
        )

    page = found(search("kvk:1713"))

    assert 'href="/noord/leden/kvk:17131139"' in page
    assert "partner" in page


def test_who_left_and_what_closed_is_not_found(database, search, regions):
    region, organisation = regions["noord"]
    with database.unit_of_work() as session:
        former = make_organisation(session, name="Voormalig lid")
        make_membership(session, region=region, organisation=former, until_date=YESTERDAY)
        seat = make_seat(session, region=region, organisation=organisation, title="Lege plek")
        make_tenure(
            session,
            person=make_person(session, name="Voormalige mens"),
            seat=seat,
            until_date=YESTERDAY,
        )
        closed = make_seat(session, region=region, organisation=organisation, title="Oude plek")
        closed.ended_on = YESTERDAY

    assert "Voormalig" not in found(search("voormalig"))
    assert "Oude plek" not in found(search("plek"))
    assert "Lege plek" in found(search("plek"))


@pytest.mark.parametrize("text", ["%", "_", "/", "100%", "a_b"])
def test_wildcards_stand_for_themselves(database, search, regions, text):
    page = found(search(text))
    assert "Zoekterm" not in page

    with database.unit_of_work() as session:
        make_body(session, region=regions["noord"][0], name="Doel 100% a_b / c")
    assert "Doel 100% a_b / c" in found(search(text))


@pytest.mark.parametrize("text", ["", "   "])
def test_empty_question_searches_nothing(app, search, text):
    search(text)
    with statements(app) as seen:
        answer = search(text)

    assert answer.status_code == 200
    assert len(seen) == 1
    assert "Zoekterm" not in found(answer)


def test_documents_are_found_as_far_as_one_may_read_them(database, config, search, regions):
    files = FileStore(config)
    with database.unit_of_work() as session:
        for slug, (region, _organisation) in regions.items():
            for kind in Confidentiality:
                title = f"Zoekterm {slug} {kind.value}"
                make_document(
                    session, files=files, region=region, title=title, confidentiality=kind
                )
        make_document(
            session, files=files, region=regions["noord"][0], owner="coalition:3",
            title="Zoekterm coalitie",
        )  # fmt: skip

    page = found(search("zoekterm"))

    assert re.findall(r"/noord/documenten/\d+\">([^<]+)", page) == [
        "Zoekterm noord members", "Zoekterm noord public",
    ]  # fmt: skip
    assert "confidential" not in page
    assert "coalitie" not in page


def test_no_hits_says_so_with_the_text_as_text(search):
    page = found(search("<b>niets</b>"))

    assert "&lt;b&gt;niets&lt;/b&gt;" in page
    assert "<b>niets" not in page


def test_each_kind_is_capped_and_says_so(app, database, search, regions):
    region, organisation = regions["noord"]
    counts = []
    for more in (0, 2, 27):
        with database.unit_of_work() as session:
            for number in range(more):
                make_body(session, region=region, name=f"Zoekterm {more}-{number} groep")
                make_task(session, region=region, name=f"Zoekterm {more}-{number} taak")
                make_seat(session, region=region, organisation=organisation, title="Zoekterm")
        with statements(app) as seen:
            page = found(search("zoekterm"))
        counts.append((len(seen), page.count("Dit zijn de eerste")))

    assert counts == [(5, 0), (5, 0), (5, 3)]
    assert page.count(" taak</a>") == MOST


def test_each_kind_is_in_its_own_order(database, search, regions):
    region, _organisation = regions["noord"]
    with database.unit_of_work() as session:
        for position, name in ((7, "Aap volgorde"), (5, "Noot volgorde"), (5, "Mies volgorde")):
            make_task(session, region=region, name=name, position=position)
            make_membership(
                session, region=region, organisation=make_organisation(session, name=name)
            )
            make_body(session, region=region, name=f"{name} gremium")

    page = found(search("volgorde"))

    names = re.findall(r"(\w+) volgorde(?: gremium)?</a>", page)
    assert names == ["Aap", "Mies", "Noot", "Mies", "Noot", "Aap", "Aap", "Mies", "Noot"]


@pytest.mark.parametrize("role", Role)
def test_every_role_searches(database, client, sign_in, regions, role):
    region, organisation = regions["noord"]
    with database.unit_of_work() as session:
        person = make_official(session, region=region, role=role, organisation=organisation)

    assert sign_in(client, person).get("/noord/zoeken?q=x").status_code == 200


@pytest.mark.usefixtures("regions")
def test_stranger_is_sent_to_the_door(client):
    answer = client.get("/noord/zoeken?q=zoekterm")

    assert answer.status_code == 302
    assert answer.location.startswith("/aanmelden")
