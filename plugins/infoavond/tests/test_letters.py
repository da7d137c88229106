"""The master text, each municipality's letter, its approval and its release."""

import hashlib
import io
from datetime import date

import pytest
from pypdf import PdfReader

from extranet_infoavond.models import (
    Evening,
    HouseStyle,
    LegalBasis,
    LetterState,
    MasterLetter,
    Page,
)
from plugins.infoavond.tests.rows import (
    MASTER,
    add_evening,
    add_letter,
    add_style,
    letter_in,
    log_of,
    municipalities,
    png,
    read,
    summary_of,
    write,
)

DRAFT, APPROVED, RELEASED = LetterState.DRAFT, LetterState.APPROVED, LetterState.RELEASED
OWN = {"subject": "Welkom bij {avond}", "body": "Beste mensen,\n\nTot {datum}."}
APPROVAL = {"approved_by": "het college", "approved_on": "23-11-2026"}


@pytest.fixture
def ids(site):
    """The numbers of the three municipalities of `met`; the second is the representative's."""
    with site.unit_of_work() as session:
        return municipalities(session, site.place)


@pytest.fixture
def evening_id(site, ids):
    """The number of an evening with two hosts that both have a house style."""
    with site.unit_of_work() as session:
        for number, one in enumerate(ids, 1):
            add_style(session, site.place, one, sender=f"Gemeente {number}")
        return add_evening(session, site.place).id


def add(site, evening_id, organisation_id, **values):
    with site.unit_of_work() as session:
        add_letter(session, session.get(Evening, evening_id), organisation_id, **values)


def post(site, evening_id, path, *, visitor="representative", **values):
    """Send a form with the version that its page shows."""
    shown = {"wijzigen": "wijzigen", "goedkeuren": "goedkeuren", "opnieuw": "opnieuw"}
    address = site.address(f"{evening_id}/onze-brief/{path}")
    form = site.address(f"{evening_id}/onze-brief/{shown.get(path, 'vergelijken')}")
    page = site.visit(visitor).get(form).text
    mark = page.partition('name="version" type="hidden" value="')[2].partition('"')[0]
    mark = mark or page.partition('name="version" value="')[2].partition('"')[0]
    if path == "vrijgeven":
        page = site.visit(visitor).get(address).text
        mark = page.partition('name="version" type="hidden" value="')[2].partition('"')[0]
    return site.post(visitor, address, version=mark or 1, **values)


def letter_page(site, evening_id, organisation_id, visitor="representative"):
    return site.visit(visitor).get(site.address(f"{evening_id}/brieven/{organisation_id}")).text


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


def test_release_freezes_text_style_and_facts_as_pdf_with_its_hash(site, ids, evening_id):
    with site.unit_of_work() as session:
        style = session.get(HouseStyle, (site.place.plustaak_id, ids[1]))
        style.logo, style.logo_type = png(), "image/png"
    add(site, evening_id, ids[1], state=APPROVED)
    before = site.visit("guest").get(site.address(f"{evening_id}/brieven/{ids[1]}/brief.pdf"))

    answer = post(site, evening_id, "vrijgeven")

    assert answer.status_code == 302
    own = letter_in(site, evening_id, ids[1])
    assert (own.state, own.subject) == (RELEASED, "Uitnodiging: Avond in de kas")
    assert "Komt u op vrijdag 12 maart 2027 naar De Kas, Kasweg 5?" in own.body
    assert own.released_sha256 == hashlib.sha256(own.released_pdf).hexdigest()
    with site.unit_of_work() as session:
        session.get(HouseStyle, (site.place.plustaak_id, ids[1])).sender = "Iets anders"
        session.get(Evening, evening_id).venue = "Elders"
    after = site.visit("guest").get(site.address(f"{evening_id}/brieven/{ids[1]}/brief.pdf"))
    assert after.data == own.released_pdf
    text = PdfReader(io.BytesIO(after.data)).pages[0].extract_text()
    assert "Gemeente 2" in text
    assert "De Kas, Kasweg 5" in text
    assert "Regio Noord" not in text
    assert "Voorbeeld" not in text
    assert "Voorbeeld" in PdfReader(io.BytesIO(before.data)).pages[0].extract_text()
    assert log_of(site) == ["infoavond_letter.released"]


def test_page_of_a_released_letter_gives_the_text_to_copy(site, ids, evening_id):
    add(site, evening_id, ids[1], state=APPROVED)
    post(site, evening_id, "vrijgeven")

    page = letter_page(site, evening_id, ids[1], "partner")

    assert "Uitnodiging: Avond in de kas\n\nBeste heer, mevrouw,\n\nKomt u op" in page
    assert letter_in(site, evening_id, ids[1]).released_sha256 in page


