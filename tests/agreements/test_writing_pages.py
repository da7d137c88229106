"""Write a draft, start one and throw one away, through the pages."""

from datetime import date

import pytest
from sqlalchemy import select, update

from extranet.access import Role
from extranet.agreements.models import Article, Party
from extranet.agreements.queries.current import find_agreement
from extranet.agreements.services.force import bring_into_force
from extranet.coalitions.models import PlustaakParticipation
from tests.agreements.agreements import AGREED, all_consent, make_next, state
from tests.agreements.owner import HOME, seen_on

TEXT = {"title": "Avonden", "body": "Anders.", "law": "", "version": "1"}


def keys(database, agreed, number=1):
    with database.reading() as session:
        return list(
            session.scalars(
                select(Article.key)
                .where(Article.version_id == agreed.version_id(session, number))
                .order_by(Article.position)
            )
        )


def test_articles_are_added_moved_and_removed(database, agreed, lead):
    new = f"{HOME}/concept/artikelen/nieuw"
    assert "Evaluatie" in lead.get(f"{new}?bepaling=evaluation").text

    lead.post(new, data={**agreed.acting(), **TEXT, "clause": "evaluation", "after": "subject"})
    assert keys(database, agreed) == ["subject", "evaluation", "evenings", "leaving"]
    again = lead.post(new, data={**agreed.acting(), **TEXT, "clause": "evaluation", "after": ""})
    assert again.status_code == 422

    lead.post(f"{HOME}/concept/artikelen/leaving/verplaatsen", data={"richting": "op"})
    lead.post(f"{HOME}/concept/artikelen/subject/verplaatsen", data={"richting": "op"})
    lead.post(
        f"{HOME}/concept/artikelen/evaluation/verwijderen",
        data={**agreed.acting(), "version": "1"},
    )
    assert keys(database, agreed) == ["subject", "leaving", "evenings"]
    own = lead.post(new, data={**agreed.acting(), **TEXT, "clause": "niets", "after": ""})
    assert own.location == f"{HOME}/concept"
    assert len(keys(database, agreed)[-1]) == 32


def test_two_who_change_one_article_lose_nothing(agreed, lead, enter):
    other = enter(Role.PROGRAMME_TEAM)
    page = f"{HOME}/concept/artikelen/evenings"

    first = lead.post(page, data={**agreed.acting(), **TEXT, "body": "De eerste."})
    second = other.post(page, data={**agreed.acting(), **TEXT, "body": "De tweede."})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "De eerste." in second.text
    assert "De tweede." in second.text


def test_moving_an_article_leaves_an_open_form_of_it_good(agreed, lead, enter):
    enter(Role.PROGRAMME_TEAM).post(
        f"{HOME}/concept/artikelen/evenings/verplaatsen", data={"richting": "op"}
    )

    saved = lead.post(f"{HOME}/concept/artikelen/evenings", data={**agreed.acting(), **TEXT})

    assert saved.status_code == 302


def test_change_of_what_was_sent_meanwhile_is_a_conflict(agreed, lead, sent):
    saved = lead.post(f"{HOME}/concept/artikelen/evenings", data={**agreed.acting(), **TEXT})

    assert saved.status_code == 409
    assert "Anders." in saved.text


@pytest.mark.parametrize(
    ("page", "values"),
    [
        ("inleiding", {"title": "", "version": "2"}),
        ("inleiding", {"title": "A", "in_force_from": "31-2-2027", "version": "2"}),
        ("artikelen/evenings", {"title": "A", "body": " ", "version": "1"}),
        ("artikelen/evenings", {"title": "A" * 161, "body": "B", "version": "1"}),
        ("artikelen/nieuw", {"title": "A", "body": "B", "after": "niets"}),
    ],
)
def test_wrong_input_is_refused_on_the_page(agreed, lead, page, values):
    answer = lead.post(f"{HOME}/concept/{page}", data={**agreed.acting(), **values})

    assert answer.status_code == 422


def parties(database):
    with database.reading() as session:
        return list(session.scalars(select(Party.name).order_by(Party.version_id, Party.name)))


def take(database, member, **values):
    """Change since when or until when a municipality takes part in the plustaak."""
    with database.unit_of_work() as session:
        session.execute(
            update(PlustaakParticipation)
            .where(PlustaakParticipation.organisation_id == member.id)
            .values(**values)
        )


def take_over(agreed, lead):
    """Press the button that makes the participants the parties."""
    seen = seen_on(lead.get(f"{HOME}/concept").text)
    lead.post(f"{HOME}/concept/partijen", data={**agreed.acting(), "version": seen})


