"""Create regions and change their settings."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.db import unless_taken
from extranet.errors import InvalidInput
from extranet.i18n import Text
from extranet.membership.models import Region
from extranet.membership.rules.slugs import slug_refusal

LOWEST_THRESHOLD = 2
# The letterhead and its signatory may name a person: the log says that they changed, not to what.
PERSONAL = frozenset(
    {"sender_phone", "sender_email", "signatory_name", "signatory_function", "sender_number"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSettings:
    """What a region admin sets: name, legal form, threshold with its article, letterhead."""

    name: str
    legal_form: str
    legal_form_from: date | None
    threshold: int
    threshold_source: str
    sender_name: str = ""
    sender_address: str = ""
    sender_place: str = ""
    sender_phone: str = ""
    sender_email: str = ""
    sender_number: str = ""
    signatory_name: str = ""
    signatory_function: str = ""


def settings_of(region: Region) -> RegionSettings:
    """Return the settings of a region as they are now."""
    return RegionSettings(
        **{name: getattr(region, name) for name in RegionSettings.__dataclass_fields__}
    )


def create_region(
    session: Session,
    *,
    slug: str,
    name: str,
    code: str | None,
    legal_form: str,
    legal_form_from: date | None,
    actor: Actor | None,
) -> Region:
    """Create an empty region; raise InvalidInput when its address cannot be used."""
    refusal = slug_refusal(slug)
    if refusal is None and session.scalar(select(Region.id).where(Region.slug == slug)):
        raise _double()
    if refusal is not None:
        raise InvalidInput({"slug": refusal})
    region = Region(
        slug=slug,
        name=name,
        code=code or None,
        legal_form=legal_form,
        legal_form_from=legal_form_from,
    )
    session.add(region)
    with unless_taken(_double()):
        session.flush()
    record(
        session,
        actor=actor,
        action="region.created",
        subject=Subject("region", region.id, name),
        region_id=region.id,
        after={"slug": slug, "name": name, "legal_form": legal_form},
    )
    return region


def edit_region(
    session: Session, *, region: Region, settings: RegionSettings, actor: Actor | None
) -> None:
    """Change a region's settings; raise InvalidInput for a threshold that is none.

    Nothing happens when nothing differs.
    """
    if settings.threshold < LOWEST_THRESHOLD:
        message = Text("A coalition needs at least %(n)s municipalities.", n=LOWEST_THRESHOLD)
        raise InvalidInput({"threshold": message})
    before, after = asdict(settings_of(region)), asdict(settings)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return
    for name in changed:
        setattr(region, name, after[name])
    open_to_read = [name for name in changed if name not in PERSONAL]
    record(
        session,
        actor=actor,
        action="region.edited",
        subject=Subject("region", region.id, region.name),
        region_id=region.id,
        before={name: _plain(before[name]) for name in open_to_read},
        after={name: _plain(after[name]) for name in open_to_read}
        | {name: "***" for name in changed if name in PERSONAL},
    )


def _double() -> InvalidInput:
    return InvalidInput({"slug": Text("Another region has this address.")})


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
