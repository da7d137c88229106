"""What a change was reads in words, and every field and code that services record has some."""

from dataclasses import fields

import pytest
from sqlalchemy import select

from extranet.activity.models import ActivityEntry
from extranet.i18n import Text, translate
from extranet.membership.services.regions import PERSONAL, RegionSettings
from extranet.money.models import Certainty, FundingKind, LineKind
from extranet.money.rules import (
    AllocationKey,
    Cap,
    DivisionByInhabitants,
    EqualShare,
    Indexation,
    Purse,
    RatePerInhabitant,
)
from extranet.money.services.budgets import choose_population, discard_draft
from extranet.money.services.funding import FundingInput, add_source
from extranet.money.services.keys import put_component
from extranet.overview.rules import FORMER
from extranet.overview.wording import FIELDS, NOTHING, NUMBERED, changes
from tests.money.budgets import make_adopted, make_change, make_draft, make_line, make_place
from tests.overview.test_rules import entry


def test_changes_read_as_words_days_euros_and_names():
    found = changes(
        entry(
            before={"ends_on": "2026-12-31", "is_centrum": False, "body_id": 3, "reason": ""},
            after={
                "ends_on": None,
                "is_centrum": True,
                "net_cents": 123_456,
                "person_id": 9,
                "lines": ["a", "b"],
                "odd_key": 5,
                "body_id": 4,
            },
        ),
        names={9: "Pim"},
    )

    assert [translate(change, "en").replace("\N{NO-BREAK SPACE}", " ") for change in found] == [
        "Last day: 31 December 2026 → –",
        "Centrum: no → yes",
        "Amount without VAT: – → € 1,234.56",
        "Person: – → Pim",
        "Budget lines: – → a; b",
        "odd key: – → 5",
        "Reason: – → –",
    ]


def test_person_without_name_is_somebody_who_left():
    (change,) = changes(entry(after={"person_id": 9}), names={})

    assert change.params["after"] == FORMER
    assert isinstance(change, Text)


def said(locale="nl", **values):
    """Return what an entry changed, in the language of a reader, with plain spaces."""
    return [
        translate(change, locale).replace("\N{NO-BREAK SPACE}", " ")
        for change in changes(entry(**values), names={})
    ]


def test_lists_of_cents_read_as_amounts():
    assert said(
        action="budget_line.changed",
        before={"net_cents": [0, -500_000]},
        after={"net_cents": [100_00, 5]},
    ) == ["Bedrag zonder btw: € 0,00; € -5.000,00 → € 100,00; € 0,05"]


def test_allocation_key_reads_as_on_its_page():
    index = Indexation(name="CPB", basis_points=250, base_year=2027)
    rate = RatePerInhabitant(rate_cents=250, index=index)

    assert said(
        action="allocation_key.changed",
        before={"allocation_key": AllocationKey([EqualShare()]).to_data()},
        after={"allocation_key": AllocationKey([rate, Cap(max_basis_points=4000)]).to_data()},
    ) == [
        (
            "Verdeelsleutel: De rest in gelijke delen → "
            "€ 2,50 per inwoner, vanaf 2027 elk jaar 2,5% hoger (CPB); "
            "Hoogstens 40% van het totaal per deelnemer"
        )
    ]


def test_allocation_key_that_is_none_is_left_out_and_logged(caplog):
    (text,) = said(action="allocation_key.changed", after={"allocation_key": [{"kind": "odd"}]})

    assert text == f"Verdeelsleutel: {NOTHING} → {NOTHING}"
    assert "allocation key" in caplog.text


@pytest.mark.parametrize(
    ("action", "field", "code", "words"),
    [
        ("budget_line.added", "kind", "cost", "Soort: – → Kosten"),
        ("budget_line.added", "is_structural", True, "Structureel: – → ja"),
        ("budget_line.changed", "vat_treatment", "exempt", "Btw-behandeling: – → Vrijgesteld"),
        ("funding_source.added", "kind", "own", "Soort: – → Eigen geld"),
        ("funding_source.added", "certainty", "expected", "Zekerheid: – → verwacht"),
        ("organisation.created", "kind", "gemeente", "Soort: – → Gemeente"),
        ("membership.started", "kind", "partner", "Soort: – → Partner"),
        ("seat.changed", "role", "reader", "Rol: – → Lezer"),
        ("region.edited", "legal_form", "centrumregeling", "Rechtsvorm: – → Centrumregeling"),
        ("basistaak.changed", "state", "running", "Status: – → Loopt"),
        ("basistaak.changed", "state", "unheard_of", "Status: – → unheard_of"),
    ],
)
def test_codes_read_as_words(action, field, code, words):
    assert said(action=action, after={field: code}) == [words]


@pytest.mark.parametrize("field", sorted(NUMBERED))
def test_number_of_a_thing_is_left_out_and_its_name_is_not(field):
    assert said(after={field: 3}) == []
    assert len(said(before={field: "Oud"}, after={field: "Nieuw"})) == 1


def test_every_setting_of_a_region_has_words():
    settings = {field.name for field in fields(RegionSettings)}

    assert settings - FIELDS.keys() == set()
    assert settings >= PERSONAL


def test_every_field_that_a_budget_records_has_words(session):
    place = make_place(session)
    draft = make_draft(session, place, year=2026, key=AllocationKey([DivisionByInhabitants()]))
    source = FundingInput(
        name="Rijk", kind=FundingKind.RIJK, certainty=Certainty.EXPECTED, conditions="Geen"
    )
    add_source(session, purse=Purse(region_id=place.region.id), source=source, actor=None)
    make_line(session, draft, kind=LineKind.RESERVE)
    put_component(session, version=draft, component=EqualShare(), actor=None)
    choose_population(
        session,
        version=draft,
        snapshot_id=place.snapshot.id,
        reference_date=place.snapshot.last_date,
        actor=None,
    )
    make_adopted(session, place)
    discard_draft(session, version=make_change(session, place), actor=None)

    recorded = {
        name
        for one in session.scalars(select(ActivityEntry))
        for name in (*one.before, *one.after)
        if not name.endswith("_id")
    }
    assert {"allocation_key", "net_cents", "certainty", "reference_date"} <= recorded
    assert recorded - FIELDS.keys() == set()
