"""The plugin as a whole."""

from extranet.plugins.testing import assert_conforms


def test_plugin_conforms(site):
    assert_conforms(site)
