"""The application, as a table of contents: `create_app` puts the parts together."""

from __future__ import annotations

from functools import partial

from flask import Flask
from flask_wtf import CSRFProtect

import extranet.agreements.views
import extranet.basistaken.views
import extranet.coalitions.views
import extranet.documents.views
import extranet.membership.views
import extranet.money.views
import extranet.outbox.views
import extranet.overview.views
import extranet.people.views
import extranet.plugins.views
import extranet.search.views
from extranet import migrations, subscriptions
from extranet.access import Actor, CoalitionRef
from extranet.clock import Clock
from extranet.coalitions.queries.standing import find_coalition
from extranet.config import Config
from extranet.db import Database
from extranet.files import FileStore
from extranet.paths import PACKAGE, data_dir
from extranet.people import queries as people_queries
from extranet.plugins import gate
from extranet.plugins.host import PluginHost
from extranet.plugins.listening import listen
from extranet.plugins.loading import load_plugins
from extranet.plugins.mounting import mount
from extranet.web import (
    access,
    database,
    errors,
    files,
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
    extranet.documents.views,
    extranet.agreements.views,
    extranet.coalitions.views,
    extranet.search.views,
    extranet.outbox.views,
    extranet.plugins.views,
)


def create_app(
    config: Config, *, clock: Clock | None = None, host: PluginHost | None = None
) -> Flask:
    """Return the application; it reads nothing from the database and nothing from the network.

    `host` is the plugin host that the caller loaded already, else it is loaded here.
    """
    host = host or load_plugins(config)
    app = Flask(
        "extranet",
        root_path=str(PACKAGE),
        static_folder=str(PACKAGE / "web" / "static"),
        template_folder=str(data_dir("templates")),
    )
    app.config.from_mapping(_flask_settings(config))
    app.extensions["extranet_config"] = config
    wired = subscriptions.wired()
    listen(wired, host)
    store = Database(config.database_url, clock=clock, subscriptions=wired)
    database.init_app(app, store)
    app.extensions["extranet_plugins"] = host
    input_limits.init_app(app)
    files.init_app(app, FileStore(config))
    CSRFProtect(app)
    gate.init_app(app, host, config)
    access.init_app(app, partial(_load_actor, idle_minutes=config.idle_minutes), _load_coalition)
    jinja.init_app(app, config)
    errors.init_app(app)
    headers.init_app(app, config)
    pages.init_app(app, migrations.is_current)
    for views in DOMAINS:
        for blueprint in views.BLUEPRINTS:
            app.register_blueprint(blueprint)
    mount(app, host)
    navigation.init_app(
        app, [*(e for views in DOMAINS for e in views.NAVIGATION), *host.navigation]
    )
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


def _load_coalition(region_slug: str, slug: str) -> CoalitionRef | None:
    return find_coalition(database.read_session(), region_slug, slug)
