"""Write the master text and the letters, approve and release them."""

from __future__ import annotations

import hashlib
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.api import (
    Actor,
    Conflict,
    InvalidInput,
    NotAllowed,
    Place,
    Subject,
    is_live,
    now,
    record,
    render_letter,
    today,
)
from extranet_infoavond.models import Evening, EveningState, Invitation, LetterState, MasterLetter
from extranet_infoavond.policy import own_organisation_id
from extranet_infoavond.queries.letters import filled_letter, get_letter
from extranet_infoavond.queries.programme import programme_of
from extranet_infoavond.queries.releasing import blockers_of
from extranet_infoavond.rules.letters import unknown_fields
from extranet_infoavond.rules.naming import Names
from extranet_infoavond.rules.styles import letter_of, signed
from extranet_infoavond.services.summary import renew_summary
from extranet_infoavond.wording import Text

RELEASED = Text("This letter is released, so its text does not change.")
NO_MASTER = Text("The coalition has not written the text for this evening yet.")


def write_master(
    session: Session, place: Place, evening: Evening, *, subject: str, body: str, actor: Actor
) -> None:
    """Write the text that every host starts from; refuse fields that do not exist."""
    _refuse_unless_planned(evening)
    _refuse_unknown(subject=subject, body=body)
    master = session.get(MasterLetter, evening.id)
    is_new = master is None
    if master is None:
        master = MasterLetter(evening_id=evening.id, subject=subject, body=body)
        session.add(master)
    elif (master.subject, master.body) == (subject, body):
        return
    master.subject, master.body = subject, body
    session.flush()
    record(
        session,
        actor=actor,
        action="infoavond_master.written" if is_new else "infoavond_master.changed",
        subject=Subject("evening", evening.id, evening.title),
        after={"version": master.version},
    )
    renew_summary(session, place)


def write_letter(
    session: Session, place: Place, evening: Evening, *, subject: str, body: str, actor: Actor
) -> None:
    """Write the letter of the actor's own municipality; an approved one becomes a draft."""
    _refuse_unknown(subject=subject, body=body)
    own = _own_letter(session, place, evening, actor)
    if (own.subject, own.body) == (subject, body):
        return
    own.subject, own.body = subject, body
    _make_draft(own)
    _done(session, place, evening, own, "written", actor=actor)


def take_over(session: Session, place: Place, evening: Evening, *, actor: Actor) -> None:
    """Put the master's present text in the place of the municipality's own, as a draft."""
    own = _own_letter(session, place, evening, actor)
    master = session.get_one(MasterLetter, evening.id)
    own.subject, own.body, own.from_master_version = master.subject, master.body, master.version
    _make_draft(own)
    _done(session, place, evening, own, "taken_over", actor=actor)


def keep_own(session: Session, place: Place, evening: Evening, *, actor: Actor) -> None:
    """Keep the municipality's own text, now that the master's is another; it stays approved."""
    own = _own_letter(session, place, evening, actor)
    own.from_master_version = session.get_one(MasterLetter, evening.id).version
    _done(session, place, evening, own, "kept", actor=actor)


def approve(
    session: Session,
    place: Place,
    evening: Evening,
    *,
    approved_by: str,
    approved_on: date,
    actor: Actor,
) -> None:
    """Write down which function or body of the municipality approved its letter, and when."""
    if approved_on > today(session):
        raise InvalidInput({"approved_on": Text("This day is still to come.")})
    own = _own_letter(session, place, evening, actor)
    _refuse_unless_planned(evening)
    own.state = LetterState.APPROVED
    own.approved_by, own.approved_on = approved_by, approved_on
    after: dict[str, object] = {"by": approved_by, "on": approved_on.isoformat()}
    _done(session, place, evening, own, "approved", actor=actor, after=after)


