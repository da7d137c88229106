from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select

from extranet.access import Role
from extranet.activity.models import ActivityEntry
from extranet.clock import now, today
from extranet.errors import Conflict, InvalidInput
from extranet.events import Subscriptions
from extranet.membership.models import MembershipKind, PopulationFigure
from extranet.money.events import BudgetAdopted
from extranet.money.models import Contribution
from extranet.money.queries.adoption import plan_adoption
from extranet.money.queries.computing import compute
from extranet.money.queries.lines import get_line, get_sheet
from extranet.money.rules import AllocationKey, FixedSum, RatePerInhabitant, steps_to_data
from extranet.money.services.lines import remove_line
from extranet.outbox.models import Mail
from extranet.outbox.services.delivery import render
from tests.factories import (
    make_body,
    make_membership,
    make_official,
    make_organisation,
    make_person,
    make_seat,
    make_tenure,
)
from tests.money.budgets import (
    DECIDED,
    adopt,
    decision,
    facts_of,
    make_adopted,
    make_change,
    make_draft,
    make_line,
    make_place,
)


def official(session, place, name, **values):
    given = {"role": Role.CONTACT, "organisation": place.members["Venlo"], **values}
    return make_official(session, region=place.region, name=name, **given)


def plan_of(session, place, version):
    return plan_adoption(session, facts_of(session, place, version))


def mails(session):
    return list(session.scalars(select(Mail).order_by(Mail.id)))


def text_of(mail):
    subject, body = render(mail)
    return subject, body.replace("\N{NO-BREAK SPACE}", " ")


def test_adopt_stores_what_everybody_pays_with_the_steps(session):
    place = make_place(session)
    version = make_draft(session, place)
    computed = compute(session, facts_of(session, place, version))

    adopt(session, place, version)

    rows = session.scalars(
        select(Contribution).order_by(Contribution.year, Contribution.organisation_id)
    ).all()
    numbers = {code: one.organisation_id for code, one in computed.deelnemers.items()}
    expected = {
        (division.year, numbers[share.code]): (share.amount_cents, steps_to_data(share.steps))
        for division in computed.divisions
        for share in division.shares
    }
    assert {(r.year, r.organisation_id): (r.amount_cents, r.steps) for r in rows} == expected
    assert len(rows) == 12
    sums = Counter()
    for row in rows:
        sums[row.year] += row.amount_cents
    assert dict(sums) == {2027: 100_000_01, 2028: 90_000_00, 2029: 80_000_00, 2030: 70_000_00}


def test_adopt_records_the_decision(session):
    place = make_place(session)
    version = make_draft(session, place)

    adopt(session, place, version)

    assert (version.state, version.adopted_on, version.adopted_at) == (
        "adopted",
        DECIDED,
        now(session),
    )
    facts = facts_of(session, place, version)
    assert (facts.body_name, facts.evidence) == ("Overleg", "Besluitenlijst, punt 4")
    entry = session.scalars(
        select(ActivityEntry).where(ActivityEntry.action == "budget_version.adopted")
    ).one()
    assert entry.after["totals_cents"] == [100_000_01, 90_000_00, 80_000_00, 70_000_00]
    assert entry.after["people_told"] == 0


def test_adopt_tells_whoever_subscribed(session):
    place = make_place(session)
    version = make_draft(session, place)
    heard = []
    subscriptions = session.info["subscriptions"] = Subscriptions()
    subscriptions.subscribe(BudgetAdopted, lambda _session, happened: heard.append(happened))

    adopt(session, place, version)

    assert heard == [
        BudgetAdopted(
            region_id=place.region.id,
            owner="",
            household_id=version.household_id,
            version_id=version.id,
            year=2027,
            number=1,
        )
    ]


def test_adopt_twice_is_a_conflict(session):
    place = make_place(session)
    version = make_adopted(session, place)

    with pytest.raises(Conflict):
        adopt(session, place, version)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"body_id": 404}, "body"),
        ({"evidence": ""}, "evidence"),
        ({"adopted_on": date(2026, 11, 24)}, "adopted_on"),
    ],
)
def test_adopt_refuses_what_is_no_decision(session, values, field):
    place = make_place(session)
    version = make_draft(session, place)
    assert today(session) == date(2026, 11, 23)

    with pytest.raises(InvalidInput) as refusal:
        adopt(session, place, version, decision=decision(place, **values))

    assert list(refusal.value.fields) == [field]


