"""Bundled plugins are tested on both kinds of database, with the fixtures of the whole suite."""

import pytest

from tests.conftest import backend, browser, clock, pytest_generate_tests
from tests.plugins.installing import migrate_all

__all__ = ["backend", "browser", "clock", "plugin_database_url", "pytest_generate_tests"]


@pytest.fixture
def plugin_database_url(backend):
    """The address of a database with the tables of the core and of every installed plugin."""
    with backend.filled("plugins", migrate_all) as url:
        yield url
