"""An adopted version never changes, by whatever path somebody comes."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from extranet.errors import Conflict
from extranet.money.models import BudgetLine, BudgetLineAmount, Contribution, Household
from extranet.money.queries.lines import get_line
from extranet.money.rules import AllocationKey, EqualShare
from extranet.money.services.budgets import (
    Description,
    choose_population,
    describe_version,
    discard_draft,
)
from extranet.money.services.funding import (
    FundingInput,
    add_source,
    change_source,
    remove_source,
)
from extranet.money.services.households import freeze_household, thaw_household
from extranet.money.services.keys import put_component, remove_component, set_key
from extranet.money.services.lines import LineInput, change_line, close_gaps, remove_line
from tests.money.budgets import adopt, make_adopted, make_change, make_draft, make_line, make_place

SOURCE = FundingInput(name="Rijk", kind="rijk", certainty="expected")
LINE = LineInput(name="Anders", kind="cost", net=(1, 1, 1, 1))
SERVICES = {
    "describe": lambda s, v, _l: describe_version(
        s, version=v, description=Description(title="Anders"), actor=None
    ),
    "population": lambda s, v, _l: choose_population(
        s, version=v, snapshot_id=v.snapshot_id, reference_date=v.reference_date, actor=None
    ),
    "discard": lambda s, v, _l: discard_draft(s, version=v, actor=None),
    "add line": lambda s, v, _l: make_line(s, v),
    "change line": lambda s, v, line: change_line(s, version=v, line=line, to=LINE, actor=None),
    "remove line": lambda s, v, line: remove_line(s, version=v, line=line, actor=None),
    "close gaps": lambda s, v, _l: close_gaps(s, version=v, actor=None),
    "set key": lambda s, v, _l: set_key(
        s, version=v, key=AllocationKey([EqualShare()]), actor=None
    ),
    "put component": lambda s, v, _l: put_component(
        s, version=v, component=EqualShare(), actor=None
    ),
    "remove component": lambda s, v, _l: remove_component(
        s, version=v, kind="division_by_inhabitants", actor=None
    ),
}


@pytest.fixture
def frozen(database):
    """An adopted version with a line, and a draft that follows it."""
    with database.unit_of_work() as session:
        place = make_place(session)
        version = make_adopted(session, place)
        line_id = session.scalars(
            select(BudgetLine.id).where(BudgetLine.version_id == version.id)
        ).one()
        draft = make_change(session, place)
    return {"place": place, "version": version, "line_id": line_id, "draft": draft}


@pytest.mark.parametrize("name", SERVICES)
def test_service_refuses_an_adopted_version(database, frozen, name):
    with database.unit_of_work() as session:
        version = session.merge(frozen["version"])
        line = get_line(session, version_id=version.id, line_id=frozen["line_id"])
        with pytest.raises(Conflict):
            SERVICES[name](session, version, line)


def rename(session, frozen):
    session.merge(frozen["version"]).title = "Anders"


def back_to_draft(session, frozen):
    version = session.merge(frozen["version"])
    version.state, version.adopted_on = "draft", None


def delete_version(session, frozen):
    session.delete(session.merge(frozen["version"]))


def rename_line(session, frozen):
    session.get_one(BudgetLine, frozen["line_id"]).name = "Anders"


def move_line_away(session, frozen):
    session.get_one(BudgetLine, frozen["line_id"]).version_id = frozen["draft"].id


def move_line_in(session, frozen):
    line = session.scalars(
        select(BudgetLine).where(BudgetLine.version_id == frozen["draft"].id)
    ).one()
    line.line_key = "een andere"
    line.version_id = frozen["version"].id


def add_line(session, frozen):
    values = {"line_key": "x", "position": 9, "name": "x", "kind": "cost", "vat_treatment": "taxed"}
    session.add(BudgetLine(version_id=frozen["version"].id, **values))


def change_amount(session, frozen):
    session.get_one(BudgetLineAmount, (frozen["line_id"], 2027)).net_cents += 1


def delete_amount(session, frozen):
    session.delete(session.get_one(BudgetLineAmount, (frozen["line_id"], 2027)))


def change_contribution(session, frozen):
    place = frozen["place"]
    key = (frozen["version"].id, 2027, place.members["Venlo"].id)
    session.get_one(Contribution, key).amount_cents -= 1


def add_contribution(session, frozen):
    values = {"organisation_name": "Venlo", "months": 12, "amount_cents": 1, "steps": []}
    organisation_id = frozen["place"].members["Venlo"].id
    session.add(
        Contribution(
            version_id=frozen["version"].id, year=2031, organisation_id=organisation_id, **values
        )
    )


@pytest.mark.parametrize(
    "change",
    [
        rename,
        back_to_draft,
        delete_version,
        rename_line,
        move_line_away,
        move_line_in,
        add_line,
        change_amount,
        delete_amount,
        change_contribution,
        add_contribution,
    ],
)
def test_flush_refuses_an_adopted_version(database, frozen, change):
    with pytest.raises(Conflict), database.unit_of_work() as session:
        change(session, frozen)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE budget_versions SET title = 'x' WHERE id = :version",
        "UPDATE budget_versions SET state = 'draft', adopted_on = NULL WHERE id = :version",
        "DELETE FROM budget_versions WHERE id = :version",
        "UPDATE budget_lines SET name = 'x' WHERE version_id = :version",
        "DELETE FROM budget_lines WHERE version_id = :version",
        "UPDATE budget_lines SET version_id = :version, line_key = 'x' WHERE version_id = :draft",
        "UPDATE budget_line_amounts SET net_cents = 0 WHERE line_id = :line",
        (
            "UPDATE budget_line_amounts SET line_id = :line, year = 2040"
            " WHERE line_id <> :line AND year = 2027"
        ),
        "DELETE FROM budget_line_amounts WHERE line_id = :line",
        (
            "INSERT INTO budget_line_amounts (line_id, year, net_cents, vat_cents)"
            " VALUES (:line, 2031, 1, 0)"
        ),
        "UPDATE contributions SET amount_cents = 0 WHERE version_id = :version",
        "DELETE FROM contributions WHERE version_id = :version",
    ],
)
def test_database_refuses_an_adopted_version(database, frozen, statement):
    values = {
        "version": frozen["version"].id,
        "draft": frozen["draft"].id,
        "line": frozen["line_id"],
    }
    used = {name: value for name, value in values.items() if f":{name}" in statement}

    with pytest.raises(IntegrityError), database.unit_of_work() as session:
        session.execute(text(statement), used)


def test_successor_leaves_the_adopted_version_as_it_was(database, frozen):
    def stored(session):
        return session.execute(
            select(func.count(), func.sum(Contribution.amount_cents)).where(
                Contribution.version_id == frozen["version"].id
            )
        ).one()

    with database.unit_of_work() as session:
        before = stored(session)
        draft = session.merge(frozen["draft"])
        make_line(session, draft, name="Erbij")
        adopt(session, frozen["place"], draft)
        assert stored(session) == before


@pytest.fixture
def stopped(database, frozen):
    """The same, with a funding source, in a household that is frozen."""
    with database.unit_of_work() as session:
        source = add_source(session, purse=frozen["place"].purse, source=SOURCE, actor=None)
        household = session.get_one(Household, frozen["draft"].household_id)
        freeze_household(session, household=household, actor=None)
    return {**frozen, "source": source}


@pytest.mark.parametrize("name", SERVICES)
def test_frozen_household_lets_no_draft_change(database, stopped, name):
    with database.unit_of_work() as session:
        version = session.merge(stopped["draft"])
        line = session.scalars(select(BudgetLine).where(BudgetLine.version_id == version.id)).one()
        with pytest.raises(Conflict, match="frozen"):
            SERVICES[name](session, version, line)


OF_A_HOUSEHOLD = {
    "create budget": lambda s, found: make_draft(s, found["place"], year=2040),
    "create version": lambda s, found: make_change(s, found["place"]),
    "adopt": lambda s, found: adopt(s, found["place"], s.merge(found["draft"])),
    "add source": lambda s, found: add_source(
        s, purse=found["place"].purse, source=SOURCE, actor=None
    ),
    "change source": lambda s, found: change_source(
        s, source=s.merge(found["source"]), to=SOURCE, actor=None
    ),
    "remove source": lambda s, found: remove_source(s, source=s.merge(found["source"]), actor=None),
}


@pytest.mark.parametrize("name", OF_A_HOUSEHOLD)
def test_frozen_household_starts_and_keeps_nothing(database, stopped, name):
    with database.unit_of_work() as session, pytest.raises(Conflict, match="frozen"):
        OF_A_HOUSEHOLD[name](session, stopped)


def test_thawed_household_changes_again(database, stopped):
    with database.unit_of_work() as session:
        draft = session.merge(stopped["draft"])
        household = session.get_one(Household, draft.household_id)
        thaw_household(session, household=household, actor=None)
        make_line(session, draft, name="Erbij")