def test_page_before_it_goes_out_says_that_the_program_sends_nothing(site, ids, evening_id):
    add(site, evening_id, ids[1], state=APPROVED)

    address = site.address(f"{evening_id}/onze-brief/vrijgeven")
    page = site.visit("representative").get(address).text

    assert "Het programma verstuurt niets: je gemeente verstuurt de brief zelf." in page
    assert "Geef de brief vrij" in page
    assert read(site, "SELECT * FROM mails") == []


def refused(site, evening_id, words):
    """Tell that the page shows these words, that the button lacks, and that a form is refused."""
    address = site.address(f"{evening_id}/onze-brief/vrijgeven")
    page = site.visit("representative").get(address).text
    with site.unit_of_work() as session:
        own = session.get(Evening, evening_id)
        found = municipalities(session, site.place)[1]
        assert own is not None
    version = letter_in(site, evening_id, found).version
    answer = site.post("representative", address, version=version)
    assert words in page
    assert "Geef de brief vrij" not in page
    assert answer.status_code == 422
    assert words in answer.text
    assert letter_in(site, evening_id, found).state != RELEASED


def test_draft_is_not_released(site, ids, evening_id):
    add(site, evening_id, ids[1])

    refused(site, evening_id, "De brief is nog niet goedgekeurd.")


def test_nothing_is_released_before_the_plustaak_is_live(site, ids, evening_id):
    add(site, evening_id, ids[1], state=APPROVED)
    write(site, "UPDATE plustaken SET live_since = NULL")

    refused(site, evening_id, "De plustaak is nog niet live: daarvoor gaat er niets uit.")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"held_on": None}, "De dag van de avond is nog niet bekend."),
        ({"starts_at": None, "ends_at": None}, "De tijd van de avond is nog niet bekend."),
        ({"venue": ""}, "De locatie van de avond is nog niet bekend."),
        ({"town": ""}, "De locatie van de avond is nog niet bekend."),
        ({"state": "cancelled"}, "De avond staat niet meer gepland."),
        ({"state": "held"}, "De avond staat niet meer gepland."),
    ],
)
def test_letter_is_not_released_before_the_evening_is_known(site, ids, evening_id, changed, words):
    add(site, evening_id, ids[1], state=APPROVED)
    with site.unit_of_work() as session:
        for name, value in changed.items():
            setattr(session.get(Evening, evening_id), name, value)

    refused(site, evening_id, words)


@pytest.mark.parametrize(
    ("changed", "body", "words"),
    [
        ({"signatory_name": ""}, "Beste", "In de huisstijl staat nog niet wie ondertekent"),
        ({"signatory_function": ""}, "Beste", "In de huisstijl staat nog niet wie ondertekent"),
        (
            {"contact_phone": "", "contact_email": ""},
            "Bel {telefoon} of mail {email}",
            "In de huisstijl staat nog niets voor telefoon, email.",
        ),
    ],
)
def test_letter_is_not_released_without_what_it_says_of_the_municipality(
    site, ids, evening_id, changed, body, words
):
    add(site, evening_id, ids[1], state=APPROVED, body=body)
    with site.unit_of_work() as session:
        for name, value in changed.items():
            setattr(session.get(HouseStyle, (site.place.plustaak_id, ids[1])), name, value)

    refused(site, evening_id, words)


def test_letter_is_not_released_without_a_house_style(site, ids, evening_id):
    add(site, evening_id, ids[1], state=APPROVED)
    with site.unit_of_work() as session:
        session.delete(session.get(HouseStyle, (site.place.plustaak_id, ids[1])))

    refused(site, evening_id, "In de huisstijl staat nog niet wie ondertekent")


def test_letter_that_gives_the_address_waits_for_the_public_page(site, ids, evening_id):
    add(site, evening_id, ids[1], state=APPROVED, body="Beste,\n\nMeld u aan: {aanmeldadres}")

    refused(site, evening_id, "De openbare pagina is nog niet gemaakt")


def test_letter_with_an_empty_programme_is_not_released(site, ids, evening_id):
    add(site, evening_id, ids[1], state=APPROVED, body="Beste,\n\n{programma}")
    write(site, "DELETE FROM infoavond_programme_items")

    refused(site, evening_id, "Het programma is nog leeg.")


def test_subject_that_grew_too_long_is_not_released(site, ids, evening_id):
    add(site, evening_id, ids[1], state=APPROVED, subject="{avond} " * 20)

    refused(site, evening_id, "Het onderwerp is langer dan 160 tekens.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ({"subject": "Avond van Regio Noord"}, "‘Regio Noord’ noemt de regio: Onderwerp."),
        ({"body": "Beste,\n\nKom naar\nde regio  noord"}, "‘regio noord’ in regel 4 van de tekst"),
        ({"body": "Mail info@noord.nl"}, "‘noord’ in regel 1 van de tekst noemt de regio."),
        ({"body": "Kijk op http://localhost/x"}, "‘localhost’ in regel 1 van de tekst"),
    ],
)
def test_letter_that_names_the_region_is_not_released(site, ids, evening_id, text, words):
    add(site, evening_id, ids[1], state=APPROVED, **text)

    refused(site, evening_id, words)


