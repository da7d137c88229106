from datetime import date

import pytest
from sqlalchemy import select

from extranet.activity.models import ActivityEntry
from extranet.errors import InvalidInput
from extranet.membership.models import Body, BodyKind, LegalForm, OrganisationKind
from extranet.membership.queries.bodies import bodies_of, seats_at
from extranet.membership.queries.organisations import (
    candidates,
    list_organisations,
    regions_of,
)
from extranet.membership.queries.regions import list_regions
from extranet.membership.services.bodies import add_body, edit_body
from extranet.membership.services.organisations import (
    create_organisation,
    edit_organisation,
    set_successor,
)
from extranet.membership.services.regions import create_region, edit_region, settings_of
from tests.factories import make_body, make_organisation, make_region, make_seat
from tests.membership.places import logged, make_place

DAY = date(2026, 11, 23)


def refused(action):
    with pytest.raises(InvalidInput) as caught:
        action()
    return set(caught.value.fields)


def create(session, slug):
    return create_region(
        session,
        slug=slug,
        name="Regio Oost",
        code="ES01",
        legal_form=LegalForm.SOK,
        legal_form_from=None,
        actor=None,
    )


def test_create_region_makes_an_empty_one(session):
    region = create(session, "oost")

    (line,) = list_regions(session, day=DAY)
    assert (line.slug, line.member_count, line.snapshot_name) == ("oost", 0, None)
    assert region.threshold == 3
    assert logged(session) == ["region.created"]


@pytest.mark.parametrize("slug", ["noord", "beheer", "Oost"])
def test_create_region_refuses_an_address_that_cannot_be(session, slug):
    make_place(session)

    assert refused(lambda: create(session, slug)) == {"slug"}


def test_list_of_regions_counts_the_members_of_the_day(session):
    make_place(session)

    counts = {line.slug: line.member_count for line in list_regions(session, day=DAY)}
    before = {line.slug: line.member_count for line in list_regions(session, day=date(2019, 1, 1))}

    assert counts == {"noord": 3, "zuid": 1}
    assert before == {"noord": 0, "zuid": 0}


def edited(region, **values):
    settings = settings_of(region)
    changed = {name: getattr(settings, name) for name in settings.__dataclass_fields__} | values
    return type(settings)(**changed)


def test_edit_region_logs_what_changed_but_no_personal_value(session):
    region = make_region(session, name="Oud", signatory_name="J. Jansen")

    edit_region(
        session,
        region=region,
        settings=edited(region, name="Nieuw", signatory_name="P. Pietersen", threshold=4),
        actor=None,
    )

    entry = session.scalars(select(ActivityEntry)).one()
    assert (region.name, region.signatory_name, region.threshold) == ("Nieuw", "P. Pietersen", 4)
    assert entry.before == {"name": "Oud", "threshold": 3}
    assert entry.after == {"name": "Nieuw", "threshold": 4, "signatory_name": "***"}


def test_edit_region_without_a_difference_logs_nothing(session):
    region = make_region(session)

    edit_region(session, region=region, settings=settings_of(region), actor=None)

    assert logged(session) == []


def test_edit_region_refuses_a_threshold_of_one(session):
    region = make_region(session)

    assert refused(
        lambda: edit_region(
            session, region=region, settings=edited(region, threshold=1), actor=None
        )
    ) == {"threshold"}


def test_create_organisation_stores_the_code_in_one_form(session):
    made = create_organisation(
        session, code="GM:0983", name="Venlo", kind=OrganisationKind.GEMEENTE, actor=None
    )

    assert made.code == "gm:0983"
    assert logged(session) == ["organisation.created"]


@pytest.mark.parametrize("code", ["gm:0988", "pv:31", "venlo"])
def test_create_organisation_refuses_a_code_that_is_taken_or_none(session, code):
    make_place(session)

    assert refused(
        lambda: create_organisation(
            session, code=code, name="Venlo", kind=OrganisationKind.GEMEENTE, actor=None
        )
    ) == {"code"}


def test_edit_organisation_keeps_its_own_code(session):
    venray = make_place(session).organisations["Venray"]

    edit_organisation(
        session,
        organisation=venray,
        code="gm:0984",
        name="Gemeente Venray",
        kind=OrganisationKind.GEMEENTE,
        actor=None,
    )

    assert venray.name == "Gemeente Venray"
    assert logged(session) == ["organisation.edited"]


def test_edit_organisation_refuses_the_code_of_another(session):
    venray = make_place(session).organisations["Venray"]

    assert refused(
        lambda: edit_organisation(
            session,
            organisation=venray,
            code="gm:0988",
            name="Venray",
            kind=OrganisationKind.GEMEENTE,
            actor=None,
        )
    ) == {"code"}


def succeed(session, organisation, code, day=date(2027, 1, 1)):
    set_successor(
        session, organisation=organisation, successor_code=code, from_date=day, actor=None
    )


def test_successor_is_recorded_and_known_to_the_lists(session):
    place = make_place(session)

    succeed(session, place.organisations["Beesel"], "gm:0988")

    lines = {line.name: line for line in list_organisations(session)}
    assert lines["Beesel"].successor_name == "Weert"
    assert lines["Beesel"].successor_from == date(2027, 1, 1)
    assert lines["Weert"].successor_name is None
    assert logged(session) == ["organisation.succeeded"]


def test_successor_can_be_taken_away_again(session):
    beesel = make_place(session).organisations["Beesel"]
    succeed(session, beesel, "gm:0988")

    succeed(session, beesel, "", None)

    assert (beesel.successor_id, beesel.successor_from) == (None, None)


