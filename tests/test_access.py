"""The one policy: a role counts where the seat is, for the organisation that one acts for."""

from dataclasses import replace

import pytest

from extranet.access import (
    EVERY_ROLE,
    Actor,
    Choice,
    HeldSeat,
    OrganisationRef,
    RegionRef,
    Role,
    permission,
    permits,
    stand_in,
)

NML = RegionRef(id=1, slug="nml", name="Noord- en Midden-Limburg", is_example=False)
RVN = RegionRef(id=2, slug="rvn", name="Rijk van Nijmegen", is_example=False)
MOOK = OrganisationRef(id=11, code="gm:0944", name="Mook en Middelaar")
VENLO = OrganisationRef(id=12, code="gm:0983", name="Venlo")
EDIT = permission("budget.edit", {Role.CONTROLLER})
VIEW = permission("budget.view", EVERY_ROLE)
IMPORT = permission("snapshot.import", operator=True)
NOBODY = permission("nothing.do")


def seat(number: int, region: RegionRef, organisation: OrganisationRef, role: Role) -> HeldSeat:
    return HeldSeat(seat_id=number, region=region, organisation=organisation, role=role)


def person(*seats: HeldSeat, is_operator: bool = False, prefers: int | None = None) -> Actor:
    return Actor(
        person_id=1,
        login_session_id=1,
        name="Karin Peters",
        locale="nl",
        is_operator=is_operator,
        seats=seats,
        preferred_organisation_id=prefers,
    )


IN_BOTH = (seat(1, NML, MOOK, Role.CONTROLLER), seat(2, RVN, MOOK, Role.READER))


def test_stranger_holds_nothing():
    assert [permits(None, each) for each in (EDIT, VIEW, IMPORT, NOBODY)] == [False] * 4


@pytest.mark.parametrize("role", Role)
def test_role_gives_what_names_it_and_nothing_else(role: Role):
    actor = stand_in(person(seat(1, NML, MOOK, role)), "nml")

    held = [each for each in (EDIT, VIEW, IMPORT, NOBODY) if permits(actor, each)]
    assert held == ([EDIT, VIEW] if role is Role.CONTROLLER else [VIEW])


def test_role_does_not_count_outside_a_region():
    assert not permits(person(*IN_BOTH), VIEW)


def test_role_of_one_region_does_not_count_in_another():
    here, there = stand_in(person(*IN_BOTH), "nml"), stand_in(person(*IN_BOTH), "rvn")

    assert (permits(here, EDIT), permits(there, EDIT)) == (True, False)
    assert (here.region, there.region) == (NML, RVN)


def test_operator_holds_the_operators_permissions_and_no_role():
    operator = person(is_operator=True)

    assert [permits(operator, each) for each in (IMPORT, VIEW, EDIT, NOBODY)] == [
        True,
        False,
        False,
        False,
    ]
    assert permits(stand_in(operator, "nml"), VIEW) is False


def test_stand_in_a_region_without_a_seat_gives_no_region_and_no_role():
    somebody = stand_in(person(*IN_BOTH), "nml")

    moved = stand_in(somebody, "elders")

    assert (moved.region, moved.organisation, moved.roles) == (None, None, frozenset())


def test_stand_in_counts_the_seats_of_the_chosen_organisation_only():
    seats = (
        seat(1, NML, MOOK, Role.OFFICIAL),
        seat(2, NML, VENLO, Role.CONTROLLER),
        seat(3, NML, VENLO, Role.REGION_ADMIN),
    )

    as_mook = stand_in(person(*seats), "nml")
    as_venlo = stand_in(person(*seats, prefers=VENLO.id), "nml")

    assert (as_mook.organisation, as_mook.roles) == (MOOK, {Role.OFFICIAL})
    assert (as_venlo.organisation, as_venlo.roles) == (VENLO, {Role.CONTROLLER, Role.REGION_ADMIN})


def test_stand_in_takes_the_first_seat_when_the_chosen_organisation_has_none_there():
    seats = (seat(1, NML, VENLO, Role.READER), seat(2, RVN, MOOK, Role.READER))

    assert stand_in(person(*seats, prefers=MOOK.id), "nml").organisation == VENLO


def test_choices_name_each_region_and_organisation_once_by_name():
    actor = replace(
        person(*IN_BOTH, seat(3, NML, MOOK, Role.READER), seat(4, NML, VENLO, Role.READER)),
        region=NML,
        organisation=VENLO,
    )

    def choice(region: RegionRef, organisation: OrganisationRef) -> Choice:
        return Choice(
            region_slug=region.slug,
            region_name=region.name,
            organisation_id=organisation.id,
            organisation_name=organisation.name,
            current=(region, organisation) == (NML, VENLO),
        )

    assert actor.choices == (choice(NML, MOOK), choice(NML, VENLO), choice(RVN, MOOK))
