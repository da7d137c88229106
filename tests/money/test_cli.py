import pytest
from click.testing import CliRunner

from extranet.cli import main
from tests.money.budgets import add_province, make_adopted, make_draft, make_place


@pytest.fixture
def run(database, database_url, monkeypatch, tmp_path):
    """Run the command on the database of the test, which has two regions."""
    monkeypatch.setenv("EXTRANET_DATABASE_URL", database_url)
    monkeypatch.setenv("EXTRANET_INSTANCE_DIR", str(tmp_path))
    with database.unit_of_work() as session:
        place = make_place(session, slug="noord", inhabitants={"Venlo": 3, "Weert": 1})
        add_province(session, place)
        make_adopted(session, place, costs=(400_01, 0, 0, 0))
        make_draft(session, place, year=2028)
        make_place(session, slug="zuid")
    return lambda *arguments: CliRunner().invoke(main, ["contributions", *arguments])


def test_command_prints_lines_that_add_up(run):
    result = run("noord", "2027", "--format", "csv")

    assert result.exit_code == 0
    heading, *lines = result.output.splitlines()
    assert heading == "code;name;inhabitants;amount_cents"
    assert [line.split(";")[1:3] for line in lines] == [
        ["Provincie Limburg", ""],
        ["Venlo", "3"],
        ["Weert", "1"],
    ]
    assert sum(int(line.split(";")[3]) for line in lines) == 400_01


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("west", "2027"), "There is no region 'west'."),
        (("noord", "2028"), "Region 'noord' has no adopted budget for 2028."),
        (("zuid", "2027"), "Region 'zuid' has no adopted budget for 2027."),
    ],
)
def test_command_says_what_is_missing(run, arguments, message):
    result = run(*arguments)

    assert result.exit_code == 1
    assert message in result.output


def test_command_refuses_an_unknown_format(run):
    assert run("noord", "2027", "--format", "xml").exit_code == 2


def test_command_reports_a_wrong_configuration(run, monkeypatch):
    monkeypatch.setenv("EXTRANET_NONSENSE", "1")

    result = run("noord", "2027")

    assert result.exit_code == 1
    assert "EXTRANET_NONSENSE" in result.output