def release(
    session: Session, place: Place, evening: Evening, *, names: Names, address: str, actor: Actor
) -> None:
    """Freeze an approved letter as it goes out; raise InvalidInput with all that stands in the way.

    `address` is that of the municipality's public page, '' while it is not made. Nothing is sent:
    the municipality does that.
    """
    own = _own_letter(session, place, evening, actor)
    letter = get_letter(session, place, evening, own.organisation_id)
    text = filled_letter(letter, evening, programme_of(session, evening), address=address)
    live = is_live(session, place)
    blockers = blockers_of(letter, evening, text, names=names, is_live=live)
    if blockers:
        raise InvalidInput({"": blockers[0].what})
    made = letter_of(letter.paper, subject=text.subject, body=text.body, day=today(session))
    own.released_at = now(session)
    own.released_pdf = render_letter(made, created=own.released_at)
    own.released_sha256 = hashlib.sha256(own.released_pdf).hexdigest()
    own.subject, own.body = text.subject, f"{text.body}\n\n{signed(letter.paper)}"
    own.state = LetterState.RELEASED
    after: dict[str, object] = {"sha256": own.released_sha256}
    _done(session, place, evening, own, "released", actor=actor, after=after)


def start_again(session: Session, place: Place, evening: Evening, *, actor: Actor) -> None:
    """Begin a new letter after one was released, from the master's text; the log keeps the hash."""
    _refuse_unless_planned(evening)
    own = session.get(Invitation, (evening.id, _organisation_id(actor)))
    if own is None or own.state != LetterState.RELEASED:
        raise Conflict(Text("Only after a release there is a reason for a new letter."))
    before: dict[str, object] = {"sha256": own.released_sha256}
    master = session.get_one(MasterLetter, evening.id)
    own.subject, own.body, own.from_master_version = master.subject, master.body, master.version
    own.released_at, own.released_pdf, own.released_sha256 = None, None, ""
    _make_draft(own)
    _done(session, place, evening, own, "started_again", actor=actor, before=before)


def reopen_letters(
    session: Session,
    place: Place,
    evening: Evening,
    *,
    actor: Actor,
    organisation_id: int | None = None,
) -> None:
    """Make approved letters drafts again, because what they print changed; released ones stay."""
    wanted = [Invitation.evening_id == evening.id, Invitation.state == LetterState.APPROVED]
    if organisation_id is not None:
        wanted.append(Invitation.organisation_id == organisation_id)
    for own in session.scalars(select(Invitation).where(*wanted)).all():
        _make_draft(own)
        _done(session, place, evening, own, "reopened", actor=actor)


def _own_letter(session: Session, place: Place, evening: Evening, actor: Actor) -> Invitation:
    """Return the letter of the actor's municipality, made from the master when there is none."""
    organisation_id = _organisation_id(actor)
    letter = get_letter(session, place, evening, organisation_id)
    if letter.state == LetterState.RELEASED:
        raise Conflict(RELEASED)
    own = session.get(Invitation, (evening.id, organisation_id))
    if own is not None:
        return own
    if letter.master is None:
        raise Conflict(NO_MASTER)
    own = Invitation(
        evening_id=evening.id,
        organisation_id=organisation_id,
        subject=letter.master.subject,
        body=letter.master.body,
        from_master_version=letter.master.version,
    )
    session.add(own)
    session.flush()
    return own


def _organisation_id(actor: Actor) -> int:
    organisation_id = own_organisation_id(actor)
    if organisation_id is None:
        raise NotAllowed(Text("Choose first for which municipality you act."))
    return organisation_id


def _make_draft(own: Invitation) -> None:
    own.state = LetterState.DRAFT
    own.approved_by, own.approved_on = "", None


def _refuse_unless_planned(evening: Evening) -> None:
    if evening.state != EveningState.PLANNED:
        raise InvalidInput({"": Text("This evening is not planned any more.")})


def _refuse_unknown(**texts: str) -> None:
    wrong = {
        name: Text("These fields do not exist: %(fields)s.", fields=", ".join(found))
        for name, text in texts.items()
        if (found := unknown_fields(text))
    }
    if wrong:
        raise InvalidInput(wrong)


def _done(
    session: Session,
    place: Place,
    evening: Evening,
    own: Invitation,
    what: str,
    *,
    actor: Actor,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    """Write down what was done with a letter, not what it says."""
    session.flush()
    record(
        session,
        actor=actor,
        action=f"infoavond_letter.{what}",
        subject=Subject("letter", evening.id, evening.title),
        before=before,
        after={"municipality": own.organisation_id, **(after or {})},
    )
    renew_summary(session, place)