def test_description_changes_and_notices_an_older_form(database, agreed, lead):
    version = seen_on(lead.get(f"{HOME}/concept/inleiding").text)
    form = {"title": "Avonden 2027", "intro": "Hoi.", "in_force_from": "1-1-2027"}
    page, data = f"{HOME}/concept/inleiding", {**agreed.acting(), **form, "version": version}

    assert [lead.post(page, data=data).status_code for _ in range(2)] == [302, 409]
    with database.reading() as session:
        facts = find_agreement(session, **agreed.where()).coming
        assert (facts.title, facts.in_force_from.isoformat()) == ("Avonden 2027", "2027-01-01")


def test_parties_that_are_not_the_participants_are_named_and_taken_over(database, agreed, lead):
    take(database, agreed.members["Gemeente 03"], until_date=date(2026, 11, 22))
    page = f"{HOME}/concept"
    said = "Gemeente 03 is partij, maar doet niet mee."

    assert said in lead.get(page).text
    assert said in lead.get(f"{page}/versturen").text
    form = {**agreed.acting(), "version": seen_on(lead.get(page).text)}
    answer = lead.post(f"{page}/partijen", data=form)

    assert answer.location == page
    assert lead.post(f"{page}/partijen", data=form).status_code == 409
    assert parties(database) == ["Gemeente 01", "Gemeente 02"]
    assert said not in lead.get(page).text
    assert "Deelnemers overnemen" not in lead.get(page).text


def test_who_joins_later_is_a_party_before_that_day(database, agreed, lead):
    gone, coming = agreed.members["Gemeente 02"], agreed.members["Gemeente 03"]
    take(database, gone, until_date=date(2026, 11, 22))
    take_over(agreed, lead)
    take(database, gone, until_date=None, from_date=date(2027, 1, 1))
    take(database, coming, until_date=date(2026, 11, 23))

    assert "Gemeente 02 doet mee, maar is geen partij." in lead.get(f"{HOME}/concept").text
    take_over(agreed, lead)

    assert parties(database) == ["Gemeente 01", "Gemeente 02", "Gemeente 03"]


def test_without_participants_there_is_nobody_to_take_over(database, agreed, lead):
    for member in agreed.members.values():
        take(database, member, until_date=date(2026, 11, 22))

    assert "Deelnemers overnemen" not in lead.get(f"{HOME}/concept").text
    assert lead.post(f"{HOME}/concept/partijen", data=agreed.acting()).status_code == 409
    assert parties(database) == ["Gemeente 01", "Gemeente 02", "Gemeente 03"]


def test_new_version_starts_from_one_and_can_be_thrown_away(database, agreed, lead, sent):
    with database.unit_of_work() as session:
        all_consent(session, agreed)
        bring_into_force(session, AGREED)
    form = {**agreed.acting(), "source": "1", "note": "Vierde erbij."}

    assert lead.post(f"{HOME}/nieuwe-versie", data=form).location == f"{HOME}/concept"
    assert lead.post(f"{HOME}/nieuwe-versie", data=form).status_code == 422
    assert "Vierde erbij." in lead.get(f"{HOME}/concept").text
    seen = seen_on(lead.get(f"{HOME}/concept/weggooien").text)
    lead.post(f"{HOME}/concept/weggooien", data={**agreed.acting(), "version": seen})

    assert lead.get(f"{HOME}/concept").status_code == 404
    assert state(database, agreed) == "in_force"


def test_first_draft_is_not_thrown_away(agreed, lead):
    seen = seen_on(lead.get(f"{HOME}/concept/inleiding").text)

    answers = [
        lead.get(f"{HOME}/concept/weggooien"),
        lead.post(f"{HOME}/concept/weggooien", data={**agreed.acting(), "version": seen}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]


def test_nothing_is_written_by_who_may_not(database, agreed, enter, sent):
    with database.unit_of_work() as session:
        all_consent(session, agreed)
        bring_into_force(session, AGREED)
        make_next(session, agreed)
    client = enter(Role.CONTACT)
    form = {**agreed.acting(), **TEXT, "source": "1", "note": "x", "reason": "x", "clause": ""}

    answers = [
        client.post(HOME + page, data=form).status_code
        for page in (
            "/nieuwe-versie", "/concept/inleiding", "/concept/partijen", "/concept/weggooien",
            "/concept/artikelen/nieuw", "/concept/artikelen/leaving",
            "/concept/artikelen/leaving/verplaatsen", "/concept/artikelen/leaving/verwijderen",
            "/concept/versturen", "/versies/2/herinneren", "/versies/2/intrekken",
        )
    ]  # fmt: skip

    assert answers == [403] * len(answers)
