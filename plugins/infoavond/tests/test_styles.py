"""House styles: each municipality its own."""

import io

import pytest
from sqlalchemy import select

from extranet_infoavond.models import Evening, HouseStyle, LetterState
from plugins.infoavond.tests.rows import (
    STYLE,
    add_evening,
    add_letter,
    add_style,
    letter_in,
    log_of,
    municipalities,
    png,
    read,
)

FILLED = {"sender": "Gemeente Twee", **STYLE}

TOO_LIGHT = "Deze kleur is te licht om op papier en op de pagina te lezen: het contrast is "


def styles(site):
    with site.unit_of_work() as session:
        rows = session.scalars(select(HouseStyle).order_by(HouseStyle.organisation_id))
        return [(row.organisation_id, row.sender, row.logo_type) for row in rows]


def send(site, content, *, visitor="participant", version=0, name="logo.png"):
    picture = (io.BytesIO(content), name)
    return site.post(visitor, site.address("huisstijl/logo"), version=version, logo=picture)


def test_participant_fills_in_the_style_of_its_own_municipality(site, ids):
    answer = site.post("participant", site.address("huisstijl/wijzigen"), version=0, **FILLED)

    assert answer.status_code == 302
    assert styles(site) == [(ids[1], "Gemeente Twee", "")]
    page = site.visit("partner").get(site.address("huisstijl")).text
    assert "Gemeente Twee, Raadhuisstraat 1, 5801 MB Plaats" in page
    assert log_of(site) == ["infoavond_style.changed"]
    assert "Jansen" not in str(read(site, "SELECT before, after FROM activity_entries"))


def test_style_of_another_municipality_stays(site, ids):
    with site.unit_of_work() as session:
        add_style(session, site.place, ids[0], sender="Gemeente Een")

    site.post("participant", site.address("huisstijl/wijzigen"), version=0, **FILLED)

    assert styles(site) == [(ids[0], "Gemeente Een", ""), (ids[1], "Gemeente Twee", "")]


@pytest.mark.parametrize("visitor", ["admin", "partner", "guest", "other_coalition"])
def test_who_works_for_no_participant_changes_no_style(site, visitor):
    for path in ("huisstijl/wijzigen", "huisstijl/logo", "huisstijl/logo/verwijderen"):
        assert site.post(visitor, site.address(path), version=0, **FILLED).status_code == 403
    assert styles(site) == []
    assert "Wijzig onze huisstijl" not in site.visit(visitor).get(site.address("huisstijl")).text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"sender": ""}, "Vul dit in."),
        ({"sender": "x" * 121}, "Gebruik hoogstens 120 tekens."),
        ({"contact_email": "geen adres"}, "Schrijf een e-mailadres zoals naam@gemeente.nl."),
        ({"website": "http://gemeente.example"}, "Een adres begint met https://."),
        ({"privacy_url": "javascript:alert(1)"}, "Een adres begint met https://."),
        ({"accent": "rood"}, "Schrijf de kleur als # met zes cijfers of letters: #0f4c5a."),
        (
            {"accent": "#ffcc00"},
            TOO_LIGHT + "1.3",
        ),
        (
            {"accent": "#777777"},
            TOO_LIGHT + "3.9",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(site, wrong, words):
    answer = site.post(
        "participant", site.address("huisstijl/wijzigen"), version=0, **(FILLED | wrong)
    )

    assert answer.status_code == 422
    assert words in answer.text
    assert styles(site) == []


def test_stale_style_comes_back_with_both_texts(site, ids):
    with site.unit_of_work() as session:
        add_style(session, site.place, ids[1], sender="Gemeente Twee")

    answer = site.post("participant", site.address("huisstijl/wijzigen"), version=0, **FILLED)

    assert answer.status_code == 409


def test_logo_is_kept_shown_as_a_picture_only_and_removed(site, ids):
    assert send(site, png(80, 40)).status_code == 302
    assert styles(site) == [(ids[1], "Gemeente 2", "image/png")]
    shown = site.visit("guest").get(site.address(f"huisstijl/{ids[1]}/logo"))
    assert shown.data == png(80, 40)
    assert shown.content_type == "image/png"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    address = site.address("huisstijl/logo/verwijderen")
    version = read(site, "SELECT version FROM infoavond_house_styles")[0][0]
    assert site.post("participant", address, version=0).status_code == 409
    assert site.post("participant", address, version=version).status_code == 302
    assert site.visit("guest").get(site.address(f"huisstijl/{ids[1]}/logo")).status_code == 404
    assert log_of(site) == ["infoavond_style.logo_set", "infoavond_style.logo_removed"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Dit is geen PNG of JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Dit is geen PNG of JPEG"),
        (b"<html><script>alert(1)</script>", "Dit is geen PNG of JPEG"),
        (png(30, 30), "Deze afbeelding is 30 bij 30 pixels."),
        (png(300, 50), "Deze afbeelding is 300 bij 50 pixels."),
        (png(2001, 1000), "Deze afbeelding is 2001 bij 1000 pixels."),
        (png() + bytes(200_000), "Dit bestand is te groot: hoogstens 200 kB."),
        (png()[:40], "Deze afbeelding kan niet worden afgedrukt."),
    ],
)
def test_what_is_no_logo_is_refused_whatever_its_name(site, content, words):
    answer = send(site, content)

    assert answer.status_code == 422
    assert words in answer.text
    assert styles(site) == []


def test_logo_of_another_coalition_is_not_there(site):
    with site.unit_of_work() as session:
        far = municipalities(session, site.other_place)[0]
        add_style(session, site.other_place, far, logo=png(), logo_type="image/png")

    assert site.visit("lead").get(site.address(f"huisstijl/{far}/logo")).status_code == 404


def test_changed_style_makes_own_approved_letters_drafts_and_leaves_others(site, ids):
    with site.unit_of_work() as session:
        add_style(session, site.place, ids[1])
        evening_id = add_evening(session, site.place).id
        for one in ids[:2]:
            add_letter(session, session.get(Evening, evening_id), one, state=LetterState.APPROVED)

    answer = site.post("participant", site.address("huisstijl/wijzigen"), version=1, **FILLED)

    assert answer.status_code == 302
    assert letter_in(site, evening_id, ids[0]).state == LetterState.APPROVED
    assert letter_in(site, evening_id, ids[1]).state == LetterState.DRAFT
