"""A municipality makes, opens and closes its own public page."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from extranet.api import (
    Actor,
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    Place,
    Subject,
    drop_public_address,
    is_live,
    keep_public_address,
    record,
    today,
)
from extranet_infoavond.models import (
    Evening,
    EveningState,
    HouseStyle,
    Invitation,
    LetterState,
    Page,
    ProgrammeItem,
    Signup,
)
from extranet_infoavond.policy import acts_for, own_organisation_id
from extranet_infoavond.queries.public import NO_PAGE, name_of, subject_of
from extranet_infoavond.queries.signups import require_host
from extranet_infoavond.rules.naming import Names, namings, namings_of_address
from extranet_infoavond.rules.slugs import LENGTH, LETTERS, slug_of
from extranet_infoavond.wording import ADDRESS_NAMES_REGION, Text

NOT_YOURS = Text("Only a seat of this municipality does this.")
NAMES_REGION = Text("This names the region. Residents read it on the public page.")
# What the public page shows of a house style.
SHOWN_OF_STYLE = (
    "sender", "contact_name", "contact_email", "contact_phone", "website", "privacy_url",
)  # fmt: skip
TOLD_DAYS = Text("Residents have read %(days)s days. You can make it shorter, not longer.")
PRINTED = Text(
    "Your letter is released and gives this address. Close the page; its address then stays."
)
TOLD_BASIS = Text("Residents have signed up on this ground, so it stays.")


def make_page(
    session: Session, place: Place, evening: Evening, *, basis: str, keep_days: int, actor: Actor
) -> Page:
    """Make the page of the municipality that the actor acts for; it is closed at first."""
    organisation_id = own_organisation(session, evening, actor)
    if session.get(Page, (evening.id, organisation_id)) is not None:
        raise Conflict(Text("Your municipality has a page for this evening already."))
    mark = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    name = name_of(session, place, organisation_id)
    page = Page(
        evening_id=evening.id,
        organisation_id=organisation_id,
        slug=slug_of(name, mark, region_names=region_names(actor)),
        legal_basis=basis,
        keep_days=keep_days,
    )
    session.add(page)
    session.flush()
    keep_public_address(session, place, slug=page.slug, subject=subject_of(page))
    _write_down(session, evening, "made", actor, after={"keep_days": keep_days, "basis": basis})
    return page


def change_page(
    session: Session, evening: Evening, page: Page, *, basis: str, keep_days: int, actor: Actor
) -> None:
    """Change on what ground and how long sign-ups are kept, never to the loss of who signed up."""
    _require_own(page, actor)
    if _has_signups(session, page):
        wrong = {"legal_basis": TOLD_BASIS} if basis != page.legal_basis else {}
        if keep_days > page.keep_days:
            wrong["keep_days"] = Text(TOLD_DAYS.msgid, days=page.keep_days)
        if wrong:
            raise InvalidInput(wrong)
    before = {"keep_days": page.keep_days, "basis": page.legal_basis}
    page.legal_basis, page.keep_days = basis, keep_days
    session.flush()
    move_retention(session, evening)
    after = {"keep_days": keep_days, "basis": basis}
    _write_down(session, evening, "changed", actor, before=before, after=after)


def open_page(
    session: Session,
    place: Place,
    evening: Evening,
    page: Page,
    *,
    names: Names,
    address: str,
    actor: Actor,
) -> None:
    """Let residents sign up; raise Conflict while something is missing. Opening twice is once.

    `address` is the whole address of the page, which residents read as well.
    """
    _require_own(page, actor)
    missing = missing_for_opening(
        session, place, evening, names=names, address=address, actor=actor
    )
    if missing:
        raise Conflict(missing[0])
    if not page.is_open:
        # Once more: a municipality that was no host for a while has lost its address.
        keep_public_address(session, place, slug=page.slug, subject=subject_of(page))
        page.is_open = True
        _write_down(session, evening, "opened", actor, after={"is_open": True})


def close_page(session: Session, evening: Evening, page: Page, *, actor: Actor) -> None:
    """Let nobody sign up any more; who did keeps their place and their link."""
    _require_own(page, actor)
    if page.is_open:
        page.is_open = False
        _write_down(session, evening, "closed", actor, after={"is_open": False})


def drop_page(
    session: Session, place: Place, evening: Evening, page: Page, *, actor: Actor
) -> None:
    """Take the page and its address away; raise Conflict when somebody signed up on it.

    A letter that is out prints the address as well, so then it stays.
    """
    _require_own(page, actor)
    if _has_signups(session, page):
        raise Conflict(Text("Somebody signed up here. Close the page; its address then stays."))
    own = session.get(Invitation, (page.evening_id, page.organisation_id))
    if own is not None and own.state == LetterState.RELEASED:
        raise Conflict(PRINTED)
    drop_public_address(session, place, slug=page.slug)
    session.delete(page)
    _write_down(session, evening, "dropped", actor)


def missing_for_opening(
    session: Session, place: Place, evening: Evening, *, names: Names, address: str, actor: Actor
) -> list[Text]:
    """Return what must be there before residents can sign up, in words.

    `address` is the whole address of the page, '' while it is not made.
    """
    organisation_id = own_organisation_id(actor) or 0
    style = session.get(HouseStyle, (place.plustaak_id, organisation_id))
    shown = _shown_on_page(session, evening, style)
    checks = (
        (evening.state == EveningState.PLANNED, Text("The evening is not planned any more.")),
        (evening.held_on and evening.starts_at, Text("The evening has no day and time yet.")),
        (evening.venue and evening.town, Text("The evening has no place yet.")),
        (style, Text("Your municipality has no house style yet.")),
        (
            style and (style.contact_email or style.contact_phone),
            Text("Your house style says nothing about whom residents can ask."),
        ),
        (
            style and style.privacy_url,
            Text("Your house style lacks the address of your privacy statement."),
        ),
        (
            not namings(shown, names),
            Text(
                "The evening or the house style names the region. Residents see the municipality."
            ),
        ),
        (is_live(session, place), Text("The plustaak is not live yet, so nothing goes out.")),
    )
    missing = [words for is_there, words in checks if not is_there]
    named = namings_of_address(address, names)
    return missing + [Text(ADDRESS_NAMES_REGION.msgid, words=one.words) for one in named]


def refuse_naming_on_open_pages(
    session: Session, evening: Evening, shown: Mapping[str, str], names: Names
) -> None:
    """Refuse the region's name where a public page of the evening is open (product rule 11).

    `shown` is what residents are to read, by field; raises InvalidInput by field. Call it with the
    evening's row locked, so that no page opens meanwhile.
    """
    is_open = session.scalar(select(exists().where(Page.evening_id == evening.id, Page.is_open)))
    wrong = {found.part: NAMES_REGION for found in namings(shown, names)} if is_open else {}
    if wrong:
        raise InvalidInput(wrong)


def _shown_on_page(session: Session, evening: Evening, style: HouseStyle | None) -> dict[str, str]:
    """Return what residents read on the page beside our own words."""
    items = session.scalars(select(ProgrammeItem).where(ProgrammeItem.evening_id == evening.id))
    shown = {
        "evening": f"{evening.title} {evening.venue} {evening.street} {evening.town}",
        "programme": "\n\n".join(f"{one.title} {one.speaker} {one.about}" for one in items),
    }
    if style is not None:
        shown["style"] = " ".join(getattr(style, name) for name in SHOWN_OF_STYLE)
    return shown


def move_retention(session: Session, evening: Evening) -> None:
    """Let the day on which sign-ups are erased follow the evening; call it when that changes.

    Counted from its day or, of one that is cancelled, from today: then the day only comes nearer.
    An evening that lost its day leaves things as they were.
    """
    is_cancelled = evening.state == EveningState.CANCELLED
    start = today(session) if is_cancelled else evening.held_on
    if start is None:
        return
    pages = session.scalars(select(Page).where(Page.evening_id == evening.id)).all()
    for page in pages:
        until = start + timedelta(days=page.keep_days)
        own = update(Signup).where(
            Signup.evening_id == evening.id, Signup.organisation_id == page.organisation_id
        )
        if is_cancelled:
            own = own.where(Signup.keep_until > until)
        session.execute(own.values(keep_until=until).execution_options(synchronize_session="fetch"))


def own_organisation(session: Session, evening: Evening, actor: Actor) -> int:
    """Return the host that the actor acts for; raise NotFound when it does not invite."""
    organisation_id = own_organisation_id(actor)
    if organisation_id is None:
        raise NotFound(NO_PAGE)
    require_host(session, evening.id, organisation_id)
    return organisation_id


def region_names(actor: Actor) -> tuple[str, ...]:
    """Return by what names the region could show through."""
    return (actor.region.name, actor.region.slug) if actor.region else ()


def _require_own(page: Page, actor: Actor) -> None:
    if not acts_for(actor, page.organisation_id):
        raise NotAllowed(NOT_YOURS)


def _has_signups(session: Session, page: Page) -> bool:
    found = session.scalar(
        select(func.count())
        .select_from(Signup)
        .where(Signup.evening_id == page.evening_id, Signup.organisation_id == page.organisation_id)
    )
    return bool(found)


def _write_down(
    session: Session,
    evening: Evening,
    what: str,
    actor: Actor,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    record(
        session,
        actor=actor,
        action=f"infoavond_page.{what}",
        subject=Subject("evening", evening.id, evening.title),
        before=before,
        after=after,
    )
