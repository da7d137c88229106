"""`make bench`: requests per second, latency, queries a page, and ratios to a bare Flask page.

What plugins and coalitions cost comes last; `python -m bench.plugins` measures that alone.

Each page is measured with three amounts of data:

- `demo`: the demo as it is, 18 members in the region;
- `around`: a hundred other regions with as many members each around it, which is what a hundred
  times as many members means for an installation; the region's own budget versions and activity a
  hundredfold;
- `inside`: that, and a hundred times as many members in the region itself, 1,800, who all pay by
  its budget. No Dutch region comes near it. It shows which pages page their lists (members,
  activity) and which show every member (contributions).
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from flask import Flask
from sqlalchemy import event

from bench import filling, plugins
from bench.load import Figures, measure, require_wrk, serving
from extranet.app import create_app
from extranet.config import Config
from extranet.db import Database
from extranet.web.database import get_database
from tests.postgres import running_server

PAGES = {
    "region home": "/nml/",
    "members": "/nml/leden",
    "contributions": "/nml/bijdragen",
    "explanation": "/nml/bijdragen/gm:0984",
    "activity": "/nml/activiteit",
    "search": "/nml/zoeken?q=gemeente",
}
SIZES: Mapping[str, Sequence[Callable[[Database], None]]] = {
    "demo": (),
    "around": (filling.multiply,),
    "inside": (filling.multiply, filling.fill_region),
}
ROW = "{:10} {:6} {:14} {:>8} {:>8} {:>8} {:>8} {:>8}"


def main() -> None:
    """Measure every page on both databases, with each amount of data."""
    require_wrk()
    print(ROW.format("database", "data", "page", "req/s", "p50 ms", "p99 ms", "queries", "x hello"))
    with tempfile.TemporaryDirectory() as name, running_server() as server:
        folder = Path(name)
        for kind in ("sqlite", "postgresql"):
            for size in SIZES:
                if kind == "sqlite":
                    url = f"sqlite:///{folder / size}.sqlite3"
                else:
                    url = server.create_database(f"bench_{size}")
                _measure(kind, size, url, folder)
    plugins.main()


def _measure(kind: str, size: str, url: str, folder: Path) -> None:
    environment = {
        "EXTRANET_DATABASE_URL": url,
        "EXTRANET_SECRET_KEY": secrets.token_hex(32),
        "EXTRANET_INSTANCE_DIR": str(folder),
        "EXTRANET_DEMO": "1",
    }
    config = Config.from_env(environment, environment="development")
    app = create_app(config)
    with app.app_context():
        database = get_database()
        filling.demo(database, config, app.extensions["extranet_plugins"])
        for fill in SIZES[size]:
            fill(database)
        token = filling.sign_in(database)
    cookie = _cookie(app, token)
    queries = {name: _count(app, path, cookie) for name, path in PAGES.items()}
    database.dispose()
    for name, path in PAGES.items():
        # The yardstick is taken again next to each page: a shared machine's speed wanders.
        with serving("bench.hello:app", {}) as port:
            hello = measure(port, "/")
        with serving("bench.site:app", environment) as port:
            found = measure(port, path, cookie)
        print(ROW.format(kind, size, name, *_cells(found, queries[name], hello)), flush=True)


def _cells(found: Figures, queries: int, hello: Figures) -> tuple[str, ...]:
    ratio = found.per_second / hello.per_second
    times = (f"{found.per_second:.0f}", f"{found.p50:.1f}", f"{found.p99:.1f}")
    return (*times, str(queries), f"{ratio:.3f}")


def _cookie(app: Flask, token: str) -> str:
    """Return the cookie of a signed-in browser that has seen a page, its CSRF secret included."""
    client, name = app.test_client(), app.config["SESSION_COOKIE_NAME"]
    with client.session_transaction() as session:
        session.update({"_user_id": token, "_fresh": True})
    client.get(PAGES["region home"])
    cookie = client.get_cookie(name)
    if cookie is None:
        raise RuntimeError("the site set no cookie")
    return f"{name}={cookie.value}"


def _count(app: Flask, path: str, cookie: str) -> int:
    """Return how many statements one request of a page runs."""
    statements: list[str] = []
    with app.app_context():
        engine = get_database().read_engine

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    headers: Mapping[str, str] = {"Cookie": cookie}
    response = app.test_client(use_cookies=False).get(path, headers=dict(headers))
    event.remove(engine, "before_cursor_execute", note)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}")
    return len(statements)


if __name__ == "__main__":
    main()
