"""The master text, each municipality's letter, its approval and its release."""

from datetime import date

import pytest

from extranet_infoavond.models import (
    MasterLetter,
)
from plugins.infoavond.tests.letters import APPROVAL, APPROVED, DRAFT, OWN, add, letter_page, post
from plugins.infoavond.tests.rows import (
    MASTER,
    add_evening,
    letter_in,
    log_of,
    read,
    summary_of,
)


def test_master_starts_from_our_own_text_and_is_saved(site, ids):
    with site.unit_of_work() as session:
        evening_id = add_evening(session, site.place).id
        session.delete(session.get(MasterLetter, evening_id))
    address = site.address(f"{evening_id}/uitnodiging/wijzigen")

    assert "Wilt u weten wat groen gas" in site.visit("lead").get(address).text
    assert site.post("lead", address, version=0, **OWN).status_code == 302
    assert site.post("lead", address, version=1, **OWN).status_code == 302
    assert site.post("lead", address, version=0, **OWN).status_code == 409
    assert read(site, "SELECT subject, version FROM infoavond_master_letters") == [
        ("Welkom bij {avond}", 1)
    ]
    assert log_of(site) == ["infoavond_master.written"]
    assert [one["municipality"] for one in summary_of(site)["waiting"]] == [
        "Gemeente 1",
        "Gemeente 2",
    ]


def test_unknown_field_is_refused_by_name(site, evening_id):
    wrong = {"subject": "Voor {naam}", "body": "{datum} {Plaats} {x}"}
    master = site.post(
        "lead", site.address(f"{evening_id}/uitnodiging/wijzigen"), version=1, **wrong
    )
    own = post(site, evening_id, "wijzigen", **wrong)

    for answer in (master, own):
        assert answer.status_code == 422
        assert "Deze velden bestaan niet: {naam}." in answer.text
        assert "Deze velden bestaan niet: {Plaats}, {x}." in answer.text
    assert read(site, "SELECT subject FROM infoavond_master_letters") == [(MASTER[0],)]
    assert read(site, "SELECT * FROM infoavond_invitations") == []


def test_letter_reads_as_its_residents_get_it(site, ids, evening_id):
    page = letter_page(site, evening_id, ids[0], "guest")

    assert "Uitnodiging: Avond in de kas" in page
    assert "Komt u op vrijdag 12 maart 2027 naar De Kas, Kasweg 5?" in page
    assert "wethouder energie" in page
    assert "Goedkeuren" not in page


def test_municipality_writes_its_own_letter_and_no_other_gets_it(site, ids, evening_id):
    answer = post(site, evening_id, "wijzigen", visitor="participant", **OWN)

    assert answer.status_code == 302
    assert letter_in(site, evening_id, ids[1]).body == OWN["body"]
    assert letter_in(site, evening_id, ids[0]) is None
    assert "Tot vrijdag 12 maart 2027." in letter_page(site, evening_id, ids[1], "lead")
    assert "Tot vrijdag 12 maart 2027." not in letter_page(site, evening_id, ids[0], "lead")
    assert log_of(site) == ["infoavond_letter.written"]


def test_who_is_no_host_has_no_letter(site, ids, evening_id):
    with site.unit_of_work() as session:
        alone = add_evening(session, site.place, hosts=1).id

    for path in ("wijzigen", "vergelijken", "goedkeuren", "vrijgeven", "opnieuw"):
        address = site.address(f"{alone}/onze-brief/{path}")
        assert site.visit("representative").get(address).status_code == 404
    for path in ("wijzigen", "goedkeuren", "vrijgeven", "opnieuw", "overnemen", "houden"):
        address = site.address(f"{alone}/onze-brief/{path}")
        answer = site.post("representative", address, version=0, **OWN, **APPROVAL)
        assert answer.status_code == 404
    assert read(site, "SELECT * FROM infoavond_invitations") == []


@pytest.mark.parametrize("visitor", ["participant", "lead", "admin", "partner", "guest"])
def test_only_who_speaks_for_the_municipality_approves_and_releases(site, evening_id, visitor):
    for path in ("goedkeuren", "vrijgeven", "opnieuw"):
        address = site.address(f"{evening_id}/onze-brief/{path}")
        assert site.post(visitor, address, version=0, **APPROVAL).status_code == 403


