"""Two people take one name at the same moment: the second is told, as if they had been later."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from extranet.db import unless_taken
from extranet.errors import InvalidInput
from extranet.membership.models import Membership, PopulationSnapshot
from extranet.membership.queries.organisations import get_organisation
from extranet.membership.rules import read_release
from extranet.membership.services.bodies import add_body, edit_body
from extranet.membership.services.organisations import create_organisation, edit_organisation
from extranet.membership.services.population import import_release
from extranet.membership.services.regions import create_region
from tests.factories import make_body
from tests.membership.cbs_download import json_files
from tests.membership.places import make_place
from tests.side_by_side import side_by_side


def new_body(session, place):
    add_body(
        session,
        region_id=place.region.id,
        name="Werkgroep wind",
        kind="other",
        organisation_id=None,
        actor=None,
    )


def renamed_body(session, place):
    body = make_body(session, region=place.region)
    edit_body(
        session, body=body, name="Werkgroep zon", kind="other", organisation_id=None, actor=None
    )


def new_region(session, _place):
    create_region(
        session,
        slug="midden",
        name="Midden",
        code=None,
        legal_form="sok",
        legal_form_from=None,
        actor=None,
    )


def new_organisation(session, _place):
    create_organisation(session, code="gm:0957", name="Roermond", kind="gemeente", actor=None)


@pytest.mark.parametrize(
    ("write", "field"),
    [
        (new_body, "name"),
        (renamed_body, "name"),
        (new_region, "slug"),
        (new_organisation, "code"),
    ],
)
def test_second_of_two_is_refused_in_words(database, write, field):
    with database.unit_of_work() as session:
        place = make_place(session)

    def work(session):
        write(session, place)

    refusal = side_by_side(database, work, work)

    assert isinstance(refusal, InvalidInput)
    assert list(refusal.fields) == [field]


def test_second_of_two_codes_is_refused_in_words(database):
    with database.unit_of_work() as session:
        make_place(session)

    def take(own_code):
        def work(session):
            found = get_organisation(session, own_code)
            edit_organisation(
                session, organisation=found, code="gm:0957", name="X", kind="gemeente", actor=None
            )

        return work

    refusal = side_by_side(database, take("gm:0984"), take("gm:0988"))

    assert isinstance(refusal, InvalidInput)
    assert list(refusal.fields) == ["code"]


def test_one_release_twice_at_once_is_stored_once(database):
    release = read_release(json_files())

    def work(session):
        import_release(
            session, release=release, name="Uitgave", released_on=date(2026, 6, 1), actor=None
        )

    refusal = side_by_side(database, work, work)

    # On SQLite the second waits before it looks, and finds the release there.
    assert database.is_sqlite == (refusal is None)
    assert refusal is None or isinstance(refusal, InvalidInput)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(PopulationSnapshot)) == 1


def test_other_refusals_of_the_database_are_no_double(database):
    with pytest.raises(IntegrityError), database.unit_of_work() as session:
        session.add(Membership(region_id=1, organisation_id=1, kind="deelnemer"))
        with unless_taken(RuntimeError()):
            session.flush()
