"""A site with the plugin on in the coalitions `met` and `elders`, and off in `zonder`."""

import pytest

from extranet.plugins.testing import plugin_site
from plugins.infoavond.tests.rows import add_evening, add_style, municipalities


@pytest.fixture
def site(plugin_database_url, tmp_path):
    with plugin_site("infoavond", tmp_path, database_url=plugin_database_url) as made:
        yield made


@pytest.fixture
def ids(site):
    """The numbers of the three municipalities of `met`; the second is the representative's."""
    with site.unit_of_work() as session:
        return municipalities(session, site.place)


@pytest.fixture
def evening_id(site, ids):
    """The number of an evening with two hosts that both have a house style."""
    with site.unit_of_work() as session:
        for number, one in enumerate(ids, 1):
            add_style(session, site.place, one, sender=f"Gemeente {number}")
        return add_evening(session, site.place).id
