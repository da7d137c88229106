"""Who looks at a budget, who shares what a draft asks, who edits and who adopts."""

import pytest
from sqlalchemy import func, select

from extranet.access import Role
from extranet.money.models import BudgetVersion
from tests.factories import make_membership, make_official, make_organisation, make_region
from tests.money.budgets import adopt, make_adopted, make_change

DRAFT = "/noord/begroting/2027/versies/1"
EDITORS = {Role.CONTROLLER, Role.PROGRAMME_TEAM, Role.REGION_ADMIN}
ADOPTERS = {Role.CONTROLLER, Role.REGION_ADMIN}
LOOKING = (
    "/noord/begroting",
    "/noord/begroting/2027",
    DRAFT,
    "/noord/begroting/financieringsbronnen",
)
# What a draft asks of each member, and what can be taken along of it.
SHARING = (
    f"{DRAFT}/vergelijking",
    f"{DRAFT}/begroting.csv",
    f"{DRAFT}/begroting.xlsx",
)
EDITING = (
    "/noord/begroting/nieuw",
    f"{DRAFT}/gegevens",
    f"{DRAFT}/weggooien",
    f"{DRAFT}/bevolking",
    f"{DRAFT}/regels/nieuw",
    f"{DRAFT}/regels/1",
    f"{DRAFT}/regels/1/verwijderen",
    f"{DRAFT}/verdeelsleutel",
    *(
        f"{DRAFT}/verdeelsleutel/{slug}"
        for slug in (
            "vaste-bijdragen",
            "vaste-voet",
            "inwoners",
            "tarief",
            "gelijke-delen",
            "gewichten",
            "maximum",
        )
    ),
    "/noord/begroting/financieringsbronnen/nieuw",
)


@pytest.fixture
def last_year(database, place):
    """A budget in force for 2026, which a draft for 2027 is compared with."""
    with database.unit_of_work() as session:
        return make_adopted(session, place, year=2026)


@pytest.mark.usefixtures("draft", "last_year")
@pytest.mark.parametrize("role", Role)
def test_every_role_looks_and_editors_share_and_edit(enter, role):
    client = enter(role)

    assert {client.get(page).status_code for page in LOOKING} == {200}
    sharing = 200 if role in EDITORS else 404
    assert {page: client.get(page).status_code for page in SHARING} == dict.fromkeys(
        SHARING, sharing
    )
    expected = 200 if role in EDITORS else 403
    assert {page: client.get(page).status_code for page in EDITING} == dict.fromkeys(
        EDITING, expected
    )
    adopting = client.get(f"{DRAFT}/vaststellen").status_code
    assert adopting == (200 if role in ADOPTERS else 403)


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize("role", sorted(set(Role) - EDITORS))
def test_others_cannot_post_either(database, enter, role):
    client = enter(role)

    for address in (
        "/noord/begroting/nieuw",
        "/noord/begroting/2027/versies/nieuw",
        f"{DRAFT}/gegevens",
        f"{DRAFT}/weggooien",
        f"{DRAFT}/bevolking",
        f"{DRAFT}/regels/nieuw",
        f"{DRAFT}/regels/1",
        f"{DRAFT}/regels/1/verwijderen",
        f"{DRAFT}/sluitend",
        f"{DRAFT}/verdeelsleutel/inwoners",
        f"{DRAFT}/verdeelsleutel/inwoners/verwijderen",
        f"{DRAFT}/vaststellen",
        "/noord/begroting/financieringsbronnen/nieuw",
    ):
        assert client.post(address, data={}).status_code == 403
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(BudgetVersion)) == 1


@pytest.mark.usefixtures("draft")
def test_admin_of_another_region_finds_nothing(database, client, sign_in):
    with database.unit_of_work() as session:
        other = make_region(session, slug="zuid")
        person = make_official(session, region=other, role=Role.REGION_ADMIN)
    sign_in(client, person)

    for page in (*LOOKING, *SHARING, *EDITING, f"{DRAFT}/vaststellen"):
        assert client.get(page).status_code == 404
    for page in LOOKING[1:3]:
        assert client.get(page.replace("noord", "zuid")).status_code == 404


@pytest.mark.usefixtures("draft")
def test_where_there_is_a_centrum_only_its_controller_keeps_the_books(
    database, client, sign_in, enter, place
):
    with database.unit_of_work() as session:
        centrum = make_organisation(session, name="Centrum")
        make_membership(session, region=place.region, organisation=centrum, is_centrum=True)
        person = make_official(
            session, region=place.region, organisation=centrum, role=Role.CONTROLLER
        )
    treasurer = enter(Role.CONTROLLER)
    assert treasurer.get(f"{DRAFT}/regels/nieuw").status_code == 403
    assert treasurer.post(f"{DRAFT}/vaststellen").status_code == 403
    assert "regels/nieuw" not in treasurer.get(DRAFT).text
    assert enter(Role.REGION_ADMIN).get(f"{DRAFT}/regels/nieuw").status_code == 200

    keeper = sign_in(client, person)

    assert keeper.get(f"{DRAFT}/regels/nieuw").status_code == 200
    assert "regels/nieuw" in keeper.get(DRAFT).text


@pytest.mark.usefixtures("adopted")
@pytest.mark.parametrize("role", Role)
def test_adopted_version_is_open_to_every_role(database, enter, place, role):
    with database.unit_of_work() as session:
        adopt(session, place, make_change(session, place))
    client = enter(role)
    pages = [page.replace("versies/1", "versies/2") for page in SHARING]

    assert {client.get(page).status_code for page in pages} == {200}
    shown = client.get(DRAFT.replace("versies/1", "versies/2")).text
    assert [page for page in pages if page not in shown] == []


@pytest.mark.usefixtures("adopted")
@pytest.mark.parametrize("role", Role)
def test_draft_shows_links_only_to_who_may_follow_them(database, enter, place, role):
    with database.unit_of_work() as session:
        make_change(session, place)
    pages = [page.replace("versies/1", "versies/2") for page in SHARING]

    shown = enter(role).get(DRAFT.replace("versies/1", "versies/2")).text

    assert [page for page in pages if page in shown] == (pages if role in EDITORS else [])


@pytest.mark.usefixtures("draft", "last_year")
def test_controller_of_another_member_than_the_centrum_watches(database, enter, place):
    with database.unit_of_work() as session:
        centrum = make_organisation(session, name="Centrum")
        make_membership(session, region=place.region, organisation=centrum, is_centrum=True)
    client = enter(Role.CONTROLLER)
    pages = (
        *SHARING,
        "/noord/bijdragen/2027?versie=1",
        "/noord/bijdragen/2027.csv?versie=1",
        f"/noord/bijdragen/2027/{place.code('Venlo')}?versie=1",
    )

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)
    assert "versie=1" not in client.get("/noord/bijdragen").text
    admin = enter(Role.REGION_ADMIN)
    assert {admin.get(page).status_code for page in SHARING} == {200}
