"""Send a draft, remind its parties and take it back, through the pages."""

from datetime import UTC, datetime

from sqlalchemy import func, select, update

from extranet.access import Role
from extranet.outbox.models import Mail
from extranet.outbox.services.delivery import render
from extranet.people.models import Tenure
from tests.agreements.agreements import answer, state
from tests.agreements.owner import ADDRESS, HOME, seen_on
from tests.factories import make_official

TEXT = {"title": "Avonden", "body": "Anders.", "law": "", "version": "1"}


def test_send_page_says_who_gets_mail_and_only_the_button_sends(database, agreed, lead):
    with database.unit_of_work() as session:
        for member in agreed.members.values():
            for role in (Role.READER, Role.CONTROLLER, Role.OFFICIAL):
                make_official(session, region=agreed.region, role=role, organisation=member)
        make_official(
            session, region=agreed.region, role=Role.PORTFOLIO_HOLDER,
            organisation=agreed.members["Gemeente 02"], name="Wethouder Wil", locale="en",
        )  # fmt: skip
    page = lead.get(f"{HOME}/concept/versturen").text
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Mail)) == 0

    assert "<b>4 personen</b>: C1, C2, C3, Wethouder Wil" in page
    answer = lead.post(
        f"{HOME}/concept/versturen", data={**agreed.acting(), "version": seen_on(page)}
    )

    assert answer.location == f"{HOME}/versies/1"
    assert state(database, agreed) == "sent"
    with database.reading() as session:
        mails = session.scalars(select(Mail).order_by(Mail.id)).all()
    assert len(mails) == 4
    subject, body = render(mails[0])
    assert subject == "Antwoord gevraagd: overeenkomst ‘Infoavonden’, versie 1"
    assert "Je vertegenwoordigt: Gemeente 01." in body
    assert f"{ADDRESS}/versies/1" in body
    assert "1 december 2026" in body
    assert render(mails[-1])[0] == "Please answer: agreement “Infoavonden”, version 1"


def test_sending_what_changed_meanwhile_is_refused(database, agreed, lead, enter):
    seen = seen_on(lead.get(f"{HOME}/concept/versturen").text)
    enter(Role.PROGRAMME_TEAM).post(
        f"{HOME}/concept/artikelen/evenings", data={**agreed.acting(), **TEXT}
    )

    answer = lead.post(f"{HOME}/concept/versturen", data={**agreed.acting(), "version": seen})

    assert answer.status_code == 409
    assert state(database, agreed) == "draft"
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Mail)) == 0


def test_draft_that_is_not_ready_cannot_be_sent_and_says_why(database, agreed, lead):
    form = {
        **agreed.acting(),
        "title": "Avonden",
        "version": seen_on(lead.get(f"{HOME}/concept/inleiding").text),
    }
    lead.post(f"{HOME}/concept/inleiding", data=form)

    page = lead.get(f"{HOME}/concept/versturen").text
    answer = lead.post(f"{HOME}/concept/versturen", data={**agreed.acting(), "version": "x"})

    for shown in (page, answer.text, lead.get(f"{HOME}/concept").text):
        assert "Vul in vanaf welke datum de overeenkomst moet werken." in shown
    assert answer.status_code == 422
    assert state(database, agreed) == "draft"


def test_party_without_anybody_is_named(database, agreed, lead):
    with database.unit_of_work() as session:
        session.execute(
            update(Tenure)
            .where(Tenure.person_id == session.scalar(select(func.min(Tenure.person_id))))
            .values(until_date=datetime(2026, 11, 22, tzinfo=UTC).date())
        )

    page = lead.get(f"{HOME}/concept/versturen").text

    assert "Niemand krijgt een mail voor: Gemeente 01." in page
    assert "<b>2 personen</b>: C2, C3" in page


def test_reminder_goes_to_who_has_not_answered_once_a_day(database, agreed, lead, sent, clock):
    with database.unit_of_work() as session:
        answer(session, agreed, "Gemeente 01")
        before = session.scalar(select(func.count()).select_from(Mail))
    page = lead.get(f"{HOME}/versies/1/herinneren").text
    assert "<b>2 personen</b>: C2, C3" in page
    form = {**agreed.acting(), "version": seen_on(page)}

    first = lead.post(f"{HOME}/versies/1/herinneren", data=form)
    second = lead.post(f"{HOME}/versies/1/herinneren", data=form)
    assert (first.status_code, second.status_code) == (302, 422)
    assert "vandaag al een herinnering" in lead.get(f"{HOME}/versies/1/herinneren").text

    clock.advance(hours=7)
    with database.reading() as session:
        mails = session.scalars(select(Mail).order_by(Mail.id)).all()[before:]
    assert [render(mail)[0] for mail in mails] == [
        "Herinnering: overeenkomst ‘Infoavonden’, versie 1"
    ] * 2


def test_reminder_may_go_again_the_next_day(database, agreed, enter, sent, clock):
    for day in (23, 24):
        clock.set(datetime(2026, 11, day, 9, tzinfo=UTC))
        client = enter(Role.PROGRAMME_TEAM)
        seen = seen_on(client.get(f"{HOME}/versies/1/herinneren").text)
        form = {**agreed.acting(), "version": seen}
        assert client.post(f"{HOME}/versies/1/herinneren", data=form).status_code == 302


def test_sent_version_is_withdrawn_with_a_reason(database, agreed, lead, enter, sent):
    page = f"{HOME}/versies/1/intrekken"
    assert enter(Role.CONTACT).post(page, data=agreed.acting()).status_code == 403
    assert lead.post(page, data={**agreed.acting(), "reason": ""}).status_code == 422

    lead.post(page, data={**agreed.acting(), "reason": "Fout in artikel 2."})

    assert state(database, agreed) == "withdrawn"
    assert "Fout in artikel 2." in lead.get(HOME).text
    assert "vraagt niet meer om antwoorden" in lead.get(page).text
