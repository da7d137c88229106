import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError

from extranet.errors import InvalidInput, NotAllowed, NotFound
from extranet.membership.events import SnapshotAdopted
from extranet.membership.models import Organisation, PopulationFigure, PopulationSnapshot
from extranet.membership.queries import figures, reference_dates
from extranet.membership.queries.imports import preview_import
from extranet.membership.queries.population import (
    compare_for_region,
    date_totals,
    get_snapshot,
    list_snapshots,
    users_of,
)
from extranet.membership.rules import read_release
from extranet.membership.rules.release_packing import packed, unpacked
from extranet.membership.services.population import (
    adopt_snapshot,
    import_release,
    proposed_name,
)
from tests.factories import make_organisation, make_region, make_snapshot
from tests.membership.cbs_download import csv_files, folder, json_files
from tests.membership.places import listen, logged, make_place

DAY = date(2026, 11, 23)
REAL = Path(__file__).parents[2].parent / "shared" / "data" / "cbs_03759ned"
NML = [
    "gm:0889",
    "gm:0893",
    "gm:0907",
    "gm:0944",
    "gm:0946",
    "gm:0957",
    "gm:0983",
    "gm:0984",
    "gm:0988",
    "gm:1507",
    "gm:1640",
    "gm:1641",
    "gm:1669",
    "gm:1711",
    "gm:1894",
]


@pytest.fixture(scope="module")
def release():
    return read_release(json_files())


def take_in(session, release, **values):
    given = {"name": proposed_name(release), "released_on": None, "actor": None, **values}
    return import_release(session, release=release, **given)


def stored(session):
    """Return how many snapshots, figures and organisations there are."""
    return tuple(
        session.scalar(select(func.count()).select_from(model))
        for model in (PopulationSnapshot, PopulationFigure, Organisation)
    )


def without_day(release):
    """Return the release as it would be when no file told the day of release."""
    data = packed(release)
    data["released"] = None
    return unpacked(data)


def test_import_stores_every_figure_and_the_municipalities(session, release):
    imported = take_in(session, release)

    newest = release.reference_dates[-1]
    assert imported.is_new
    assert figures(session, imported.snapshot.id, newest, release.names) == release.on(newest)
    assert reference_dates(session, imported.snapshot.id) == list(release.reference_dates)
    assert stored(session) == (1, len(release.figures), len(release.on(newest)))
    assert imported.organisations == len(release.on(newest))
    assert logged(session) == ["snapshot.imported"]


def test_import_describes_the_snapshot_by_its_newest_date(session, release):
    take_in(session, release)

    (line,) = list_snapshots(session)
    newest = release.on(release.reference_dates[-1])
    assert line.municipality_count == len(newest)
    assert line.inhabitant_count == sum(newest.values())
    assert line.released_on == release.release_date
    assert [total.reference_date for total in date_totals(session, line.id)] == sorted(
        release.reference_dates, reverse=True
    )


def test_import_adds_no_organisation_for_an_abolished_municipality(session, release):
    take_in(session, release)

    codes = set(session.scalars(select(Organisation.code)))
    first = release.on(release.reference_dates[0])
    assert first.keys() - codes
    assert codes == release.on(release.reference_dates[-1]).keys()


def test_import_leaves_known_organisations_as_they_are(session, release):
    code = min(release.on(release.reference_dates[-1]))
    known = make_organisation(session, code=code, name="Zoals wij haar noemen")

    take_in(session, release)

    assert known.name == "Zoals wij haar noemen"


def test_import_of_the_same_figures_changes_nothing(session, release):
    first = take_in(session, release)
    before = stored(session)

    again = take_in(session, read_release(csv_files()), name="Nog een keer")

    assert not again.is_new
    assert again.snapshot.id == first.snapshot.id
    assert stored(session) == before
    assert logged(session) == ["snapshot.imported"]


def test_import_that_fails_leaves_nothing_behind(database, release):
    with database.unit_of_work() as session:
        make_snapshot(session, figures={}, name="Bezet")
        before = stored(session)

    with pytest.raises(InvalidInput) as caught, database.unit_of_work() as session:
        take_in(session, release, name="Bezet")

    assert set(caught.value.fields) == {"name"}
    with database.reading() as session:
        assert stored(session) == before


@pytest.mark.parametrize("day", [None, date(2026, 11, 24)], ids=["unknown", "tomorrow"])
def test_import_refuses_a_day_of_release_that_cannot_be(session, release, day):
    with pytest.raises(InvalidInput) as caught:
        take_in(session, without_day(release), released_on=day)

    assert set(caught.value.fields) == {"released_on"}


def test_import_takes_the_day_that_the_operator_knows(session, release):
    take_in(session, without_day(release), released_on=date(2026, 6, 23))

    (line,) = list_snapshots(session)
    assert line.released_on == date(2026, 6, 23)


def test_packing_brings_the_same_release_back(release):
    travelled = unpacked(json.loads(json.dumps(packed(release))))

    assert travelled.figures == release.figures
    assert travelled.fingerprint == release.fingerprint
    assert dict(travelled.names) == dict(release.names)
    assert travelled.release_date == release.release_date