def test_adopt_refuses_a_body_of_another_region(session):
    place, other = make_place(session), make_place(session)
    version = make_draft(session, place)
    body = make_body(session, region=other.region)

    with pytest.raises(InvalidInput):
        adopt(session, place, version, decision=decision(place, body_id=body.id))


def test_plan_names_what_stands_in_the_way(session):
    place = make_place(session)
    empty = make_draft(session, place)
    (line,) = get_sheet(session, facts_of(session, place, empty)).lines
    stored = get_line(session, version_id=empty.id, line_id=line.id)
    remove_line(session, version=empty, line=stored, actor=None)

    plan = plan_of(session, place, empty)

    assert [str(blocker) for blocker in plan.blockers] == ["The budget has no lines yet."]
    with pytest.raises(InvalidInput):
        adopt(session, place, empty)


def test_plan_asks_for_population_figures(session):
    place = make_place(session)
    place.region.snapshot_id = None
    session.flush()

    plan = plan_of(session, place, make_draft(session, place))

    assert len(plan.blockers) == 1
    assert plan.recipients == ()


def test_plan_names_the_gap_of_a_rate_in_each_year(session):
    place = make_place(session)
    key = AllocationKey([RatePerInhabitant(rate_cents=50)])
    rate_cents = 50 * (13_579 + 104_195 + 51_498)
    version = make_draft(session, place, costs=(rate_cents + 1, rate_cents, rate_cents - 2, 0))

    version.allocation_key = key.to_data()
    session.flush()

    plan = plan_of(session, place, version)
    assert [blocker.params["year"] for blocker in plan.blockers] == ["2027", "2029", "2030"]


def test_adopt_refuses_another_plan_than_was_seen(session):
    place = make_place(session)
    version = make_draft(session, place)
    seen = plan_of(session, place, version).fingerprint
    make_line(session, version, name="Snel nog iets")

    with pytest.raises(Conflict):
        adopt(session, place, version, seen=seen)

    adopt(session, place, version, seen=plan_of(session, place, version).fingerprint)


def test_plan_changes_with_who_is_told(session):
    place = make_place(session)
    version = make_draft(session, place)
    seen = plan_of(session, place, version).fingerprint

    official(session, place, "Erbij")

    assert plan_of(session, place, version).fingerprint != seen


def test_contacts_controllers_and_portfolio_holders_of_deelnemers_are_told(session):
    place, other = make_place(session), make_place(session)
    told = {Role.CONTACT: "C", Role.CONTROLLER: "D", Role.PORTFOLIO_HOLDER: "E"}
    for role in Role:
        official(session, place, told.get(role, f"Niet {role}"), role=role)
    partner = make_organisation(session, name="Netbeheerder")
    make_membership(session, region=place.region, organisation=partner, kind=MembershipKind.PARTNER)
    official(session, place, "Niet: partner", organisation=partner)
    official(session, place, "Niet: uitgezet", disabled_at=now(session))
    make_official(
        session, region=other.region, role=Role.CONTACT, organisation=other.members["Venlo"]
    )
    gone = make_person(session, name="Niet: weg")
    ended = make_person(session, name="Niet: zetel gesloten")
    seats = [
        make_seat(
            session,
            region=place.region,
            organisation=place.members["Venlo"],
            role=Role.CONTACT,
        )
        for _ in range(2)
    ]
    make_tenure(session, person=gone, seat=seats[0], until_date=date(2026, 11, 22))
    make_tenure(session, person=ended, seat=seats[1])
    seats[1].ended_on = date(2026, 11, 22)
    version = make_draft(session, place)

    plan = plan_of(session, place, version)
    adopt(session, place, version)

    assert [recipient.name for recipient in plan.recipients] == ["C", "D", "E"]
    assert [mail.values["name"] for mail in mails(session)] == ["C", "D", "E"]


