"""The host's work for later, and that of the plugins, as the worker does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from extranet.clock import now
from extranet.db import Database
from extranet.outbox.services import queue_job as queue
from extranet.outbox.services.jobs import Handler, Postponed, run_due, schedule
from extranet.plugins.contributions import Change, Place
from extranet.plugins.contributions import Job as PluginJob
from extranet.plugins.host import PluginHost
from extranet.plugins.models import PluginFailure
from extranet.plugins.services.erasing import erase_due

TELL, ERASE = "plugins:tell", "plugins:erase"
CHANGE, PARTICIPATION = "extranet_on_change", "extranet_on_participation"
DAILY = timedelta(days=1)
UNTIL_RESTART = timedelta(minutes=30)


def handlers_of(host: PluginHost) -> dict[str, Handler]:
    """Return what does each job, by its name; a plugin's own are `<plugin>:<name>`."""
    found = {
        # A change that nobody is left to hear of stays queued until its plugin is back.
        f"{TELL}:{name}": Handler(partial(_tell, host))
        for name in host.plugins
    }
    found[ERASE] = Handler(lambda session, _payload: _erase(session), every=DAILY)
    for plugin in host.plugins.values():
        for job in plugin.jobs:
            name = f"{plugin.name}:{job.name}"
            found[name] = Handler(partial(_run, host, plugin.name, job), every=job.every)
    return found


def work_of(
    host: PluginHost, database: Database, core: Mapping[str, Handler] = MappingProxyType({})
) -> Callable[[], int]:
    """Return one round of work: what is due, and the failures of this process written down.

    `core` is what the core does by itself, beside the host and the plugins.
    """
    handlers = {**handlers_of(host), **core}

    def work() -> int:
        schedule(database, handlers)
        done = run_due(database, handlers)
        write_failures(host, database)
        return done

    return work


def queue_change(session: Session, place: Place, change: Change) -> None:
    """Tell a plugin, after the commit, what happened to it."""
    queue(
        session,
        name=f"{TELL}:{place.plugin}",
        payload={"hook": CHANGE, "place": _as_values(place), "change": change.value},
    )


def queue_participation(
    session: Session, place: Place, *, organisation_code: str, until_date: date | None
) -> None:
    """Tell a plugin, after the commit, who takes part in its plustaak or stops doing so."""
    queue(
        session,
        name=f"{TELL}:{place.plugin}",
        payload={
            "hook": PARTICIPATION,
            "place": _as_values(place),
            "organisation_code": organisation_code,
            "until_date": until_date.isoformat() if until_date else None,
        },
    )


def queue_job(
    session: Session,
    place: Place,
    *,
    name: str,
    payload: Mapping[str, object] | None = None,
    due_at: datetime | None = None,
) -> None:
    """Queue a job of the plugin for after the commit, or for a moment.

    `name` is one that the plugin registered. Its `run` gets the payload (plain JSON values) with
    the place added under `place`; `place_of` reads it back.
    """
    queue(
        session,
        name=f"{place.plugin}:{name}",
        payload={**(payload or {}), "place": _as_values(place)},
        due_at=due_at,
    )


def place_of(payload: Mapping[str, Any]) -> Place:
    """Return the place that a job was queued for."""
    return Place(**payload["place"])


def write_failures(host: PluginHost, database: Database) -> None:
    """Write down what was counted since the last time, for the admin's page."""
    pending = {
        key: (tally.count, tally.last_error) for key, tally in host.failures.pending().items()
    }
    if not pending:
        return
    with database.unit_of_work() as session:
        for (plugin, hook), (count, error) in pending.items():
            row = session.get(PluginFailure, (plugin, hook), with_for_update=True)
            if row is None:
                row = PluginFailure(plugin=plugin, hook=hook, count=0)
                session.add(row)
            row.count += count
            row.last_error, row.last_at = error, now(session)
    host.failures.mark_written({key: count for key, (count, _error) in pending.items()})


def _tell(host: PluginHost, session: Session, payload: Mapping[str, Any]) -> None:
    place = place_of(payload)
    if host.failures.is_asleep(place.plugin):
        raise Postponed(UNTIL_RESTART)
    if payload["hook"] == CHANGE:
        host.on_change(session=session, place=place, change=Change(payload["change"]))
        return
    until = payload["until_date"]
    host.on_participation(
        session=session,
        place=place,
        organisation_code=payload["organisation_code"],
        until_date=date.fromisoformat(until) if until else None,
    )


def _run(
    host: PluginHost, plugin: str, job: PluginJob, session: Session, payload: Mapping[str, Any]
) -> None:
    try:
        job.run(session, payload)
    except Exception as error:
        host.failures.note(plugin, f"job {job.name}", error)
        raise
    host.failures.forget_row(plugin, f"job {job.name}")


def _erase(session: Session) -> None:
    erase_due(session)


def _as_values(place: Place) -> dict[str, object]:
    return {
        "plugin": place.plugin,
        "region_id": place.region_id,
        "coalition_id": place.coalition_id,
        "plustaak_id": place.plustaak_id,
    }
