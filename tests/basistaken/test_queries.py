from datetime import date

import pytest

from extranet.basistaken.models import BasistaakLine
from extranet.basistaken.queries import lines, tasks
from extranet.basistaken.services import add_chaired_tasks
from extranet.i18n import Text
from extranet.money.models import Household
from extranet.money.queries.versions import find_version, year_to_show, years_of
from extranet.money.rules import Purse
from extranet.people.events import SeatInventoryAsked
from tests.basistaken.tasks import make_budget, make_task
from tests.factories import (
    make_organisation,
    make_person,
    make_region,
    make_seat,
    make_tenure,
)

DAY = date(2026, 11, 23)


def household_of(session, region):
    household = Household(region_id=region.id, name="Basis")
    session.add(household)
    session.flush()
    return household


@pytest.mark.parametrize("this_year", range(2023, 2031))
@pytest.mark.parametrize("adopted", [(), (2025,), (2025, 2027), (2024, 2025, 2026, 2028)])
def test_version_in_force_is_the_one_that_money_shows(session, adopted, this_year):
    region, other = make_region(session), make_region(session)
    household = household_of(session, region)
    for year in adopted:
        for number in (1, 2, 3):
            make_budget(
                session,
                region=region,
                household=household,
                year=year,
                number=number,
                lines={"team": year * 10 + number},
                adopted=number < 3,
            )
    make_budget(session, region=other, year=2026, lines={"team": 1})
    task = make_task(session, region=region)
    session.add(BasistaakLine(basistaak_id=task.id, line_key="team"))
    session.flush()

    purse = Purse(region_id=region.id)
    year = year_to_show(years_of(session, purse=purse), this_year=this_year)
    wanted = find_version(session, purse=purse, year=year) if year else None
    found = lines.lines_of(session, region_id=region.id, basistaak_id=task.id, this_year=this_year)

    expected = [] if wanted is None else [(wanted.year, wanted.number)]
    assert [(line.year, line.number) for line in found] == expected


def test_totals_add_up_by_year():
    paid = [
        lines.PaidLine(line_key=key, name=key, year=2027, number=1, cents=cents)
        for key, cents in (("a", (1, 2, 3, 4)), ("b", (10, 20, 30, 40)))
    ]

    assert lines.totals_of(paid) == (11, 22, 33, 44)
    assert lines.totals_of([]) == ()


def test_shared_chair_shows_the_task_once_with_who_came_first(session):
    region = make_region(session)
    seat = make_seat(session, region=region, organisation=make_organisation(session))
    for name, start in (("Tweede", date(2026, 5, 1)), ("Eerste", date(2026, 1, 1))):
        make_tenure(session, person=make_person(session, name=name), seat=seat, from_date=start)
    make_task(session, region=region, chair_seat_id=seat.id)

    found = tasks.list_tasks(session, region_id=region.id, day=DAY)

    assert [task.chair_name for task in found] == ["Eerste"]


def test_seat_tells_which_tasks_it_chairs(session):
    region = make_region(session)
    seat = make_seat(session, region=region, organisation=make_organisation(session))
    make_task(session, region=region, name="Warmte", chair_seat_id=seat.id)
    make_task(session, region=region, name="Opwek")
    asked = SeatInventoryAsked(seat_id=seat.id)

    add_chaired_tasks(session, asked)

    assert asked.items == [Text("Chairs the basistaak %(name)s", name="Warmte")]
