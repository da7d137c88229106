"""What is renamed, moved or corrected after adoption leaves an adopted version as it was read."""

from datetime import date

import pytest
from sqlalchemy import select

from extranet.access import Role
from extranet.membership.models import Body, Membership, Region
from extranet.money.models import FundingSource, LineKind
from extranet.money.queries.adoption import plan_adoption
from extranet.money.queries.comparison import line_changes
from extranet.money.queries.contributions import get_explanation, get_table
from extranet.money.queries.lines import get_sheet
from extranet.money.services.funding import FundingInput, add_source, as_input, change_source
from tests.factories import make_membership, make_organisation, make_snapshot
from tests.money.budgets import adopt, facts_of, make_change, make_draft, make_line, make_place

CDOKE = FundingInput(
    name="CDOKE",
    kind="cdoke",
    sector="mobiliteit",
    certainty="expected",
    ends_on=date(2029, 12, 31),
)
PROVINCIE = FundingInput(
    name="Provincie", kind="provincie", certainty="uncertain", ends_on=date(2027, 6, 30)
)
VERSION = "/noord/begroting/2027/versies/1"


def make_example(session, place):
    """Adopt a budget with a line that a source pays for."""
    source = add_source(session, purse=place.purse, source=CDOKE, actor=None)
    version = make_draft(session, place)
    make_line(session, version, name="Subsidie", kind=LineKind.INCOME, funding_source_id=source.id)
    region = session.get_one(Region, place.region.id)
    region.sender_name, region.signatory_name = "Venlo", "A. Voorbeeld"
    session.flush()
    adopt(session, place, version)
    return version


def rename_members(session, place):
    for organisation in place.members.values():
        session.merge(organisation).name = f"Groot-{organisation.name}"


def rename_body_and_region(session, place):
    session.get_one(Body, place.body.id).name = "Anders overleg"
    session.get_one(Region, place.region.id).name = "Andere regio"


def change_letterhead(session, place):
    region = session.get_one(Region, place.region.id)
    region.sender_name, region.signatory_name = "Weert", "B. Voorbeeld"
    region.sender_address = "Nieuwe straat 1"


def edit_source(session, _place):
    source = session.scalars(select(FundingSource)).one()
    change_source(session, source=source, to=PROVINCIE, actor=None)


def end_membership(session, place):
    organisation_id = place.members["Weert"].id
    membership = session.scalars(
        select(Membership).where(Membership.organisation_id == organisation_id)
    ).one()
    membership.until_date = date(2026, 12, 31)
    make_membership(session, region=place.region, organisation=make_organisation(session))


def switch_figures(session, place):
    figures = {organisation.code: 1 for organisation in place.members.values()}
    newer = make_snapshot(session, figures=figures, reference_date=date(2027, 1, 1))
    session.get_one(Region, place.region.id).snapshot_id = newer.id


LATER = (
    rename_members,
    rename_body_and_region,
    change_letterhead,
    edit_source,
    end_membership,
    switch_figures,
)


def read_in_database(session, place, version):
    """Return every value of a version that pages, sheets and letters are made of."""
    facts = facts_of(session, place, version)
    ladders = [
        get_explanation(session, facts, code=organisation.code, year=2028)
        for organisation in place.members.values()
    ]
    return facts, get_table(session, facts), ladders, get_sheet(session, facts)


def read_in_browser(client, place):
    """Return what a reader takes along or sees below the heading of a page."""
    own = f"/noord/bijdragen/2027/{place.code('Venlo')}"
    files = ("/noord/bijdragen/2027.csv", f"{VERSION}/begroting.csv", f"{own}/brief.pdf")
    pages = (own, "/noord/bijdragen/2027", VERSION)
    read = {address: client.get(address).data for address in files}
    # The name of the region above the heading is that of today.
    return read | {page: client.get(page).text.partition("<h1")[2] for page in pages}


@pytest.mark.parametrize("change", LATER)
def test_later_change_leaves_an_adopted_version_as_it_was(database, enter, place, change):
    with database.unit_of_work() as session:
        version = make_example(session, place)
    client = enter(Role.READER, member="Beesel")
    with database.reading() as session:
        values = read_in_database(session, place, version)
    shown = read_in_browser(client, place)

    with database.unit_of_work() as session:
        change(session, place)

    with database.reading() as session:
        assert read_in_database(session, place, version) == values
    assert read_in_browser(client, place) == shown


def test_draft_follows_a_source_and_a_member_that_change(session):
    place = make_place(session)
    make_example(session, place)
    draft = make_change(session, place)

    edit_source(session, place)
    rename_members(session, place)
    session.flush()

    facts = facts_of(session, place, draft)
    source = get_sheet(session, facts).of_kind(LineKind.INCOME)[0].source
    assert (source.name, source.kind, source.ends_on) == (
        "Provincie",
        "provincie",
        date(2027, 6, 30),
    )
    names = [member.name for member in get_table(session, facts).members]
    assert names == ["Groot-Beesel", "Groot-Venlo", "Groot-Weert"]


def test_comparison_tells_that_a_source_changed_since(session):
    place = make_place(session)
    adopted = make_example(session, place)
    draft = make_change(session, place)
    edit_source(session, place)
    before, after = (
        get_sheet(session, facts_of(session, place, version)) for version in (adopted, draft)
    )

    assert line_changes(before, after).reworded == ("Subsidie",)


def test_source_without_an_end_stays_without_one(session):
    place = make_place(session)
    source = add_source(
        session,
        purse=place.purse,
        source=FundingInput(name="Rijk", kind="rijk", certainty="committed"),
        actor=None,
    )
    version = make_draft(session, place)
    make_line(session, version, name="Rijk", kind=LineKind.INCOME, funding_source_id=source.id)
    adopt(session, place, version)

    change_source(session, source=source, to=PROVINCIE, actor=None)

    (line,) = get_sheet(session, facts_of(session, place, version)).of_kind(LineKind.INCOME)
    assert (line.source.name, line.source.ends_on) == ("Rijk", None)
    assert as_input(source).name == "Provincie"


@pytest.mark.parametrize("change", [rename_members, change_letterhead, edit_source])
def test_plan_changes_with_every_name_that_it_freezes(session, change):
    place = make_place(session)
    make_example(session, place)
    draft = make_change(session, place)
    seen = plan_adoption(session, facts_of(session, place, draft)).fingerprint

    change(session, place)
    session.flush()

    assert plan_adoption(session, facts_of(session, place, draft)).fingerprint != seen


def test_members_of_one_name_keep_their_order_by_code(session):
    place = make_place(session, inhabitants={"Bergen": 1})
    for code in ("gm:9999", "gm:0893"):
        make_membership(
            session,
            region=place.region,
            organisation=make_organisation(session, name="Bergen", code=code),
        )
    snapshot = make_snapshot(session, figures={place.code("Bergen"): 1, "gm:9999": 1, "gm:0893": 1})
    place.region.snapshot_id = snapshot.id
    session.flush()
    version = make_draft(session, place)
    codes = sorted([place.code("Bergen"), "gm:9999", "gm:0893"])

    draft = get_table(session, facts_of(session, place, version))
    adopt(session, place, version)
    stored = get_table(session, facts_of(session, place, version))

    assert [member.code for member in draft.members] == codes
    assert [member.code for member in stored.members] == codes
