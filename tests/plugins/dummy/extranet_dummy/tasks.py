"""The dummy's commands and its work for later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import click
from sqlalchemy.orm import Session

from extranet.api import Job, PersonalData, Place, place_of, places_of
from extranet_dummy.services import hear, write_note
from extranet_dummy.wording import Text


@click.command("count")
@click.pass_obj
def count(opener: Any) -> None:
    """Say how many places the dummy is on in."""
    _config, database = opener()
    with database.reading() as session:
        click.echo(str(len(places_of(session, "dummy"))))
    database.dispose()


def note(session: Session, payload: Mapping[str, Any]) -> None:
    """Write down what was asked for."""
    hear(session, place_of(payload), str(payload["what"]))


def tidy(session: Session, _payload: Mapping[str, Any]) -> None:
    """Write down that the day came, in every place."""
    for place in places_of(session, "dummy"):
        hear(session, place, "tidied")


def fill_example(session: Session, place: Place) -> None:
    """Write a note that says that it is an example."""
    write_note(session, place, text="Voorbeeld")


JOBS = [Job(name="note", run=note), Job(name="tidy", run=tidy, every=timedelta(days=1))]
VISITORS = PersonalData(
    table="dummy_visitors",
    columns=("name", "email"),
    retention="keep_until",
    about=Text("who visited"),
)
