"""The ways in which a mail leaves: to the screen, to a folder, or by SMTP."""

from __future__ import annotations

import smtplib
import ssl
import sys
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from typing import Protocol

from extranet.config import Config

TIMEOUT_SECONDS = 30


class Refused(Exception):
    """The other side said no before it took the mail; it was certainly not sent."""


class Transport(Protocol):
    """Takes one message away; raises Refused when it certainly did not leave."""

    def send(self, message: EmailMessage) -> None:
        """Send the message."""
        ...


class ConsoleTransport:
    """Prints the mail, and keeps it in a folder, for development."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder."""
        self._files = FileTransport(folder)

    def send(self, message: EmailMessage) -> None:
        """Print and keep the mail."""
        self._files.send(message)
        sys.stderr.write(f"\n--- mail ---\n{message.as_string()}--- end of mail ---\n\n")


class FileTransport:
    """Writes each mail to a file named after its Message-ID."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder; it is made at the first mail."""
        self._folder = folder

    def send(self, message: EmailMessage) -> None:
        """Write the mail to the folder."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").partition("@")[0]
        (self._folder / f"{name}.eml").write_bytes(message.as_bytes())


class SmtpTransport:
    """Sends through the mail server of the configuration."""

    def __init__(self, config: Config) -> None:
        """Keep the server's address and account."""
        self._config = config

    def send(self, message: EmailMessage) -> None:
        """Send the mail; whatever fails before the server took it is a refusal."""
        server = self._connected()
        try:
            server.send_message(message)
        except (
            smtplib.SMTPResponseException,
            smtplib.SMTPRecipientsRefused,
            smtplib.SMTPNotSupportedError,
        ) as error:
            raise Refused(str(error)) from error
        finally:
            _take_leave(server)

    def _connected(self) -> smtplib.SMTP:
        """Return the open line to the server, encrypted and signed in as configured."""
        config = self._config
        try:
            server = smtplib.SMTP(config.smtp_host, config.smtp_port, timeout=TIMEOUT_SECONDS)
        except (OSError, smtplib.SMTPException) as error:
            raise Refused(str(error)) from error
        try:
            if config.smtp_starttls:
                server.starttls(context=ssl.create_default_context())
            if config.smtp_user:
                server.login(config.smtp_user, config.smtp_password)
        except (OSError, smtplib.SMTPException) as error:
            _take_leave(server)
            raise Refused(str(error)) from error
        return server


def _take_leave(server: smtplib.SMTP) -> None:
    """Say goodbye; a server that answers it badly has taken, or refused, the mail already."""
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def make_transport(config: Config) -> Transport:
    """Return the transport of the configuration."""
    folder = config.instance_dir / "mail"
    if config.mail_transport == "smtp":
        return SmtpTransport(config)
    return FileTransport(folder) if config.mail_transport == "file" else ConsoleTransport(folder)


def make_message(
    *, sender: str, to_address: str, message_id: str, subject: str, body: str
) -> EmailMessage:
    """Return a plain text mail with the Message-ID that it keeps, however often it is tried."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to_address
    message["Subject"] = subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{message_id}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    return message
