import io
import re

import pytest
from sqlalchemy import func, select

from extranet.membership.models import (
    Organisation,
    PopulationFigure,
    PopulationSnapshot,
    Region,
)
from extranet.membership.rules import NamedFile, read_release
from tests.factories import make_snapshot
from tests.membership.cbs_download import (
    PAGES,
    csv_files,
    json_files,
    with_row,
    without,
    zipped,
)
from tests.membership.places import form_for, text_of

CONFIRM = "/beheer/bevolking/importeren"


def upload(browser, files):
    data = {"files": [(io.BytesIO(file.content), file.name) for file in files]}
    return browser.post(
        "/beheer/bevolking/voorbeeld", data=data, content_type="multipart/form-data"
    )


def sealed_in(answer):
    (found,) = re.findall(
        r'name="sealed_release"[^>]*value="([^"]*)"', answer.get_data(as_text=True)
    )
    return found


def stored(database):
    """Return how many releases, figures and organisations there are."""
    with database.reading() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(model))
            for model in (PopulationSnapshot, PopulationFigure, Organisation)
        )


def region_of(database, place):
    with database.reading() as session:
        return session.get(Region, place.region.id)


@pytest.mark.parametrize(
    "files",
    [json_files(), csv_files(), [zipped(json_files())]],
    ids=["json", "csv", "zip"],
)
def test_upload_shows_what_would_change_and_stores_nothing(database, enter, files):
    browser = enter("operator")
    before = stored(database)

    answer = upload(browser, files)

    assert answer.status_code == 200
    said = text_of(answer)
    assert "Er is nog niets opgeslagen." in said
    assert "Vergeleken met Bevolking 2026" in said
    assert "Nieuwe cijfers" in said
    assert stored(database) == before


def test_confirmation_imports_what_the_preview_showed(database, enter):
    browser = enter("operator")
    release = read_release(json_files())
    before = stored(database)

    answer = browser.post(
        CONFIRM,
        data={"sealed_release": sealed_in(upload(browser, json_files())), "name": "Uitgave 2026"},
        follow_redirects=True,
    )

    after = stored(database)
    assert after[0] == before[0] + 1
    assert after[1] == before[1] + len(release.figures)
    said = text_of(answer)
    assert "‘Uitgave 2026’ is er." in said
    with database.reading() as session:
        snapshot = session.scalars(
            select(PopulationSnapshot).where(PopulationSnapshot.name == "Uitgave 2026")
        ).one()
    assert snapshot.fingerprint == release.fingerprint
    assert snapshot.imported_by is not None


def test_confirmation_twice_imports_once(database, enter):
    browser = enter("operator")
    sealed_release = sealed_in(upload(browser, json_files()))
    browser.post(CONFIRM, data={"sealed_release": sealed_release, "name": "Eerste"})
    once = stored(database)

    again = browser.post(
        CONFIRM, data={"sealed_release": sealed_release, "name": "Tweede"}, follow_redirects=True
    )
    preview = upload(browser, csv_files())

    assert stored(database) == once
    assert "Deze uitgave is er al, als ‘Eerste’." in text_of(again)
    assert "Deze uitgave is er al, als ‘Eerste’." in text_of(preview)
    assert 'name="sealed_release"' not in preview.get_data(as_text=True)


def test_confirmation_under_a_name_that_is_taken_loses_nothing(database, enter):
    browser = enter("operator")
    sealed_release = sealed_in(upload(browser, json_files()))
    before = stored(database)

    answer = browser.post(
        CONFIRM, data={"sealed_release": sealed_release, "name": "Bevolking 2026"}
    )

    assert answer.status_code == 422
    assert "Een andere uitgave heeft deze naam al." in text_of(answer)
    assert sealed_in(answer) == sealed_release
    assert stored(database) == before


def test_confirmation_of_a_release_that_is_not_ours_is_refused(database, clock, enter):
    browser = enter("operator")
    sealed_release = sealed_in(upload(browser, json_files()))
    before = stored(database)

    for forged in (
        "",
        "onzin",
        f"{sealed_release}x",
        sealed_release.replace(sealed_release[5], "A", 1)[::-1],
    ):
        answer = browser.post(CONFIRM, data={"sealed_release": forged, "name": "Vals"})
        assert answer.status_code == 422, forged
        assert "Kies de bestanden nog een keer." in text_of(answer)
    assert stored(database) == before


