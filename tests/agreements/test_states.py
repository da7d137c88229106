"""When a version comes into force, over any answers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extranet.agreements.rules import (
    ANSWERS,
    CONSENTING,
    Answer,
    force_day,
    standing_of,
    state_after,
)

AGREED = date(2027, 1, 1)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
answers = st.lists(st.tuples(st.sampled_from([None, *ANSWERS]), days), max_size=6)


def standing(given_answers):
    return standing_of(
        Answer(
            organisation_id=number,
            name=f"Gemeente {number}",
            answer=answer,
            remark="Te duur." if answer == "decline" else "",
            decided_on=day if answer else None,
        )
        for number, (answer, day) in enumerate(given_answers)
    )


@given(answers, days)
def test_sent_version_is_in_force_when_all_consented_and_the_day_has_come(given_answers, day):
    everybody = bool(given_answers) and all(a in CONSENTING for a, _ in given_answers)
    last = max([AGREED, *(decided for _, decided in given_answers)])

    state = state_after("sent", standing(given_answers), in_force_from=AGREED, day=day)

    assert state == ("in_force" if everybody and last <= day else "sent")


@given(answers)
def test_every_party_is_in_one_group_and_only_who_holds_it_up_is_named(given_answers):
    found = standing(given_answers)
    held = [one.name for one in (*found.declined, *found.waiting)]

    assert found.count == len(given_answers)
    assert sorted(held) == sorted(
        f"Gemeente {n}" for n, (a, _) in enumerate(given_answers) if a not in CONSENTING
    )
    assert found.is_complete == (bool(given_answers) and not held)


@pytest.mark.parametrize("state", ["draft", "in_force", "superseded", "withdrawn"])
def test_other_states_stay(state):
    complete = standing([("consent", AGREED)])

    assert state_after(state, complete, in_force_from=AGREED, day=AGREED) == state


def test_day_is_that_of_the_last_decision_when_it_came_late():
    late = AGREED + timedelta(days=9)

    assert force_day(standing([("consent", AGREED), ("remark", late)]), AGREED) == late
    assert force_day(standing([("consent", date(2026, 5, 1))]), AGREED) == AGREED
    assert force_day(standing([]), AGREED) is None
