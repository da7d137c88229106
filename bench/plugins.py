"""What plugins and coalitions cost: the same pages with 3 and with 30 plugins on, and among 300.

Thirty plugins of the skeleton are installed. Region `nml` of the demo gets a coalition where 3 of
them are on and one where all are, with the same participants. The pages are asked in turn, many
times, and their time on the processor is compared: what else the machine does weighs on both. Then
300 coalitions with 3 plugins each come beside them, and the same pages are asked again.
"""

from __future__ import annotations

import importlib
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bench import filling
from extranet.app import create_app
from extranet.clock import now
from extranet.coalitions.models import Coalition, CoalitionState, Participation, Plustaak
from extranet.config import Config
from extranet.db import Database
from extranet.membership.models import Region
from extranet.membership.queries.members import members_on
from extranet.plugins.host import PluginHost
from extranet.plugins.loading import load_plugins
from extranet.plugins.making import make_plugin
from extranet.plugins.models import CoalitionPlugin, PluginSummary, RegionPlugin
from extranet.web.database import get_database

FEW, MANY, COALITIONS, ROUNDS = 3, 30, 300, 150
NAMES = [f"meting{number:02}" for number in range(1, MANY + 1)]
PAGES: Mapping[str, str] = {
    "workspace": "/nml/coalities/{coalition}/",
    "plustaken": "/nml/coalities/{coalition}/plustaken/",
    "a plugin's page": "/nml/coalities/{coalition}/meting01",
    "participants": "/nml/coalities/{coalition}/deelnemers",
    "list": "/nml/coalities/",
}
ROW = "{:18} {:>9} {:>9} {:>7} {:>9} {:>7}"


def main() -> None:
    """Measure on SQLite, in this process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _install(folder)
        config = Config.from_env(
            {
                "EXTRANET_DATABASE_URL": f"sqlite:///{folder / 'plugins'}.sqlite3",
                "EXTRANET_SECRET_KEY": secrets.token_hex(32),
                "EXTRANET_INSTANCE_DIR": str(folder),
                "EXTRANET_DEMO": "1",
                "EXTRANET_PLUGINS": ",".join(NAMES),
            },
            environment="development",
        )
        app, client = _site(config, load_plugins(config))
        before = _measured(client)
        with app.app_context():
            _fill(get_database(), {f"nog-{n}": NAMES[:FEW] for n in range(COALITIONS)})
        after = _measured(client)
    print(ROW.format("page", "3 on ms", "30 on ms", "ratio", "among 300", "ratio"))
    for page, (few, many) in before.items():
        among = after[page][0]
        print(
            ROW.format(
                page,
                f"{few:.2f}",
                f"{many:.2f}",
                f"{many / few:.2f}",
                f"{among:.2f}",
                f"{among / few:.2f}",
            )
        )


def _install(folder: Path) -> None:
    """Write the plugins and let the interpreter find them as if pip had put them there."""
    for name in NAMES:
        made = make_plugin(name, folder)
        info = made / f"extranet_{name}-0.1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: extranet-{name}\nVersion: 0\n"
        )
        (info / "entry_points.txt").write_text(
            f"[extranet.plugins]\n{name} = extranet_{name}.plugin\n"
        )
        sys.path.append(str(made))
    importlib.invalidate_caches()


def _site(config: Config, host: PluginHost) -> tuple[Flask, FlaskClient]:
    """Return the application with the demo and both coalitions, and a browser that is signed in."""
    app = create_app(config, host=host)
    with app.app_context():
        database = get_database()
        filling.demo(database, config, host)
        _fill(database, {"weinig": NAMES[:FEW], "veel": NAMES})
        token = filling.sign_in(database)
    client = app.test_client()
    with client.session_transaction() as session:
        session.update({"_user_id": token, "_fresh": True})
    return app, client


def _fill(database: Database, coalitions: Mapping[str, Sequence[str]]) -> None:
    """Make active coalitions, by the end of their address, with these plugins on."""
    with database.unit_of_work() as session:
        region = session.scalars(select(Region).where(Region.slug == "nml")).one()
        moment = now(session)
        members = members_on(session, region.id, moment.date())[:5]
        for name in NAMES:
            session.merge(RegionPlugin(region_id=region.id, plugin=name, is_allowed=True))
        for slug, plugins in coalitions.items():
            made = Coalition(
                region_id=region.id,
                slug=slug,
                name=f"Coalitie {slug}",
                aim="Meten",
                proposed_by_id=members[0].organisation_id,
                proposed_on=moment.date(),
                state=CoalitionState.ACTIVE,
            )
            session.add(made)
            session.flush()
            session.add_all(
                Participation(
                    coalition_id=made.id,
                    organisation_id=member.organisation_id,
                    from_date=moment.date(),
                    consented_on=moment.date(),
                )
                for member in members
            )
            _switch_on(session, made, plugins)


def _switch_on(session: Session, coalition: Coalition, plugins: Sequence[str]) -> None:
    moment = now(session)
    session.execute(
        insert(CoalitionPlugin), [{"coalition_id": coalition.id, "plugin": p} for p in plugins]
    )
    made = [Plustaak(coalition_id=coalition.id, plugin=p, enabled_at=moment) for p in plugins]
    session.add_all(made)
    session.flush()
    session.add_all(
        PluginSummary(
            plugin=one.plugin,
            owner=f"plustaak:{one.id}",
            region_id=coalition.region_id,
            coalition_id=coalition.id,
            values={"notes": 3},
            kept_at=moment,
        )
        for one in made
    )


def _measured(client: FlaskClient) -> dict[str, tuple[float, float]]:
    """Return per page the milliseconds of processor with few plugins on and with many."""
    found = {}
    for page, path in PAGES.items():
        asks = [_asking(client, path.format(coalition=slug)) for slug in ("weinig", "veel")]
        times: list[list[float]] = [[], []]
        for _round in range(ROUNDS):
            for taken, ask in zip(times, asks, strict=True):
                taken.append(ask())
        few, many = (statistics.median(taken) * 1000 for taken in times)
        found[page] = (few, many)
    return found


def _asking(client: FlaskClient, path: str) -> Callable[[], float]:
    def ask() -> float:
        start = time.process_time()
        response = client.get(path)
        taken = time.process_time() - start
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")
        return taken

    for _warm_up in range(10):
        ask()
    return ask


if __name__ == "__main__":
    main()
