"""What an operator can set, and what the program refuses to start with."""

import os
from pathlib import Path

import pytest

from extranet.config import Config, ConfigurationError

SECRET = "0123456789abcdef" * 4
PRODUCTION = {
    "EXTRANET_ENVIRONMENT": "production",
    "EXTRANET_SECRET_KEY": SECRET,
    "EXTRANET_MAIL_TRANSPORT": "smtp",
    "EXTRANET_BASE_URL": "https://extranet.example.org",
}


def test_from_env_reads_every_kind_of_setting(tmp_path: Path):
    config = Config.from_env(
        {
            **PRODUCTION,
            "EXTRANET_INSTANCE_DIR": str(tmp_path),
            "EXTRANET_SMTP_PORT": "2525",
            "EXTRANET_SMTP_STARTTLS": "false",
            "PATH": "/usr/bin",
        }
    )

    assert (config.instance_dir, config.smtp_port, config.smtp_starttls) == (tmp_path, 2525, False)
    assert config.is_secure


def test_from_env_refuses_an_unknown_variable():
    with pytest.raises(ConfigurationError, match=r"^unknown setting EXTRANET_BASEURL$"):
        Config.from_env({**PRODUCTION, "EXTRANET_BASEURL": "https://extranet.example.org"})


def test_variable_goes_before_an_override():
    config = Config.from_env(PRODUCTION, mail_transport="file", session_hours=4)

    assert (config.mail_transport, config.session_hours) == ("smtp", 4)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DEMO", "yes"),
        ("DEMO", ""),
        ("SMTP_PORT", "smtp"),
        ("SMTP_PORT", "-25"),
        ("SMTP_PORT", "2²"),
        ("ENVIRONMENT", "staging"),
        ("MAIL_TRANSPORT", "pigeon"),
    ],
)
def test_from_env_names_the_setting_that_it_cannot_read(name: str, text: str):
    with pytest.raises(ConfigurationError, match=f"^EXTRANET_{name} must be "):
        Config.from_env({**PRODUCTION, f"EXTRANET_{name}": text})


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"EXTRANET_SECRET_KEY": ""}, "EXTRANET_SECRET_KEY"),
        ({"EXTRANET_SECRET_KEY": "short"}, "EXTRANET_SECRET_KEY"),
        ({"EXTRANET_DEMO": "1"}, "EXTRANET_DEMO"),
        ({"EXTRANET_IDLE_MINUTES": "4"}, "EXTRANET_IDLE_MINUTES"),
        ({"EXTRANET_MAIL_TRANSPORT": "console"}, "EXTRANET_MAIL_TRANSPORT"),
    ],
)
def test_production_refuses_what_is_unsafe(change: dict[str, str], name: str):
    with pytest.raises(ConfigurationError, match=f"^{name} "):
        Config.from_env({**PRODUCTION, **change})


def test_production_is_the_environment_unless_told_otherwise():
    with pytest.raises(ConfigurationError, match="SECRET_KEY is not set; production"):
        Config.from_env({"EXTRANET_MAIL_TRANSPORT": "smtp"})


def test_development_makes_a_secret_once_and_keeps_it_for_its_owner_only(tmp_path: Path):
    folder = tmp_path / "instance"
    first = Config(environment="development", instance_dir=folder)
    second = Config(environment="development", instance_dir=folder)
    elsewhere = Config(environment="development", instance_dir=tmp_path / "other")

    assert len(first.secret_key) == 64
    assert first.secret_key == second.secret_key
    assert first.secret_key != elsewhere.secret_key
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600


def test_database_is_a_file_in_the_instance_unless_told_otherwise(tmp_path: Path):
    config = Config.from_env(PRODUCTION, instance_dir=tmp_path)

    assert config.database_url == f"sqlite:///{tmp_path / 'extranet.sqlite3'}"


def test_config_keeps_its_secrets_out_of_its_picture():
    config = Config.from_env({**PRODUCTION, "EXTRANET_SMTP_PASSWORD": "drie-pannen"})

    assert config.smtp_password == "drie-pannen"
    assert [secret for secret in (SECRET, "drie-pannen") if secret in repr(config)] == []


def test_config_reads_the_real_environment(monkeypatch: pytest.MonkeyPatch):
    for name in [name for name in os.environ if name.startswith("EXTRANET_")]:
        monkeypatch.delenv(name)
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)

    assert Config.from_env() == Config.from_env(PRODUCTION)
