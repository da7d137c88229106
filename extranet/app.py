"""The application, as a table of contents: `create_app` puts the parts together."""

from __future__ import annotations

from functools import partial

from flask import Flask
from flask_wtf import CSRFProtect

import extranet.basistaken.views
import extranet.membership.views
import extranet.money.views
import extranet.outbox.views
import extranet.overview.views
import extranet.people.views
import extranet.search.views
from extranet import migrations, subscriptions
from extranet.access import Actor
from extranet.clock import Clock
from extranet.config import Config
from extranet.db import Database
from extranet.paths import PACKAGE, data_dir
from extranet.people import queries as people_queries
from extranet.web import (
    access,
    database,
    errors,
    headers,
    input_limits,
    jinja,
    navigation,
    pages,
    proxies,
)

DOMAINS = (
    extranet.overview.views,
    extranet.membership.views,
    extranet.people.views,
    extranet.money.views,
    extranet.basistaken.views,
    extranet.search.views,
    extranet.outbox.views,
)


def create_app(config: Config, *, clock: Clock | None = None) -> Flask:
    """Return the application; it reads nothing from the database and nothing from the network."""
    app = Flask(
        "extranet",
        root_path=str(PACKAGE),
        static_folder=str(PACKAGE / "web" / "static"),
        template_folder=str(data_dir("templates")),
    )
    app.config.from_mapping(_flask_settings(config))
    app.extensions["extranet_config"] = config
    store = Database(config.database_url, clock=clock, subscriptions=subscriptions.wired())
    database.init_app(app, store)
    input_limits.init_app(app)
    CSRFProtect(app)
    access.init_app(app, partial(_load_actor, idle_minutes=config.idle_minutes))
    jinja.init_app(app, config)
    navigation.init_app(app, [entry for views in DOMAINS for entry in views.NAVIGATION])
    errors.init_app(app)
    headers.init_app(app, config)
    pages.init_app(app, migrations.is_current)
    for views in DOMAINS:
        for blueprint in views.BLUEPRINTS:
            app.register_blueprint(blueprint)
    access.refuse_views_without_rule(app)
    proxies.init_app(app, config)
    return app


def _flask_settings(config: Config) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key,
        "SESSION_COOKIE_NAME": "__Host-extranet" if config.is_secure else "extranet",
        "SESSION_COOKIE_SECURE": config.is_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": config.upload_megabytes * 1024 * 1024,
        "SEND_FILE_MAX_AGE_DEFAULT": 365 * 24 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _load_actor(token: str, *, idle_minutes: int) -> Actor | None:
    return people_queries.find_actor(database.read_session(), token, idle_minutes=idle_minutes)
