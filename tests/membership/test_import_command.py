import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from extranet.db import Database
from extranet.membership.cli import import_population
from extranet.membership.models import PopulationFigure, PopulationSnapshot
from extranet.membership.rules import read_release
from tests.factories import make_organisation
from tests.membership.cbs_download import DATA, json_files

FOLDER = DATA / "cbs_json"


@pytest.fixture
def run(config, clock, database):
    """Run the command on the database of the test."""

    def run(*arguments, answer=None):
        return CliRunner().invoke(
            import_population,
            [str(argument) for argument in arguments],
            obj=lambda: (config, Database(config.database_url, clock=clock)),
            input=answer,
        )

    return run


def stored(database):
    with database.reading() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(model))
            for model in (PopulationSnapshot, PopulationFigure)
        )


def test_import_takes_files_in(run, database):
    result = run(*sorted(FOLDER.iterdir()), "--yes")

    assert result.exit_code == 0, result.output
    assert stored(database) == (1, len(read_release(json_files()).figures))
    assert "Imported as “Bevolking op 1 januari" in result.output


def test_import_takes_a_folder_under_a_name(run, database):
    result = run(FOLDER, "--yes", "--name", "Proef")

    assert result.exit_code == 0, result.output
    with database.reading() as session:
        assert session.scalars(select(PopulationSnapshot.name)).all() == ["Proef"]


def test_import_asks_first_and_takes_no_for_an_answer(run, database):
    refused = run(FOLDER, answer="n\n")
    asked = stored(database)
    accepted = run(FOLDER, answer="y\n")

    assert [refused.exit_code, accepted.exit_code] == [0, 0]
    assert "figures are new" in refused.output
    assert asked == (0, 0)
    assert stored(database)[0] == 1


def test_import_of_what_is_here_says_so(run, database):
    run(FOLDER, "--yes")

    again = run(DATA / "cbs_csv", "--yes")

    assert again.exit_code == 0
    assert "This release is here already" in again.output
    assert stored(database)[0] == 1


def test_import_without_a_day_of_release_wants_it_told(run, database):
    files = [path for path in FOLDER.iterdir() if path.name != "properties.json"]

    refused = run(*files, "--yes")
    accepted = run(*files, "--yes", "--released-on", "2026-06-23")

    assert refused.exit_code == 1
    assert "Fill in when these figures were released." in refused.output
    assert accepted.exit_code == 0, accepted.output
    assert stored(database)[0] == 1


def test_import_names_every_problem_with_its_file(run, database, tmp_path):
    for number in range(30):
        (tmp_path / f"stuk-{number}.json").write_text("{" + " " * number)

    result = run(tmp_path, "--yes")

    assert result.exit_code == 1
    assert "stuk-0.json: " in result.output
    assert "… and 10 more" in result.output
    assert stored(database) == (0, 0)


def test_import_makes_no_municipality_without_a_name(run, database):
    files = [path for path in FOLDER.iterdir() if path.name != "codes-RegioS.json"]

    refused = run(*files, "--yes")
    nothing = stored(database)
    with database.unit_of_work() as session:
        for code, name in read_release(json_files()).names.items():
            make_organisation(session, code=code, name=name)
    accepted = run(*files, "--yes")

    assert refused.exit_code == 1
    assert "RegioSCodes" in refused.output
    assert nothing == (0, 0)
    assert accepted.exit_code == 0, accepted.output
    assert stored(database)[0] == 1