def test_successor_refuses_what_cannot_be(session):
    place = make_place(session)
    beesel, weert = place.organisations["Beesel"], place.organisations["Weert"]

    assert refused(lambda: succeed(session, beesel, "gm:0000")) == {"successor_code"}
    assert refused(lambda: succeed(session, beesel, "gm:0889")) == {"successor_code"}
    assert refused(lambda: succeed(session, beesel, "gm:0988", None)) == {"successor_from"}
    succeed(session, beesel, "gm:0988")
    assert refused(lambda: succeed(session, weert, "gm:0889")) == {"successor_code"}


def test_organisations_are_listed_a_page_at_a_time(session):
    for number in range(7):
        make_organisation(session, name=f"Organisatie {number // 2}")

    seen, after = [], None
    while True:
        lines = list_organisations(session, after=after, limit=3)
        seen += [line.id for line in lines]
        if len(lines) < 3:
            break
        after = lines[-1].id

    assert seen == [line.id for line in list_organisations(session)]
    assert len(set(seen)) == 7


@pytest.mark.parametrize(
    ("search", "kind", "names"),
    [
        ("ee", "", ["Beesel", "Weert"]),
        ("WEERT", "", ["Weert"]),
        ("0984", "", ["Venray"]),
        ("%", "", ["100% Energie"]),
        ("_", "", []),
        ("", "other", ["100% Energie"]),
        ("ee", "other", []),
    ],
)
def test_organisations_are_found_by_name_code_and_kind(session, search, kind, names):
    make_place(session)
    make_organisation(
        session, code="kvk:12345678", name="100% Energie", kind=OrganisationKind.OTHER
    )

    assert [o.name for o in list_organisations(session, search=search, kind=kind)] == names


def test_candidates_know_who_is_a_member_here_already(session):
    place = make_place(session)

    found = candidates(session, place.region.id, search="gm:", day=DAY, limit=10)

    assert {one.name: one.member_from is not None for one in found} == {
        "Beesel": True,
        "Venray": True,
        "Weert": True,
        "Kerkrade": False,
    }


def test_regions_of_an_organisation_are_all_of_them(session):
    place = make_place(session)

    found = regions_of(session, place.organisations["Weert"].id)

    assert [(one.region_slug, one.is_centrum) for one in found] == [("noord", True)]


def add(session, place, **values):
    given = {"name": "Nieuw", "kind": BodyKind.ONTWIKKELGROEP, "organisation_id": None, **values}
    return add_body(session, region_id=place.region.id, actor=None, **given)


def test_add_body_of_the_region_and_of_a_member(session):
    place = make_place(session)

    add(session, place)
    add(
        session,
        place,
        name="College van Weert",
        kind=BodyKind.COLLEGE,
        organisation_id=place.organisations["Weert"].id,
    )

    lines = bodies_of(session, place.region.id, day=DAY)
    assert [(line.name, line.organisation_name) for line in lines] == [
        ("College van Weert", "Weert"),
        ("Nieuw", None),
    ]
    assert logged(session) == ["body.added"] * 2


def test_add_body_refuses_a_wrong_organisation_or_a_name_that_is_there(session):
    place = make_place(session)
    weert, kerkrade = (place.organisations[name].id for name in ("Weert", "Kerkrade"))
    make_body(session, region=place.region, name="Warmte")
    make_body(session, region=place.other, name="Elektriciteit")

    assert refused(lambda: add(session, place, name="warmte")) == {"name"}
    assert refused(lambda: add(session, place, kind=BodyKind.RAAD)) == {"organisation_id"}
    assert refused(lambda: add(session, place, kind=BodyKind.RAAD, organisation_id=kerkrade)) == {
        "organisation_id"
    }
    assert refused(lambda: add(session, place, organisation_id=weert)) == {"organisation_id"}
    assert add(session, place, name="Elektriciteit").id


def test_edit_body_renames_it_and_keeps_its_seats(session):
    place = make_place(session)
    body = make_body(session, region=place.region, name="Warmte")
    seat = make_seat(
        session, region=place.region, organisation=place.organisations["Weert"], body=body
    )

    edit_body(
        session,
        body=body,
        name="Warmte en koude",
        kind=BodyKind.ONTWIKKELGROEP,
        organisation_id=None,
        actor=None,
    )

    assert session.scalars(select(Body.name)).all() == ["Warmte en koude"]
    assert seat.body_id == body.id
    (line,) = bodies_of(session, place.region.id, day=DAY)
    assert line.seat_count == 1
    entry = session.scalars(select(ActivityEntry)).one()
    assert (entry.before["name"], entry.after["name"]) == ("Warmte", "Warmte en koude")


def test_edit_body_refuses_the_name_of_another(session):
    place = make_place(session)
    body = make_body(session, region=place.region, name="Warmte")
    make_body(session, region=place.region, name="Mobiliteit")

    assert refused(
        lambda: edit_body(
            session,
            body=body,
            name="Mobiliteit",
            kind=BodyKind.ONTWIKKELGROEP,
            organisation_id=None,
            actor=None,
        )
    ) == {"name"}


def test_seats_at_a_member_are_the_open_ones_of_this_region(session):
    place = make_place(session)
    weert = place.organisations["Weert"]
    make_seat(session, region=place.region, organisation=weert, title="Open")
    closed = make_seat(session, region=place.region, organisation=weert, title="Gesloten")
    closed.ended_on = date(2026, 11, 22)
    make_seat(session, region=place.other, organisation=weert, title="Elders")
    session.flush()

    assert [seat.title for seat in seats_at(session, place.region.id, weert.id, day=DAY)] == [
        "Open"
    ]
