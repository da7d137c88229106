"""What still stands in the way of a letter, and who can do something about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from extranet.api import Actor, Permission, permits
from extranet_infoavond.models import Evening, EveningState, LetterState
from extranet_infoavond.policy import APPROVE_OWN, PLAN, VIEW, WRITE_OWN, acts_for
from extranet_infoavond.queries.letters import FilledLetter, LetterPage
from extranet_infoavond.rules.letters import (
    FROM_PAGE,
    FROM_STYLE,
    LONGEST_SUBJECT,
    filled,
    used_fields,
)
from extranet_infoavond.rules.naming import Names, Naming, namings, namings_of_address
from extranet_infoavond.rules.styles import Paper
from extranet_infoavond.wording import ADDRESS_NAMES_REGION, PARTS, Text

WHO_PLANS = Text("whoever plans the evening")
WHO_OPERATES = Text("whoever runs the installation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """What stands in the way, who solves it, and the page of this plugin where that is done.

    Who does not hold the `permission`, or acts for another municipality than `organisation_id`,
    cannot open that page.
    """

    what: Text
    who: Text
    endpoint: str = ""
    permission: Permission = VIEW
    organisation_id: int | None = None
    values: Mapping[str, int] = field(default_factory=dict)


def blockers_of(
    letter: LetterPage, evening: Evening, text: FilledLetter, *, names: Names, is_live: bool
) -> list[Blocker]:
    """Return everything that keeps a letter from being released; nothing for one that is out."""
    if letter.state == LetterState.RELEASED:
        return []
    if not letter.is_written:
        return [_planner(evening, Text("The invitation has no text yet."), "master_form")]
    found = [*_evening_blockers(evening, is_live=is_live), *_field_blockers(letter, evening, text)]
    found += [_naming_blocker(letter, evening, one) for one in letter_namings(letter, text, names)]
    found += _address_blockers(text, names)
    if letter.state == LetterState.DRAFT:
        found.append(_own(letter, evening, Text("The letter is not approved yet."), "approve_form"))
    return found


def reachable(blockers: Iterable[Blocker], actor: Actor) -> list[Blocker]:
    """Return blockers with the pages left out that this reader cannot open."""
    return [one if _opens(one, actor) else replace(one, endpoint="") for one in blockers]


def _opens(one: Blocker, actor: Actor) -> bool:
    is_own = one.organisation_id is None or acts_for(actor, one.organisation_id)
    return is_own and permits(actor, one.permission)


def letter_namings(letter: LetterPage, text: FilledLetter, names: Names) -> list[Naming]:
    """Return where a letter names the region: in its subject, its text or the house style.

    The sign-up address stands apart: it may be at the members' own host, if that is neutral.
    """
    values = {**text.values, "aanmeldadres": " "}
    parts = {
        "subject": filled(letter.subject, values),
        "body": filled(letter.body, values),
        **_style_parts(letter),
    }
    return namings(parts, names)


def _style_parts(letter: LetterPage) -> dict[str, str]:
    style = letter.style
    if style is None:
        return {}
    names = (
        "sender", "street", "postal_town", "contact_name", "contact_email", "contact_phone",
        "signatory_name", "signatory_function", "website", "privacy_url",
    )  # fmt: skip
    return {name: getattr(style, name) for name in names}


def _evening_blockers(evening: Evening, *, is_live: bool) -> Iterator[Blocker]:
    if not is_live:
        yield Blocker(
            what=Text("The plustaak is not live yet: nothing goes out before that."),
            who=Text("the lead of the coalition"),
        )
    if evening.state != EveningState.PLANNED:
        yield _planner(evening, Text("The evening is not planned any more."), "evening")
        return
    known = (
        (evening.held_on, Text("The day of the evening is not known yet.")),
        (evening.starts_at, Text("The time of the evening is not known yet.")),
        (evening.venue and evening.town, Text("The venue of the evening is not known yet.")),
    )
    for value, what in known:
        if not value:
            yield _planner(evening, what, "change_form")


def _field_blockers(letter: LetterPage, evening: Evening, text: FilledLetter) -> Iterator[Blocker]:
    paper: Paper = letter.paper
    if letter.style is None or not paper.signatory or not paper.function:
        what = Text("The house style names nobody yet who signs, with a function.")
        yield _own(letter, None, what, "style_form")
    used = used_fields(f"{letter.subject} {letter.body}")
    empty = [name for name in used if not text.values[name]]
    signing = {"ondertekenaar", "functie"}
    if lacking := [name for name in empty if name in FROM_STYLE and name not in signing]:
        what = Text("The house style has nothing yet for %(fields)s.", fields=", ".join(lacking))
        yield _own(letter, None, what, "style_form")
    if "programma" in empty:
        yield _planner(evening, Text("The programme is still empty."), "add_item_form")
    if any(name in FROM_PAGE for name in empty):
        yield Blocker(
            what=Text("The public page is not made yet, and the letter gives its address."),
            who=_municipality(letter),
        )
    if len(text.subject) > LONGEST_SUBJECT:
        what = Text("The subject is longer than %(n)s characters.", n=LONGEST_SUBJECT)
        yield _own(letter, evening, what, "write_form")


def _naming_blocker(letter: LetterPage, evening: Evening, found: Naming) -> Blocker:
    values = {"words": " ".join(found.words.split()), "n": found.paragraph}
    if found.part == "body":
        what = Text("“%(words)s” in paragraph %(n)s of the text names the region.", **values)
    else:
        what = Text("“%(words)s” names the region: %(part)s.", part=PARTS[found.part], **values)
    if found.part in {"body", "subject"}:
        return _own(letter, evening, what, "write_form")
    return _own(letter, None, what, "style_form")


def _address_blockers(text: FilledLetter, names: Names) -> Iterator[Blocker]:
    for found in namings_of_address(text.values["aanmeldadres"], names):
        yield Blocker(
            what=Text(ADDRESS_NAMES_REGION.msgid, words=found.words),
            who=WHO_OPERATES,
        )


def _planner(evening: Evening, what: Text, page: str) -> Blocker:
    return Blocker(
        what=what,
        who=WHO_PLANS,
        endpoint=f"infoavond.{page}",
        permission=PLAN,
        values={"evening_id": evening.id},
    )


def _own(letter: LetterPage, evening: Evening | None, what: Text, page: str) -> Blocker:
    """Return a blocker that the municipality itself solves, on the page of its own."""
    return Blocker(
        what=what,
        who=_municipality(letter),
        endpoint=f"infoavond.{page}",
        permission=APPROVE_OWN if page == "approve_form" else WRITE_OWN,
        organisation_id=letter.organisation_id,
        values={"evening_id": evening.id} if evening else {},
    )


def _municipality(letter: LetterPage) -> Text:
    return Text("%(name)s itself", name=letter.name)
