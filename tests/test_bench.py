"""What `make bench` measures on is what it says: as much around the region, and inside it."""

import re

import pytest
from sqlalchemy import func, select

from bench import filling
from bench.__main__ import PAGES, SIZES
from extranet.membership.models import Membership, Region
from extranet.people.models import Person

MEMBERS = 18


@pytest.mark.one_database
def test_region_of_a_hundred_times_as_many_members_is_measured(demo_app, demo_database):
    for fill in SIZES["inside"]:
        fill(demo_database)
    with demo_database.reading() as session:
        counts = session.execute(
            select(Region.slug, func.count())
            .join(Membership, Membership.region_id == Region.id)
            .group_by(Region.slug)
        )
        members = {row[0]: row[1] for row in counts}
        person = session.scalars(select(Person).where(Person.email == filling.TREASURER)).one()
    client = demo_app.test_client()
    with demo_database.unit_of_work() as session:
        token = filling.start_session(
            session, person=person, browser="bench", address="127.0.0.1", hours=8
        )
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token

    pages = {name: client.get(path) for name, path in PAGES.items()}
    rows = {name: len(re.findall(r'<th scope="row"', page.text)) for name, page in pages.items()}

    assert members["nml"] == MEMBERS * filling.TIMES
    assert [n for slug, n in members.items() if slug.startswith("bench-")] == [MEMBERS] * 100
    assert {page.status_code for page in pages.values()} == {200}
    assert rows["members"] <= 51
    assert rows["contributions"] > 1700
