"""Bundled plugins are tested on both kinds of database, with the fixtures of the whole suite."""

import pytest

from extranet.config import Config
from extranet.plugins.loading import load_plugins
from extranet.plugins.migrating import upgrade_plugins
from tests.conftest import backend, browser, clock, pytest_generate_tests

__all__ = ["backend", "browser", "clock", "plugin_database_url", "pytest_generate_tests"]


def migrate_all(database):
    """Make the tables of every installed plugin, as `extranet migrate` would."""
    config = Config(environment="development", secret_key="x" * 32, database_url=database.url)
    upgrade_plugins(database, load_plugins(config))


@pytest.fixture
def plugin_database_url(backend):
    """The address of a database with the tables of the core and of every installed plugin."""
    with backend.filled("plugins", migrate_all) as url:
        yield url
