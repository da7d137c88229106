"""Small views for proving what the web edge does with any view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from flask import Flask, render_template_string, request
from flask.testing import FlaskClient
from sqlalchemy.orm.exc import StaleDataError
from wtforms import PasswordField, SelectField, StringField

from extranet.access import EVERY_ROLE, Role, permission
from extranet.db import Database
from extranet.errors import (
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    TooMany,
    Unavailable,
)
from extranet.i18n import Text
from extranet.people.models import Person
from extranet.web.access import current_actor, public, requires, signed_in
from extranet.web.database import read_session
from extranet.web.fields import PickField, YearField
from extranet.web.forms import CentsField, DateField, Form, VersionedForm
from tests.conftest import SignIn
from tests.factories import make_official, make_organisation, make_person, make_region

VIEW = permission("probe.page.view", EVERY_ROLE)
EDIT = permission("probe.page.edit", {Role.CONTROLLER})
OPERATE = permission("probe.site.operate", operator=True)
ERRORS = {
    "notfound": NotFound(Text("There is no such thing.")),
    "notallowed": NotAllowed(Text("Not for you.")),
    "invalid": InvalidInput({"name": Text("Fill this in.")}),
    "conflict": Conflict(Text("Somebody else was first.")),
    "toomany": TooMany(Text("Wait a moment."), retry_after=90),
    "unavailable": Unavailable(Text("The other side does not answer.")),
    "stale": StaleDataError("UPDATE statement on table 'seats' expected to update 1 row(s)"),
    "unexpected": RuntimeError("a secret detail"),
}
Door = Callable[[Role], FlaskClient]


class PickForm(Form):
    """A form that asks to choose, and for a year."""

    member = PickField("Member", coerce=int, choices=[(1, "Weert"), (2, "Venlo")])
    year = YearField("Year")


class ProbeForm(VersionedForm):
    """A form with every kind of field of our own."""

    name = StringField("Name")
    day = DateField("Day")
    amount = CentsField("Amount")
    kind = SelectField("Kind", choices=[("a", "Eerste"), ("b", "Tweede")])
    body = SelectField("Body", coerce=int, choices=[(0, "Geen"), (1, "Warmte")], default=0)
    current = PasswordField("Present password")


def fail(kind: str) -> str:
    raise ERRORS[kind]


def page() -> str:
    """Say who looks; each view is a `partial` of it, because a rule is a mark on the function."""
    return f"{current_actor().name} in {current_actor().region}"


def write_form() -> dict[str, object] | tuple[str, int]:
    form = ProbeForm()
    if form.validate():
        with form.refusals():
            form.expect(4, {"name": "Naam van nu", "amount": 100_00, "day": None})
            day = form.day.data
            return {
                "name": form.name.data,
                "day": day.isoformat() if isinstance(day, date) else None,
                "amount": form.amount.data,
            }
        return rendered(form), 422
    return {"errors": form.errors}


def show_form() -> str:
    data = {"amount": -123456, "day": date(2027, 3, 2), "version": 4}
    return rendered(ProbeForm(data=data))


def pick() -> dict[str, object] | str:
    form = PickForm(data={"member": request.args.get("member", type=int)})
    if request.method == "POST" and form.validate():
        return {"member": form.member.data, "year": form.year.data}
    return {"errors": form.errors} if request.method == "POST" else rendered(form)


def rendered(form: Form) -> str:
    return render_template_string(
        "{% from 'layout/_forms.html' import error_summary, form_start, fields with context %}"
        "{{ error_summary(form) }}{{ form_start(form, '/x') }}{{ fields(form) }}",
        form=form,
    )


@pytest.fixture
def probed(app: Flask) -> Flask:
    """The application with views that do one thing each."""
    app.add_url_rule("/proef/fout/<kind>", "fail", public(fail), methods=["GET", "POST"])
    app.add_url_rule("/proef/deur", "inside", signed_in(partial(page)))
    app.add_url_rule("/proef/beheer", "operate", requires(OPERATE)(partial(page)))
    app.add_url_rule("/<region>/proef", "view", requires(VIEW)(partial(page)))
    app.add_url_rule("/<region>/proef/begroting", "edit", requires(EDIT)(partial(page)))
    app.add_url_rule("/<region>/proef/formulier", "show", requires(VIEW)(show_form))
    app.add_url_rule(
        "/<region>/proef/formulier", "write", requires(VIEW)(write_form), methods=["POST"]
    )
    app.add_url_rule("/proef/kiezen", "pick", public(pick), methods=["GET", "POST"])
    app.add_url_rule("/proef/zonder", "ruleless", lambda: "open to all")
    app.add_url_rule(
        "/proef/lezen", "read", public(lambda: str(read_session().connection().closed))
    )
    return app


@pytest.fixture
def official(database: Database) -> Callable[..., Person]:
    """Somebody with a role in the region `proef`; another region and its people exist too."""

    def official(role: Role) -> Person:
        with database.unit_of_work() as session:
            region = make_region(session, slug="proef", name="Proefregio")
            other = make_region(session, slug="elders", name="Regio Elders")
            make_official(session, region=other, role=Role.CONTROLLER)
            organisation = make_organisation(session, name="Proefdorp")
            return make_official(
                session, region=region, role=role, organisation=organisation, name="Karin Peters"
            )

    return official


@pytest.fixture
def door(probed: Flask, official: Callable[..., Person], sign_in: SignIn) -> Door:
    """A signed-in browser of somebody with a role in the region `proef`."""
    return lambda role: sign_in(probed.test_client(), official(role))


@pytest.fixture
def operator(probed: Flask, database: Database, sign_in: SignIn) -> FlaskClient:
    """A signed-in browser of the operator."""
    with database.unit_of_work() as session:
        person = make_person(session, is_operator=True)
    return sign_in(probed.test_client(), person)
