"""The application as the contracts look at it: whole, and without a database."""

import pytest
from flask import Flask

from extranet.app import create_app
from tests.agreements.owner import register
from tests.conftest import make_config


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Flask:
    """The application; nothing may ask its database anything."""
    made = create_app(make_config("sqlite:///:memory:", tmp_path_factory.mktemp("site")))
    register(made)
    return made
