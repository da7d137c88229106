from datetime import date

import pytest

from extranet.basistaken.models import TaskState
from extranet.basistaken.rules import (
    SLUG_LENGTH,
    STATE_KINDS,
    STATE_WORDS,
    last_day_drawn,
    planning_text,
    slug_of,
)
from extranet.i18n import Text


def test_every_state_has_a_word_and_a_look():
    assert set(STATE_WORDS) == set(STATE_KINDS) == set(TaskState)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Warmtetransitie", "warmtetransitie"),
        ("  p-MIEK & net (2027) ", "p-miek-net-2027"),
        ("Eén café", "een-cafe"),
        ("Nieuw", "nieuw-2"),
        ("€€€", "basistaak"),
    ],
)
def test_slug_reads_like_the_name(name, slug):
    assert slug_of(name, taken=()) == slug


def test_slug_takes_the_first_free_number_and_stays_within_its_length():
    long = "a" * 200

    first = slug_of(long, taken=())
    second = slug_of(long, taken={first})

    assert slug_of("Zon", taken={"zon", "zon-2"}) == "zon-3"
    assert len(first) == SLUG_LENGTH
    assert (len(second), second[-2:]) == (SLUG_LENGTH, "-2")


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 1, 1), date(2027, 1, 1), "%(first)s until %(last)s"),
        (date(2026, 1, 1), None, "From %(first)s, without an end date"),
        (None, date(2027, 1, 1), "Until %(last)s"),
        (None, None, "Not planned yet"),
    ],
)
def test_planning_is_said_in_words(first, last, text):
    values = {name: day for name, day in (("first", first), ("last", last)) if day}

    assert planning_text(first, last) == Text(text, **values)


def test_open_end_is_drawn_to_the_end_of_next_year_or_of_the_last_plan():
    today = date(2026, 11, 23)

    assert last_day_drawn([], today=today) == date(2027, 12, 31)
    assert last_day_drawn([date(2030, 5, 1)], today=today) == date(2030, 12, 31)
