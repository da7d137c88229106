"""A site with the plugin on in the coalitions `met` and `elders`, and off in `zonder`."""

import pytest

from extranet.plugins.testing import plugin_site


@pytest.fixture
def site(plugin_database_url, tmp_path):
    with plugin_site("infoavond", tmp_path, database_url=plugin_database_url) as made:
        yield made
