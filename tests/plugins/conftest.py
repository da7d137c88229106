"""The dummy plugin on a site of its own, once on each kind of database."""

import pytest

from extranet.plugins.loaded import Source
from extranet.plugins.testing import plugin_site


def dummy_source() -> Source:
    from extranet_dummy import plugin  # noqa: PLC0415 - tests/plugins/dummy is no installed package

    return Source(name="dummy", value="extranet_dummy.plugin", load=lambda: plugin)


@pytest.fixture
def site(database_url, tmp_path):
    """The site with the dummy on in `met` and `elders`, off in `zonder`."""
    with plugin_site(
        "dummy", tmp_path, database_url=database_url, sources=[dummy_source()]
    ) as made:
        yield made
