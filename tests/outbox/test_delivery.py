"""The queue of mails: none lost, none silently twice."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from extranet.db import Database
from extranet.outbox.models import Mail, MailState
from extranet.outbox.services import queue_mail
from extranet.outbox.services.delivery import (
    CLAIM_LASTS,
    MAX_ATTEMPTS,
    PAUSES,
    TOO_LATE,
    deliver_queued,
    render,
    run_forever,
)
from extranet.outbox.services.transports import Refused
from tests.conftest import SettableClock

SENDER = "extranet@example.org"


class Postbox:
    """A transport that keeps what it is given, after doing what it was told to do first."""

    def __init__(self, first: Callable[[], None] = lambda: None) -> None:
        self.sent: list[EmailMessage] = []
        self.tried: list[str] = []
        self._first = first

    def send(self, message: EmailMessage) -> None:
        self.tried.append(message["Message-ID"])
        self._first()
        self.sent.append(message)


def refuse() -> None:
    raise Refused("mailbox full")


def break_down() -> None:
    raise ConnectionResetError("in the middle of it")


def queue(
    database: Database,
    *,
    name: str = "Saskia",
    locale: str = "nl",
    kept_until: datetime | None = None,
) -> int:
    with database.unit_of_work() as session:
        mail = queue_mail(
            session,
            to_address="saskia@example.org",
            locale=locale,
            template="people/mail_reset.txt",
            values={"name": name, "link": "https://example.org/geheim", "minutes": 60},
            kept_until=kept_until,
        )
        session.flush()
        return mail.id


def stored(database: Database, number: int) -> Mail:
    with database.reading() as session:
        return session.get_one(Mail, number)


def deliver(database: Database, transport: Postbox) -> int:
    return deliver_queued(database, transport, SENDER)


def test_rollback_queues_nothing(database: Database):
    def queue_and_fail() -> None:
        with database.unit_of_work() as session:
            queue_mail(session, to_address="a@b.nl", locale="nl", template="x.txt", values={})
            session.flush()
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        queue_and_fail()
    postbox = Postbox()
    assert (deliver(database, postbox), postbox.tried) == (0, [])


def test_mail_leaves_once_and_its_secrets_are_emptied(database: Database):
    number = queue(database)
    postbox = Postbox()

    assert [deliver(database, postbox), deliver(database, postbox)] == [1, 0]

    (message,) = postbox.sent
    mail = stored(database, number)
    assert (message["From"], message["To"]) == (SENDER, "saskia@example.org")
    assert "https://example.org/geheim" in message.get_content()
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.SENT, 1, None)
    assert (mail.values, mail.kept_until) == ({}, None)


def test_mails_leave_in_the_order_in_which_they_were_queued(database: Database):
    numbers = [queue(database, name=name) for name in ("An", "Bo", "Cas")]
    postbox = Postbox()

    assert deliver(database, postbox) == 3
    assert postbox.tried == [f"<{stored(database, number).message_id}>" for number in numbers]


def test_two_deliverers_at_once_send_each_mail_once(database: Database):
    wanted = {f"<{stored(database, queue(database)).message_id}>": 1 for _ in range(12)}
    together = threading.Barrier(2, timeout=10)
    postbox = Postbox()
    counts: list[int] = []

    def work() -> None:
        together.wait()
        counts.append(deliver(database, postbox))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert Counter(postbox.tried) == wanted
    assert sum(counts) == 12


def test_refused_mail_rests_longer_each_time_and_then_fails(
    database: Database, clock: SettableClock
):
    number = queue(database)
    postbox = Postbox(refuse)
    states = []
    for pause in PAUSES:
        deliver(database, postbox)
        deliver(database, postbox)  # too early: nothing happens
        states.append((stored(database, number).state, stored(database, number).attempts))
        clock.advance(seconds=pause.total_seconds())
    deliver(database, postbox)
    clock.advance(days=365)
    deliver(database, postbox)

    mail = stored(database, number)
    assert states == [(MailState.QUEUED, n) for n in range(1, MAX_ATTEMPTS)]
    assert (mail.state, mail.attempts, mail.last_error) == (
        MailState.FAILED,
        MAX_ATTEMPTS,
        "mailbox full",
    )
    assert postbox.tried == [f"<{mail.message_id}>"] * MAX_ATTEMPTS


def test_refused_mail_leaves_at_the_second_try_under_the_same_name(
    database: Database, clock: SettableClock
):
    number = queue(database)
    refusing, willing = Postbox(refuse), Postbox()

    deliver(database, refusing)
    clock.advance(seconds=PAUSES[0].total_seconds())
    deliver(database, willing)

    mail = stored(database, number)
    assert refusing.tried == willing.tried == [f"<{mail.message_id}>"]
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.SENT, 2, None)


def test_refused_mail_does_not_keep_another_back(database: Database):
    queue(database, name="An")
    deliver(database, Postbox(refuse))
    queue(database, name="Bo")
    postbox = Postbox()

    assert deliver(database, postbox) == 1


def test_any_other_error_leaves_the_mail_uncertain_for_ever(
    database: Database, clock: SettableClock, caplog: pytest.LogCaptureFixture
):
    number = queue(database)
    deliver(database, Postbox(break_down))
    clock.advance(days=365)
    postbox = Postbox()

    assert deliver(database, postbox) == 0
    mail = stored(database, number)
    assert (mail.state, mail.attempts) == (MailState.UNCERTAIN, 1)
    assert mail.last_error == "ConnectionResetError('in the middle of it')"
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_interrupted_mail_becomes_uncertain_once_its_claim_is_over(
    database: Database, clock: SettableClock
):
    number = queue(database)

    def die() -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        deliver(database, Postbox(die))
    postbox = Postbox()
    deliver(database, postbox)
    during = stored(database, number).state
    clock.advance(seconds=CLAIM_LASTS.total_seconds() + 1)
    deliver(database, postbox)

    assert (during, stored(database, number).state) == (MailState.SENDING, MailState.UNCERTAIN)
    assert postbox.tried == []


def test_mail_that_cannot_be_made_failed_and_holds_nobody_up(database: Database):
    with database.unit_of_work() as session:
        queue_mail(session, to_address="a@b.nl", locale="nl", template="no/such.txt", values={})
    queue(database)
    postbox = Postbox()

    assert deliver(database, postbox) == 1
    with database.reading() as session:
        states = session.scalars(select(Mail.state).order_by(Mail.id)).all()
    assert states == [MailState.FAILED, MailState.SENT]


@pytest.mark.parametrize("transport", [Postbox(break_down), Postbox(refuse)])
def test_secrets_of_a_mail_that_waits_are_forgotten_when_their_link_expires(
    database: Database, clock: SettableClock, transport: Postbox
):
    number = queue(database, kept_until=clock.now() + timedelta(minutes=10))
    deliver(database, transport)
    clock.advance(minutes=9)
    deliver(database, transport)
    before = stored(database, number)
    clock.advance(minutes=1)
    deliver(database, Postbox())

    after = stored(database, number)
    assert "geheim" in str(before.values)
    assert after.state in (MailState.UNCERTAIN, MailState.FAILED)
    assert (after.values, after.kept_until) == ({}, None)


def test_mail_is_not_sent_with_a_link_that_has_expired(database: Database, clock: SettableClock):
    number = queue(database, kept_until=clock.now() + timedelta(minutes=10))
    clock.advance(minutes=10)
    postbox = Postbox()

    assert (deliver(database, postbox), postbox.tried) == (0, [])
    mail = stored(database, number)
    assert (mail.state, mail.values, mail.last_error) == (MailState.FAILED, {}, TOO_LATE)


def test_no_mail_is_kept_for_ever(database: Database, clock: SettableClock):
    number = queue(database)
    deliver(database, Postbox(break_down))
    clock.advance(days=30)
    deliver(database, Postbox())

    assert stored(database, number).values == {}


@pytest.mark.parametrize(
    ("locale", "subject", "greeting"),
    [
        ("nl", "Een nieuw wachtwoord voor het extranet", "Beste Saskia,"),
        ("en", "A new password for the extranet", "Dear Saskia,"),
    ],
)
def test_mail_is_in_the_readers_language(locale: str, subject: str, greeting: str):
    mail = Mail(
        locale=locale,
        template="people/mail_reset.txt",
        values={"name": "Saskia", "link": "https://example.org/x", "minutes": 60},
    )

    found, body = render(mail)

    assert (found, body.splitlines()[0]) == (subject, greeting)
    assert "https://example.org/x" in body.splitlines()


def test_name_with_a_line_break_adds_no_header(database: Database):
    queue(database, name="Saskia\r\nBcc: everybody@example.org\r\n\r\nAnother mail")
    postbox = Postbox()

    deliver(database, postbox)

    (message,) = postbox.sent
    assert message.keys() == [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    ]


def test_running_deliverer_survives_a_failure_and_stops_when_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr("extranet.outbox.services.delivery.PAUSE_SECONDS", 0.01)
    stop = threading.Event()
    rounds: list[str] = []

    class Broken:
        """A database that cannot be reached the first time."""

        def unit_of_work(self) -> object:
            rounds.append("asked")
            if len(rounds) == 2:
                stop.set()
            raise ConnectionError("no database")

    run_forever(Broken(), Postbox(), SENDER, stop)  # type: ignore[arg-type]  # what it asks of one

    assert len(rounds) == 2
    assert [r.message for r in caplog.records] == ["delivering mail failed; trying again"] * 2
