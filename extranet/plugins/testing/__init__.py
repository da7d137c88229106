"""The kit for tests of a plugin: an application with the plugin, regions, coalitions and visitors.

@pytest.fixture
def site(tmp_path):
    with plugin_site("infoavond", tmp_path) as made:
        yield made

def test_lead_plans_an_evening(site):
    answer = site.visit("lead").get(site.address("avonden"))
"""

from extranet.plugins.testing.conformity import assert_conforms
from extranet.plugins.testing.site import PluginSite, SettableClock, plugin_site
from extranet.plugins.testing.world import VISITORS

__all__ = ["VISITORS", "PluginSite", "SettableClock", "assert_conforms", "plugin_site"]