def test_approval_records_function_and_day_and_who_did_it(site, ids, evening_id):
    answer = post(site, evening_id, "goedkeuren", **APPROVAL)

    own = letter_in(site, evening_id, ids[1])
    assert answer.status_code == 302
    assert (own.state, own.approved_by, own.approved_on) == (
        APPROVED, "het college", date(2026, 11, 23)
    )  # fmt: skip
    assert read(site, "SELECT action, person_id FROM activity_entries") == [
        ("infoavond_letter.approved", site.world.persons["representative"])
    ]
    waiting = summary_of(site)["waiting"]
    assert [(one["municipality"], one["due"]) for one in waiting] == [("Gemeente 1", "2027-02-12")]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"approved_by": " "}, "Vul dit in."),
        ({"approved_on": ""}, "Vul dit in."),
        ({"approved_on": "24-11-2026"}, "Deze dag moet nog komen."),
    ],
)
def test_approval_without_who_or_when_is_refused(site, ids, evening_id, wrong, words):
    answer = post(site, evening_id, "goedkeuren", **(APPROVAL | wrong))

    assert answer.status_code == 422
    assert words in answer.text
    assert letter_in(site, evening_id, ids[1]) is None


def test_approval_of_another_text_than_was_shown_is_refused(site, ids, evening_id):
    add(site, evening_id, ids[1])
    address = site.address(f"{evening_id}/onze-brief/goedkeuren")

    assert site.post("representative", address, version=0, **APPROVAL).status_code == 409
    assert letter_in(site, evening_id, ids[1]).state == DRAFT


def test_changed_letter_is_a_draft_again_and_an_unchanged_one_stays_approved(site, ids, evening_id):
    add(site, evening_id, ids[1], state=APPROVED)

    post(site, evening_id, "wijzigen", subject=MASTER[0], body=MASTER[1])
    assert letter_in(site, evening_id, ids[1]).state == APPROVED

    post(site, evening_id, "wijzigen", **OWN)
    own = letter_in(site, evening_id, ids[1])
    assert (own.state, own.approved_by, own.approved_on) == (DRAFT, "", None)


def change_master(site, evening_id):
    address = site.address(f"{evening_id}/uitnodiging/wijzigen")
    new = {"subject": "Nieuw: {avond}", "body": "Beste heer, mevrouw,\n\nDe koffie staat klaar."}
    assert site.post("lead", address, version=1, **new).status_code == 302


def test_master_that_changed_can_be_compared_and_taken_over(site, ids, evening_id):
    add(site, evening_id, ids[1], state=APPROVED)
    change_master(site, evening_id)

    assert "De hoofdtekst is gewijzigd" in letter_page(site, evening_id, ids[1])
    page = site.visit("representative").get(site.address(f"{evening_id}/onze-brief/vergelijken"))
    assert "<del>Komt u op {datum} naar {locatie}?</del>" in page.text
    assert "<ins>De koffie staat klaar.</ins>" in page.text
    assert post(site, evening_id, "overnemen").status_code == 302

    own = letter_in(site, evening_id, ids[1])
    assert (own.subject, own.state, own.from_master_version) == ("Nieuw: {avond}", DRAFT, 2)
    assert "De hoofdtekst is gewijzigd" not in letter_page(site, evening_id, ids[1])


def test_own_text_can_be_kept_and_stays_approved(site, ids, evening_id):
    add(site, evening_id, ids[1], state=APPROVED, **OWN)
    change_master(site, evening_id)

    assert post(site, evening_id, "houden").status_code == 302
    own = letter_in(site, evening_id, ids[1])
    assert (own.subject, own.state, own.from_master_version) == (OWN["subject"], APPROVED, 2)


def test_stale_decision_about_the_new_text_is_refused(site, ids, evening_id):
    add(site, evening_id, ids[1], **OWN)
    change_master(site, evening_id)
    address = site.address(f"{evening_id}/onze-brief/overnemen")

    assert site.post("representative", address, version=0).status_code == 409
    assert letter_in(site, evening_id, ids[1]).subject == OWN["subject"]
