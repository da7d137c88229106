"""Who gets which page of this domain: everybody in every relation to the region, every address."""

import pytest

from extranet.access import Role
from extranet.membership.policy import EDIT_MEMBERS, VIEW_MEMBERS
from extranet.membership.services.population import adopt_snapshot
from tests.factories import make_body
from tests.membership.places import WHO

READ = {"stranger": 302, "outsider": 404, "reader": 200, "admin": 200, "operator": 404}
ADMIN = {"stranger": 302, "outsider": 404, "reader": 403, "admin": 200, "operator": 404}
OPERATOR = {"stranger": 302, "outsider": 404, "reader": 404, "admin": 404, "operator": 200}

PAGES = {
    "/noord/leden": READ,
    "/noord/leden/leden.csv": READ,
    "/noord/leden/leden.xlsx": READ,
    "/noord/leden/gm:0984": READ,
    "/noord/beheer/leden/toevoegen": ADMIN,
    "/noord/beheer/leden/toevoegen/gm:0928": ADMIN,
    "/noord/beheer/leden/{venray}/beeindigen": ADMIN,
    "/noord/beheer/leden/{venray}/wijzigen": ADMIN,
    "/noord/beheer/leden/{venray}/centrum": ADMIN,
    "/noord/beheer/regio": ADMIN,
    "/noord/beheer/gremia": ADMIN,
    "/noord/beheer/gremia/nieuw": ADMIN,
    "/noord/beheer/gremia/{body}": ADMIN,
    "/noord/beheer/bevolking": ADMIN,
    "/noord/beheer/bevolking/{snapshot}": ADMIN,
    "/beheer/regios": OPERATOR,
    "/beheer/regios/nieuw": OPERATOR,
    "/beheer/regios/noord": OPERATOR,
    "/beheer/organisaties": OPERATOR,
    "/beheer/organisaties/organisaties.csv": OPERATOR,
    "/beheer/organisaties/nieuw": OPERATOR,
    "/beheer/organisaties/gm:0984": OPERATOR,
    "/beheer/organisaties/gm:0984/wijzigen": OPERATOR,
    "/beheer/organisaties/gm:0984/herindeling": OPERATOR,
    "/beheer/bevolking": OPERATOR,
    "/beheer/bevolking/{snapshot}": OPERATOR,
    "/beheer/bevolking/{snapshot}/cijfers.csv": OPERATOR,
}
POSTS = {
    "/noord/beheer/leden/toevoegen/gm:0928": ADMIN,
    "/noord/beheer/leden/{venray}/beeindigen": ADMIN,
    "/noord/beheer/leden/{venray}/wijzigen": ADMIN,
    "/noord/beheer/leden/{venray}/centrum": ADMIN,
    "/noord/beheer/regio": ADMIN,
    "/noord/beheer/gremia/nieuw": ADMIN,
    "/noord/beheer/gremia/{body}": ADMIN,
    "/noord/beheer/bevolking/{snapshot}": ADMIN,
    "/beheer/regios/nieuw": OPERATOR,
    "/beheer/organisaties/nieuw": OPERATOR,
    "/beheer/organisaties/gm:0984/wijzigen": OPERATOR,
    "/beheer/organisaties/gm:0984/herindeling": OPERATOR,
    "/beheer/bevolking/voorbeeld": OPERATOR,
    "/beheer/bevolking/importeren": OPERATOR,
}


@pytest.fixture
def addresses(database, place):
    """Fill the numbers in that only the database knows."""
    with database.unit_of_work() as session:
        body = make_body(session, region=place.region)
    numbers = {
        "venray": place.members["Venray"].id,
        "snapshot": place.snapshot.id,
        "body": body.id,
    }
    return lambda patterns: {pattern.format(**numbers): pattern for pattern in patterns}


@pytest.mark.parametrize("who", WHO)
def test_page_opens_for_whom_it_is_meant(enter, addresses, who):
    browser = enter(who)

    answers = {
        pattern: browser.get(address).status_code for address, pattern in addresses(PAGES).items()
    }

    assert answers == {pattern: expected[who] for pattern, expected in PAGES.items()}


@pytest.mark.parametrize("who", [who for who in WHO if who not in {"admin", "operator"}])
def test_change_is_refused_to_whom_it_is_not_meant(enter, addresses, who):
    browser = enter(who)

    answers = {
        pattern: browser.post(address).status_code for address, pattern in addresses(POSTS).items()
    }

    assert answers == {pattern: expected[who] for pattern, expected in POSTS.items()}


@pytest.mark.parametrize("who", ["admin", "operator"])
def test_change_outside_ones_own_ground_is_refused(enter, addresses, who):
    browser = enter(who)
    foreign = {pattern: rights for pattern, rights in POSTS.items() if rights[who] != 200}

    answers = {
        pattern: browser.post(address).status_code
        for address, pattern in addresses(foreign).items()
    }

    assert answers == {pattern: rights[who] for pattern, rights in foreign.items()}


def test_admin_reaches_nothing_of_another_region_by_number(database, enter, place):
    with database.unit_of_work() as session:
        body = make_body(session, region=place.other)
        region = session.merge(place.other)
        adopt_snapshot(session, region=region, snapshot_id=place.snapshot.id, actor=None)
    browser = enter("outsider")

    for address in (
        f"/zuid/beheer/leden/{place.members['Venray'].id}/wijzigen",
        f"/zuid/beheer/leden/{place.members['Venray'].id}/beeindigen",
        "/zuid/leden/gm:0984",
    ):
        assert browser.get(address).status_code == 404, address
        assert browser.post(address).status_code in {404, 405}, address
    assert browser.get(f"/zuid/beheer/gremia/{body.id}").status_code == 200


def test_permissions_are_held_by_the_roles_meant():
    assert VIEW_MEMBERS.roles == frozenset(Role)
    assert EDIT_MEMBERS.roles == {Role.REGION_ADMIN}