@pytest.mark.parametrize(
    ("field", "value", "part"),
    [
        ("sender", "Regio Noord", "Afzender"),
        ("street", "p/a Noord", "Straat en nummer"),
        ("contact_email", "avond@noord.example", "E-mailadres van de contactpersoon"),
        ("website", "https://localhost", "Website"),
        ("signatory_function", "coördinator Noord", "Functie van de ondertekenaar"),
        ("privacy_url", "https://noord.example", "Pagina over privacy"),
    ],
)
def test_house_style_that_names_the_region_is_not_released(
    site, ids, evening_id, field, value, part
):
    add(site, evening_id, ids[1], state=APPROVED)
    with site.unit_of_work() as session:
        setattr(session.get(HouseStyle, (site.place.plustaak_id, ids[1])), field, value)

    refused(site, evening_id, f"noemt de regio: {part}.")


def test_region_in_the_title_or_the_programme_is_found_in_the_letter(site, ids, evening_id):
    add(site, evening_id, ids[1], state=APPROVED, body="Beste,\n\n{programma}")
    with site.unit_of_work() as session:
        session.get(Evening, evening_id).title = "Avond van de regio Noord"
    write(site, "UPDATE infoavond_programme_items SET speaker = 'A, Regio Noord'")

    refused(site, evening_id, "‘regio Noord’ noemt de regio: Onderwerp.")
    refused_page = letter_page(site, evening_id, ids[1])
    assert "‘Regio Noord’ in regel 3 van de tekst noemt de regio." in refused_page


def test_released_letter_does_not_change(site, ids, evening_id):
    add(site, evening_id, ids[1], state=RELEASED)

    for path, status in (("wijzigen", 404), ("goedkeuren", 409), ("vrijgeven", 409)):
        address = site.address(f"{evening_id}/onze-brief/{path}")
        answer = site.post("representative", address, version=1, **OWN, **APPROVAL)
        assert answer.status_code in {status, 409}
    for path in ("overnemen", "houden"):
        address = site.address(f"{evening_id}/onze-brief/{path}")
        assert site.post("representative", address, version=1).status_code == 409
    own = letter_in(site, evening_id, ids[1])
    assert (own.state, own.body, own.version) == (RELEASED, MASTER[1], 1)


def test_new_letter_after_a_release_is_asked_first_and_logged_with_the_old_hash(
    site, ids, evening_id
):
    add(site, evening_id, ids[1], state=RELEASED, body="Oud")

    address = site.address(f"{evening_id}/onze-brief/opnieuw")
    page = site.visit("representative").get(address).text
    answer = site.post("representative", address, version=1)

    assert "Het programma bewaart de vrijgegeven pdf niet." in page
    assert answer.status_code == 302
    own = letter_in(site, evening_id, ids[1])
    assert (own.state, own.body, own.released_pdf, own.released_sha256) == (
        DRAFT, MASTER[1], None, ""
    )  # fmt: skip
    assert "0" * 64 in str(read(site, "SELECT before FROM activity_entries"))
    assert site.post("representative", address, version=own.version).status_code == 409


def test_letter_without_a_text_says_who_writes_it(site, ids):
    with site.unit_of_work() as session:
        evening_id = add_evening(session, site.place).id
        session.delete(session.get(MasterLetter, evening_id))

    assert "Wie de avond plant, schrijft de tekst." in letter_page(site, evening_id, ids[1])
    pdf = site.address(f"{evening_id}/brieven/{ids[1]}/brief.pdf")
    assert site.visit("lead").get(pdf).status_code == 404
    assert post(site, evening_id, "goedkeuren", **APPROVAL).status_code == 409


def test_letter_of_another_coalition_is_not_there(site):
    with site.unit_of_work() as session:
        elsewhere = add_evening(session, site.other_place, title="Ver weg")
        far = municipalities(session, site.other_place)[0]
        evening_id = elsewhere.id

    for path in (f"brieven/{far}", f"brieven/{far}/brief.pdf", "uitnodiging"):
        address = site.address(f"{evening_id}/{path}")
        assert site.visit("lead").get(address).status_code == 404


def test_public_page_row_without_the_pages_of_residents_gives_no_address(site, ids, evening_id):
    add(site, evening_id, ids[1], state=APPROVED, body="Beste,\n\nMeld u aan: {aanmeldadres}")
    with site.unit_of_work() as session:
        session.add(
            Page(
                evening_id=evening_id, organisation_id=ids[1], slug="kas",
                legal_basis=LegalBasis.CONSENT, keep_days=90,
            )
        )  # fmt: skip
    has_pages = "infoavond_public.page" in site.app.view_functions

    page = letter_page(site, evening_id, ids[1])

    assert ("De openbare pagina is nog niet gemaakt" not in page) is has_pages
