"""What the forms of an allocation key accept can be kept and read again; the rest is refused."""

import pytest

from extranet.access import Role
from tests.money.budgets import facts_of, make_draft
from tests.money.test_budget_pages import DRAFT, send

RATE = f"{DRAFT}/verdeelsleutel/tarief"
WEIGHTS = f"{DRAFT}/verdeelsleutel/gewichten"
INDEX = {"index_name": "CPB", "index": "3", "base_year": "2027"}


@pytest.fixture
def draft(database, place):
    """A draft for 2027."""
    with database.unit_of_work() as session:
        return make_draft(session, place)


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("index_name", "Noem het indexcijfer"),
        ("index", "Vul in hoeveel het per jaar stijgt."),
        ("base_year", "Schrijf het jaar met vier cijfers."),
    ],
)
def test_index_is_whole_or_not_there(enter, missing, message):
    client = enter(Role.CONTROLLER)

    refused = send(client, RATE, rate="2,50", **{**INDEX, missing: ""})

    assert refused.status_code == 422
    assert message in refused.text
    assert client.get(DRAFT).status_code == 200


def test_index_with_all_its_fields_is_kept(database, enter, place, draft):
    client = enter(Role.CONTROLLER)

    assert send(client, RATE, rate="2,50", **INDEX).status_code == 302
    with database.reading() as session:
        (component,) = facts_of(session, place, draft).key_data
    assert component["index"] == {"name": "CPB", "basis_points": 300, "base_year": 2027}


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize("year", ["0", "1999", "2101"])
def test_index_from_a_year_of_long_ago_is_refused(enter, year):
    refused = send(enter(Role.CONTROLLER), RATE, rate="2,50", **{**INDEX, "base_year": year})

    assert refused.status_code == 422
    assert "Schrijf het jaar met vier cijfers, bijvoorbeeld 2027." in refused.text


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("104195,123456789", "104195,123456789"),
        ("999999999.999999999", "999999999,999999999"),
        ("999999999/999999998", "999999999/999999998"),
        ("6/8", "0,75"),
        ("2", "2"),
    ],
)
def test_weight_at_the_limit_of_the_form_comes_back_as_it_was(enter, place, typed, shown):
    client = enter(Role.CONTROLLER)
    fields = {f"weight_{place.code(name).replace(':', '_')}": "1" for name in place.members}
    venlo = f"weight_{place.code('Venlo').replace(':', '_')}"

    assert send(client, WEIGHTS, **{**fields, venlo: typed}).status_code == 302

    assert f'value="{shown}"' in client.get(WEIGHTS).text
    for page in (DRAFT, "/noord/bijdragen/2027?versie=1"):
        assert client.get(page).status_code == 200


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize("typed", ["1234567890", "1,1234567890", "1/0", "-1", "1/1234567890"])
def test_weight_beyond_the_limit_is_refused(enter, place, typed):
    field = f"weight_{place.code('Venlo').replace(':', '_')}"

    refused = send(enter(Role.CONTROLLER), WEIGHTS, **{field: typed})

    assert refused.status_code == 422
    assert "Schrijf het gewicht als 2, 0,75 of 3/4." in refused.text
