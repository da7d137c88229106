"""How a mail leaves, and what counts as a refusal."""

import socket
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import pytest

from extranet.config import Config
from extranet.outbox.services.transports import (
    ConsoleTransport,
    FileTransport,
    Refused,
    SmtpTransport,
    make_message,
    make_transport,
)
from tests.outbox.smtp_server import SmtpServer, running_smtp_server


def a_message(subject: str = "Eén voorbeeld: café") -> EmailMessage:
    return make_message(
        sender="extranet@example.org",
        to_address="saskia@example.org",
        message_id="abc123@extranet",
        subject=subject,
        body="Dag Saskia,\n\nTot ziens.\n",
    )


def smtp(port: int, tmp_path: Path, **settings: object) -> SmtpTransport:
    config = Config(
        environment="development",
        instance_dir=tmp_path,
        mail_transport="smtp",
        smtp_host="127.0.0.1",
        smtp_port=port,
        **{"smtp_starttls": False, **settings},
    )
    return SmtpTransport(config)


def port_of(server: SmtpServer) -> int:
    return int(server.server_address[1])


def test_message_says_who_wrote_it_and_that_no_answer_is_expected():
    message = a_message()

    del message["Date"]
    assert dict(message.items()) == {
        "From": "extranet@example.org",
        "To": "saskia@example.org",
        "Subject": "Eén voorbeeld: café",
        "Message-ID": "<abc123@extranet>",
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "7bit",
        "MIME-Version": "1.0",
    }


@pytest.mark.parametrize("field", ["subject", "to_address", "sender", "message_id"])
@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n"])
def test_line_break_cannot_start_another_header(field: str, newline: str):
    values = {
        "sender": "extranet@example.org",
        "to_address": "saskia@example.org",
        "message_id": "abc123@extranet",
        "subject": "Uitnodiging",
    }
    values[field] += f"{newline}Bcc: everybody@example.org"

    with pytest.raises(ValueError, match=r"newline|linefeed|carriage return"):
        make_message(**values, body="")


def test_file_transport_keeps_the_whole_mail(tmp_path: Path):
    FileTransport(tmp_path / "mail").send(a_message())

    (file,) = (tmp_path / "mail").iterdir()
    kept = message_from_bytes(file.read_bytes())
    assert (file.name, kept["To"]) == ("abc123.eml", "saskia@example.org")


def test_console_transport_prints_and_keeps(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    ConsoleTransport(tmp_path).send(a_message())

    assert [file.name for file in tmp_path.iterdir()] == ["abc123.eml"]
    assert "Dag Saskia," in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "kind"),
    [("smtp", SmtpTransport), ("file", FileTransport), ("console", ConsoleTransport)],
)
def test_configuration_chooses_the_transport(tmp_path: Path, name: str, kind: type):
    config = Config(environment="development", instance_dir=tmp_path, mail_transport=name)

    assert type(make_transport(config)) is kind


def test_smtp_hands_the_mail_over_once(tmp_path: Path):
    with running_smtp_server() as server:
        smtp(port_of(server), tmp_path).send(a_message())

    (taken,) = server.taken
    assert message_from_bytes(taken)["Message-ID"] == "<abc123@extranet>"


def test_smtp_that_quarrels_after_taking_the_mail_has_it_all_the_same(tmp_path: Path):
    for answer in ("500 what", "hang up"):
        with running_smtp_server(QUIT=answer) as server:
            smtp(port_of(server), tmp_path).send(a_message())
        assert len(server.taken) == 1


@pytest.mark.parametrize(
    "answers",
    [
        {"HELLO": "554 not today"},
        {"HELLO": "hang up"},
        {"MAIL": "550 not from you"},
        {"RCPT": "550 nobody here"},
        {"DATA": "451 full"},
        {"END": "554 looks like spam"},
    ],
)
def test_smtp_that_says_no_before_taking_the_mail_refuses(tmp_path: Path, answers: dict[str, str]):
    with (
        running_smtp_server(**answers) as server,
        pytest.raises(Refused),
    ):
        smtp(port_of(server), tmp_path).send(a_message())


def test_smtp_that_hangs_up_after_the_data_is_no_refusal(tmp_path: Path):
    with running_smtp_server(END="hang up") as server:
        with pytest.raises(Exception) as failure:  # noqa: PT011 - whichever it is, not a refusal
            smtp(port_of(server), tmp_path).send(a_message())
        assert failure.type is not Refused


def test_smtp_without_encryption_refuses_when_encryption_is_asked_for(tmp_path: Path):
    with (
        running_smtp_server() as server,
        pytest.raises(Refused, match="STARTTLS"),
    ):
        smtp(port_of(server), tmp_path, smtp_starttls=True).send(a_message())
    assert server.taken == []


def test_smtp_that_cannot_keep_a_password_gets_no_mail(tmp_path: Path):
    with running_smtp_server() as server, pytest.raises(Refused):
        smtp(port_of(server), tmp_path, smtp_user="extranet", smtp_password="geheim").send(
            a_message()
        )
    assert server.taken == []


def test_smtp_that_is_not_there_refuses(tmp_path: Path):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]

    with pytest.raises(Refused):
        smtp(port, tmp_path).send(a_message())
