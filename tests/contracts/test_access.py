"""Every view says who may use it."""

import pytest
from flask import Flask

from extranet.web.access import public, refuse_views_without_rule, rule_of


def views_without_rule(app: Flask) -> list[str]:
    """Return the endpoints of the URL map that carry no access rule."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    return sorted(name for name in endpoints if rule_of(app.view_functions[name]) is None)


def test_every_view_has_an_access_rule(site: Flask):
    assert len(site.view_functions) > 50
    assert views_without_rule(site) == []


def test_view_without_rule_is_seen_and_stops_the_boot():
    app = Flask(__name__)
    app.add_url_rule("/open", "open", lambda: "")
    app.add_url_rule("/public", "public", public(lambda: ""))

    with pytest.raises(RuntimeError, match="without an access rule: open"):
        refuse_views_without_rule(app)
    assert views_without_rule(app) == ["open"]
