"""The documents of a coalition: who reads what, who brings some, and nothing of another one."""

from __future__ import annotations

import pytest

from extranet.coalitions.models import Coalition, CoalitionState
from extranet.documents.models import Confidentiality
from extranet.files import FileStore
from tests.coalitions.alliances import WHO
from tests.documents.papers import make_document
from tests.membership.places import text_of

HERE = "/noord/coalities/groen-gas/documenten"
INSIDE = {"participant", "representative", "lead", "guest"}
LOOKING_IN = {"reader", "partner", "member", "other_coalition"}
WORKING = {"participant", "representative", "lead", "admin"}
LETTERS = {"public": "Openbaar stuk", "members": "Ledenstuk", "participants": "Werkstuk",
           "confidential": "Vertrouwelijk stuk"}  # fmt: skip


@pytest.fixture
def filled(database, config, alliance):
    """One document of each confidentiality in the coalition."""
    with database.unit_of_work() as session:
        for confidentiality, title in LETTERS.items():
            make_document(
                session,
                files=FileStore(config),
                region=alliance.region,
                owner=f"coalition:{alliance.coalition.id}",
                title=title,
                confidentiality=Confidentiality(confidentiality),
            )


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("who", WHO)
def test_list_shows_what_the_reader_may_read(enter, who):
    answer = enter(who).get(HERE)

    if who in {"stranger", "outsider", "operator"}:
        assert answer.status_code == (302 if who == "stranger" else 404)
        return
    said = text_of(answer)
    wanted = {"Openbaar stuk", "Ledenstuk"}
    if who in INSIDE:
        wanted.add("Werkstuk")
    if who in {"lead", "representative", "admin"}:
        wanted |= {"Werkstuk", "Vertrouwelijk stuk"}
    assert {title for title in LETTERS.values() if title in said} == wanted


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("who", sorted(INSIDE | LOOKING_IN | {"admin"}))
def test_only_who_works_in_the_coalition_brings_documents(enter, who):
    status = enter(who).get(f"{HERE}/nieuw").status_code

    assert status == (200 if who in WORKING else 403)


@pytest.mark.usefixtures("filled")
def test_document_of_a_coalition_is_none_of_the_region_or_of_another(enter):
    browser = enter("admin")

    assert browser.get(f"{HERE}/1").status_code == 200
    assert browser.get("/noord/documenten/1").status_code == 404
    assert browser.get("/noord/coalities/andere-coalitie/documenten/1").status_code == 404
    assert "Openbaar stuk" not in text_of(browser.get("/noord/documenten"))


@pytest.mark.usefixtures("filled")
def test_closed_coalition_is_an_archive(database, enter, alliance):
    with database.unit_of_work() as session:
        coalition = session.get_one(Coalition, alliance.coalition.id)
        coalition.state = CoalitionState.CLOSED
    browser = enter("lead")

    assert browser.get(HERE).status_code == 200
    assert browser.get(f"{HERE}/nieuw").status_code == 403
