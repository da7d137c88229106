"""Timelines run over whole months and name at most a dozen of them."""

from datetime import date

from extranet.web.timelines import Plan, timeline

YEAR = Plan(
    label="Warmte",
    phases=[("Verkenning", date(2027, 1, 1), date(2027, 7, 2))],
    milestones=[("PFO", date(2027, 12, 31))],
)


def drawn(plans, today=date(2027, 7, 2)):
    return timeline(plans, today=today, month_text=lambda day: f"{day:%m-%Y}")


def test_spans_whole_months():
    line = drawn([YEAR])

    assert [tick.text for tick in line.ticks][:2] == ["01-2027", "02-2027"]
    assert len(line.ticks) == 12
    assert line.ticks[0].at == 0.0


def test_places_phases_milestones_and_today_on_one_scale():
    line = drawn([YEAR])
    (row,) = line.rows

    assert (row.phases[0].start, row.phases[0].length) == (0.0, line.today)
    assert 99 < row.milestones[0].at < 100
    assert row.words == "Verkenning; PFO"


def test_leaves_today_out_when_it_is_not_shown():
    assert drawn([YEAR], today=date(2028, 1, 1)).today is None


def test_names_fewer_months_of_a_long_plan():
    plan = Plan(label="Warmte", phases=[("Bouw", date(2027, 1, 1), date(2029, 12, 1))])

    assert [tick.text for tick in drawn([plan]).ticks][:2] == ["01-2027", "04-2027"]


def test_draws_nothing_without_plans():
    line = drawn([])

    assert (line.ticks, line.rows, line.today) == ((), (), None)
