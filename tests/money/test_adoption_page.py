"""The page before a budget is adopted: who is told, for which organisation, and of whom nobody."""

from __future__ import annotations

import re

from extranet.access import Role
from extranet.db import Database
from tests.factories import make_official
from tests.money.budgets import Place, make_draft
from tests.money.conftest import Enter


def test_page_names_who_is_told_and_of_which_members_nobody(
    enter: Enter, database: Database, place: Place
):
    client = enter(Role.REGION_ADMIN)
    with database.unit_of_work() as session:
        make_draft(session, place)
        make_official(
            session,
            region=place.region,
            role=Role.CONTACT,
            organisation=place.members["Weert"],
            name="Saskia Thijssen",
        )

    page = client.get("/noord/begroting/2027/versies/1/vaststellen").text

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page)).replace(" :", ":")
    others = sorted(name for name in place.members if name != "Weert")
    assert "1 persoon: Saskia Thijssen (Weert)" in text
    assert f"krijgt niemand een mail: {', '.join(others)}." in text


def test_page_says_nothing_of_nobody_when_everybody_is_told(
    enter: Enter, database: Database, place: Place
):
    client = enter(Role.REGION_ADMIN)
    with database.unit_of_work() as session:
        make_draft(session, place)
        for organisation in place.members.values():
            make_official(
                session, region=place.region, role=Role.CONTACT, organisation=organisation
            )

    page = client.get("/noord/begroting/2027/versies/1/vaststellen").text

    assert "Wie niets krijgt" not in page
