"""What keeps a letter in, and what a release freezes."""

import hashlib
import io

import pytest
from pypdf import PdfReader

from extranet_infoavond.models import (
    Evening,
    HouseStyle,
    LegalBasis,
    MasterLetter,
    Page,
)
from plugins.infoavond.tests.letters import (
    APPROVAL,
    APPROVED,
    DRAFT,
    OWN,
    RELEASED,
    add,
    letter_page,
    post,
)
from plugins.infoavond.tests.rows import (
    MASTER,
    add_evening,
    letter_in,
    log_of,
    municipalities,
    png,
    read,
    write,
)


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

    assert (
        "Uitnodiging: Avond in de kas\n\n"
        "Beste heer, mevrouw,\n\n"
        "Komt u op vrijdag 12 maart 2027 naar De Kas, Kasweg 5?\n\n"
        "Met vriendelijke groet,\nGemeente 2\nJ. Jansen\nwethouder energie</textarea>"
    ) in page
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
        ({"body": "Beste,\n\nKom naar\nde regio  noord"}, "‘regio noord’ in alinea 2 van de tekst"),
        ({"body": "Mail info@noord.nl"}, "‘noord’ in alinea 1 van de tekst noemt de regio."),
        ({"body": "Kijk op http://localhost/x"}, "‘localhost’ in alinea 1 van de tekst"),
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
    assert "‘Regio Noord’ in alinea 2 van de tekst noemt de regio." in refused_page


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


def test_blocker_leads_to_a_page_that_the_reader_can_open(site, ids, evening_id):
    def links(visitor):
        page = site.visit(visitor).get(site.address(str(evening_id))).text
        part = page.partition("Wat nog in de weg staat</h2>")[2].partition("</section>")[0]
        return part.count("/onze-brief/goedkeuren"), part.count("De brief is nog niet goedgekeurd")

    assert links("representative") == (1, 2)
    assert links("participant") == (0, 2)
    assert links("lead") == (0, 2)
