"""What an operator can set, from environment variables named `EXTRANET_<FIELD>`.

`docs/operations.md` describes each one; a test holds the two together.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PREFIX = "EXTRANET_"
ENVIRONMENTS = ("development", "production")
# How long somebody may do nothing before they are signed out, unless an operator says otherwise.
IDLE_MINUTES = 60
MAIL_TRANSPORTS = ("console", "file", "smtp")
FILE_SCHEMES = ("s3://", "file:///")


class ConfigurationError(Exception):
    """The configuration cannot be used; the message says which variable and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole configuration, checked when it is made.

    `demo` fills an empty database with the demo region and needs no second factor; production
    refuses it. `base_url` is the address in mails; links never follow the Host header. `files_url`
    is where documents are kept: a folder, or a bucket by the four settings after it. `plugins`
    is `*` for every installed plugin, '' for none, or their names with commas; `public_url` is the
    address of the pages for residents, where it is another than `base_url`.
    """

    environment: str = "production"
    instance_dir: Path = Path("instance")
    database_url: str = ""
    secret_key: str = field(default="", repr=False)
    base_url: str = "http://127.0.0.1:5000"
    demo: bool = False
    session_hours: int = 8
    idle_minutes: int = IDLE_MINUTES
    invitation_days: int = 14
    reset_minutes: int = 10
    mail_transport: str = "console"
    mail_from: str = "noreply@localhost"
    smtp_host: str = "localhost"
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_starttls: bool = True
    security_contact: str = "mailto:security@localhost"
    source_url: str = ""
    trusted_proxies: int = 0
    upload_megabytes: int = 64
    files_url: str = ""
    files_endpoint: str = ""
    files_key: str = ""
    files_secret: str = field(default="", repr=False)
    files_region: str = "us-east-1"
    password_memory_kib: int = 65536
    plugins: str = "*"
    plugins_trace: bool = False
    public_url: str = ""

    def __post_init__(self) -> None:
        """Fill what follows from the rest and refuse what cannot work."""
        self._refuse_bad_choices()
        if not self.database_url:
            path = self.instance_dir.resolve() / "extranet.sqlite3"
            object.__setattr__(self, "database_url", f"sqlite:///{path}")
        if not self.files_url:
            object.__setattr__(self, "files_url", (self.instance_dir.resolve() / "files").as_uri())
        if not self.secret_key:
            if self.environment == "production":
                raise ConfigurationError(
                    f"{PREFIX}SECRET_KEY is not set; production needs a secret of its own, "
                    "for example 64 random hexadecimal digits"
                )
            object.__setattr__(self, "secret_key", _kept_secret(self.instance_dir))

    def _refuse_bad_choices(self) -> None:
        if self.environment not in ENVIRONMENTS:
            raise ConfigurationError(
                f"{PREFIX}ENVIRONMENT must be one of {', '.join(ENVIRONMENTS)}"
            )
        if self.mail_transport not in MAIL_TRANSPORTS:
            raise ConfigurationError(
                f"{PREFIX}MAIL_TRANSPORT must be one of {', '.join(MAIL_TRANSPORTS)}"
            )
        if self.idle_minutes < 5:
            raise ConfigurationError(f"{PREFIX}IDLE_MINUTES must be at least 5")
        if self.files_url and not self.files_url.startswith(FILE_SCHEMES):
            raise ConfigurationError(
                f"{PREFIX}FILES_URL must be s3://bucket/prefix or file:///folder"
            )
        if self.environment == "production" and self.demo:
            raise ConfigurationError(f"{PREFIX}DEMO cannot be on in production")
        if self.environment == "production" and not self.is_secure and not self._is_local():
            raise ConfigurationError(
                f"{PREFIX}BASE_URL is not https: production would send its cookies in the clear"
            )
        if self.environment == "production" and self.mail_transport == "console":
            raise ConfigurationError(
                f"{PREFIX}MAIL_TRANSPORT is console: production would lose its mail; "
                "choose smtp or file"
            )
        if self.public_url and not urlsplit(self.public_url).hostname:
            raise ConfigurationError(f"{PREFIX}PUBLIC_URL must be an address such as https://…")
        if self.secret_key and len(self.secret_key) < 32:
            raise ConfigurationError(f"{PREFIX}SECRET_KEY must have at least 32 characters")

    @property
    def wanted_plugins(self) -> frozenset[str] | None:
        """Return the names of the plugins to load, None for every installed one."""
        if self.plugins.strip() == "*":
            return None
        return frozenset(name.strip() for name in self.plugins.split(",") if name.strip())

    def _is_local(self) -> bool:
        host = urlsplit(self.base_url).hostname
        return host in ("127.0.0.1", "localhost", "::1")

    @property
    def is_secure(self) -> bool:
        """Tell whether the site is reached over https."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, /, **overrides: Any) -> Config:
        """Read the environment; an unknown `EXTRANET_*` variable is an error, not a guess.

        `overrides` stand in for variables that are not set.
        """
        environ = os.environ if environ is None else environ
        known = {PREFIX + each.name.upper(): each for each in fields(cls)}
        unknown = [n for n in environ if n.startswith(PREFIX) and n not in known]
        if unknown:
            raise ConfigurationError(f"unknown setting {', '.join(sorted(unknown))}")
        given = {
            each.name: _parse(name, each, environ[name])
            for name, each in known.items()
            if name in environ
        }
        return cls(**{**overrides, **given})


def _parse(name: str, setting: Field[Any], text: str) -> Any:
    kind = setting.type
    if kind == "bool":
        if text.lower() not in ("0", "1", "true", "false"):
            raise ConfigurationError(f"{name} must be 1 or 0, not {text!r}")
        return text.lower() in ("1", "true")
    if kind == "int":
        if not text.isdecimal():
            raise ConfigurationError(f"{name} must be a whole number, not {text!r}")
        return int(text)
    return Path(text) if kind == "Path" else text


def _kept_secret(folder: Path) -> str:
    """Return this checkout's secret, made at the first start, readable by its owner only."""
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text()
