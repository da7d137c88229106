"""Plan, change, cancel and close evenings, and keep their hosts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from extranet.api import (
    Actor,
    InvalidInput,
    NotAllowed,
    Place,
    Subject,
    drop_date,
    keep_date,
    keep_findable,
    participants_of,
    record,
    today,
)
from extranet_infoavond.models import Evening, EveningState, Host, Page
from extranet_infoavond.rules.naming import Names
from extranet_infoavond.services.hosts import drop_host, host_ids, set_hosts
from extranet_infoavond.services.letters import reopen_letters
from extranet_infoavond.services.pages import move_retention, refuse_naming_on_open_pages
from extranet_infoavond.services.signups import fill_places, lock_evening
from extranet_infoavond.services.summary import renew_summary
from extranet_infoavond.wording import Text

# What a letter says of an evening; when it changes, an approval no longer covers the letter.
PRINTED = ("title", "held_on", "starts_at", "ends_at", "venue", "street", "town")
NOT_PLANNED = Text("This evening is not planned any more, so it does not change.")
SHOWN = ("title", "venue", "street", "town")


@dataclass(frozen=True, slots=True, kw_only=True)
class EveningValues:
    """What people fill in about an evening; what is not known yet is None or ''."""

    title: str
    held_on: date | None
    starts_at: time | None
    ends_at: time | None
    venue: str
    street: str
    town: str
    capacity: int


def plan_evening(
    session: Session,
    place: Place,
    *,
    values: EveningValues,
    hosts: Collection[int],
    actor: Actor,
) -> Evening:
    """Plan an evening with its hosts; raise InvalidInput by field."""
    if place.plustaak_id is None:
        raise NotAllowed(NOT_PLANNED)
    _refuse_wrong(session, values, before=None)
    evening = Evening(plustaak_id=place.plustaak_id, **asdict(values))
    session.add(evening)
    session.flush()
    set_hosts(session, place, evening, hosts)
    _log(session, evening, "planned", actor, after={**_plain(evening), "hosts": sorted(hosts)})
    keep_evening(session, place, evening)
    return evening


def change_evening(
    session: Session,
    place: Place,
    evening: Evening,
    *,
    values: EveningValues,
    hosts: Collection[int],
    names: Names,
    actor: Actor,
) -> None:
    """Change an evening; letters that were approved with what it said before become drafts.

    The day on which sign-ups are erased follows its day, and who waits gets the places that come.
    Raises InvalidInput for a word that names the region while residents can read it.
    """
    lock_evening(session, evening.id)
    _refuse_unless_planned(evening)
    _refuse_wrong(session, values, before=evening.held_on)
    shown = {name: getattr(values, name) for name in SHOWN}
    refuse_naming_on_open_pages(session, evening, shown, names)
    before = {**_plain(evening), "hosts": sorted(host_ids(session, evening))}
    set_hosts(session, place, evening, hosts)
    for name, value in asdict(values).items():
        setattr(evening, name, value)
    after = {**_plain(evening), "hosts": sorted(hosts)}
    changed = sorted(name for name in after if after[name] != before[name])
    if not changed:
        return
    session.flush()
    _log(
        session, evening, "changed", actor,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )  # fmt: skip
    if not set(PRINTED).isdisjoint(changed):
        reopen_letters(session, place, evening, actor=actor)
    move_retention(session, evening)
    fill_places(session, evening)
    keep_evening(session, place, evening)


def cancel_evening(session: Session, place: Place, evening: Evening, *, actor: Actor) -> None:
    """Cancel an evening: no letter goes out any more, and its public pages close."""
    _refuse_unless_planned(evening)
    evening.state = EveningState.CANCELLED
    session.execute(
        update(Page)
        .where(Page.evening_id == evening.id, Page.is_open)
        .values(is_open=False, version=Page.version + 1)
    )
    session.flush()
    move_retention(session, evening)
    _log(session, evening, "cancelled", actor)
    keep_evening(session, place, evening)


def mark_held(session: Session, place: Place, evening: Evening, *, actor: Actor) -> None:
    """Write down that an evening was held; its day must be there and not lie ahead."""
    _refuse_unless_planned(evening)
    if evening.held_on is None or evening.held_on > today(session):
        raise InvalidInput({"": Text("An evening is held on its day or after it, not before.")})
    evening.state = EveningState.HELD
    session.flush()
    _log(session, evening, "held", actor)
    keep_evening(session, place, evening)


def drop_leaver(
    session: Session, place: Place, *, organisation_id: int, last_day: date
) -> list[int]:
    """Take a municipality that leaves off the evenings after its last day; return which ones.

    What went out stays on record; a letter that did not is dropped, and its public page closes.
    Where residents signed up it stays a host, so that their links and its sign-ups stay.
    """
    evenings = session.scalars(
        select(Evening)
        .join(Host, Host.evening_id == Evening.id)
        .where(
            Evening.plustaak_id == place.plustaak_id,
            Evening.state == EveningState.PLANNED,
            Host.organisation_id == organisation_id,
            func.coalesce(Evening.held_on, date.max) > last_day,
        )
        .order_by(Evening.id)
    ).all()
    left = []
    for evening in evenings:
        lock_evening(session, evening.id)
        if not drop_host(session, place, evening, organisation_id):
            continue
        left.append(evening.id)
        _log(
            session, evening, "left", None,
            before={"host": organisation_id}, place=place,
        )  # fmt: skip
        keep_evening(session, place, evening)
    return left


def drop_leavers(session: Session, place: Place) -> None:
    """Take every municipality that no longer takes part off the evenings to come.

    Looked at when somebody leaves and each hour: until its last day a municipality stays a host.
    """
    taking_part = [one.organisation_id for one in participants_of(session, place)]
    gone = session.scalars(
        select(Host.organisation_id)
        .join(Evening, Evening.id == Host.evening_id)
        .where(
            Evening.plustaak_id == place.plustaak_id,
            Evening.state == EveningState.PLANNED,
            Host.organisation_id.not_in(taking_part),
        )
        .distinct()
    ).all()
    yesterday = today(session) - timedelta(days=1)
    for organisation_id in gone:
        drop_leaver(session, place, organisation_id=organisation_id, last_day=yesterday)


def _refuse_unless_planned(evening: Evening) -> None:
    if evening.state != EveningState.PLANNED:
        raise InvalidInput({"": NOT_PLANNED})


def _refuse_wrong(session: Session, values: EveningValues, *, before: date | None) -> None:
    wrong: dict[str, Text] = {}
    if values.held_on and values.held_on != before and values.held_on < today(session):
        wrong["held_on"] = Text("This day is past. Plan an evening that is still to come.")
    if values.ends_at and values.starts_at is None:
        wrong["starts_at"] = Text("Fill in when the evening begins as well.")
    if values.ends_at and values.starts_at and values.ends_at <= values.starts_at:
        wrong["ends_at"] = Text("The evening ends after it begins.")
    if wrong:
        raise InvalidInput(wrong)


def _plain(evening: Evening) -> dict[str, object]:
    return {
        name: value if isinstance(value, str | int | None) else value.isoformat()
        for name in (*PRINTED, "capacity")
        for value in [getattr(evening, name)]
    }


def keep_evening(session: Session, place: Place, evening: Evening) -> None:
    """Let the evening be found, put it in the calendar, and renew what other pages show."""
    keep_findable(
        session,
        place,
        key=f"evening-{evening.id}",
        title=evening.title,
        text=" ".join(part for part in (evening.venue, evening.street, evening.town) if part),
        path=str(evening.id),
    )
    key = f"evening-{evening.id}"
    if evening.held_on is None or evening.state == EveningState.CANCELLED:
        drop_date(session, place, key=key)
    else:
        keep_date(
            session,
            place,
            key=key,
            title=evening.title,
            on=evening.held_on,
            starts_at=evening.starts_at,
            ends_at=evening.ends_at,
            where=", ".join(part for part in (evening.venue, evening.town) if part),
        )
    renew_summary(session, place)


def _log(
    session: Session,
    evening: Evening,
    what: str,
    actor: Actor | None,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    place: Place | None = None,
) -> None:
    record(
        session,
        actor=actor,
        action=f"infoavond_evening.{what}",
        subject=Subject("evening", evening.id, evening.title),
        region_id=place.region_id if place else None,
        coalition_id=place.coalition_id if place else None,
        before=before,
        after=after,
    )