def test_release_without_a_day_asks_the_operator(database, enter):
    browser = enter("operator")
    files = without(json_files(), "properties.json")
    preview = upload(browser, files)
    data = {"sealed_release": sealed_in(preview), "name": "Zonder dag"}

    refused = browser.post(CONFIRM, data=data)
    accepted = browser.post(CONFIRM, data=data | {"released_on": "23-6-2026"})

    assert 'name="released_on"' in preview.get_data(as_text=True)
    assert refused.status_code == 422
    assert "Vul in wanneer deze cijfers zijn uitgegeven." in text_of(refused)
    assert accepted.status_code == 302


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (without(json_files(), PAGES[1]), "Er horen"),
        (with_row(json_files(), "GM0893", "2021JJ00", Value=None), "ontbreekt"),
        ([], "Kies de bestanden van de uitgave."),
    ],
    ids=["page missing", "empty figure", "no file"],
)
def test_bad_files_are_named_and_nothing_is_stored(database, enter, files, message):
    before = stored(database)

    answer = upload(enter("operator"), files)

    assert answer.status_code == 422
    assert message in text_of(answer)
    assert stored(database) == before


def test_problems_are_capped_and_written_as_text(enter):
    files = [NamedFile(name=f"<b>{n}.json", content=b"{") for n in range(60)]
    files = [NamedFile(name=f.name, content=f.content + b" " * n) for n, f in enumerate(files)]

    answer = upload(enter("operator"), files)

    assert "60 problemen" in text_of(answer)
    assert "En nog 10." in text_of(answer)
    assert "&lt;b&gt;0.json" in answer.get_data(as_text=True)


def test_release_page_shows_totals_and_users(enter, place):
    browser = enter("operator")

    said = text_of(browser.get(f"/beheer/bevolking/{place.snapshot.id}"))
    file = browser.get(f"/beheer/bevolking/{place.snapshot.id}/cijfers.csv")

    assert "155.627" in said
    assert "Regio Noord" in said
    assert "gm:0984;Venray;2026-01-01;45108" in file.get_data(as_text=True).splitlines()


def test_unknown_release_is_not_found(enter):
    assert enter("operator").get("/beheer/bevolking/99").status_code == 404
    assert enter("admin").get("/noord/beheer/bevolking/99").status_code == 404


@pytest.fixture
def newer(database):
    """A release of a year later in which Beesel has no figure."""
    with database.unit_of_work() as session:
        return make_snapshot(
            session, name="Bevolking nieuw", figures={"gm:0988": 52000, "gm:0984": 45108}
        )


def test_comparison_shows_what_a_release_changes(enter, newer):
    said = text_of(enter("admin").get(f"/noord/beheer/bevolking/{newer.id}"))

    assert "Weert 51.498 52.000 +502" in said
    assert "Venray 45.108 45.108 0" in said
    assert "Eén lid heeft geen cijfer in deze uitgave: Beesel." in said
    assert "Vastgestelde begrotingen en concepten houden de uitgave" in said


def test_region_adopts_a_release(database, enter, place, newer):
    browser = enter("admin")

    answer = browser.post(
        f"/noord/beheer/bevolking/{newer.id}",
        data=form_for(place, version=place.region.version),
        follow_redirects=True,
    )

    assert region_of(database, place).snapshot_id == newer.id
    assert "De regio werkt met ‘Bevolking nieuw’." in text_of(answer)
    assert "De regio werkt al met deze uitgave." in text_of(
        browser.get(f"/noord/beheer/bevolking/{newer.id}")
    )


def test_region_that_somebody_else_changed_adopts_nothing(database, enter, place, newer):
    with database.unit_of_work() as session:
        session.merge(place.region).name = "Anders"

    answer = enter("admin").post(
        f"/noord/beheer/bevolking/{newer.id}", data=form_for(place, version=place.region.version)
    )

    assert answer.status_code == 409
    assert region_of(database, place).snapshot_id == place.snapshot.id


def test_one_region_adopts_for_itself_only(database, enter, place, newer):
    enter("admin").post(
        f"/noord/beheer/bevolking/{newer.id}", data=form_for(place, version=place.region.version)
    )

    with database.reading() as session:
        assert session.get(Region, place.other.id).snapshot_id is None


def test_upload_without_names_says_what_is_missing_and_offers_no_button(database, enter):
    browser = enter("operator")
    files = without(json_files(), "codes-RegioS.json")
    before = stored(database)

    answer = upload(browser, files)

    said = text_of(answer)
    assert "geen naam, zoals gm:" in said
    assert "RegioSCodes" in said
    assert 'name="parcel"' not in answer.get_data(as_text=True)
    assert stored(database) == before


def test_what_is_worth_knowing_stands_above_the_button(enter):
    said = text_of(upload(enter("operator"), without(json_files(), "properties.json")))

    known = said.index("staat niet wanneer het CBS deze cijfers")
    assert known < said.index("Uitgave inlezen")


def test_image_is_refused_in_plain_words(enter):
    image = NamedFile(name="foto.png", content=b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe")

    said = text_of(upload(enter("operator"), [image]))

    assert "In dit bestand staat geen leesbare tekst" in said
    assert "UTF" not in said