def test_preview_tells_what_would_change_and_stores_nothing(session, release):
    preview = preview_import(session, release)

    assert preview.present is None
    assert preview.newest is None
    assert preview.difference.new == len(release.figures)
    assert {code for code, _name in preview.unknown} == set(release.on(release.reference_dates[-1]))
    assert stored(session) == (0, 0, 0)


def test_preview_compares_with_the_newest_release(session, release):
    newest = release.reference_dates[-1]
    code, inhabitants = min(release.on(newest).items())
    make_snapshot(session, figures={code: inhabitants + 1}, reference_date=newest)
    make_snapshot(session, figures={code: 1}, reference_date=date(2020, 1, 1))

    preview = preview_import(session, release)

    (changed,) = preview.difference.changed
    assert (changed.code, changed.before, changed.after) == (code, inhabitants + 1, inhabitants)
    assert preview.difference.new == len(release.figures) - 1


def test_preview_knows_a_release_that_is_here(session, release):
    imported = take_in(session, release)

    assert preview_import(session, release).present.id == imported.snapshot.id


@pytest.mark.parametrize("model", [PopulationFigure, PopulationSnapshot])
@pytest.mark.parametrize("change", ["edit", "delete"])
def test_figures_cannot_be_changed_through_the_program(database, release, model, change):
    with database.unit_of_work() as session:
        take_in(session, release)
        before = stored(session)

    with database.unit_of_work() as session:
        row = session.scalars(select(model).limit(1)).one()
        if change == "delete":
            session.delete(row)
        elif model is PopulationFigure:
            row.inhabitants += 1
        else:
            row.name = "Anders"
        with pytest.raises(NotAllowed):
            session.flush()
        session.rollback()

    with database.reading() as session:
        assert stored(session) == before


@pytest.mark.parametrize(
    "statement",
    [
        update(PopulationFigure).values(inhabitants=1),
        delete(PopulationFigure),
        update(PopulationSnapshot).values(name="Anders"),
        text("DELETE FROM population_snapshots"),
    ],
    ids=["figures", "figures gone", "snapshot", "snapshot gone"],
)
def test_figures_cannot_be_changed_behind_the_program(database, release, statement):
    with database.unit_of_work() as session:
        take_in(session, release)
        before = stored(session)

    with pytest.raises(DBAPIError, match="frozen"), database.unit_of_work() as session:
        session.execute(statement)

    with database.reading() as session:
        assert stored(session) == before


def test_adopt_lets_the_region_work_with_the_release(session):
    place = make_place(session)
    heard = listen(session)
    newer = make_snapshot(session, figures={"gm:0988": 52000}, reference_date=date(2027, 1, 1))

    adopt_snapshot(session, region=place.region, snapshot_id=newer.id, actor=None)

    assert place.region.snapshot_id == newer.id
    assert users_of(session, newer.id) == [("noord", "Regio Noord")]
    assert logged(session) == ["region.snapshot_adopted"]
    assert heard == [
        SnapshotAdopted(
            region_id=place.region.id,
            snapshot_id=newer.id,
            previous_snapshot_id=place.snapshot.id,
        )
    ]


def test_adopt_of_the_release_in_use_does_nothing(session):
    place = make_place(session)
    heard = listen(session)

    adopt_snapshot(session, region=place.region, snapshot_id=place.snapshot.id, actor=None)

    assert (logged(session), heard) == ([], [])


def test_adopt_of_an_unknown_release_is_not_found(session):
    region = make_region(session)

    with pytest.raises(NotFound):
        adopt_snapshot(session, region=region, snapshot_id=99, actor=None)


def test_comparison_shows_each_municipality_before_and_after(session):
    place = make_place(session)
    newer = make_snapshot(
        session,
        figures={"gm:0988": 52000, "gm:0984": 45108},
        reference_date=date(2027, 1, 1),
    )

    lines = compare_for_region(
        session, place.region.id, snapshot=get_snapshot(session, newer.id), day=DAY
    )

    assert [(line.name, line.before, line.after) for line in lines] == [
        ("Beesel", 13579, None),
        ("Venray", 45108, 45108),
        ("Weert", 51498, 52000),
    ]


def test_proposed_name_tells_date_and_source(release):
    newest = release.reference_dates[-1].year
    assert proposed_name(release) == f"Bevolking op 1 januari {newest}, CBS"


@pytest.mark.skipif(not REAL.is_dir(), reason="a clone alone has no real files beside it")
def test_real_release_comes_in_whole(session):
    imported = take_in(session, read_release(folder(REAL)))

    newest = date(2026, 1, 1)
    nml = figures(session, imported.snapshot.id, newest, NML)
    assert imported.snapshot.municipality_count == 342
    assert imported.snapshot.inhabitant_count == 18_130_208
    assert (len(nml), sum(nml.values())) == (15, 537_019)
    assert imported.organisations == 342
