"""The pages of the basistaken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.access import permits
from extranet.basistaken import forms, services
from extranet.basistaken.models import TaskState
from extranet.basistaken.policy import EDIT_TASKS, VIEW_TASKS, can_write_note
from extranet.basistaken.queries import lines, tasks
from extranet.basistaken.rules import (
    STATE_KINDS,
    STATE_WORDS,
    last_day_drawn,
    planning_text,
)
from extranet.clock import today
from extranet.errors import NotAllowed
from extranet.formats import pattern
from extranet.i18n import Text, translate
from extranet.membership.queries.bodies import bodies_of
from extranet.publishing.downloads import csv_file
from extranet.publishing.tables import Column, Table
from extranet.web.access import current_actor, current_region, requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.jinja import current_locale
from extranet.web.navigation import NavigationEntry
from extranet.web.paging import asked_key, page_of
from extranet.web.timelines import Plan, Timeline, timeline

blueprint = Blueprint("basistaken", __name__, url_prefix="/<region>/basistaken")
Page = str | tuple[str, int] | Response


@blueprint.get("")
@requires(VIEW_TASKS)
def list_tasks() -> Page:
    """Show every basistaak with how it stands."""
    rows = tasks.list_tasks(read_session(), region_id=current_region().id, day=_today())
    wanted = request.args.get("staat", "")
    shown = [row for row in rows if row.state == wanted] if wanted in STATE_WORDS else rows
    return render_template(
        "basistaken/list_tasks.html",
        rows=shown,
        total=len(rows),
        wanted=wanted,
        words=STATE_WORDS,
        kinds=STATE_KINDS,
        line=_timeline(shown),
        prefix=url_for("basistaken.list_tasks"),
        planning=planning_text,
        edits=permits(current_actor(), EDIT_TASKS),
    )


@blueprint.get("/lijst.csv")
@requires(VIEW_TASKS)
def export() -> Response:
    """Give the basistaken as a file."""
    region = current_region()
    rows = tasks.list_tasks(read_session(), region_id=region.id, day=_today())
    return csv_file(_table(rows), f"basistaken-{region.slug}")


@blueprint.get("/<slug>")
@requires(VIEW_TASKS)
def task(slug: str) -> Page:
    """Show one basistaak."""
    return _task_page(slug, forms.NoteForm(data={"noted_on": _today()}))


@blueprint.post("/<slug>/voortgang")
@requires(VIEW_TASKS)
def add_note(slug: str) -> Page:
    """Write a note of progress; the service says who may."""
    form = forms.NoteForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            services.add_note(
                session,
                region_id=current_region().id,
                slug=slug,
                noted_on=form.noted_on.data or today(session),
                text=str(form.text.data),
                actor=current_actor(),
            )
            flash(_("Your note is added."))
            return redirect(url_for("basistaken.task", slug=slug))
    return _task_page(slug, form), 422


@blueprint.get("/nieuw")
@requires(EDIT_TASKS)
def add_task_form() -> Page:
    """Ask for a new basistaak."""
    return _form_page(_offered(forms.TaskForm()), None)


@blueprint.post("/nieuw")
@requires(EDIT_TASKS)
def add_task() -> Page:
    """Add a basistaak."""
    form = _offered(forms.TaskForm())
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            region_id, actor = current_region().id, current_actor()
            added = services.add_task(
                session, region_id=region_id, values=_values(form), actor=actor
            )
            flash(_("The basistaak is added."))
            return redirect(url_for("basistaken.task", slug=added.slug))
    return _form_page(form, None), 422


@blueprint.get("/<slug>/wijzigen")
@requires(EDIT_TASKS)
def change_task_form(slug: str) -> Page:
    """Show a basistaak to change."""
    row = _row(slug)
    chosen = {"body_id": row.body_id or 0, "chair_seat_id": row.chair_seat_id or 0}
    return _form_page(_offered(forms.TaskForm(obj=row, data=chosen)), row)


@blueprint.post("/<slug>/wijzigen")
@requires(EDIT_TASKS)
def change_task(slug: str) -> Page:
    """Change a basistaak."""
    form = _offered(forms.TaskForm())
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            found = tasks.lock_task(session, region_id=current_region().id, slug=slug)
            form.expect(found.version, _present(_row(slug)))
            services.change_task(session, task=found, values=_values(form), actor=current_actor())
            flash(_("The basistaak is changed."))
            return redirect(url_for("basistaken.task", slug=slug))
    return _form_page(form, _row(slug)), 422


@blueprint.get("/<slug>/begrotingsregels")
@requires(EDIT_TASKS)
def link_lines_form(slug: str) -> Page:
    """Show which budget lines pay for a basistaak, to change."""
    row = _row(slug)
    choices = _line_choices(row.id)
    linked = [choice.line_key for choice in choices if choice.is_linked]
    form = forms.LinesForm(data={"line_keys": linked, "version": row.version})
    form.line_keys.choices = [(choice.line_key, choice.name) for choice in choices]
    return render_template("basistaken/link_lines_form.html", form=form, row=row)


@blueprint.post("/<slug>/begrotingsregels")
@requires(EDIT_TASKS)
def link_lines(slug: str) -> Page:
    """Change which budget lines pay for a basistaak."""
    row = _row(slug)
    form = forms.LinesForm()
    form.line_keys.choices = [(c.line_key, c.name) for c in _line_choices(row.id)]
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            found = tasks.lock_task(session, region_id=current_region().id, slug=slug)
            linked = [c.line_key for c in _line_choices(row.id) if c.is_linked]
            form.expect(found.version, {"line_keys": linked})
            chosen = form.line_keys.data or ()
            services.link_lines(session, task=found, line_keys=chosen, actor=current_actor())
            flash(_("The budget lines are linked."))
            return redirect(url_for("basistaken.task", slug=slug))
    return render_template("basistaken/link_lines_form.html", form=form, row=row), 422


def _today() -> date:
    return today(read_session())


def _row(slug: str) -> tasks.TaskPage:
    return tasks.get_task(read_session(), region_id=current_region().id, slug=slug, day=_today())


def _line_choices(basistaak_id: int) -> list[lines.LineChoice]:
    return lines.line_choices(
        read_session(),
        region_id=current_region().id,
        basistaak_id=basistaak_id,
        this_year=_today().year,
    )


def _table(rows: list[tasks.TaskLine]) -> Table:
    locale = current_locale()
    return Table(
        title=_("Basistaken"),
        columns=[
            Column(key="name", heading=_("Basistaak")),
            Column(key="state", heading=_("State")),
            Column(key="body", heading=_("Ontwikkelgroep")),
            Column(key="chair", heading=_("Chair")),
            Column(key="chair_name", heading=_("Who sits on the seat")),
            Column(key="starts_on", heading=_("First day"), kind="date"),
            Column(key="ends_on", heading=_("Last day"), kind="date"),
            Column(key="noted_on", heading=_("Noted on"), kind="date"),
            Column(key="last_note", heading=_("Latest progress")),
        ],
        rows=[
            (
                row.name,
                translate(STATE_WORDS[row.state], locale),
                row.body_name,
                row.chair_title,
                row.chair_name,
                row.starts_on,
                row.ends_on,
                row.noted_on,
                row.note,
            )
            for row in rows
        ],
    )


def _task_page(slug: str, form: forms.NoteForm) -> str:
    session, actor, row = read_session(), current_actor(), _row(slug)
    writes = can_write_note(actor, chair_seat_id=row.chair_seat_id)
    if request.method == "POST" and not writes:
        raise NotAllowed(Text("Your role does not let you use this page."))
    notes = tasks.notes_of(session, basistaak_id=row.id, after=asked_key())
    paid = lines.lines_of(
        session, region_id=current_region().id, basistaak_id=row.id, this_year=_today().year
    )
    return render_template(
        "basistaken/task.html",
        row=row,
        form=form if writes else None,
        page=page_of(notes, [note.id for note in notes], tasks.NOTES_A_PAGE),
        is_first=asked_key() is None,
        lines=paid,
        totals=lines.totals_of(paid),
        word=STATE_WORDS[row.state],
        kind=STATE_KINDS[row.state],
        planning=planning_text(row.starts_on, row.ends_on),
        edits=permits(actor, EDIT_TASKS),
    )


def _form_page(form: forms.TaskForm, row: tasks.TaskPage | None) -> str:
    return render_template("basistaken/task_form.html", form=form, row=row)


def _offered(form: forms.TaskForm) -> forms.TaskForm:
    session, region_id, day = read_session(), current_region().id, _today()
    empty = translate(Text("vacant"), current_locale())
    return form.offer(
        bodies=[(body.id, body.name) for body in bodies_of(session, region_id, day=day)],
        seats=[
            (seat.id, f"{seat.title}, {seat.organisation_name} ({seat.person_name or empty})")
            for seat in tasks.seat_choices(session, region_id=region_id, day=day)
        ],
    )


def _values(form: forms.TaskForm) -> services.TaskValues:
    return services.TaskValues(
        name=str(form.name.data),
        aim=str(form.aim.data),
        body_id=form.body_id.data or None,
        chair_seat_id=form.chair_seat_id.data or None,
        state=TaskState(form.state.data),
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
    )


def _present(found: tasks.TaskPage) -> Mapping[str, object]:
    """Return what stands there now, by field of the form, for who edited an older version."""
    return {
        "name": found.name,
        "aim": found.aim,
        "body_id": found.body_id or 0,
        "chair_seat_id": found.chair_seat_id or 0,
        "state": found.state,
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
    }


def _timeline(rows: list[tasks.TaskLine]) -> Timeline | None:
    """Return the planning as a picture; what has no end runs to the end of the picture."""
    planned = [(row, row.starts_on) for row in rows if row.starts_on]
    if not planned:
        return None
    locale, day = current_locale(), _today()
    last = last_day_drawn([row.ends_on for row, _first in planned if row.ends_on], today=day)
    plans = [
        Plan(
            label=row.name,
            phases=[
                (
                    translate(planning_text(row.starts_on, row.ends_on), locale),
                    first,
                    row.ends_on or last,
                )
            ],
        )
        for row, first in planned
    ]
    first = min(first for _row, first in planned)
    return timeline(plans, today=day, month_text=lambda d: _month(d, first.month, locale))


def _month(day: date, first: int, locale: str) -> str:
    """Name a month shortly, with its year where a year begins; `first` is the picture's month."""
    if day.month == 1:
        return str(day.year)
    name = pattern(locale).months[day.month - 1][:3]
    return f"{name} {day:%y}" if day.month == first else name


BLUEPRINTS = (blueprint,)
NAVIGATION = (
    NavigationEntry(
        title=Text("Basistaken"),
        endpoint="basistaken.list_tasks",
        permission=VIEW_TASKS,
        weight=30,
        covers=frozenset({"basistaken."}),
    ),
)
