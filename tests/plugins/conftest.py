"""The dummy plugin on a site of its own, once on each kind of database."""

import pytest

from extranet.config import Config
from extranet.plugins.loaded import Source
from extranet.plugins.loading import load_plugins
from extranet.plugins.migrating import upgrade_plugins
from extranet.plugins.testing import plugin_site
from extranet_dummy import plugin as dummy
from tests.conftest import SettableClock

DUMMY = Source(
    name="dummy",
    value="extranet_dummy.plugin",
    load=lambda: dummy,
    distribution="extranet-dummy",
    version="1.2",
)


def migrate_dummy(database):
    """Make the tables of the dummy, as `extranet migrate` would."""
    config = Config(environment="development", secret_key="x" * 32, database_url=database.url)
    upgrade_plugins(database, load_plugins(config, [DUMMY]))


@pytest.fixture
def dummy_url(backend):
    """The address of a database with the tables of the core and of the dummy."""
    with backend.filled("dummy", migrate_dummy) as url:
        yield url


@pytest.fixture
def site(dummy_url, tmp_path, clock: SettableClock):
    """The site with the dummy on in `met` and `elders`, off in `zonder`."""
    with plugin_site(
        "dummy", tmp_path, database_url=dummy_url, sources=[DUMMY], clock=clock
    ) as made:
        yield made
