"""Keep a municipality's house style; only who acts for it comes here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.api import (
    Actor,
    InvalidInput,
    NotAllowed,
    Place,
    Subject,
    Unavailable,
    record,
    render_letter,
    today,
)
from extranet_infoavond.models import Evening, EveningState, HouseStyle, Page
from extranet_infoavond.policy import own_organisation_id
from extranet_infoavond.queries.evenings import municipalities_of
from extranet_infoavond.queries.styles import find_style, paper_of
from extranet_infoavond.rules.colours import COLOUR, accent_of, weakest_contrast
from extranet_infoavond.rules.naming import Names
from extranet_infoavond.rules.styles import (
    LARGEST_LOGO,
    letter_of,
    picture_of,
)
from extranet_infoavond.services.letters import reopen_letters
from extranet_infoavond.services.pages import SHOWN_OF_STYLE, refuse_naming_on_open_pages
from extranet_infoavond.wording import Text

NOT_A_PARTICIPANT = Text("Only a municipality that takes part has a house style here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleValues:
    """What a municipality fills in; '' leaves a line out."""

    sender: str
    street: str
    postal_town: str
    contact_name: str
    contact_email: str
    contact_phone: str
    signatory_name: str
    signatory_function: str
    website: str
    privacy_url: str
    accent: str


def save_style(
    session: Session, place: Place, *, values: StyleValues, names: Names, actor: Actor
) -> None:
    """Keep the house style of the actor's municipality; its approved letters become drafts.

    Raises InvalidInput by field, also for the region's name while a page of theirs is open.
    """
    _refuse_wrong(values)
    style = _own_style(session, place, actor, sender=values.sender)
    shown = {name: getattr(values, name) for name in SHOWN_OF_STYLE}
    for evening in _with_page(session, place, style.organisation_id):
        refuse_naming_on_open_pages(session, evening, shown, names)
    changed = [name for name, value in asdict(values).items() if getattr(style, name) != value]
    for name, value in asdict(values).items():
        setattr(style, name, value)
    session.flush()
    _done(session, place, style, "changed", actor=actor, after={"fields": changed})


def save_logo(session: Session, place: Place, *, content: bytes, actor: Actor) -> None:
    """Keep a logo, judged by its content; refuse what is no picture, too large or not printable."""
    picture = picture_of(content)
    wrong = None
    if len(content) > LARGEST_LOGO:
        wrong = Text("This file is too large: at most %(n)s kB.", n=LARGEST_LOGO // 1000)
    elif picture is None:
        wrong = Text("This is no PNG or JPEG picture in colours for the screen.")
    elif not picture.fits:
        wrong = Text(
            "This picture is %(width)s by %(height)s pixels. Each side has 40 to 2000, and it is "
            "at most five times as wide as high.",
            width=picture.width,
            height=picture.height,
        )
    if wrong is not None or picture is None:
        raise InvalidInput({"logo": wrong or NOT_A_PARTICIPANT})
    style = _own_style(session, place, actor)
    style.logo, style.logo_type = content, picture.media_type
    _refuse_unprintable(session, style)
    session.flush()
    _done(session, place, style, "logo_set", actor=actor, after={"bytes": len(content)})


def remove_logo(session: Session, place: Place, *, actor: Actor) -> None:
    """Remove the logo of the actor's municipality."""
    style = _own_style(session, place, actor)
    if style.logo is None:
        return
    style.logo, style.logo_type = None, ""
    session.flush()
    _done(session, place, style, "logo_removed", actor=actor, after={})


def _refuse_unprintable(session: Session, style: HouseStyle) -> None:
    """Refuse a picture that starts as one and goes wrong further on, by printing it once."""
    paper = paper_of(style, style.sender)
    try:
        render_letter(letter_of(paper, subject="Proef", body="Proef", day=today(session)))
    except Unavailable as error:
        raise InvalidInput(
            {"logo": Text("This picture cannot be printed. Save it anew.")}
        ) from error


def _own_style(session: Session, place: Place, actor: Actor, *, sender: str = "") -> HouseStyle:
    """Return the house style of the actor's municipality, a new one when it has none."""
    names = {one.organisation_id: one.name for one in municipalities_of(session, place)}
    own = own_organisation_id(actor)
    if own is None or own not in names or place.plustaak_id is None:
        raise NotAllowed(NOT_A_PARTICIPANT)
    style = find_style(session, place, own)
    if style is None:
        style = HouseStyle(
            plustaak_id=place.plustaak_id,
            organisation_id=own,
            sender=sender or names[own],
        )
        session.add(style)
        session.flush()
    return style


def _with_page(session: Session, place: Place, organisation_id: int) -> Sequence[Evening]:
    """Return the planned evenings on which a municipality's page is open.

    The evenings of all its pages are locked first, so that none opens meanwhile.
    """
    planned = session.scalars(
        select(Evening)
        .join(Page, Page.evening_id == Evening.id)
        .where(
            Evening.plustaak_id == place.plustaak_id,
            Evening.state == EveningState.PLANNED,
            Page.organisation_id == organisation_id,
        )
        .order_by(Evening.id)
        .with_for_update(of=Evening)
        .execution_options(populate_existing=True)
    ).all()
    return [one for one in planned if _is_open(session, one, organisation_id)]


def _is_open(session: Session, evening: Evening, organisation_id: int) -> bool:
    return bool(
        session.scalar(
            select(Page.is_open).where(
                Page.evening_id == evening.id, Page.organisation_id == organisation_id
            )
        )
    )


def _refuse_wrong(values: StyleValues) -> None:
    wrong: dict[str, Text] = {}
    for name in ("website", "privacy_url"):
        address = getattr(values, name)
        if address and not address.startswith("https://"):
            wrong[name] = Text("An address begins with https://.")
    if values.accent and not COLOUR.fullmatch(values.accent):
        wrong["accent"] = Text("Write the colour as # with six figures or letters: #0f4c5a.")
    elif values.accent and accent_of(values.accent) is None:
        wrong["accent"] = Text(
            "This colour is too light to read on paper and page: the contrast is %(n)s, at least "
            "4.5 is needed. Choose a darker one.",
            n=f"{weakest_contrast(values.accent):.1f}",
        )
    if wrong:
        raise InvalidInput(wrong)


def _done(
    session: Session,
    place: Place,
    style: HouseStyle,
    what: str,
    *,
    actor: Actor,
    after: dict[str, object],
) -> None:
    """Write down which fields changed, never their values: these may be about people."""
    record(
        session,
        actor=actor,
        action=f"infoavond_style.{what}",
        subject=Subject("municipality", style.organisation_id),
        after=after,
    )
    planned = select(Evening).where(
        Evening.plustaak_id == place.plustaak_id, Evening.state == EveningState.PLANNED
    )
    for evening in session.scalars(planned).all():
        reopen_letters(session, place, evening, actor=actor, organisation_id=style.organisation_id)