def test_mail_says_amount_forecast_decision_and_where_the_explanation_is(session):
    place = make_place(session, inhabitants={"Venlo": 3, "Weert": 1})
    official(session, place, "Milou", email="milou@example.org")

    adopt(session, place, make_draft(session, place, costs=(400_00, 40_00, 4_00, 8_00)))

    (mail,) = mails(session)
    subject, body = text_of(mail)
    name = place.region.name
    assert (mail.to_address, mail.locale) == ("milou@example.org", "nl")
    assert subject == f"Begroting 2027 van {name} is vastgesteld"
    for line in (
        "Venlo betaalt in 2027 € 300,00.",
        "2028: € 30,00; 2029: € 3,00; 2030: € 6,00",
        "Overleg",
        "12 november 2026",
        f"https://extranet.example/{place.code('Venlo')}",
    ):
        assert line in body


def test_mail_says_what_it_was_before(session):
    place = make_place(session, inhabitants={"Venlo": 3, "Weert": 1})
    make_adopted(session, place, costs=(400_00,) * 4)
    official(session, place, "Milou", locale="en")
    change = make_change(session, place)
    make_line(session, change, name="Minder", net=(-40_00, 0, 0, 0))

    adopt(session, place, change)

    (mail,) = mails(session)
    assert (
        "Venlo pays € 270.00 in 2027. Before it was € 300.00: € 30.00 less now."
        in (text_of(mail)[1])
    )


def test_somebody_with_seats_at_two_members_gets_one_mail_about_both(session):
    place = make_place(session)
    person = official(session, place, "Milou")
    for _ in range(2):
        seat = make_seat(
            session,
            region=place.region,
            organisation=place.members["Weert"],
            role=Role.PORTFOLIO_HOLDER,
        )
        make_tenure(session, person=person, seat=seat)

    adopt(session, place, make_draft(session, place))

    (mail,) = mails(session)
    assert len(mail.values["members"]) == 2


def test_first_version_is_compared_with_what_last_year_foresaw(session):
    place = make_place(session, inhabitants={"Venlo": 3, "Weert": 1})
    make_adopted(session, place, costs=(0, 400_00, 0, 0))
    version = make_draft(session, place, year=2028, costs=(800_00, 0, 0, 0))

    plan = plan_of(session, place, version)

    assert plan.before is not None
    assert plan.before.year == 2027
    assert [(e.name, e.before, e.after, e.difference) for e in plan.effects] == [
        ("Venlo", 300_00, 600_00, 300_00),
        ("Weert", 100_00, 200_00, 100_00),
    ]


def test_effects_show_who_comes_and_who_goes(session):
    place = make_place(session, inhabitants={"Venlo": 3, "Weert": 1})
    make_adopted(session, place, costs=(400_00,) * 4)
    change = make_change(session, place)
    make_membership(
        session,
        region=place.region,
        organisation=make_organisation(session, name="Roermond"),
        from_date=date(2027, 7, 1),
    )
    key = FixedSum(sums={place.code("Venlo"): 300_00, place.code("Weert"): 100_00})
    change.allocation_key = AllocationKey([key]).to_data()
    session.flush()

    effects = plan_of(session, place, change).effects

    assert [(e.name, e.before, e.after) for e in effects] == [
        ("Roermond", None, 0),
        ("Venlo", 300_00, 300_00),
        ("Weert", 100_00, 100_00),
    ]


def test_adoption_counts_the_months_of_membership(session):
    place = make_place(session, inhabitants={"Venlo": 100})
    newcomer = make_organisation(session, name="Roermond")
    session.add(
        PopulationFigure(
            snapshot_id=place.snapshot.id,
            reference_date=date(2026, 1, 1),
            code=newcomer.code,
            inhabitants=100,
        )
    )
    make_membership(session, region=place.region, organisation=newcomer, from_date=date(2027, 7, 1))
    version = make_draft(session, place, costs=(300_00,) * 4)

    adopt(session, place, version)

    paid = {
        (row.year, row.organisation_id): (row.months, row.amount_cents)
        for row in session.scalars(select(Contribution))
    }
    assert paid[2027, newcomer.id] == (6, 100_00)
    assert paid[2028, newcomer.id] == (12, 150_00)
